"""Checks that includes point one way only: each layer may include the layers that its row names, and itself.

Usage: check_includes.py SOURCE_DIR
"""

import os
import re
import sys

import source_tree

_VALUES = ["base", "rdf", "storage"]
_GROUND = ["query/term_space", "query/query_context"]
_ENGINE = ["query/expr", "query/algebra", "query/plan", "query/optimizer", "query/exec", "query/planner"]

# Layer -> the layers it may include. The most specific path that fits a file is its layer. The rows stand in the order
# of the building: a row names rows above it only.
LAYERS = {
    "base": [],
    "rdf": ["base"],
    "storage": ["base", "rdf"],
    # What every part of a query speaks of: ids with their terms, limits; then expressions and their variables.
    "query/term_space": _VALUES,
    "query/stage_times": [],
    "query/query_context": _VALUES + ["query/term_space"],
    "query/expr": _VALUES + _GROUND,
    "query/algebra": _VALUES + _GROUND + ["query/expr"],
    "query/reference": _VALUES + _GROUND + ["query/expr", "query/algebra"],
    "query/plan": _VALUES + _GROUND + ["query/expr", "query/algebra"],
    "query/optimizer": _VALUES + _GROUND + ["query/expr", "query/algebra", "query/plan"],
    "query/exec": _VALUES + _GROUND + ["query/expr", "query/algebra", "query/plan"],
    "query/planner": _VALUES + _GROUND + ["query/expr", "query/algebra", "query/plan", "query/optimizer", "query/exec"],
    "query/query_engine": _VALUES + _GROUND + _ENGINE,
    "query/cursor_pipe": _VALUES + _GROUND + _ENGINE + ["query/query_engine"],
    "query/result": _VALUES + _GROUND + _ENGINE + ["query/query_engine"],
    # The languages: text to algebra, each on its own.
    # ANTLR and the generated SPARQL parser stay in query/sparql/parse, which only the parser's door uses.
    "query/sparql/ast": ["base", "rdf"],
    "query/sparql/parser_limits": [],
    "query/sparql/parse": ["base", "rdf", "query/sparql/ast", "query/sparql/parser_limits"],
    "query/sparql/parser": ["base", "rdf", "query/sparql/ast", "query/sparql/parse", "query/sparql/parser_limits"],
    "query/sparql": _VALUES + _GROUND + _ENGINE + ["query/query_engine", "query/cursor_pipe", "query/result", "query/sparql/ast", "query/sparql/parser"],
    "query/ask": _VALUES + _GROUND + _ENGINE + ["query/query_engine", "query/result", "query/stage_times"],
    "database": ["base", "rdf", "storage", "query"],
    "shell": ["base", "rdf", "storage", "query", "database"],
    "bench": ["base", "rdf", "storage", "query", "database"],
    "tests": ["base", "rdf", "storage", "query", "database", "shell", "bench"],
}

# Header of a library -> the only folders of the rooms that may include it.
LIBRARIES = {
    r"rocksdb/": ["storage/rocks"],
    r"expat": ["rdf"],
    r"zstd\.h|zlib\.h": ["rdf", "storage"],
    r"CLI/": ["shell"],
    r"histedit\.h|editline/": ["shell"],
    r"xapian": ["database"],
    r"pugixml": ["query/result"],
    r"utf8proc\.h": ["base", "query/expr", "query/ask"],
    r"benchmark/": ["bench"],
    r"gtest/|gmock/": ["tests"],
}
# Headers of ANTLR and of the parsers it generates: one file per language.
PARSER_HEADER = re.compile(r"antlr4-runtime\.h$|(?:Lexer|Parser|BaseVisitor|Visitor)\.h$")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def layer_of(path, layers):
    fitting = [layer for layer in layers
               if path == layer or path.startswith(layer + "/") or re.match(re.escape(layer) + r"(_\w+)?\.(h|cc)$", path)]
    return max(fitting, key=len) if fitting else None


def allowed(source, target, layers):
    return source == target or any(target == may or target.startswith(may + "/") for may in layers[source])


def library_complaint(path, header):
    room = path.split("/")[0]
    if room in ("tests", "bench"):
        return None
    for pattern, folders in LIBRARIES.items():
        if re.match(pattern, header) and not any(path.startswith(folder + "/") for folder in folders):
            return f"{path}: <{header}> belongs into {' or '.join(folders)} only"
    return None


def check(root, layers=None):
    """The complaints, one a line each."""
    layers = layers or LAYERS
    complaints, parser_files = [], {}
    for path in source_tree.code_files(root):
        source = layer_of(path, layers)
        if source is None:
            complaints.append(f"{path}: belongs to no layer; give its folder a row in tests/layers/check_includes.py")
            continue
        for bracket, header in INCLUDE.findall(source_tree.read(root, path)):
            if PARSER_HEADER.search(header) and not os.path.exists(os.path.join(root, header)):
                parser_files.setdefault("/".join(path.split("/")[:2]), set()).add(path)
                continue
            complaint = library_complaint(path, header)
            if complaint:
                complaints.append(complaint)
            if bracket == "<" or not os.path.exists(os.path.join(root, header)):
                if bracket == '"' and (header.startswith(".") or os.path.exists(os.path.join(root, os.path.dirname(path), header))):
                    complaints.append(f'{path}: "{header}" is not written from the top of the project')
                continue
            target = layer_of(header, layers)
            if target and not allowed(source, target, layers):
                complaints.append(f"{path}: {source} must not include {header}")
    for folder, files in parser_files.items():
        if len(files) > 1:
            complaints.append(f"{folder}: ANTLR is met in one file per language, here in {', '.join(sorted(files))}")
        if folder not in ("query/ask", "query/sparql"):
            complaints.append(f"{sorted(files)[0]}: ANTLR and generated parsers belong into query/ask and query/sparql only")
    return complaints


if __name__ == "__main__":
    found = check(sys.argv[1])
    print("\n".join(found) or "includes point one way")
    sys.exit(1 if found else 0)
