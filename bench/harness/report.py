"""The results as a page of Markdown. Each section takes its part of the results (results.json has the same names). Pure."""

from harness import dossier, side_by_side, timing
from harness.tables import count, milliseconds, ratio, size, table


def page(results, reference=None):
    """All sections for which there are results. `reference` is {store: {query: milliseconds}} for the size it was taken with."""
    parts = [machine(results["machine"])]
    for name, figures in results.get("sizes", {}).items():
        parts.append(loading(name, figures))
        parts.append(queries(name, figures, (reference or {}) if name == results.get("reference_size") else {}))
    for key, section in SECTIONS:
        if key in results:
            parts.append(section(results[key]))
    return "\n\n".join(parts) + "\n"


def machine(about):
    return (f"# Figures\n\nMeasured {about['when']} on {about['cores']} cores ({about['processor']}), "
            f"{about['memory_bytes'] / 2**30:.0f} GiB, {about['system']}; the load average was {about['load_before']:.1f} before. "
            "`scripts/bench` wrote this page; `docs/performance.md` says how the figures were taken and what bounds them.")


def loading(name, figures):
    data = figures["data"]
    rows = []
    for store, result in figures["stores"].items():
        load = result.get("load")
        if load:
            rows.append([store + kept(result), f"{load['seconds']:.1f} s", count(load["triples_per_second"]),
                         size(load["peak_bytes"]), f"{load['bytes_per_triple']:.1f}"])
        else:
            rows.append([store, result.get("error", "-"), "-", "-", "-"])
    return (f"## {name}: loading {data['triples']:,} triples ({size(data['bytes'])} of N-Triples, {data['source']})\n\n" +
            table(["store", "load", "triples/s", "peak memory", "bytes/triple"], rows))


def kept(result):
    return " (earlier)" if result.get("kept_from") else ""


def cell(result):
    if not result:
        return "-"
    if "error" in result:
        return "failed"
    return f"{milliseconds(result['median_ms'])} ({milliseconds(result['min_ms'])}-{milliseconds(result['max_ms'])})"


def queries(name, figures, reference):
    stores = figures["stores"]
    names = figures["queries"]
    shown = [store for store in stores if stores[store].get("queries")]
    ours = stores.get(dossier.NAME, {}).get("queries", {})
    measured = side_by_side.ratios(stores, names)
    with_reference = side_by_side.ratios(stores, names, reference) if reference else {}
    rows = [[query, count(ours.get(query, {}).get("rows"))] + [cell(stores[store]["queries"].get(query)) for store in shown] +
            [ratio(measured.get(query))] for query in names]
    parts = [f"## {name}: queries, median milliseconds (least-most)",
             table(["query", "rows"] + [store + kept(stores[store]) for store in shown] + ["ratio"], rows)]
    if reference:
        rows = [[query, milliseconds(ours.get(query, {}).get("median_ms"))] +
                [milliseconds(times.get(query)) for times in reference.values()] + [ratio(with_reference.get(query))]
                for query in names]
        parts += ["The same beside published figures, with the ratio to the best of these and the measured ones:",
                  table(["query", dossier.NAME] + list(reference) + ["ratio"], rows)]
    parts.append(closing(stores, names, measured, with_reference))
    return "\n\n".join(part for part in parts if part)


def closing(stores, names, measured, with_reference):
    lines = []
    for what, found in [("the best peer of each query, measured in this run", measured),
                        ("the best of these and of published figures", with_reference)]:
        if found:
            mean = timing.geometric_mean(found.values())
            slower = [query for query, value in found.items() if value > 1.1]
            lines.append(f"- To {what}: geometric mean of the ratios {mean:.2f} over {len(found)} queries; slower by more than a "
                         f"tenth: {', '.join(slower) or 'none'}.")
    ours = stores.get(dossier.NAME, {}).get("queries", {})
    failed = [query for query in names if "error" in ours.get(query, {})]
    if failed:
        lines += [f"- {query} failed: {ours[query]['error']}" for query in failed]
    compared = side_by_side.compared(stores)
    if compared:
        differ = side_by_side.differences(stores)
        lines.append(f"- Answers compared with the peers': {compared}; " + ("all equal." if not differ else "these differ:"))
        lines += [f"  - {line}" for line in differ]
    return "\n".join(lines)


def cold(result):
    rows = [[item["what"], f"{item['median_ms']:.0f}", size(item["disk_bytes"]), count(item["blocks_of_statistics"]),
             count(item["blocks_read"]), count(item["rows"])] for item in result["measurements"]]
    return (f"## Cold: the store of {result['size']} dropped from the page cache before each process\n\n" +
            table(["what", "median ms of the whole process", "read from disk", "blocks for the statistics", "blocks for the query",
                   "rows"], rows))


def formats(result):
    rows = [[item["format"], size(item["bytes"]), f"{item['seconds']:.1f} s", count(item["triples_per_second"]),
             size(item["peak_bytes"])] for item in result["formats"]]
    return (f"## The triples of {result['size']}, loaded from each format\n\n" +
            table(["format", "file", "load", "triples/s", "peak memory"], rows))


def growth(result):
    small, large = result["sizes"]
    rows = [["load: microseconds a triple", f"{result['load'][0]:.3f}", f"{result['load'][1]:.3f}", ratio(result["load_ratio"])],
            ["bytes a triple", f"{result['bytes'][0]:.1f}", f"{result['bytes'][1]:.1f}", ratio(result["bytes_ratio"])],
            ["peak memory of the load", size(result["peak"][0]), size(result["peak"][1]), "-"]]
    asked = [[query, count(one["answers"][0]), milliseconds(one["ms"][0]), count(one["answers"][1]), milliseconds(one["ms"][1]),
              ratio(one["ratio"])] for query, one in result["queries"].items()]
    over = [query for query, one in result["queries"].items() if one["ratio"] > 1.3]
    return "\n\n".join([
        f"## Growth from {small} to {large}", table(["what", small, large, "ratio"], rows),
        table(["query", f"answers of {small}", "ms", f"answers of {large}", "ms", "ratio of the cost of an answer"], asked),
        f"- Cost of an answer: geometric mean of the ratios {ratio(result['query_ratio'])}; over 1.3: {', '.join(over) or 'none'}."])


def programs(result):
    """What the benchmark programs print, as it is."""
    return "\n\n".join(f"## {item['title']}\n\n```\n{item['output'].rstrip()}\n```" for item in result)


def micro(result):
    rows = [[item["name"], milliseconds(item["ms"]), item.get("rate", "-")] for item in result]
    return "## Parts of the engine, one thread of Google Benchmark\n\n" + table(["what", "ms", "a second"], rows)


def failures(results):
    """A line for each measurement that failed, and for each answer of a peer's that differs from Dossier's."""
    lines = []
    for size_name, figures in results.get("sizes", {}).items():
        for store, result in figures["stores"].items():
            if "error" in result:
                lines.append(f"{size_name}: {store}: {result['error']}")
            lines += [f"{size_name}: {store}: {query}: {one['error']}" for query, one in result.get("queries", {}).items()
                      if "error" in one]
        lines += [f"{size_name}: {line}" for line in side_by_side.differences(figures["stores"])]
    lines += [f"{item['title']}: {item['output']}" for item in results.get("programs", []) if item["output"].startswith("failed")]
    return lines


SECTIONS = [("formats", formats), ("cold", cold), ("growth", growth), ("programs", programs), ("micro", micro)]
