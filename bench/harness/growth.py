"""What a triple costs to load and an answer to find in a large store, beside one of a tenth of its size. The data are generated, so
that any size can be had."""

from harness import datasets, process, rows, side_by_side, tables, timing


def measure(bench, scale):
    large = tables.parse_size(scale)
    sizes = [shorter(large // 10), scale]
    figures = []
    for size in sizes:
        data = datasets.generated(size, bench.generator(), bench.options.work, packed=True)
        store = bench.our_store(f"generated-{size}")
        one = side_by_side.measure_store(store, data, bench.effort)
        if "error" in one:
            raise process.Failed(f"{size}: {one['error']}")
        count_what_is_gone_through(store, one["queries"])
        figures.append(one)
        store.remove()
    return compare(sizes, figures)


def count_what_is_gone_through(store, queries):
    """Takes as the answers of some queries what they have to go through (see datasets.read_counts)."""
    store.start()
    for name, query in datasets.read_counts(datasets.QUERIES).items():
        _, answer = store.query(query)
        queries[name]["answers"] = rows.answers_counted(rows.normalised_rows(answer))
    store.stop()


def shorter(number):
    """10000000 as 10M."""
    for unit, factor in [("G", 10**9), ("M", 10**6), ("k", 10**3)]:
        if number % factor == 0:
            return f"{number // factor}{unit}"
    return str(number)


def compare(sizes, figures):
    """Costs and ratios, from the figures of the small store and of the large one."""
    loads = [one["load"] for one in figures]
    load = [1e6 / one["triples_per_second"] for one in loads]
    bytes_ = [one["bytes_per_triple"] for one in loads]
    queries = {}
    for name in figures[0]["queries"]:
        both = [one["queries"].get(name, {}) for one in figures]
        if all(result.get("answers") for result in both):
            cost = [1000 * result["median_ms"] / result["answers"] for result in both]
            queries[name] = {"ms": [result["median_ms"] for result in both], "answers": [result["answers"] for result in both],
                             "cost": cost, "ratio": cost[1] / cost[0]}
    return {"sizes": sizes, "load": load, "load_ratio": load[1] / load[0], "bytes": bytes_, "bytes_ratio": bytes_[1] / bytes_[0],
            "peak": [one["peak_bytes"] for one in loads], "queries": queries,
            "query_ratio": timing.geometric_mean(one["ratio"] for one in queries.values())}
