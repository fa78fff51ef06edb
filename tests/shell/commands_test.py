"""The commands of the program: what they print, and their exit codes."""

import gzip
import json
import os
import signal
import subprocess
import tempfile
import time
import unittest

import program

QUESTION = "who met Ada Stone"


class CommandsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.keeper = tempfile.TemporaryDirectory()
        cls.run_in = program.Commands(cls.keeper.name)
        loaded = cls.run_in.load_dataset()
        assert loaded.code == 0, loaded.err

    @classmethod
    def tearDownClass(cls):
        cls.keeper.cleanup()

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.fresh = program.Commands(self.folder.name)  # A store of this test's own.

    def tearDown(self):
        self.folder.cleanup()

    def test_version_and_help_end_with_0(self):
        self.assertRegex(self.run_in("--version").out, r"^dossier \d+\.\d+\.\d+\n$")
        for arguments in [["--help"], *([command, "--help"] for command in
                          "load ask query run search export stats check backup restore".split())]:
            shown = self.run_in(*arguments)
            self.assertEqual(shown.code, 0, arguments)
            self.assertIn("--help", shown.out)

    def test_a_wrong_command_line_ends_with_2(self):
        for arguments in [["--colour"], ["ask"], ["load"], ["nonsense"], ["ask", "x", "--format", "xml"],
                          ["ask", "x", "--timeout", "soon"], ["export", "--format", "csv"],
                          ["search", "x", "--limit", "-1"], ["search", "x", "--limit", "0"]]:
            refused = self.run_in(*arguments)
            self.assertEqual(refused.code, 2, arguments)
            self.assertTrue(refused.err)

    def test_a_question_is_answered_in_every_format(self):
        self.assertIn("Bob Field", self.run_in("ask", QUESTION).out)
        self.assertIn("Bob Field", self.run_in("ask", *QUESTION.split()).out)
        self.assertIn("Bob Field", self.run_in("ask", QUESTION, "--format", "csv").out.splitlines()[1])
        self.assertIn("\t", self.run_in("ask", QUESTION, "--format", "tsv").out.splitlines()[1])
        answer = json.loads(self.run_in("ask", QUESTION, "--format", "json").out)
        self.assertEqual(answer["question"], QUESTION)
        self.assertEqual(len(answer["rows"]), 1)
        claim = answer["rows"][0]["claims"][0]
        self.assertEqual((claim["article"], claim["paragraph"], claim["sentence"]), ("007", 2, 1))

    def test_each_format_is_there_for_its_readers(self):
        lines = self.run_in("ask", QUESTION, "--format", "jsonl").out.splitlines()
        self.assertEqual([json.loads(line)["cells"]["who"]["label"] for line in lines], ["Bob Field"])
        markdown = self.run_in("ask", QUESTION, "--format", "markdown").out
        self.assertTrue(markdown.startswith(f"## {QUESTION}\n"))
        self.assertIn("| 1 | Bob Field |", markdown)
        failed = self.run_in("ask", "who met Zebedee", "--format", "jsonl")
        self.assertIn("Zebedee", json.loads(failed.out)["error"]["message"])

    def test_turtle_is_the_claims_themselves_and_loads_again(self):
        turtle = self.run_in("ask", QUESTION, "--format", "turtle")
        self.assertEqual(turtle.code, 0)
        self.assertIn("~ <urn:test:claim1>", turtle.out)
        path = program.write(self.fresh.folder, "claims.ttl", turtle.out)
        whole = self.run_in("export").out.splitlines()
        self.assertEqual(self.fresh("load", path).code, 0)
        loaded = self.fresh("export").out.splitlines()
        self.assertGreater(len(loaded), 5)
        self.assertEqual([line for line in loaded if line not in whole], [])
        self.assertEqual([line for line in whole if "<urn:test:claim1>" in line and line not in loaded], [])

    def test_an_unknown_name_ends_with_1_and_a_caret(self):
        failed = self.run_in("ask", "who met Zebedee")
        self.assertEqual((failed.code, failed.out), (1, ""))
        self.assertIn("who met Zebedee\n", failed.err)
        self.assertIn("^^^^^^^", failed.err)
        failed = self.run_in("ask", "who met Zebedee", "--format", "json")
        self.assertEqual((failed.code, failed.err), (1, ""))
        self.assertEqual(json.loads(failed.out)["error"]["column"], 9)

    def test_no_colour_and_no_broken_line_in_a_pipe(self):
        self.assertNotIn("\x1b", self.run_in("ask", QUESTION).out)
        self.assertNotIn("\x1b", self.run_in("ask", "who met Zebedee").err)
        self.assertNotIn("\x1b", self.run_in("search", "arches").out)

    def test_a_store_that_is_not_there_ends_with_4(self):
        for arguments in [["ask", QUESTION], ["stats"], ["check"], ["search", "x"], ["export"], ["backup", "copy"]]:
            failed = self.fresh(*arguments)
            self.assertEqual(failed.code, 4, arguments)
            self.assertIn("there is no store in", failed.err)
        self.assertFalse(os.path.exists(self.fresh.store))

    def test_the_store_can_be_named_by_the_environment(self):
        command = [program.PROGRAM, "ask", QUESTION]
        environment = program.environment(self.folder.name, DOSSIER_STORE=self.run_in.store)
        self.assertIn("Bob Field", subprocess.run(command, capture_output=True, env=environment).stdout.decode())

    def test_rejected_lines_end_with_3_and_are_written_beside(self):
        path = program.write(self.fresh.folder, "lines.nt", '<urn:a> <urn:b> "1" .\nwrong\n<urn:a> <urn:b> "2" .\n')
        loaded = self.fresh("load", path)
        self.assertEqual(loaded.code, 3)
        self.assertIn("2 new", loaded.out)
        with open(path + ".rejects.tsv", encoding="utf-8") as rejects:
            self.assertTrue(rejects.read().splitlines()[1].startswith(path + "\t2\t1\t"))
        self.assertEqual(self.fresh("load", path, "--strict", store=self.fresh.store + "2").code, 1)
        self.assertEqual(self.fresh("load", path, "--rejects", "/dev/full", store=self.fresh.store + "3").code, 4)

    def test_a_broken_document_is_named_with_line_and_column(self):
        path = program.write(self.fresh.folder, "data/broken.ttl", "<urn:a> <urn:b> 1 .\n<urn:a> oops 2 .\n")
        failed = self.fresh("load", os.path.dirname(path))
        self.assertEqual(failed.code, 1)
        self.assertIn(path + ":2:9", failed.err)
        self.assertIn("^", failed.err)
        self.assertEqual(json.loads(self.fresh("stats", "--format", "json").out)["statements"], 0)

    def test_a_load_of_nothing_makes_no_store(self):
        failed = self.fresh("load", "nowhere.ttl")
        self.assertEqual(failed.code, 1)
        self.assertIn("there is no file or folder nowhere.ttl", failed.err)
        self.assertFalse(os.path.exists(self.fresh.store))

    def test_programs_get_objects_for_checks_and_wrong_command_lines_too(self):
        self.assertEqual(json.loads(self.run_in("check", "--format", "json").out),
                         {"store": self.run_in.store, "sound": True, "faults": []})
        for arguments in [["ask", "--format", "json"], ["--format=jsonl", "nonsense"]]:
            refused = self.run_in(*arguments)
            self.assertEqual((refused.code, refused.err), (2, ""))
            self.assertTrue(json.loads(refused.out)["error"]["message"])

    def test_dot_commands_work_in_scripts_and_pipes(self):
        piped = self.run_in(text=f".mode csv\n{QUESTION};\n.mode table\n.claims off\n.width 40\n{QUESTION}\n.show\n")
        self.assertEqual((piped.code, piped.err), (0, ""))
        self.assertIn("who,possible", piped.out)
        self.assertNotIn("007 2.1", piped.out)
        self.assertRegex(piped.out, r"width +40")
        refused = self.run_in(text=".tmier on\n")
        self.assertEqual(refused.code, 1)
        self.assertIn("standard input:1:1", refused.err)
        self.assertIn("did you mean .timer?", refused.err)
        for wrong in [".mode xml", ".limit -1", ".timer yes", ".timeout soon", ".open", ".read nowhere.ask"]:
            self.assertEqual(self.run_in(text=wrong + "\n").code, 1, wrong)

    def test_a_limit_says_that_there_is_more(self):
        self.fresh.load_dataset()
        self.fresh.load_crowd(5)
        piped = self.fresh(text=".limit 2\nfind ?a where ?a met ?b\n")
        self.assertRegex(piped.out, r"the first 2 of \d+ rows")

    def test_plans_are_shown_where_they_are_wanted(self):
        piped = self.run_in(text=f".explain on\n{QUESTION}\n")
        self.assertIn("scan", piped.out)
        self.assertLess(piped.out.index("scan"), piped.out.index("Bob Field"))
        self.assertNotIn("scan", self.run_in(text=f"{QUESTION}\n").out)

    def test_texts_of_articles_are_attached_and_found(self):
        self.fresh.load_dataset()
        program.write(self.fresh.folder, "texts/007_abc.txt", program.ARTICLE)
        self.assertEqual(self.fresh("load", "--articles", "texts").code, 0)
        answer = json.loads(self.fresh("ask", QUESTION, "--format", "json").out)
        self.assertEqual(answer["rows"][0]["claims"][0]["text"], "Ada Stone met Bob Field in May.")
        found = self.fresh("search", "arch", "speaking")
        self.assertEqual(found.out, "007  1931-05-06  Two builders meet\n    2.2 They spoke of arches.\n")
        self.assertEqual(json.loads(self.fresh("search", "zeppelin", "--format", "json").out), {"articles": []})
        self.assertEqual(self.fresh("search", "+").code, 1)

    def test_statements_come_through_a_pipe(self):
        piped = self.run_in(text=f"# a comment\n{QUESTION}\n\nhelp time\n")
        self.assertEqual((piped.code, piped.err), (0, ""))
        self.assertIn("Bob Field", piped.out)
        self.assertIn("between 2018 and 2019", piped.out)

    def test_statements_of_a_script_go_on_until_a_semicolon_or_an_empty_line(self):
        text = "who met\nAda\nStone\n\nwho met Ada Stone\n# a remark\nin 1931; who met Ada Stone in 1931\nhelp time\n"
        path = program.write(self.folder.name, "lines.ask", text)
        for result in (self.run_in("run", path), self.run_in(text=text)):
            self.assertEqual((result.code, result.err), (0, ""))
            self.assertEqual(result.out.count("\nBob Field  "), 3)
            self.assertIn("between 2018 and 2019", result.out)

    def test_an_error_in_a_script_is_told_with_line_and_column(self):
        for text, position in [("who met\n  Zebedee", "2:3"), ("  who met Zebedee\n", "1:11"), ("\n#\nstats; who met Zebedee", "3:16"),
                               ("who met # whom?\n# him:\nZebedee;", "3:1")]:
            path = program.write(self.folder.name, "wrong.ask", text)
            wrong = self.run_in("run", path)
            self.assertEqual(wrong.code, 1)
            self.assertIn(f"{path}:{position}: ", wrong.err, text)
            self.assertIn("^^^^^^^", wrong.err)

    def test_what_only_reads_can_be_asked_without_the_shell(self):
        self.assertIn("SELECT ?", self.run_in("ask", f"show sparql {QUESTION}").out)
        self.assertIn("scan", self.run_in("ask", f"explain {QUESTION}").out)
        self.assertIn("between 2018", self.run_in("ask", "help times").out)
        self.assertEqual(self.run_in("ask", "search arches").code, 0)
        self.assertIn("urn:test:meet", self.run_in("ask", "export as nt").out)
        for statement, words in [("why 1", "last answer"), ("why empty", "last answer"), ("show sparql", "last answer"),
                                 ("assert Ada Stone met Cleo Hill", "dossier run"), ("load data.ttl", "dossier load"),
                                 ("SELECT * { ?s ?p ?o }", "dossier query")]:
            refused = self.run_in("ask", statement)
            self.assertEqual((refused.code, refused.out), (1, ""), statement)
            self.assertIn(words, refused.err)

    def test_a_script_stops_at_its_first_error_and_names_the_line(self):
        path = program.write(self.folder.name, "script.ask", f"{QUESTION}\n\nwho met Zebedee\nhelp time\n")
        stopped = self.run_in("run", path)
        self.assertEqual(stopped.code, 1)
        self.assertIn(path + ":3:9", stopped.err)
        self.assertNotIn("between 2018", stopped.out)
        gone_on = self.run_in("run", path, "--keep-going")
        self.assertEqual(gone_on.code, 1)
        self.assertIn("between 2018", gone_on.out)
        self.assertEqual(self.run_in("run", "nowhere.ask").code, 1)

    def test_a_statement_that_loads_makes_the_store(self):
        path = program.write(self.fresh.folder, "data.ttl", program.DATASET)
        piped = self.fresh(text=f"load {path}\nload {path}\nstats\n")
        self.assertEqual((piped.code, piped.err), (0, ""))
        self.assertIn("nothing new", piped.out)
        refused = self.fresh(text=f"{QUESTION}\n", store=self.fresh.store + "2")
        self.assertEqual(refused.code, 4)

    def test_export_and_load_give_the_same_store(self):
        for name in ["all.nq", "all.nt", "all.ttl", "all.trig", "all.nt.gz", "all.ttl.zst"]:
            self.assertEqual(self.run_in("export", os.path.join(self.folder.name, name)).code, 0, name)
            copy = self.fresh.store + name
            self.assertEqual(self.fresh("load", name, store=copy).code, 0, name)
            counts = [json.loads(self.run_in("stats", "--format", "json", store=store).out)
                      for store in (self.run_in.store, copy)]
            self.assertEqual(counts[0]["statements"], counts[1]["statements"], name)
            self.assertEqual(counts[0]["claims"], counts[1]["claims"], name)
            self.assertIn("Bob Field", self.fresh("ask", QUESTION, store=copy).out)
        self.assertEqual(self.run_in("export", "all.doc").code, 1)
        self.assertEqual(self.run_in("export", "all.rdf.gz").code, 1)
        self.assertEqual(self.run_in("export", "/no/such/folder/all.nq").code, 4)

    def test_an_export_is_compressed_by_the_ending_of_its_name(self):
        self.assertEqual(self.run_in("export", "all.nq").code, 0)
        self.assertEqual(self.run_in("export", "all.nq.gz").code, 0)
        folder = self.run_in.folder
        with open(os.path.join(folder, "all.nq"), "rb") as plain, gzip.open(os.path.join(folder, "all.nq.gz")) as packed:
            self.assertEqual(packed.read(), plain.read())
        self.assertEqual(self.run_in("export", "all.zst", "--format", "nt").code, 0)
        with open(os.path.join(folder, "all.zst"), "rb") as packed:
            self.assertEqual(packed.read(4), b"\x28\xb5\x2f\xfd")

    def test_an_export_to_a_full_disk_leaves_nothing_behind(self):
        for name in ["full.nq", "full.nt.gz", "full.ttl.zst"]:
            path = os.path.join(self.folder.name, name)
            os.symlink("/dev/full", path + ".partial")
            failed = self.run_in("export", path)
            self.assertEqual(failed.code, 4, name)
            self.assertIn(f"cannot write {path}: No space left on device", failed.err)
            self.assertEqual([left for left in os.listdir(self.folder.name) if left.startswith("full")], [])

    def test_backup_and_restore_give_the_same_store(self):
        copy = os.path.join(self.folder.name, "copy")
        self.assertEqual(self.run_in("backup", copy).code, 0)
        self.assertEqual(self.fresh("restore", copy).code, 0)
        self.assertEqual(self.fresh("check").code, 0)
        self.assertIn("Bob Field", self.fresh("ask", QUESTION).out)
        for again in [self.run_in("backup", copy), self.fresh("restore", copy)]:
            self.assertEqual(again.code, 1)
            self.assertIn("exists already", again.err)

    def test_an_output_that_cannot_be_written_is_told(self):
        with open("/dev/full", "wb") as full:
            written = subprocess.run([program.PROGRAM, "--store", self.run_in.store, "ask", QUESTION], stdout=full,
                                     stderr=subprocess.PIPE)
        self.assertEqual(written.returncode, 4)
        self.assertIn("No space left on device", written.stderr.decode())
        closed = subprocess.run(["sh", "-c", 'exec "$0" --store "$1" ask "$2" >&-', program.PROGRAM,
                                 self.run_in.store, QUESTION], capture_output=True)
        self.assertEqual(closed.returncode, 4)
        self.assertIn("cannot write to standard output", closed.stderr.decode())

    def test_a_reader_that_has_had_enough_is_no_failure(self):
        process = subprocess.Popen([program.PROGRAM, "--store", self.run_in.store, "export"], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE)
        process.stdout.close()
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()
        self.assertEqual(process.wait(), 0)

    def test_an_unreadable_store_gives_one_message(self):
        path = program.write(self.fresh.folder, "file", "no folder")
        failed = self.fresh("ask", QUESTION, store=path)
        self.assertEqual((failed.code, failed.out), (4, ""))
        self.assertEqual(len(failed.err.splitlines()), 1, failed.err)

    def test_limits_and_interrupts_end_a_long_question(self):
        self.fresh.load_dataset()
        self.assertEqual(self.fresh.load_crowd(3000).code, 0)
        question = "find ?a, ?b, ?c, ?d where ?a met ?b and ?c met ?d"
        late = self.fresh("ask", question, "--timeout", "100ms")
        self.assertEqual(late.code, 4)
        self.assertIn("the time limit of 100ms was reached", late.err)
        process = subprocess.Popen([program.PROGRAM, "--store", self.fresh.store, "--memory", "3G", "ask", question],
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130)
        self.assertIn("cancelled", error.decode())


if __name__ == "__main__":
    unittest.main()
