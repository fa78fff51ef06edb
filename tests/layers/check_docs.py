"""Checks that the files which the documents name (`query/ask/ask.cc`, `block.cc`) are there, so that they do not go stale.

Usage: check_docs.py SOURCE_DIR
"""

import os
import re
import sys

NAMED_FILE = re.compile(r'`((?:\.?[\w.-]+/)*[\w.-]+\.(?:cc|h|py|g4|md|cmake|plan))`')
PLACEHOLDER = re.compile(r'ROOM|NAME|FILE|\bfoo\b|file_name|my[-_]|example|foo_')
SKIPPED_FOLDERS = {"build", ".git", ".cache"}


def check(root):
    """The complaints, one a line each."""
    documents, paths = [], set()
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/")
            paths.add("/" + path)
            if name.endswith(".md"):
                documents.append(path)
    complaints = []
    for document in sorted(documents):
        with open(os.path.join(root, document), encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                for name in NAMED_FILE.findall(line):
                    if not PLACEHOLDER.search(name) and not any(path.endswith("/" + name) for path in paths):
                        complaints.append(f"{document}:{number}: names {name}, which is not there")
    return complaints


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) or "the documents name files that are there")
    sys.exit(1 if found else 0)
