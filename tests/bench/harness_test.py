"""Tests the parts of bench/harness that neither run programs nor read clocks."""

import os
import sys
import unittest
import xml.etree.ElementTree

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "bench"))
sys.dont_write_bytecode = True

from harness import chart, growth, process, programs, reference, report, rows, side_by_side, tables, timing


class Rows(unittest.TestCase):
    def test_the_same_answer_in_the_ways_of_three_stores_is_equal(self):
        ours = b'?s\t?o\n<urn:a>\t"x \\"y\\""@en\n<urn:b>\t5\n_:b0\t"2.50"^^<urn:decimal>\n'
        quoted = b'"s"\t"o"\n"urn:b"\t5\n"nodeID://b10"\t2.5\n"urn:a"\t"x "y""\n'
        typed = b'?s\t?o\r\n_:x\t2.5\r\n<urn:a>\t"x \\"y\\""@en\r\n<urn:b>\t"5"^^<urn:integer>\r\n'
        expected = rows.fingerprint(rows.normalised_rows(ours))
        self.assertEqual(rows.fingerprint(rows.normalised_rows(quoted)).split(":")[0], "3")
        self.assertEqual(expected, rows.fingerprint(rows.normalised_rows(typed)))
        self.assertEqual(sorted(rows.normalised_rows(ours)), [b"_:\t2.5", b"urn:a\tx y", b"urn:b\t5"])

    def test_other_rows_have_another_fingerprint(self):
        base = rows.normalised_rows(b"?a\n1\n2\n")
        for other in [b"?a\n1\n3\n", b"?a\n1\n", b"?a\n1\n2\n2\n", b"?a\n"]:
            self.assertNotEqual(rows.fingerprint(base), rows.fingerprint(rows.normalised_rows(other)))

    def test_an_answer_without_rows_and_one_with_an_unbound_cell_are_told_apart(self):
        self.assertEqual(rows.normalised_rows(b"?a\n"), [])
        self.assertEqual(rows.normalised_rows(b"?a\n\n"), [b""])

    def test_a_count_stands_for_what_it_counts(self):
        self.assertEqual(rows.answers_counted([b"1234"]), 1234)
        self.assertEqual(rows.answers_counted([b"urn:a", b"urn:b"]), 2)


class Timing(unittest.TestCase):
    def test_a_long_run_is_the_only_one(self):
        self.assertEqual(timing.repeat(lambda: 5.0, timing.Effort(runs=7, seconds=8)), [5.0])

    def test_the_first_of_many_short_runs_does_not_count(self):
        times = iter([3.0, 1.0, 2.0, 1.5])
        self.assertEqual(timing.repeat(lambda: next(times), timing.Effort(runs=3, seconds=8)), [1.0, 2.0, 1.5])

    def test_runs_end_when_the_time_is_spent(self):
        self.assertEqual(timing.repeat(lambda: 3.0, timing.Effort(runs=9, seconds=8)), [3.0, 3.0])

    def test_the_geometric_mean_of_opposite_ratios_is_one(self):
        self.assertAlmostEqual(timing.geometric_mean([0.25, 4.0]), 1.0)
        self.assertIsNone(timing.geometric_mean([]))


class Tables(unittest.TestCase):
    def test_columns_are_as_wide_as_their_cells(self):
        self.assertEqual(tables.table(["query", "ms"], [["a", 1], ["long name", 1000]]),
                         "| query     |   ms |\n| --------- | ---: |\n| a         |    1 |\n| long name | 1000 |")

    def test_sizes_are_read_as_they_are_written(self):
        self.assertEqual([tables.parse_size(text) for text in ["25k", "1M", "0.5G", "12"]], [25000, 10**6, 5 * 10**8, 12])
        self.assertEqual([growth.shorter(number) for number in [10**7, 25000, 7]], ["10M", "25k", "7"])
        self.assertRaises(ValueError, tables.parse_size, "large")

    def test_numbers_have_the_digits_that_mean_something(self):
        self.assertEqual([tables.milliseconds(value) for value in [0.123, 12.34, 1234.5, None]], ["0.12", "12.3", "1,234", "-"])
        self.assertEqual([tables.size(value) for value in [12, 1500, 2.5e9]], ["12 B", "1.5 kB", "2.5 GB"])


class Chart(unittest.TestCase):
    def test_it_is_well_formed_and_has_a_mark_for_each_time(self):
        text = chart.dots("a < b & c", ["Dossier", "Peer", "Other"], [("q1", [0.5, 20.0, None]), ("q2", [3.0, None, 7.0])])
        root = xml.etree.ElementTree.fromstring(text)
        marks = [element for element in root.iter() if element.get("class", "").startswith("s")]
        self.assertEqual(len(marks), 3 + 4)  # Those of the legend, and one for each time.
        self.assertIn("prefers-color-scheme: dark", text)

    def test_the_axis_encloses_all_values(self):
        self.assertEqual(chart.axis([0.5, 20.0, None]), (-1, 2))
        self.assertEqual(chart.axis([]), (0, 1))


