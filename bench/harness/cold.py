"""A store that nobody has read yet: how long a process takes that opens it and asks one thing, and what it reads for that."""

import re
import statistics

from harness import process

REPEAT = 5
# Of WatDiv's queries and of ours.
SELECTIVE = {"L3", "S1", "04-who-follows", "06-reviews-of-product"}
BLOCKS = re.compile(r"read ([0-9]+) blocks? from disk \([^)]*\), ([0-9]+) from the cache")
NOTHING = "ASK { <http://example.org/nothing> <http://example.org/of> <http://example.org/that> }"


def measure(store, data):
    """Opening alone, a lookup, and some selective queries."""
    first_subject = first_iri(data.path)
    asked = [("opening: a query about an unknown term", NOTHING),
             ("all about one subject", f"SELECT ?p ?o WHERE {{ {first_subject} ?p ?o }}")]
    asked += [(name, text) for name, text in data.queries if name in SELECTIVE]
    return {"size": data.name, "measurements": [measure_one(store, what, query) for what, query in asked]}


def first_iri(path):
    with open(path, encoding="utf-8") as file:
        return file.readline().split(maxsplit=1)[0]


def measure_one(store, what, query):
    seconds, read = [], []
    for _ in range(REPEAT):
        process.make_cold(store.directory)
        used = process.run(store.command("query", query, "--format", "tsv"))
        seconds.append(used["seconds"])
        read.append(used["read_bytes"])
    rows = process.output(store.command("query", query, "--format", "tsv")).count("\n") - 1
    return {"what": what, "median_ms": statistics.median(seconds) * 1000, "disk_bytes": statistics.median(read), "rows": rows,
            **blocks_of(store, query)}


def blocks_of(store, query):
    """The blocks that a process reads which has nothing yet: for the first query of all, which needs the statistics, and for the
    query itself behind it."""
    process.make_cold(store.directory)
    store.start()
    counts = [BLOCKS.search(store.query("EXPLAIN ANALYZE " + text)[1].decode()) for text in [NOTHING, query]]
    store.stop()
    first, second = (int(found[1]) if found else None for found in counts)
    return {"blocks_of_statistics": first, "blocks_read": second}
