"""SPARQL in the program: `query`, scripts, pipes, the prompt; formats and exit codes."""

import json
import os
import subprocess
import tempfile
import unittest

import program

AGES = "INSERT DATA { <urn:test:AdaStone> <urn:test:age> 36 . <urn:test:BobField> <urn:test:age> 40 }"


class SparqlTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.keeper = tempfile.TemporaryDirectory()
        cls.run_in = program.Commands(cls.keeper.name)
        loaded = cls.run_in.load_dataset()
        assert loaded.code == 0, loaded.err
        updated = cls.run_in("query", AGES)
        assert updated.code == 0, updated.err

    @classmethod
    def tearDownClass(cls):
        cls.keeper.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.fresh = program.Commands(self.folder.name)  # A store of this test's own.

    def tearDown(self):
        self.folder.cleanup()

    def file(self, name, text):
        return program.write(self.folder.name, name, text)

    def test_rows_are_written_in_every_format(self):
        query = "SELECT ?who ?age { ?who <urn:test:age> ?age } ORDER BY ?age"
        table = self.run_in("query", query)
        self.assertEqual((table.code, table.err), (0, ""))
        self.assertEqual(table.out, "?who                 ?age\n<urn:test:AdaStone>  36\n<urn:test:BobField>  40\n2 rows\n")
        self.assertEqual(self.run_in("query", query, "--format", "csv").out,
                         "who,age\r\nurn:test:AdaStone,36\r\nurn:test:BobField,40\r\n")
        self.assertEqual(self.run_in("query", query, "--format", "tsv").out,
                         "?who\t?age\n<urn:test:AdaStone>\t36\n<urn:test:BobField>\t40\n")
        rows = json.loads(self.run_in("query", query, "--format", "json").out)["results"]["bindings"]
        self.assertEqual([row["who"]["value"] for row in rows], ["urn:test:AdaStone", "urn:test:BobField"])
        self.assertIn("<uri>urn:test:AdaStone</uri>", self.run_in("query", query, "--format", "xml").out)
        self.assertEqual(self.run_in("query", "ASK { ?who <urn:test:age> 36 }").out, "yes\n")

    def test_triples_are_written_in_every_format(self):
        query = "PREFIX t: <urn:test:> CONSTRUCT WHERE { ?who t:age 36 }"
        self.assertEqual(self.run_in("query", query).out, "PREFIX t: <urn:test:>\n\nt:AdaStone t:age 36 .\n")
        for name in ("turtle", "ttl", "trig"):
            self.assertIn("t:AdaStone t:age 36 .", self.run_in("query", query, "--format", name).out)
        for name in ("ntriples", "nt"):
            self.assertEqual(self.run_in("query", query, "--format", name).out,
                             '<urn:test:AdaStone> <urn:test:age> "36"^^<http://www.w3.org/2001/XMLSchema#integer> .\n')

    def test_a_format_that_does_not_hold_the_result_is_refused(self):
        refused = self.run_in("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv")
        self.assertEqual((refused.code, refused.out), (1, ""))
        self.assertIn("turtle", refused.err)
        self.assertEqual(self.run_in("query", "ASK {}", "--format", "markdown").code, 2)
        self.assertEqual(self.run_in("query").code, 2)
        self.assertEqual(self.run_in("query", "ASK {}", "--file", "x.rq").code, 2)

    def test_an_error_shows_the_place(self):
        wrong = self.run_in("query", "SELECT * { ?s ?p }")
        self.assertEqual((wrong.code, wrong.out), (1, ""))
        self.assertIn("SELECT * { ?s ?p }\n                   ^", wrong.err)
        wrong = self.run_in("query", "SELECT *\n{ ?s ?p }", "--format", "json")
        error = json.loads(wrong.out)["error"]
        self.assertEqual((wrong.code, error["line"], error["column"]), (1, 2, 9))

    def test_files_stand_alone_and_name_themselves_in_errors(self):
        right = self.file("right.rq", "PREFIX t: <urn:test:>\nSELECT ?age { t:AdaStone t:age ?age }\n")
        self.assertEqual(self.run_in("query", "--file", right, "--format", "csv").out, "age\r\n36\r\n")
        wrong = self.file("wrong.rq", "# Nothing is assumed in files.\nSELECT * { ?s rdfs:label ?o }\n")
        refused = self.run_in("query", "--file", wrong)
        self.assertEqual(refused.code, 1)
        self.assertIn("wrong.rq:2:15: ", refused.err)
        self.assertIn("PREFIX rdfs:", refused.err)
        self.assertEqual(self.run_in("query", "--file", "nowhere.rq").code, 1)
        piped = self.run_in("query", "--file", "-", text="ASK { ?s <urn:test:age> 40 }")
        self.assertEqual((piped.code, piped.out), (0, "yes\n"))

    def test_typed_queries_may_use_common_prefixes(self):
        shown = self.run_in("query", "ASK { <urn:test:AdaStone> rdfs:label ?name }")
        self.assertEqual((shown.code, shown.out), (0, "yes\n"))
        self.assertTrue(shown.err.startswith("note: took as declared: PREFIX rdfs:"))

    def test_an_update_is_carried_out_and_makes_the_store(self):
        made = self.fresh("query", AGES)
        self.assertEqual(made.code, 0, made.err)
        self.assertIn("2", made.out)
        changed = self.fresh("query", "DELETE { ?s ?p 40 } INSERT { ?s ?p 41 } WHERE { ?s ?p 40 }", "--format", "json")
        self.assertEqual(changed.code, 0, changed.err)
        self.assertEqual((json.loads(changed.out)["added"], json.loads(changed.out)["removed"]), (1, 1))
        self.assertEqual(self.fresh("query", "ASK { <urn:test:BobField> ?p 41 }").out, "yes\n")

    def test_a_query_of_a_store_that_is_not_there_ends_with_4_and_makes_none(self):
        self.assertEqual(self.fresh("query", "ASK {}").code, 4)
        self.assertEqual(self.fresh("query", "INSERT DATA { nonsense }").code, 4)
        self.assertFalse(os.path.exists(self.fresh.store))

    def test_run_takes_requests_as_whole_files_and_scripts_with_both_languages(self):
        update = self.file("add.ru", "PREFIX t: <urn:test:>\n\nINSERT DATA {\n  t:x t:age 1\n} ;\n\nINSERT DATA { t:y t:age 2 }\n")
        count = self.file("count.rq", "SELECT (COUNT(*) AS ?n)\n\nWHERE {\n\n  ?s <urn:test:age> ?age\n}\n")
        script = self.file("both.dossier", "PREFIX t: <urn:test:>\nSELECT ?s\n{\n  ?s t:age ?age\n}\nORDER BY ?s\nLIMIT 1\n"
                                           "# a comment\nASK { t:y t:age 2 }\nstats\n")
        run = self.fresh("run", update, count, script)
        self.assertEqual(run.code, 0, run.err)
        self.assertIn("?n\n2\n1 row\n", run.out)
        self.assertIn("?s\nt:x\n1 row\nyes\n", run.out)
        wrong = self.file("wrong.dossier", "ASK {}\n\nSELECT *\n{ ?s ?p }\n")
        refused = self.fresh("run", wrong)
        self.assertEqual(refused.code, 1)
        self.assertIn("wrong.dossier:4:9: ", refused.err)

    def test_a_pipe_carries_both_languages(self):
        piped = self.run_in(text="who met Ada Stone\nSELECT ?age {\n  <urn:test:AdaStone> <urn:test:age> ?age }\nquit\n")
        self.assertEqual(piped.code, 0, piped.err)
        self.assertIn("Bob Field", piped.out)
        self.assertIn("?age\n36\n1 row\n", piped.out)

    def test_limits_end_a_query_with_4_and_the_next_is_answered(self):
        crowd = "INSERT DATA { " + " . ".join(f"<urn:n:{i}> <urn:p> {i}" for i in range(1000)) + " }"
        self.assertEqual(self.fresh("query", crowd).code, 0)
        cross = "{ ?a <urn:p> ?b . ?c <urn:p> ?d . ?e <urn:p> ?f }"
        for query in (f"SELECT DISTINCT ?a ?c ?e {cross}", f"SELECT * {cross} ORDER BY ?b",
                      f"SELECT ?a ?c ?e (COUNT(*) AS ?n) {cross} GROUP BY ?a ?c ?e"):
            ended = self.fresh("--memory", "16M", "--keep-going", text=f"{query}\nASK {{ <urn:n:7> <urn:p> 7 }}\n")
            self.assertEqual(ended.code, 4, query)
            self.assertIn("memory limit", ended.err)
            self.assertTrue(ended.out.endswith("yes\n"), query)
        ended = self.fresh("--timeout", "300ms", "--keep-going",
                           text=f"CONSTRUCT {{ ?a ?c ?e }} WHERE {cross}\nASK {{ <urn:n:7> <urn:p> 7 }}\n")
        self.assertEqual(ended.code, 4)
        self.assertIn("time limit", ended.err)
        self.assertTrue(ended.out.endswith("yes\n"))

    def test_rows_stream_in_constant_memory(self):
        crowd = "INSERT DATA { " + " . ".join(f"<urn:n:{i}> <urn:p> {i}" for i in range(800)) + " }"
        self.assertEqual(self.fresh("query", crowd).code, 0)
        query = "SELECT ?a (CONCAT(STR(?a), '-', STR(?c)) AS ?x) { ?a <urn:p> ?b . ?c <urn:p> ?d } LIMIT "

        def peak(rows):
            command = [program.PROGRAM, "--store", self.fresh.store, "query", query + str(rows), "--format", "tsv"]
            with subprocess.Popen(command, stdout=subprocess.PIPE, env=program.environment(self.folder.name)) as process:
                lines = sum(piece.count(b"\n") for piece in iter(lambda: process.stdout.read(1 << 16), b""))
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = status
            self.assertEqual((status, lines), (0, rows + 1))
            return usage.ru_maxrss

        small = peak(10_000)
        # The texts of a quarter of a million terms are kept; all terms of these rows would take four times as much.
        self.assertLess(peak(600_000), small + 60_000, "kilobytes")

    def test_the_prompt_takes_sparql_over_several_lines(self):
        terminal = program.Terminal(self.keeper.name)
        self.addCleanup(terminal.close)
        terminal.expect("dossier> ")
        terminal.type("PREFIX t: <urn:test:>\n")
        terminal.expect("dossier> ")
        for line in ("SELECT ?age {\n", "t:AdaStone t:age ?age\n"):
            terminal.type(line)
            terminal.expect("...> ")
        terminal.type("}\n")
        self.assertIn("36", terminal.expect("1 row"))
        terminal.expect("dossier> ")
        # Pasted, the modifiers behind the bracket belong to it.
        terminal.type("SELECT ?age { ?who t:age ?age }\nORDER BY DESC(?age)\nLIMIT 1\n")
        self.assertIn("40", terminal.expect("1 row"))
        terminal.expect("dossier> ")
        terminal.type("ASK { t:AdaStone t:age 36 }\n")
        terminal.expect("yes")


if __name__ == "__main__":
    unittest.main()
