"""The triples that are loaded and the queries that are asked: WatDiv's where a directory with them is given, else made-up ones of
such a shape, with queries that fit them."""

import glob
import os
import shutil
import subprocess

from harness import process, tables

QUERIES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "queries")


class Data:
    """N-Triples in a file."""

    def __init__(self, name, path, queries, source, triples):
        self.name = name
        self.path = path
        self.queries = queries  # Pairs of a name and a text of one line, in order.
        self.source = source  # For the reader of the tables.
        self.bytes = os.path.getsize(path)
        self.triples = triples

    def parts(self, count):
        """The same triples in so many files of about equal size, in a directory of their own that this makes."""
        folder = self.path + ".parts"
        if not os.path.isdir(folder):
            os.makedirs(folder)
            process.run(["split", "-n", f"l/{count}", "--additional-suffix=.nt", self.path, os.path.join(folder, "part")])
        return folder

    def drop_parts(self):
        shutil.rmtree(self.path + ".parts", ignore_errors=True)


def count_lines(path):
    with open(path, "rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 22), b""))


def one_line(text):
    """A query as one line, without the lines that are comments."""
    return " ".join(line.strip() for line in text.splitlines() if not line.lstrip().startswith("#"))


def read_queries(folder):
    """The .rq files of a folder: pairs of a name and a text of one line, ordered by name."""
    queries = []
    for path in sorted(glob.glob(os.path.join(folder, "*.rq"))):
        with open(path, encoding="utf-8") as file:
            queries.append((os.path.splitext(os.path.basename(path))[0], one_line(file.read())))
    if not queries:
        raise process.Failed(f"no queries (*.rq) in {folder}")
    return queries


def read_counts(folder):
    """{name: query} of those queries that name, on a line `# per: QUERY`, one that counts what they have to go through: where
    their answers do not grow with the data (the first ten of something)."""
    counts = {}
    for path in glob.glob(os.path.join(folder, "*.rq")):
        with open(path, encoding="utf-8") as file:
            for line in file:
                if line.startswith("# per: "):
                    counts[os.path.splitext(os.path.basename(path))[0]] = line[len("# per: "):].strip()
    return counts


def of_watdiv(size, directory, work):
    """watdiv-SIZE.nt.zst of a directory, unpacked into the working directory."""
    packed = os.path.join(directory, f"watdiv-{size}.nt.zst")
    if not os.path.exists(packed):
        raise process.Failed(f"{packed} is not there")
    path = os.path.join(work, f"watdiv-{size}.nt")
    if not os.path.exists(path):
        process.run(["zstd", "-q", "-d", "-f", packed, "-o", path + ".new"])
        os.rename(path + ".new", path)
    return Data(size, path, read_queries(os.path.join(directory, "queries")), f"watdiv-{size}.nt.zst", count_lines(path))


def generated(size, program, work, packed=False):
    """So many triples by bench/generate_triples; packed for sizes that a plain file would read from the disk more than anything
    else."""
    triples = tables.parse_size(size)
    path = os.path.join(work, f"generated-{size}.nt" + (".zst" if packed else ""))
    if not os.path.exists(path):
        with open(path + ".new", "wb") as file:
            command = [program, "--triples", str(triples)]
            if packed:
                generator = subprocess.Popen(command, stdout=subprocess.PIPE)
                subprocess.run(["zstd", "-q", "-1", "-T0"], stdin=generator.stdout, stdout=file, check=True)
                generator.stdout.close()
                if generator.wait() != 0:
                    raise process.Failed("generate_triples failed")
            else:
                subprocess.run(command, stdout=file, check=True)
        os.rename(path + ".new", path)
    return Data(size, path, read_queries(QUERIES), f"generate_triples --triples {triples}", triples)
