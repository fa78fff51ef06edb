"""Runs a command and writes what it took to a file, as JSON: launcher.py FILE COMMAND...

A process apart from the benchmark, as the peak memory that the system tells of a child counts that of the process which
started it, and the benchmark keeps whole answers in memory."""

import json
import os
import subprocess
import sys
import time


def main(words):
    begin = time.perf_counter()
    child = subprocess.Popen(words[1:])
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    child.returncode = os.waitstatus_to_exitcode(status)
    with open(words[0], "w", encoding="utf-8") as file:
        json.dump({"status": child.returncode, "seconds": seconds, "peak_bytes": usage.ru_maxrss * 1024,
                   "read_bytes": usage.ru_inblock * 512}, file)


main(sys.argv[1:])
