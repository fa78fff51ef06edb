"""The project's own hand-written sources, and C++ text with comments and literals blanked out, for the checks beside."""

import os
import re

ROOMS = ["base", "rdf", "storage", "query", "database", "shell"]
CODE_FOLDERS = ROOMS + ["bench", "tests"]


def code_files(root, endings=(".h", ".cc")):
    """Paths below `root` (with /) of the hand-written C++ files, sorted."""
    found = []
    for top in CODE_FOLDERS:
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                if name.endswith(endings):
                    found.append(os.path.relpath(os.path.join(folder, name), root))
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


_NOISE = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|\b(?:u8|[uUL])?R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|(?<![0-9A-Za-z_])'(?:[^'\\\n]|\\.)+'",
    re.DOTALL)
_DIRECTIVE = re.compile(r'^[ \t]*#(?:[^\n]*\\\n)*[^\n]*', re.MULTILINE)


def blanked(text):
    """`text` with comments, literals and preprocessor lines replaced by spaces; its lines stay where they are."""
    def spaces(match):
        return re.sub(r'[^\n]', ' ', match.group(0))
    return _DIRECTIVE.sub(spaces, _NOISE.sub(spaces, text))


_CONTAINER = re.compile(r'^(?:template\s*<.*>\s*)?(?:inline\s+)?(?:namespace|class|struct|union|enum|extern)\b', re.DOTALL)
_FUNCTION_END = re.compile(r'(?:[)}]|\b(?:const|noexcept|override|final|mutable|try)|->[\w:<>,*&\s]+)$')


def functions(text):
    """(first line, last line, head) of every function body outside of other functions, line numbers from 1."""
    found = []
    stack = []  # What each open brace is: "container", "function" or "other".
    head_start, line, function_line, parens = 0, 1, 0, 0
    code = blanked(text)
    for position, character in enumerate(code):
        if character == "\n":
            line += 1
        elif character in "([":
            parens += 1
        elif character in ")]":
            parens -= 1
        elif parens > 0:
            continue  # Braces inside an argument list belong to an expression.
        elif character == ";":
            head_start = position + 1
        elif character == "{":
            kind = "other"
            if all(open_brace == "container" for open_brace in stack):
                head = code[head_start:position].strip()
                if _CONTAINER.match(head) and not head.endswith(")"):
                    kind = "container"
                elif "(" in head and _FUNCTION_END.search(head):
                    kind, function_line = "function", line
            stack.append(kind)
            if kind != "other":
                name = code[head_start:position].strip()
                head_start = position + 1
        elif character == "}" and stack:
            kind = stack.pop()
            if kind == "function":
                found.append((function_line, line, " ".join(name.split())))
            if kind != "other":
                head_start = position + 1
    return found
