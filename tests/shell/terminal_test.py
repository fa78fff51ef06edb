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
