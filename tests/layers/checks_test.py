"""The checks find what they are there to find, and leave good code alone: run on small trees made for it."""

import os
import tempfile
import unittest

import check_docs
import check_includes
import check_paths
import check_sizes
import source_tree

HEADER = "// A header.\n#pragma once\n"


class Checks(unittest.TestCase):
    def tree(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for path, text in files.items():
            full = os.path.join(folder.name, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
        return folder.name

    def test_a_room_may_include_the_rooms_below_it(self):
        root = self.tree({"base/a.h": HEADER, "storage/b.h": HEADER + '#include "base/a.h"\n'})
        self.assertEqual(check_includes.check(root), [])

    def test_an_include_upwards_is_found(self):
        root = self.tree({"base/a.h": HEADER + '#include "storage/b.h"\n', "storage/b.h": HEADER})
        self.assertEqual(check_includes.check(root), ["base/a.h: base must not include storage/b.h"])

    def test_the_two_languages_do_not_see_each_other(self):
        root = self.tree({"query/ask/a.h": HEADER + '#include "query/sparql/b.h"\n', "query/sparql/b.h": HEADER})
        self.assertEqual(len(check_includes.check(root)), 1)

    def test_rocksdb_outside_its_folder_is_found(self):
        root = self.tree({"storage/a.h": HEADER + "#include <rocksdb/db.h>\n",
                          "storage/rocks/b.h": HEADER + '#include "rocksdb/db.h"\n'})
        self.assertEqual(check_includes.check(root), ["storage/a.h: <rocksdb/db.h> belongs into storage/rocks only"])

    def test_a_second_file_that_meets_antlr_is_found(self):
        parser = '#include "antlr4-runtime.h"\n'
        root = self.tree({"query/ask/a.cc": parser})
        self.assertEqual(check_includes.check(root), [])
        root = self.tree({"query/ask/a.cc": parser, "query/ask/b.cc": parser})
        self.assertEqual(len(check_includes.check(root)), 1)

    def test_includes_are_written_from_the_top(self):
        root = self.tree({"base/a.h": HEADER, "base/b.h": HEADER + '#include "a.h"\n'})
        self.assertEqual(len(check_includes.check(root)), 1)

    def test_the_layers_name_only_layers_above_them_in_the_table(self):
        rows = list(check_includes.LAYERS)
        for row, may in check_includes.LAYERS.items():
            for other in may:
                known = [one for one in rows if one == other or one.startswith(other + "/")]
                self.assertTrue(known, f"{row} names {other}, which is no layer")
                self.assertTrue(all(rows.index(one) < rows.index(row) for one in known), f"{row} -> {other}")

    def test_functions_are_measured_and_other_braces_are_not(self):
        text = ("namespace a {\n"
                "constexpr int kTable[] = {\n  1,\n  2,\n};\n"
                "class B : public C {\n public:\n"
                "  B(int x) : x_{x}, y_(x) {\n    Run([&] {\n      return '{';\n    });\n  }\n"
                "  int x() const { return x_; }  // }\n"
                "};\n"
                "auto F(int a) -> std::vector<int> {\n  return {a, 1'000};\n}\n"
                "}  // namespace a\n")
        self.assertEqual([(first, last) for first, last, _ in source_tree.functions(text)],
                         [(8, 12), (13, 13), (15, 17)])

    def test_raw_strings_hide_their_braces(self):
        text = 'TEST(A, B) {\n  Check(R"({ "a)");\n}\nTEST(C, D) {\n}\n'
        self.assertEqual([(first, last) for first, last, _ in source_tree.functions(text)], [(1, 3), (4, 5)])

    def test_long_files_long_functions_bare_headers_and_dead_files_are_found(self):
        long_function = "int F() {\n" + "  ++a;\n" * 69 + "}\n"
        root = self.tree({"base/CMakeLists.txt": "dossier_room(base SOURCES a.cc)\n",
                          "base/a.cc": '#include "base/a.h"\n' + long_function,
                          "base/ba.cc": "\n" * 601,
                          "base/a.h": "#pragma once\n",
                          "base/b.h": HEADER})
        complaints = "\n".join(check_sizes.check(root))
        for expected in ("base/a.cc:2: 71 lines", "base/ba.cc: 601 lines", "base/ba.cc: nothing builds it",
                         "base/a.h: begin the header", "base/b.h: nothing includes it"):
            self.assertIn(expected, complaints)
        self.assertEqual(complaints.count("\n"), 4)

    def test_places_of_one_machine_are_found(self):
        root = self.tree({"README.md": "Look into /home/anna/store.\n", "docs/a.md": "rdf/work/a and ~/work/b are fine\n"})
        self.assertEqual(len(check_paths.check(root)), 1)

    def test_files_that_documents_name_and_nobody_has_are_found(self):
        root = self.tree({"base/a.h": HEADER, "docs/b.md": "See `base/a.h`, `a.h`, `tests/ROOM/foo.h` and `base/gone.h`.\n"})
        self.assertEqual(check_docs.check(root), ["docs/b.md:1: names base/gone.h, which is not there"])


if __name__ == "__main__":
    unittest.main()
