"""The same triples loaded from each format that files come in: what their parsers cost."""

import os

from harness import process, side_by_side

ENDINGS = [".nt", ".nt.gz", ".nt.zst", ".ttl", ".trig", ".nq"]


def measure(bench, size):
    """Loads the data of a size from a file of each format that Dossier wrote itself: {"size", "formats": [...]}."""
    data = bench.data(size)
    source = bench.our_store(f"{size}-source")
    source.load(data)
    rows = []
    for ending in ENDINGS:
        path = bench.place(f"export-{size}{ending}")
        process.run(source.command("export", path))
        store = bench.our_store(f"{size}-format")
        side_by_side.say(f"loading {ending} ...")
        load = store.load(FileOf(path))
        rows.append({"format": ending, "bytes": os.path.getsize(path), "seconds": load["seconds"],
                     "triples_per_second": data.triples / load["seconds"], "peak_bytes": load["peak_bytes"]})
        os.remove(path)
        store.remove()
    source.remove()
    return {"size": size, "formats": rows}


class FileOf:
    def __init__(self, path):
        self.path = path
