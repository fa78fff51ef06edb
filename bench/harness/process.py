"""Child processes and the disk: peak memory, conversations through pipes, sizes of directories, cold files."""

import fcntl
import json
import os
import subprocess
import sys
import tempfile
import time

PIPE_BYTES = 1 << 20


class Failed(Exception):
    """A store or a program did not do what it was asked; the message is for the reader of the tables."""


LAUNCHER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launcher.py")


def run(command, cwd=None, environment=None, stdout=None):
    """Runs a command to its end: seconds, peak memory in bytes, bytes read from the disk. Failed when it fails."""
    with tempfile.TemporaryFile() as errors, tempfile.NamedTemporaryFile() as report:
        launched = subprocess.run([sys.executable, "-S", LAUNCHER, report.name, *command], cwd=cwd, env=environment,
                                  stdin=subprocess.DEVNULL, stdout=errors if stdout is None else stdout, stderr=errors, check=False)
        text = report.read()
        result = json.loads(text) if text else {"status": launched.returncode}
        if result["status"] != 0 or launched.returncode != 0:
            errors.seek(0)
            raise Failed(f"{os.path.basename(command[0])} ended with {result['status']}: {last_lines(errors.read())}")
    return {key: result[key] for key in ("seconds", "peak_bytes", "read_bytes")}


def output(command, cwd=None, environment=None):
    """What a command prints. Failed when it fails."""
    done = subprocess.run(command, cwd=cwd, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{os.path.basename(command[0])} ended with {done.returncode}: {last_lines(done.stderr)}")
    return done.stdout.decode()


def last_lines(text, lines=4):
    return " / ".join(text.decode(errors="replace").strip().splitlines()[-lines:])


class Conversation:
    """A program that answers one line of its standard input after the other, each answer followed by a line of its own that
    tells its end."""

    def __init__(self, command, end, suffix=b"", environment=None):
        """`suffix` is sent after each line, to make the program print the line `end`."""
        self._end = end + b"\n"
        self._suffix = suffix
        self._errors = tempfile.TemporaryFile()
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors,
                                       env=environment)
        self._descriptor = self._child.stdout.fileno()
        fcntl.fcntl(self._descriptor, fcntl.F_SETPIPE_SZ, PIPE_BYTES)

    @property
    def pid(self):
        return self._child.pid

    def ask(self, line):
        """The seconds from sending the line to the last byte of its answer, and the answer. Failed with what the program
        wrote to its standard error, or when it has ended."""
        told = os.fstat(self._errors.fileno()).st_size
        chunks = []
        begin = time.perf_counter()
        self._child.stdin.write(line + b"\n" + self._suffix)
        self._child.stdin.flush()
        while True:
            chunk = os.read(self._descriptor, PIPE_BYTES)
            if not chunk:
                raise Failed("the program has ended: " + self._told_since(told))
            chunks.append(chunk)
            if self._at_end(chunks):
                break
        seconds = time.perf_counter() - begin
        complaint = self._told_since(told)
        if complaint.startswith("error"):
            raise Failed(complaint)
        return seconds, b"".join(chunks)[:-len(self._end)]

    def _at_end(self, chunks):
        """Whether the line that tells the end is the last one of all that has come."""
        if len(chunks[-1]) <= len(self._end) and len(chunks) > 1:
            chunks[-2:] = [chunks[-2] + chunks[-1]]
        last = chunks[-1]
        return last.endswith(b"\n" + self._end) or (len(chunks) == 1 and last == self._end)

    def _told_since(self, offset):
        return last_lines(os.pread(self._errors.fileno(), 1 << 16, offset))

    def close(self):
        """Ends the program, and returns its peak memory in bytes."""
        self._child.stdin.close()
        self._child.stdout.close()
        _, status, usage = os.wait4(self._child.pid, 0)
        self._child.returncode = os.waitstatus_to_exitcode(status)
        self._errors.close()
        return usage.ru_maxrss * 1024


def peak_memory(pid):
    """Of a running process, in bytes."""
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def files_below(directory):
    for folder, _, names in os.walk(directory):
        for name in names:
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield path


def disk_bytes(directory):
    """What the files below a directory take on the disk (a file with holes takes less than its length)."""
    return sum(os.stat(path).st_blocks * 512 for path in files_below(directory))


def make_cold(directory):
    """Drops the files below a directory from the page cache, so that the next reader reads the disk."""
    for path in files_below(directory):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)
