"""Figures of other stores that were published elsewhere, read from Markdown: a table whose columns are `query`, `rows` and a store
each, with cells that begin with milliseconds, and one whose columns begin with `store`, `load`, `triples/s`. Pure."""

import re

NUMBER = re.compile(r"\s*([0-9][0-9,]*(?:\.[0-9]+)?)")


def tables(text):
    """Every table of a Markdown text, as lists of lists of cells; the rule below the head is left out."""
    found, current = [], None
    for line in text.splitlines():
        if not line.startswith("|"):
            current = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            continue
        if current is None:
            current = []
            found.append(current)
        current.append(cells)
    return found


def query_times(text):
    """{store: {query: milliseconds}}. A cell that begins with a word (failed), and one with an exclamation mark (an answer that
    was cut), is left out."""
    times = {}
    for head, *body in tables(text):
        if head[:2] != ["query", "rows"]:
            continue
        for row in body:
            for store, cell in zip(head[2:], row[2:]):
                number = NUMBER.match(cell)
                if number and "!" not in cell:
                    times.setdefault(store, {})[row[0]] = float(number[1].replace(",", ""))
    return times


def loads(text):
    """Rows of cells as they are written, with their head; None when there is no such table."""
    for head, *body in tables(text):
        if head[:2] == ["store", "load"]:
            return head, body
    return None
