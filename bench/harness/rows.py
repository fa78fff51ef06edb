"""Answers of different stores made comparable: rows of tab-separated values, in which each store writes terms its own way.

What is compared are the lexical forms: brackets, quotation marks, escapes, datatypes and language tags are dropped, so are
zeros at the end of a decimal number and the labels of blank nodes. The order of rows does not count.
"""

import re
import zlib

DATATYPE = re.compile(rb'"\^\^<[^>\t\n]*>|"\^\^[A-Za-z]+:[A-Za-z]+')
LANGUAGE = re.compile(rb'"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?=[\t\n])')
BLANK_NODE = re.compile(rb'(?<=[\t\n])(?:_:|nodeID://)[^\t\n]*')
DECIMAL_ZEROS = re.compile(rb'(?<=[\t\n])([+-]?[0-9]+)(?:\.0+|(\.[0-9]*[1-9])0+)(?=[\t\n])')


def normalised_rows(answer):
    """The rows of a whole answer (bytes, its first line being the names of the columns), as comparable bytes."""
    begin = answer.find(b"\n")
    if begin < 0:
        return []
    text = answer[begin:]
    if not text.endswith(b"\n"):
        text += b"\n"
    text = text.replace(b"\r\n", b"\n")
    text = DATATYPE.sub(b'"', text)
    text = LANGUAGE.sub(b'"', text)
    text = text.translate(None, b'"<>\\')
    text = BLANK_NODE.sub(b"_:", text)
    text = DECIMAL_ZEROS.sub(lambda match: match[1] + (match[2] or b""), text)
    return text[1:-1].split(b"\n") if len(text) > 1 else []


def fingerprint(rows):
    """A text that is equal for equal rows in any order: their number, and sums of two checksums of each."""
    return f"{len(rows)}:{sum(map(zlib.crc32, rows)):x}:{sum(map(zlib.adler32, rows)):x}"


def answers_counted(rows):
    """How many answers a query has found: its rows, or for a query that counts what it has counted."""
    if len(rows) == 1 and rows[0].isdigit():
        return int(rows[0])
    return len(rows)
