"""Dossier as the benchmark drives it: `dossier load`, then one shell that is asked through a pipe and answers with tab-separated
values, as the peers do over theirs."""

import os
import shutil

from harness import process

NAME = "Dossier"


class Dossier:
    def __init__(self, program, directory, memory_bytes, timeout):
        self.name = NAME
        self.directory = directory
        self._program = program
        self._memory = f"{memory_bytes >> 20}M"
        self._timeout = f"{timeout}s"
        self._shell = None

    def command(self, *arguments):
        return [self._program, "--store", self.directory, *arguments]

    def version(self):
        return process.output([self._program, "--version"]).strip()

    def load(self, data):
        """Makes the store anew: seconds, peak_bytes, disk_bytes."""
        shutil.rmtree(self.directory, ignore_errors=True)
        used = process.run(self.command("--memory", self._memory, "load", data.path))
        return {"seconds": used["seconds"], "peak_bytes": used["peak_bytes"],
                "disk_bytes": process.disk_bytes(self.directory)}

    def start(self):
        # The command that ends each answer prints the limit of rows, which is none: no row of the format looks like it.
        self._shell = process.Conversation(
            self.command("--memory", self._memory, "--timeout", self._timeout, "--format", "tsv", "--keep-going"),
            end=b"off", suffix=b".limit\n")
        self._shell.ask(b".timer off")

    def query(self, text):
        return self._shell.ask(text.encode() + b" ;")

    def stop(self):
        return self._shell.close()

    def remove(self):
        shutil.rmtree(self.directory, ignore_errors=True)


def find_program(build):
    path = os.path.join(build, "dossier")
    if not os.path.exists(path):
        raise process.Failed(f"{path} is not there: build it, or leave out --build")
    return path