def store(**queries):
    return {"queries": {name: {"median_ms": ms, "min_ms": ms, "max_ms": ms, "rows": 1, "fingerprint": fingerprint}
                        for name, (ms, fingerprint) in queries.items()}}


class SideBySide(unittest.TestCase):
    stores = {"Dossier": store(a=(1.0, "x"), b=(2.0, "y")), "P": store(a=(4.0, "x"), b=(1.0, "other")), "Q": store(a=(2.0, "x"))}

    def test_the_ratio_is_to_the_best_peer_that_agrees(self):
        self.assertEqual(side_by_side.ratios(self.stores, ["a", "b"]), {"a": 0.5})

    def test_published_figures_count_where_they_are_given(self):
        self.assertEqual(side_by_side.ratios(self.stores, ["a", "b"], {"R": {"a": 0.5, "b": 8.0}}), {"a": 2.0, "b": 0.25})

    def test_other_answers_are_told(self):
        self.assertEqual(side_by_side.differences(self.stores), ["b: P gives other rows, Dossier 1"])

    def test_a_page_has_every_section_there_are_results_for(self):
        results = {"machine": {"when": "now", "cores": 2, "processor": "p", "memory_bytes": 2**30, "system": "s", "load_before": 0.0},
                   "sizes": {"1M": {"data": {"triples": 10, "bytes": 100, "source": "s"}, "queries": ["a", "b"],
                                    "stores": self.stores}},
                   "programs": [{"title": "T", "output": "failed: gone"}]}
        page = report.page(results)
        self.assertIn("| a     |    1 | 1.00 (1.00-1.00) |", page)
        self.assertIn("## T\n\n```\nfailed: gone\n```", page)
        self.assertEqual(report.failures(results), ["1M: b: P gives other rows, Dossier 1", "T: failed: gone"])


class Reference(unittest.TestCase):
    text = "## Loads\n| store | load |\n|---|---|\n| A | 5 s |\n\n| query | rows | A 1.0 | B |\n|---|---|---|---|\n" \
           "| q1 | 3 | 1,545.2 (1224.2-1602.4) | failed after 60 s |\n| q2 | 3 | 7 [rows 10!] | 0.5 |\n"

    def test_the_first_number_of_a_cell_counts(self):
        self.assertEqual(reference.query_times(self.text), {"A 1.0": {"q1": 1545.2}, "B": {"q2": 0.5}})


class Growth(unittest.TestCase):
    def test_costs_are_by_triple_and_by_answer(self):
        def figures(rate, ms, answers):
            return {"load": {"triples_per_second": rate, "bytes_per_triple": 20.0, "peak_bytes": 1},
                    "queries": {"q": {"median_ms": ms, "answers": answers}, "none": {"median_ms": ms, "answers": 0}}}
        result = growth.compare(["1k", "10k"], [figures(1e6, 1.0, 10), figures(0.5e6, 12.0, 100)])
        self.assertEqual(result["load_ratio"], 2.0)
        self.assertEqual(list(result["queries"]), ["q"])
        self.assertAlmostEqual(result["queries"]["q"]["ratio"], 1.2)


class Programs(unittest.TestCase):
    def test_rates_have_three_digits(self):
        self.assertEqual(programs.micro_row({"name": "n", "real_time": 1500, "cpu_time": 750, "time_unit": "us",
                                             "items_per_second": 2469134.0}),
                         {"name": "n", "ms": 1.5, "rate": "1.23 M items"})


class Conversation(unittest.TestCase):
    def test_an_answer_ends_with_its_line_however_it_is_cut(self):
        program = "import sys\nfor line in sys.stdin:\n  print(line * 70000 if line != 'q\\n' else line, end='')\n  print('end', flush=True)"
        talk = process.Conversation([sys.executable, "-c", program], end=b"end")
        self.assertEqual(talk.ask(b"q")[1], b"q\n")
        self.assertEqual(talk.ask(b"some row")[1], b"some row\n" * 70000)
        self.assertGreater(talk.close(), 0)

    def test_what_a_program_complains_of_is_an_error(self):
        program = "import sys\nfor line in sys.stdin:\n  print('error: no', file=sys.stderr, flush=True)\n  print('end', flush=True)"
        talk = process.Conversation([sys.executable, "-c", program], end=b"end")
        self.assertRaisesRegex(process.Failed, "error: no", talk.ask, b"q")
        talk.close()


if __name__ == "__main__":
    unittest.main()
