"""Checks that nothing in the project names a place of one machine, so that a clone works anywhere.

Usage: check_paths.py SOURCE_DIR
"""

import os
import re
import sys

MACHINE_PLACE = re.compile(r'(?<![\w.~])/(?:work|home|root|Users|workspace)/\w|[A-Za-z]:\\\\Users|(?:deb|ftp)\.debian\.org')
SKIPPED_FOLDERS = {"build", ".git", ".cache"}


def check(root):
    """The complaints, one a line each."""
    complaints = []
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders
                            if name not in SKIPPED_FOLDERS and not name.startswith("cmake-build"))
        for name in sorted(names):
            path = os.path.join(folder, name)
            shown = os.path.relpath(path, root)
            if shown.startswith(os.path.join("tests", "layers")) or not os.path.isfile(path):
                continue
            try:
                with open(path, encoding="utf-8") as file:
                    lines = file.read().splitlines()
            except UnicodeDecodeError:
                continue
            complaints += [f"{shown}:{number}: names a place of one machine: {line.strip()[:100]}"
                           for number, line in enumerate(lines, 1) if MACHINE_PLACE.search(line)]
    return complaints


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) or "no machine's places are named")
    sys.exit(1 if found else 0)
