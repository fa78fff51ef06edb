"""What the figures were measured on."""

import os
import platform
import time


def field(path, name, separator=":"):
    try:
        with open(path, encoding="utf-8") as file:
            for line in file:
                key, _, value = line.partition(separator)
                if key.strip() == name:
                    return value.strip().strip('"')
    except OSError:
        pass
    return ""


def memory_bytes():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def cores():
    return len(os.sched_getaffinity(0))


def describe():
    return {
        "cores": cores(),
        "memory_bytes": memory_bytes(),
        "processor": field("/proc/cpuinfo", "model name") or platform.machine(),
        "system": field("/etc/os-release", "PRETTY_NAME", "="),
        "load_before": os.getloadavg()[0],
        "when": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }
