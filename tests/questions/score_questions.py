#!/usr/bin/env python3
"""Asks every question of a table and prints, per category, how many answers are right, honest and wrong.

The table (tab-separated, with a header) has id, category, question and expected answer: items between semicolons, or
ERROR, AMBIGUOUS or NONE with an explanation, or yes, no, "not stated", "not established". An answer is right when every
expected item is met by a row and every row meets an expected item; honest when the program says that it does not
understand, or finds nothing, where something was expected; wrong otherwise.

    score_questions.py PROGRAM DATASETS TABLE

Fails when a category of the core language falls below its bound, or when any answer is wrong. Exits with 77 (skipped)
when there is no table.
"""
import collections
import concurrent.futures
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

CORE_CATEGORIES = ("who", "where", "when", "yes-no", "count", "type-restricted")
CORE_BOUND = 0.8
SKIPPED = 77

YES_NO = {"yes": {"yes"}, "no": {"no", "denied", "not stated"}}
OPEN = {"not stated", "unknown", "not established"}


def fold(text):
    """Letters and digits in lower case, without thousands separators and remarks in brackets."""
    text = unicodedata.normalize("NFKD", str(text)).lower()
    text = re.sub(r"\([^)]*\)", " ", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    if not re.search(r"\d{4}-\d", text):
        text = text.replace("-", " ")
    return " ".join(re.findall(r"[a-z0-9./:-]+", text))


def numbers(text):
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def meets(item, cells):
    """Whether a row's cells hold the expected item: as a name, as part of a longer one, or by all of its numbers."""
    want = fold(item)
    texts = [fold(cell.get(part) or "") for cell in cells for part in ("label", "value")]
    if any(want == text or (len(want) > 3 and want in text) or (len(text) > 3 and text in want) for text in texts):
        return True
    return bool(numbers(want)) and any(numbers(want) <= numbers(text) for text in texts)


def judge_rows(expected, rows):
    items = [item for item in expected.split(";") if item.strip()]
    cells = [[cell for cell in row["cells"].values() if cell] for row in rows]
    missing = [item.strip() for item in items if not any(meets(item, row) for row in cells)]
    extra = [row[0].get("label") for row in cells if row and not any(meets(item, row) for item in items)]
    if missing or extra:
        return "wrong", f"missing {missing}, extra {extra}"
    return "right", ""


def judge(expected, code, answer):
    if answer is None:
        return "wrong", f"exit code {code} and no JSON"
    error = answer.get("error")
    rows = answer.get("rows", [])
    verdict = answer.get("verdict")
    if expected.startswith("ERROR"):
        hint = re.search(r"suggest ([\w -]+)", expected)
        found = error and (not hint or hint.group(1).strip().lower() in json.dumps(error).lower())
        return ("right" if found and code == 1 else "wrong"), str(error or rows)
    if expected.startswith("NONE"):
        if error:
            return "honest", error.get("message", "")
        return ("right" if not rows or verdict == "not stated" else "wrong"), str(len(rows))
    if expected.startswith("AMBIGUOUS"):
        named = "also" in answer.get("reading", "") or answer.get("notes")
        return ("right" if named else "wrong"), str(error or answer.get("reading"))
    if error:
        return "honest", error.get("message", "")
    first = fold(expected.split(";")[0])
    if verdict and first.split()[0] in YES_NO:
        first = first.split()[0]  # "no according to ...": the verdict counts, its reasons are in the claims.
    if first in YES_NO or first in OPEN:
        wanted = YES_NO.get(first, {"not stated"})
        return ("right" if verdict in wanted else "wrong"), f"verdict {verdict}"
    if not rows:
        return "honest", "nothing found"
    return judge_rows(expected, rows)


def ask(program, store, question):
    done = subprocess.run([program, "--store", store, "ask", question, "--format", "json"], capture_output=True,
                          text=True, timeout=60)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        return done.returncode, None


def main():
    program, datasets, table = sys.argv[1:4]
    if not pathlib.Path(table).is_file():
        print(f"skipped: there is no table of questions at {table}")
        sys.exit(SKIPPED)
    with open(table, encoding="utf-8", newline="") as file:
        questions = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    tally = collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as folder:
        store = str(pathlib.Path(folder) / "store")
        subprocess.run([program, "--store", store, "load", f"{datasets}/vocabulary.ttl", f"{datasets}/kim-russia-2023"],
                       check=True, capture_output=True)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda row: ask(program, store, row[2]), questions))
    for (identifier, category, question, expected, *_), (code, answer) in zip(questions, answers):
        outcome, why = judge(expected, code, answer)
        tally[category][outcome] += 1
        if outcome != "right":
            print(f"{outcome:6} {identifier} {question} | expected {expected[:100]} | {why[:200]}")
    total = sum(tally.values(), collections.Counter())
    failed = total["wrong"] > 0
    for category, counts in sorted(tally.items()):
        share = counts["right"] / sum(counts.values())
        too_low = category in CORE_CATEGORIES and share < CORE_BOUND
        failed = failed or too_low
        print(f"{category:16} right {counts['right']:3} honest {counts['honest']:3} wrong {counts['wrong']:3}"
              f" {share:5.0%}{'  below ' + format(CORE_BOUND, '.0%') if too_low else ''}")
    print(f"all              right {total['right']:3} honest {total['honest']:3} wrong {total['wrong']:3}")
    sys.exit(1 if failed else 0)


main()
