"""Checks what keeps the sources readable: sizes of files and functions, a comment at the head of each header, no file that
nothing builds or includes.

Usage: check_sizes.py SOURCE_DIR
"""

import os
import re
import sys

import source_tree

FILE_LINES = 600
FUNCTION_LINES = 70


def built_files(root):
    """Paths of the sources that a CMakeLists.txt, or a file in cmake/, names."""
    found = set()
    for top in source_tree.CODE_FOLDERS + ["cmake"]:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name == "CMakeLists.txt" or name.endswith(".cmake"):
                    here = os.path.relpath(folder, root)
                    for word in re.findall(r'[^\s()"]+\.cc\b', source_tree.read(root, os.path.join(here, name))):
                        found.add(os.path.normpath(re.sub(r'^\$\{PROJECT_SOURCE_DIR\}/', '', word)
                                                   if word.startswith("$") else os.path.join(here, word)))
    return found


def check(root):
    """The complaints, one a line each."""
    complaints = []
    paths = source_tree.code_files(root)
    texts = {path: source_tree.read(root, path) for path in paths}
    built, included = built_files(root), set()
    for text in texts.values():
        included.update(re.findall(r'#\s*include\s*"([^"]+)"', text))
    for path, text in texts.items():
        lines = text.count("\n")
        if lines > FILE_LINES:
            complaints.append(f"{path}: {lines} lines, over {FILE_LINES}: move a subject of its own out")
        for first, last, head in source_tree.functions(text):
            if last - first + 1 > FUNCTION_LINES:
                complaints.append(f"{path}:{first}: {last - first + 1} lines, over {FUNCTION_LINES}: {head[-60:]}")
        if path.endswith(".h"):
            if not text.startswith("//"):
                complaints.append(f"{path}: begin the header with a comment that says what it is for")
            if path not in included:
                complaints.append(f"{path}: nothing includes it")
        elif path not in built:
            complaints.append(f"{path}: nothing builds it")
    return complaints


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) or "sizes are within the budget")
    sys.exit(1 if found else 0)
