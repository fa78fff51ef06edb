"""Drives the program: as a command, and at a pseudo-terminal."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time

PROGRAM = os.environ["DOSSIER"]
SOURCE = os.environ["DOSSIER_SOURCE"]

# A made-up subject in the vocabulary of docs/datasets.md.
DATASET = """
@prefix : <urn:test:> .
@prefix dossier: <urn:dossier:vocabulary:> .
@prefix schema: <https://schema.org/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix edtf: <http://id.loc.gov/datatypes/> .

:Person a rdfs:Class ; rdfs:label "person"@en .
:AdaStone a :Person ; rdfs:label "Ada Stone"@en .
:BobField a :Person ; rdfs:label "Bob Field"@en .
:CleoHill a :Person ; rdfs:label "Cleo Hill"@en .
:meet a dossier:Relation, owl:SymmetricProperty ; rdfs:label "meet"@en ;
    dossier:verb [ dossier:base "meet" ; dossier:third "meets" ; dossier:past "met" ; dossier:participle "met" ;
                   dossier:gerund "meeting" ] .
:Article007 a schema:Article ; schema:identifier "007" ; schema:headline "Two builders meet" ;
    schema:datePublished "1931-05-06"^^<http://www.w3.org/2001/XMLSchema#date> .
:BobField :meet :AdaStone ~ :claim1 {| dossier:when "1931-05"^^edtf:edtf ; dossier:certainty dossier:confirmed ;
    prov:wasDerivedFrom :Article007 ; dossier:paragraph 2 ; dossier:sentence 1 |} .
"""
ARTICLE = "Two builders meet\n\nAda Stone met Bob Field in May. They spoke of arches.\n"


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def environment(folder, **more):
    """The environment without what would change how the program behaves."""
    kept = {name: value for name, value in os.environ.items()
            if name not in ("DOSSIER_STORE", "NO_COLOR", "COLUMNS", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "PAGER", "LESS")}
    return {**kept, "XDG_STATE_HOME": os.path.join(folder, "state"), "TERM": "xterm", "HOME": folder,
            "LC_ALL": "C.UTF-8", **more}


class Result:
    def __init__(self, process):
        self.code = process.returncode
        self.out = process.stdout.decode()
        self.err = process.stderr.decode()


class Commands:
    """The program on one store, in a folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.store = os.path.join(folder, "store")

    def __call__(self, *arguments, text="", store=None, **more):
        return Result(subprocess.run([PROGRAM, "--store", store or self.store, *arguments], input=text.encode(),
                                     capture_output=True, env=environment(self.folder, **more), cwd=self.folder,
                                     timeout=60))

    def load_dataset(self):
        return self("load", os.path.join(SOURCE, "datasets/vocabulary.ttl"), write(self.folder, "data.ttl", DATASET))

    def load_crowd(self, size):
        """So many people of whom each met one that a question over pairs of pairs takes long."""
        lines = ["@prefix : <urn:test:> .", "@prefix dossier: <urn:dossier:vocabulary:> ."]
        lines += [f":p{i} :meet :p{i + 1} ~ :crowd{i} {{| dossier:certainty dossier:confirmed |}} ." for i in range(size)]
        return self("load", write(self.folder, "crowd.ttl", "\n".join(lines)))


class Terminal:
    """The program at a pseudo-terminal."""

    def __init__(self, folder, *arguments, columns=100, **more):
        self.text = ""
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(folder)
            os.execve(PROGRAM, [PROGRAM, "--store", os.path.join(folder, "store"), *arguments],
                      environment(folder, **more))
        self.resize(columns)

    def resize(self, columns, rows=24):
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text):
        os.write(self.descriptor, text.encode())

    def expect(self, wanted, seconds=20):
        """Waits until `wanted` is shown, and returns all that was shown up to its end since the last call."""
        end = time.time() + seconds
        while wanted not in self.text:
            if not self._read(end):
                raise AssertionError(f"expected {wanted!r}, was shown {self.text!r}")
        shown, self.text = self.text.split(wanted, 1)
        return shown + wanted

    def ends(self, seconds=20):
        """Waits until the program ends, and returns its exit code."""
        end = time.time() + seconds
        while self._read(end):
            pass
        os.close(self.descriptor)
        pid, self.pid = self.pid, None
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

    def close(self):
        """Ends a program that a failed test has left behind."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)
            self.ends()

    def _read(self, end):
        ready, _, _ = select.select([self.descriptor], [], [], max(0, end - time.time()))
        try:
            piece = os.read(self.descriptor, 65536) if ready else b""
        except OSError:  # The program has gone.
            piece = b""
        self.text += piece.decode(errors="replace")
        return bool(piece)
