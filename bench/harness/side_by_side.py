"""Loads the same triples into each store, asks each the same queries and compares their answers."""

import sys

from harness import dossier, process, rows, timing


def say(text):
    print(text, file=sys.stderr, flush=True)


def measure_query(store, text, effort):
    """The figures of one query, or {"error": ...}."""
    first = {}

    def run():
        seconds, answer = store.query(text)
        if not first:
            found = rows.normalised_rows(answer)
            first.update(rows=len(found), answers=rows.answers_counted(found), bytes=len(answer),
                         fingerprint=rows.fingerprint(found))
        elif len(answer) != first["bytes"]:
            raise process.Failed("gives another answer the second time")
        return seconds

    try:
        return {**timing.summary(timing.repeat(run, effort)), **first}
    except process.Failed as error:
        return {"error": str(error)}


def measure_store(store, data, effort, load=True):
    """Version, load and queries of one store; {"error": ...} when it could not be loaded or started."""
    figures = {"version": store.version()}
    try:
        if load:
            say(f"{store.name}: loading {data.triples:,} triples ...")
            figures["load"] = with_rates(store.load(data), data)
        store.start()
    except process.Failed as error:
        return {**figures, "error": str(error)}
    figures["queries"] = {}
    for name, text in data.queries:
        result = figures["queries"][name] = measure_query(store, text, effort)
        say(f"{store.name}: {name}: " + (result.get("error") or f"{result['rows']} rows, {result['median_ms']:.2f} ms"))
        if "error" in result:
            restart(store)
    figures["query_peak_bytes"] = store.stop()
    return figures


def restart(store):
    """After an error a store may still be at work, or gone."""
    try:
        store.stop()
    except (OSError, process.Failed):
        pass
    store.start()


def with_rates(load, data):
    return {**load, "triples_per_second": data.triples / load["seconds"], "bytes_per_triple": load["disk_bytes"] / data.triples}


def differences(stores):
    """Lines that say which answers differ from Dossier's. Where a store cut its answer at a limit that shows here too."""
    lines = []
    ours = stores.get(dossier.NAME, {}).get("queries", {})
    for name, figures in stores.items():
        for query, result in figures.get("queries", {}).items():
            mine = ours.get(query, {})
            if "fingerprint" not in result or "fingerprint" not in mine or result["fingerprint"] == mine["fingerprint"]:
                continue
            same_number = result["rows"] == mine["rows"]
            lines.append(f"{query}: {name} gives {'other' if same_number else result['rows']} rows, "
                         f"{dossier.NAME} {mine['rows']}")
    return lines


def compared(stores):
    """How many answers of peers were compared with Dossier's."""
    ours = stores.get(dossier.NAME, {}).get("queries", {})
    return sum("fingerprint" in result and "fingerprint" in ours.get(query, {})
               for name, figures in stores.items() if name != dossier.NAME
               for query, result in figures.get("queries", {}).items())


def best_peers(stores, names, reference=()):
    """For each query the smallest median of the peers that answered it as Dossier did, or None."""
    ours = stores.get(dossier.NAME, {}).get("queries", {})
    best = {}
    for query in names:
        times = [figures["queries"][query]["median_ms"] for name, figures in stores.items()
                 if name != dossier.NAME and agrees(figures.get("queries", {}).get(query, {}), ours.get(query, {}))]
        times += [table[query] for table in dict(reference).values() if query in table]
        best[query] = min(times) if times else None
    return best


def agrees(result, mine):
    return "median_ms" in result and result.get("fingerprint") == mine.get("fingerprint")


def ratios(stores, names, reference=()):
    """Dossier's median over that of the best peer, for each query where there are both."""
    ours = stores.get(dossier.NAME, {}).get("queries", {})
    best = best_peers(stores, names, reference)
    return {query: ours[query]["median_ms"] / best[query] for query in names
            if best[query] and "median_ms" in ours.get(query, {})}

