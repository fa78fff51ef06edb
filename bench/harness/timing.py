"""How often something is measured, and what is said of the measurements. Pure: the clock is in what is called."""

import math
import statistics


class Effort:
    """How much time a measurement may take: so many runs, fewer where they are long."""

    def __init__(self, runs=7, seconds=8.0):
        self.runs = runs
        self.seconds = seconds


def repeat(run, effort):
    """Calls `run`, which returns its seconds: once to warm up, then until the effort is spent, and returns the seconds.

    Where the first run has spent half of the effort already it is the only one, and counts.
    """
    first = run()
    if first > effort.seconds / 2:
        return [first]
    times, spent = [], 0.0
    while len(times) < effort.runs and (not times or spent + times[-1] < effort.seconds):
        times.append(run())
        spent += times[-1]
    return times


def summary(seconds):
    """Median, minimum and maximum in milliseconds, and the number of runs."""
    return {
        "median_ms": statistics.median(seconds) * 1000,
        "min_ms": min(seconds) * 1000,
        "max_ms": max(seconds) * 1000,
        "runs": len(seconds),
    }


def geometric_mean(values):
    """None when there are none."""
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else None


def percentile(values, part):
    """The value below which `part` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
