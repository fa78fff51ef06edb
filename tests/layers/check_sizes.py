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


def is_listed(root, path):
    """Whether a CMakeLists.txt in the folder of `path` or above, or a file in cmake/, names the file."""
    lists = [(os.path.join("cmake", name), path)
             for name in (os.listdir(os.path.join(root, "cmake")) if os.path.isdir(os.path.join(root, "cmake")) else [])]
    folder = os.path.dirname(path)
    while folder:
        lists.append((os.path.join(folder, "CMakeLists.txt"), os.path.relpath(path, folder)))
        folder = os.path.dirname(folder)
    return any(os.path.exists(os.path.join(root, file)) and
               re.search(r'(?<![\w.-])(?<!\w/)' + re.escape(name) + r'(?![\w.])', source_tree.read(root, file))
               for file, name in lists)


def check(root):
    """The complaints, one a line each."""
    complaints = []
    paths = source_tree.code_files(root)
    texts = {path: source_tree.read(root, path) for path in paths}
    included = set()
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
        elif not is_listed(root, path):
            complaints.append(f"{path}: no CMakeLists.txt builds it")
    return complaints


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) or "sizes are within the budget")
    sys.exit(1 if found else 0)
