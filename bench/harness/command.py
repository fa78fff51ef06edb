"""The command line of scripts/bench: which parts are measured, in which order, and where the results go."""

import argparse
import json
import os
import subprocess
import sys

from harness import (chart, cold, datasets, dossier, formats, growth, jena, machine, process, programs, reference, report, side_by_side,
                     tables, timing, virtuoso)

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PARTS = ["stores", "formats", "cold", "growth", "programs", "micro"]


def arguments(words):
    parser = argparse.ArgumentParser(
        prog="scripts/bench", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Measures Dossier and, where they are installed, its peers on the same triples and queries, and prints every "
        "figure.\nThe tables are written to bench/results/ as Markdown and JSON, with a chart.",
        epilog="Examples:\n  scripts/bench --quick\n  scripts/bench --data DIR --peers --scale 100M\n"
        "  scripts/bench --data DIR --sizes 10M --parts stores --keep-peers")
    parser.add_argument("--data", metavar="DIR", help="a folder with watdiv-SIZE.nt.zst and queries/*.rq; without it the triples "
                        "are generated and the queries those of bench/queries")
    parser.add_argument("--sizes", default="1M,10M", help="which data the stores are compared on (1M,10M)")
    parser.add_argument("--scale", metavar="SIZE", help="also load so many generated triples (100M) and compare their cost with a "
                        "tenth of them")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"some of {','.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="25 thousand generated triples, each query few times: a test of the "
                        "benchmark itself")
    parser.add_argument("--peers", action="store_true", help="install the Debian packages of the peers first")
    parser.add_argument("--no-peers", action="store_true", help="measure Dossier alone")
    parser.add_argument("--keep-peers", action="store_true", help="take the figures of peers that the results have already, and "
                        "measure only the others")
    parser.add_argument("--reference", metavar="FILE", help="Markdown with published figures of further stores")
    parser.add_argument("--reference-size", default="10M", help="the data that they were taken with (10M)")
    parser.add_argument("--claims", metavar="SIZE", default="1M", help="generated claims that questions are asked about (1M)")
    parser.add_argument("--news", metavar="DIR", help="a store of so many that news_benchmark made before")
    parser.add_argument("--build", metavar="DIR", help="a build directory to use; without it the release is built")
    parser.add_argument("--work", metavar="DIR", default=os.path.join(ROOT, "build", "bench"), help="for data and stores "
                        "(build/bench); some 5 GB for 10M, 40 GB for 100M")
    parser.add_argument("--results", metavar="DIR", default=os.path.join(ROOT, "bench", "results"))
    parser.add_argument("--memory", metavar="SIZE", type=tables.parse_size, default=machine.memory_bytes() // 4,
                        help="for each store: 4G (a quarter of the machine's)")
    parser.add_argument("--runs", type=int, default=9, help="of each query, at most (9)")
    parser.add_argument("--seconds", type=float, default=8, help="for each query, about; at least one run (8)")
    parser.add_argument("--timeout", type=int, default=120, help="seconds that a query may take (120)")
    options = parser.parse_args(words)
    options.work, options.results = os.path.abspath(options.work), os.path.abspath(options.results)
    options.sizes = [size for size in options.sizes.split(",") if size]
    options.parts = [part for part in options.parts.split(",") if part]
    unknown = sorted(set(options.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}")
    if options.quick:
        # More than are loaded as an ordinary commit.
        options.sizes, options.scale, options.data, options.runs, options.seconds = ["25k"], "50k", None, 2, 0.5
    return options


def build_release():
    """The release with the benchmarks; returns its directory."""
    subprocess.run([os.path.join(ROOT, "scripts", "install-packages"), "build", "test", "bench"], check=True)
    directory = os.path.join(ROOT, "build", "release-bench")
    subprocess.run(["cmake", "--preset", "release", "-B", directory, "-DDOSSIER_BUILD_BENCHMARKS=ON"], cwd=ROOT, check=True,
                   stdout=sys.stderr)
    subprocess.run(["cmake", "--build", directory], check=True, stdout=sys.stderr)
    return directory


class Bench:
    """One run of the command."""

    def __init__(self, options):
        self.options = options
        self.root = ROOT
        self.loaded = set()  # The sizes of which this run has made our store.
        self._data = {}  # By size.
        self.effort = timing.Effort(options.runs, options.seconds)
        self.build = options.build or build_release()
        self.program = dossier.find_program(self.build)
        self.results_path = os.path.join(options.results, "results.json")
        self.earlier = self._read_earlier()
        self.results = {"machine": machine.describe(), "memory_per_store": options.memory, "sizes": {}}
        os.makedirs(options.work, exist_ok=True)

    def _read_earlier(self):
        if not os.path.exists(self.results_path):
            return {}
        with open(self.results_path, encoding="utf-8") as file:
            return json.load(file)

    def generator(self):
        return os.path.join(self.build, "bench", "generate_triples")

    def place(self, name):
        return os.path.join(self.options.work, name)

    def data(self, size):
        if size not in self._data:
            self._data[size] = (datasets.of_watdiv(size, self.options.data, self.options.work) if self.options.data else
                                datasets.generated(size, self.generator(), self.options.work))
        return self._data[size]

    def our_store(self, size):
        return dossier.Dossier(self.program, self.place(f"dossier-{size}"), self.options.memory, self.options.timeout)

    def loaded_store(self, size):
        """Our store of these triples, loaded when an earlier part of the run has not done so."""
        store = self.our_store(size)
        if size not in self.loaded:
            store.load(self.data(size))
            self.loaded.add(size)
        return store

    def peers(self, size):
        limits = (self.options.memory, self.options.timeout)
        if virtuoso.installed():
            yield virtuoso.Virtuoso(self.place(f"virtuoso-{size}"), *limits)
        if jena.installed():
            yield jena.Jena(self.place(f"jena-{size}"), *limits)

    def compare_stores(self, size):
        data = self.data(size)
        stores = {dossier.NAME: side_by_side.measure_store(self.our_store(size), data, self.effort)}
        self.loaded.add(size)
        if self.options.keep_peers:
            stores.update(self._earlier_peers(size, data))
        if not (self.options.no_peers or self.options.quick):
            for peer in self.peers(size):
                if peer.name in stores:
                    continue
                stores[peer.name] = side_by_side.measure_store(peer, data, self.effort)
                peer.remove()
        self.results["sizes"][size] = {
            "data": {"triples": data.triples, "bytes": data.bytes, "source": data.source},
            "queries": [name for name, _ in data.queries],
            "stores": stores,
        }
        self.save()

    def _earlier_peers(self, size, data):
        """Those of the same data, marked with the time that they were measured."""
        figures = self.earlier.get("sizes", {}).get(size, {})
        if figures.get("data", {}).get("triples") != data.triples:
            return {}
        when = self.earlier["machine"]["when"]
        return {name: {"kept_from": when, **result} for name, result in figures["stores"].items() if name != dossier.NAME}

    def save(self):
        """Writes what there is so far, so that nothing is lost when a later part fails."""
        os.makedirs(self.options.results, exist_ok=True)
        published = {}
        if self.options.reference:
            with open(self.options.reference, encoding="utf-8") as file:
                published = reference.query_times(file.read())
            self.results["reference_size"] = self.options.reference_size
        merged = self._with_what_is_kept()
        with open(self.results_path, "w", encoding="utf-8") as file:
            json.dump(merged, file, indent=1)
            file.write("\n")
        text = report.page(merged, published)
        with open(os.path.join(self.options.results, "results.md"), "w", encoding="utf-8") as file:
            file.write(text)
        for size, figures in merged["sizes"].items():
            with open(os.path.join(self.options.results, f"queries-{size}.svg"), "w", encoding="utf-8") as file:
                file.write(query_chart(size, figures))
        return text

    def _with_what_is_kept(self):
        """The results, with those sizes and sections of earlier ones that this run does not measure."""
        sections = {key: self.earlier[key] for key in PARTS if key in self.earlier and key not in self.options.parts}
        return {**sections, **self.results, "sizes": {**self.earlier.get("sizes", {}), **self.results["sizes"]}}

    def run(self):
        options = self.options
        if "stores" in options.parts:
            for size in options.sizes:
                self.compare_stores(size)
        if "formats" in options.parts:
            self.results["formats"] = formats.measure(self, options.sizes[0])
            self.save()
        if "cold" in options.parts:
            self.results["cold"] = cold.measure(self.loaded_store(options.sizes[-1]), self.data(options.sizes[-1]))
            self.save()
        if "growth" in options.parts and options.scale:
            self.results["growth"] = growth.measure(self, options.scale)
            self.save()
        if "programs" in options.parts:
            self.results["programs"] = programs.measure(self)
            self.save()
        if "micro" in options.parts:
            self.results["micro"] = programs.micro(self)
        print(self.save())
        return report.failures(self.results)


def query_chart(size, figures):
    stores = [name for name in figures["stores"] if figures["stores"][name].get("queries")]
    rows = [(query, [figures["stores"][store]["queries"].get(query, {}).get("median_ms") for store in stores])
            for query in figures["queries"]]
    return chart.dots(f"{figures['data']['triples']:,} triples: time of each query, logarithmic", stores, rows)


def main(words):
    options = arguments(words)
    if options.peers:
        subprocess.run([os.path.join(ROOT, "scripts", "install-packages"), "bench", "peers"], check=True)
    try:
        failures = Bench(options).run()
    except process.Failed as error:
        failures = [str(error)]
    for failure in failures:
        print(f"bench: {failure}", file=sys.stderr)
    # What a peer could not do is told, but is no failure of the benchmark.
    return 1 if any(options.quick or dossier.NAME in failure for failure in failures) else 0
