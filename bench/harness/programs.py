"""The benchmark programs of bench/: run one after the other, what they print kept as it is; and the micro-benchmarks, whose
figures become a table."""

import glob
import json
import os
import shutil

from harness import datasets, process, side_by_side, tables

DURATION = {"ns": 1e-6, "us": 1e-3, "ms": 1.0, "s": 1e3}


class Programs:
    """Where the programs and their data are."""

    def __init__(self, bench):
        self.bench = bench
        self.quick = bench.options.quick
        self.size = bench.options.sizes[-1]

    def command(self, name, *arguments):
        return [os.path.join(self.bench.build, "bench", name), *map(str, arguments)]

    def fresh(self, name):
        """A place in the working directory where nothing is."""
        path = self.bench.place(name)
        shutil.rmtree(path, ignore_errors=True)
        return path

    def query_folder(self):
        return os.path.join(self.bench.options.data, "queries") if self.bench.options.data else datasets.QUERIES

    def query_files(self):
        return sorted(glob.glob(os.path.join(self.query_folder(), "*.rq")))

    def sample_store(self):
        """The sample datasets, loaded."""
        root = self.bench.root
        path = self.fresh("sample-store")
        folders = sorted(glob.glob(os.path.join(root, "datasets", "*", "")))
        process.run([self.bench.program, "--store", path, "load", os.path.join(root, "datasets", "vocabulary.ttl"), *folders])
        return path

    def news_store(self):
        options = self.bench.options
        return options.news or self.bench.place("news-2000" if self.quick else f"news-{options.claims}")

    def runs(self):
        """Pairs of a title and a command."""
        options, quick = self.bench.options, self.quick
        data = self.bench.data(self.size)
        seconds = 0.2 if quick else 4
        claims = 2000 if quick else tables.parse_size(options.claims)
        yield (f"Queries of {self.size} in one process, part by part (query_benchmark)",
               self.command("query_benchmark", self.bench.loaded_store(self.size).directory, *self.query_files(),
                            "--repeat", 1 if quick else 5))
        small = options.sizes[0]
        yield (f"Plans of the queries of {small}, beside random join orders (plan_quality)",
               self.command("plan_quality", self.bench.loaded_store(small).directory, self.query_folder(), "--orders",
                            2 if quick else 50, "--runs", 1 if quick else 5))
        yield ("Questions about the sample datasets (question_benchmark)",
               self.command("question_benchmark", "--store", self.sample_store(), "--runs", 1 if quick else 5,
                            os.path.join(self.bench.root, "tests", "questions", "further.tsv")))
        yield (f"Questions about {claims:,} generated claims (news_benchmark)",
               self.command("news_benchmark", "--claims", claims, "--directory", self.news_store(), "--vocabulary",
                            os.path.join(self.bench.root, "datasets", "vocabulary.ttl"), "--questions", 2 if quick else 100))
        yield (f"The first question, and completion, in the store of {claims:,} generated claims (names_benchmark)",
               self.command("names_benchmark", "--claims", claims, "--directory", self.news_store(), "--tabs", 3 if quick else 50))
        yield ("Reading N-Triples with one thread (read_benchmark)", self.command("read_benchmark", data.path, "--repeat", 1))
        yield (f"Whole permutations of {self.size} (scan_benchmark)",
               self.command("scan_benchmark", "--input", data.path, "--directory", self.fresh("scan"),
                            "--repeat", 1 if quick else 5))
        for claims_of_commit in [1, 17]:  # The latter are about a hundred triples.
            yield (f"Durable commits of {claims_of_commit} claims of six triples (commit_benchmark)",
                   self.command("commit_benchmark", self.fresh("commits"), "--claims", claims_of_commit, "--seconds", seconds,
                                "--threads", 1, 4, 16, 64))
        yield ("Readers beside a writer (concurrency_benchmark)",
               self.command("concurrency_benchmark", self.fresh("concurrency"), "--seconds", seconds, "--triples",
                            20_000 if quick else 1_000_000))


def measure(bench):
    """Every program: {"title", "output"}. One that fails says so in its place."""
    results = []
    for title, command in Programs(bench).runs():
        side_by_side.say(title + " ...")
        try:
            text = process.output(command)
        except (process.Failed, OSError) as error:
            text = f"failed: {error}"
        results.append({"title": title, "output": without_places(text, bench)})
    return results


def without_places(text, bench):
    """A text that names no place of this machine, as the results are for everyone."""
    return text.replace(bench.options.work + os.sep, "").replace(bench.root + os.sep, "")


def micro(bench):
    """The micro-benchmarks: {"name", "ms", "rate"} of each."""
    environment = dict(os.environ)
    words = ["--benchmark_format=json"]
    if bench.options.quick:
        environment["DOSSIER_BENCH_TRIPLES"] = "20000"
        words.append("--benchmark_min_time=0.001")
    side_by_side.say("micro-benchmarks ...")
    text = process.output([os.path.join(bench.build, "bench", "micro_benchmarks"), *words], environment=environment)
    return [micro_row(one) for one in json.loads(text)["benchmarks"]]


def micro_row(one):
    """A row of the table from what Google Benchmark tells of one."""
    row = {"name": one["name"], "ms": one.get("real_time", 0.0) * DURATION[one.get("time_unit", "ns")]}
    # Its rates are by the processor time of one thread, which means little where others help.
    by_clock = one["cpu_time"] / one["real_time"] if one.get("real_time") else 0.0
    if "error_message" in one:
        row["rate"] = one["error_message"]
    elif "items_per_second" in one:
        row["rate"] = rate(one["items_per_second"] * by_clock, " items")
        if "bytes_per_second" in one:
            row["rate"] += ", " + rate(one["bytes_per_second"] * by_clock, "B")
    return row


def rate(value, unit):
    """1234567 as 1.23 M."""
    for prefix, factor in [(" G", 1e9), (" M", 1e6), (" k", 1e3)]:
        if value >= factor:
            return f"{value / factor:.3g}{prefix}{unit}"
    return f"{value:.3g}{'' if unit.startswith(' ') else ' '}{unit}"
