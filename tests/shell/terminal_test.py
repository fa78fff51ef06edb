"""The shell at a terminal: history, multi-line input, Ctrl-C, colour, width."""

import os
import tempfile
import time
import unittest

import program

QUESTION = "who met Ada Stone"
PROMPT = "dossier> "
CONTINUATION = "...> "


class TerminalTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.keeper = tempfile.TemporaryDirectory()
        loaded = program.Commands(cls.keeper.name).load_dataset()
        assert loaded.code == 0, loaded.err

    @classmethod
    def tearDownClass(cls):
        cls.keeper.cleanup()

    def start(self, **more):
        terminal = program.Terminal(self.keeper.name, **more)
        self.addCleanup(terminal.close)
        self.greeting = terminal.expect(PROMPT)
        return terminal

    @staticmethod
    def run_line(terminal, line):
        """Types a line once the prompt is there, and returns what was shown up to the next prompt."""
        terminal.type(line + "\n")
        return terminal.expect(PROMPT)

    def test_it_greets_answers_and_tells_the_time(self):
        terminal = self.start()
        self.assertIn("1 claim of 1 article", self.greeting)
        terminal.type(QUESTION + "\n")
        shown = terminal.expect(PROMPT)
        self.assertIn("Bob Field", shown)
        self.assertRegex(shown, r"1 answer in \d+(\.\d)? m?s")
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_ctrl_d_leaves(self):
        terminal = self.start()
        terminal.type("\x04")
        self.assertEqual(terminal.ends(), 0)

    def test_an_error_has_a_caret_and_keeps_the_shell(self):
        terminal = self.start()
        terminal.type("who met Zebedee\n")
        shown = terminal.expect(PROMPT)
        self.assertIn("^^^^^^^", shown)
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_history_lasts_over_sessions(self):
        state = tempfile.TemporaryDirectory()
        self.addCleanup(state.cleanup)
        terminal = self.start(XDG_STATE_HOME=state.name)
        terminal.type("help time\n")
        terminal.expect(PROMPT)
        terminal.type("quit\n")
        terminal.ends()
        self.assertTrue(os.path.exists(os.path.join(state.name, "dossier", "history")))
        terminal = self.start(XDG_STATE_HOME=state.name)
        terminal.type("\x1b[A\n")  # Arrow up.
        self.assertIn("between 2018 and 2019", terminal.expect(PROMPT))
        terminal.type("\x04")
        terminal.ends()

    def test_a_statement_goes_on_over_lines(self):
        terminal = self.start()
        for first, second in [("who met \\", "Ada Stone"), ('who met "Ada', 'Stone"')]:
            terminal.type(first + "\n")
            terminal.expect(CONTINUATION)
            terminal.type(second + "\n")
            self.assertIn("Bob Field", terminal.expect(PROMPT))
        terminal.type('who met "Ada\n')
        terminal.expect(CONTINUATION)
        terminal.type("\x03")
        terminal.expect(PROMPT)
        terminal.type(QUESTION + "\n")
        self.assertIn("Bob Field", terminal.expect(PROMPT))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_ctrl_d_leaves_with_an_unfinished_statement_too(self):
        terminal = self.start()
        terminal.type('who met "Ada\n')
        terminal.expect(CONTINUATION)
        terminal.type("\x04")
        self.assertEqual(terminal.ends(), 0)

    def test_history_keeps_each_statement_once_for_its_owner_only(self):
        state = tempfile.TemporaryDirectory()
        self.addCleanup(state.cleanup)
        terminal = self.start(XDG_STATE_HOME=state.name)
        for statement in [QUESTION, "help time", " help order", QUESTION]:
            self.run_line(terminal, statement)
        terminal.type("\x1b[A\x1b[A\n")  # Twice up: past the question, which is there once.
        self.assertIn("between 2018 and 2019", terminal.expect(PROMPT))
        terminal.type("quit\n")
        terminal.ends()
        path = os.path.join(state.name, "dossier", "history")
        self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(os.path.dirname(path)).st_mode & 0o777, 0o700)
        with open(path, encoding="utf-8") as history:
            self.assertNotIn("help order", history.read())  # It began with a blank.

    def test_tab_completes_words_verbs_and_names_of_the_store(self):
        terminal = self.start()
        # The editor moves the cursor instead of writing what stands there: only what is new is looked for.
        terminal.type("who met Ad\t")
        terminal.expect("a Stone")
        terminal.type("\n")
        self.assertIn("Bob Field", terminal.expect(PROMPT))
        terminal.type("did Bob Field mee\t")  # The base form, not "meets".
        terminal.expect("t ")
        terminal.type("Cl\t")
        terminal.expect("eo Hill")
        terminal.type("\x03")
        terminal.expect(PROMPT)
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_tab_shows_the_choice_where_there_is_one(self):
        terminal = self.start(NO_COLOR="1")
        terminal.type("who met \t")
        shown = terminal.expect("who met ") + terminal.expect("who met ")  # The line stands there again.
        self.assertIn("Ada Stone", shown)
        self.assertIn("Cleo Hill", shown)
        terminal.type("\x15.o\t")
        self.assertIn(".open", terminal.expect(".output"))
        terminal.type("\x15.mo\tma\t")
        terminal.expect("rkdown")
        terminal.type("\n")
        terminal.expect(PROMPT)
        terminal.type(QUESTION + "\n")
        self.assertIn("| 1 | Bob Field |", terminal.expect(PROMPT))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_tab_knows_files_and_the_lines_before(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        program.Commands(folder.name).load_dataset()
        program.write(folder.name, "scripts/morning.ask", "help time\n")
        terminal = program.Terminal(folder.name)
        self.addCleanup(terminal.close)
        terminal.expect(PROMPT)
        terminal.type(".read scr\tmo\t\n")
        self.assertIn("between 2018 and 2019", terminal.expect(PROMPT))
        terminal.type("who met \\\nAd\t")
        terminal.expect("a Stone")
        terminal.type("\n")
        self.assertIn("Bob Field", terminal.expect(PROMPT))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_it_begins_with_the_users_rc_file(self):
        config = tempfile.TemporaryDirectory()
        self.addCleanup(config.cleanup)
        path = program.write(config.name, "dossier/rc", "# mine\n.nonsense 1\n.mode csv\n")
        terminal = self.start(XDG_CONFIG_HOME=config.name)
        self.assertIn(path + ":2:1", self.greeting)
        terminal.type(QUESTION + "\n")
        self.assertIn("who,possible", terminal.expect(PROMPT))
        terminal.type("quit\n")
        terminal.ends()
        terminal = program.Terminal(self.keeper.name, "--no-rc", XDG_CONFIG_HOME=config.name)
        self.addCleanup(terminal.close)
        self.assertNotIn(path, terminal.expect(PROMPT))
        terminal.type("quit\n")
        terminal.ends()

    def test_what_is_longer_than_the_screen_goes_through_the_pager(self):
        marker = os.path.join(self.keeper.name, "paged")
        pager = program.write(self.keeper.name, "pager", f"#!/bin/sh\necho PAGED >> {marker}\ncat\n")
        os.chmod(pager, 0o755)
        terminal = self.start(PAGER=pager)
        terminal.type("help time\n")
        terminal.expect(PROMPT)
        self.assertFalse(os.path.exists(marker))  # It fits.
        terminal.resize(100, rows=6)
        terminal.type("help time\n")
        self.assertIn("as of 2023-09-11", terminal.expect(PROMPT))
        self.assertTrue(os.path.exists(marker))
        os.remove(marker)
        self.run_line(terminal, ".pager off")
        self.assertIn("as of 2023-09-11", self.run_line(terminal, "help time"))
        self.assertFalse(os.path.exists(marker))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_a_pager_that_is_left_or_missing_does_no_harm(self):
        for pager in ["true", "no-such-pager", ""]:
            terminal = self.start(PAGER=pager)
            terminal.resize(100, rows=6)
            terminal.type("help time\n")
            self.assertEqual("as of 2023-09-11" in terminal.expect(PROMPT), pager != "true", pager)
            terminal.type(QUESTION + "\n")
            self.assertIn("Bob Field" if pager != "true" else PROMPT, terminal.expect(PROMPT))
            terminal.type("quit\n")
            self.assertEqual(terminal.ends(), 0)

    def test_results_go_to_a_file_and_back(self):
        terminal = self.start()
        for line in [".output answers.txt", QUESTION, ".output"]:
            self.assertNotIn("Bob Field", self.run_line(terminal, line))
        self.assertIn("between 2018 and 2019", self.run_line(terminal, "help time"))
        with open(os.path.join(self.keeper.name, "answers.txt"), encoding="utf-8") as file:
            text = file.read()
        self.assertIn("Bob Field", text)
        self.assertNotIn("\x1b", text)
        self.assertIn("cannot write", self.run_line(terminal, ".output /no/such/folder/file"))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_another_store_can_be_opened(self):
        other = tempfile.TemporaryDirectory()
        self.addCleanup(other.cleanup)
        terminal = self.start()
        self.assertIn("there is no store", self.run_line(terminal, f".open {other.name}/store"))
        self.assertIn("commit 1", self.run_line(terminal, "load data.ttl"))
        self.assertIn("Bob Field", self.run_line(terminal, QUESTION))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)
        self.assertTrue(os.path.exists(os.path.join(other.name, "store")))

    def test_tables_fit_a_window_that_changes_its_size(self):
        terminal = self.start(NO_COLOR="1", columns=100)
        terminal.resize(50)
        terminal.type(QUESTION + "\n")
        terminal.expect("\n")
        lines = terminal.expect(PROMPT).splitlines()
        self.assertLessEqual(max(map(len, lines)), 50, lines)
        self.run_line(terminal, ".width 70")
        self.assertGreater(max(map(len, self.run_line(terminal, QUESTION).splitlines())), 50)
        terminal.type("quit\n")
        terminal.ends()

    def test_ctrl_c_drops_the_line(self):
        terminal = self.start()
        terminal.type("who met Zebe")
        terminal.expect("Zebe")
        terminal.type("\x03")
        terminal.expect(PROMPT)
        terminal.type("\x03")
        terminal.expect(PROMPT)
        terminal.type(QUESTION + "\n")
        self.assertIn("Bob Field", terminal.expect(PROMPT))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_ctrl_c_ends_the_question_and_keeps_the_shell(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        commands = program.Commands(folder.name)
        commands.load_dataset()
        commands.load_crowd(3000)
        terminal = program.Terminal(folder.name, "--memory", "3G")
        self.addCleanup(terminal.close)
        terminal.expect(PROMPT)
        terminal.type("find ?a, ?b, ?c, ?d where ?a met ?b and ?c met ?d\n")
        terminal.expect("\n")
        time.sleep(1)  # Ctrl-C is for the question, not for the line that is still being read.
        terminal.type("\x03")
        self.assertIn("cancelled", terminal.expect(PROMPT, seconds=10))
        terminal.type(QUESTION + "\n")
        self.assertIn("Bob Field", terminal.expect(PROMPT))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_a_load_shows_how_far_it_is_and_can_be_cancelled(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        program.Commands(folder.name).load_dataset()
        # So many lines that no machine loads them before Ctrl-C comes; one of them is wrong.
        lines = "".join(f"<urn:test:p{i % 1000}> <urn:test:saw> <urn:test:thing{i}> .\n" for i in range(20_000))
        with open(os.path.join(folder.name, "many.nt"), "w", encoding="utf-8") as file:
            file.write("this is no triple\n")
            for part in range(150):
                file.write(lines.replace("thing", f"thing{part}x"))
        terminal = program.Terminal(folder.name)
        self.addCleanup(terminal.close)
        terminal.expect(PROMPT)
        terminal.type("load many.nt\n")
        shown = terminal.expect(" left", seconds=60)
        self.assertRegex(shown, r"\d+ %, [\d,]+ statements, [\d,]+ a second, 1 rejected, (\d+ min )?[\d.]+ m?s left")
        terminal.type("\x03")
        self.assertIn("cancelled", terminal.expect(PROMPT, seconds=30))
        self.assertIn("Bob Field", self.run_line(terminal, QUESTION))
        self.assertNotIn("thing", self.run_line(terminal, "describe <urn:test:p1>"))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_commands_with_a_dot_change_what_is_shown(self):
        terminal = self.start(NO_COLOR="1")
        self.run_line(terminal, ".pager off")
        self.assertIn("claims", self.run_line(terminal, ".stats"))
        self.run_line(terminal, ".explain on")
        self.assertIn("scan ", self.run_line(terminal, QUESTION))
        self.run_line(terminal, ".explain off")
        self.assertNotIn("scan ", self.run_line(terminal, QUESTION))
        self.run_line(terminal, ".timer off")
        self.assertNotRegex(self.run_line(terminal, QUESTION), r"answer in \d")
        self.run_line(terminal, ".mode csv")
        self.assertIn("who,possible", self.run_line(terminal, QUESTION))
        self.run_line(terminal, ".mode table")
        script = program.write(self.keeper.name, "read.ask", "who met\n  Ada Stone\n")
        self.assertIn("Bob Field", self.run_line(terminal, f".read {script}"))
        self.run_line(terminal, ".limit 1")
        self.assertIn("1", self.run_line(terminal, ".limit"))
        self.run_line(terminal, ".timeout 5")
        self.assertIn("5", self.run_line(terminal, ".timeout"))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_help_tells_of_a_topic_by_any_of_its_names(self):
        terminal = self.start()
        for topic, words in [("timeline", "in the order of time"), ("what happened", "in a time or a place"),
                             ("largest", "What is counted or measured"), ("than", "settles it"),
                             ("show sparql", "a question stands for"), ("per", "An answer for each year"),
                             ("why empty", "each part of the last question")]:
            self.assertIn(words, self.run_line(terminal, f"help {topic}"), topic)
        self.assertIn("there is no help", self.run_line(terminal, "help zebedee"))
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_a_semicolon_ends_a_statement_and_another_may_follow(self):
        terminal = self.start()
        terminal.type(f"{QUESTION}; describe Cleo Hill;\n")
        shown = terminal.expect(PROMPT)
        self.assertIn("Bob Field", shown)
        terminal.type("who met Zebedee ; who met Zebedee\n")
        self.assertEqual(terminal.expect(PROMPT).count("^^^^^^^"), 2)
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_it_sees_what_other_processes_load_and_holds_the_store_once_it_has_changed_it(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        commands = program.Commands(folder.name)
        commands.load_dataset()
        terminal = program.Terminal(folder.name)
        self.addCleanup(terminal.close)
        terminal.expect(PROMPT)
        terminal.type("describe Cleo Hill\n")
        terminal.expect(PROMPT)
        more = program.write(folder.name, "more.ttl", "@prefix : <urn:test:> .\n"
                             '@prefix dossier: <urn:dossier:vocabulary:> .\n'
                             ":CleoHill :meet :AdaStone ~ :claim9 {| dossier:certainty dossier:confirmed |} .\n")
        self.assertEqual(commands("load", more).code, 0)
        terminal.type(QUESTION + "\n")
        self.assertIn("Cleo Hill", terminal.expect(PROMPT))
        terminal.type("assert Cleo Hill met Bob Field\n")
        self.assertIn("added", terminal.expect(PROMPT))
        refused = commands("load", more)
        self.assertEqual(refused.code, 4)
        self.assertIn(str(terminal.pid), refused.err)
        self.assertEqual(commands("ask", QUESTION).code, 0)
        terminal.type("quit\n")
        self.assertEqual(terminal.ends(), 0)

    def test_colour_is_for_terminals_that_want_it(self):
        for more, coloured in [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]:
            terminal = self.start(**more)
            terminal.type(QUESTION + "\n")
            terminal.expect("\n")
            shown = terminal.expect(PROMPT)
            self.assertEqual("\x1b[2m" in shown, coloured, more)
            terminal.type("quit\n")
            terminal.ends()

    def test_tables_fit_the_terminal(self):
        for columns in (60, 90):
            terminal = self.start(columns=columns, NO_COLOR="1")
            terminal.type(QUESTION + "\n")
            terminal.expect("\n")
            lines = terminal.expect(PROMPT).splitlines()
            self.assertLessEqual(max(map(len, lines)), columns, lines)
            terminal.type("quit\n")
            terminal.ends()


if __name__ == "__main__":
    unittest.main()
