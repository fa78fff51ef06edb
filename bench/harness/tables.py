"""Tables as Markdown, padded so that they can be read as they are, and numbers as people write them. Pure."""


def table(head, rows, left=1):
    """Markdown of a table; the first `left` columns are aligned to the left, the others to the right."""
    cells = [[str(cell) for cell in row] for row in [head] + list(rows)]
    widths = [max(3, *(len(row[i]) for row in cells)) for i in range(len(head))]

    def line(row):
        padded = [cell.ljust(width) if i < left else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        return "| " + " | ".join(padded) + " |"

    rule = ["-" * width if i < left else "-" * (width - 1) + ":" for i, width in enumerate(widths)]
    return "\n".join([line(cells[0]), "| " + " | ".join(rule) + " |"] + [line(row) for row in cells[1:]])


def count(value):
    """1234567 as 1,234,567; a dash for nothing."""
    return "-" if value is None else f"{round(value):,}"


def milliseconds(value):
    """With three digits that mean something."""
    if value is None:
        return "-"
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def ratio(value):
    return "-" if value is None else f"{value:.2f}" if value < 10 else f"{value:.1f}"


def size(bytes_):
    """In the unit that suits: 512 B, 1.5 MB, 3.0 GB (powers of ten)."""
    if bytes_ is None:
        return "-"
    value = float(bytes_)
    for unit in ["B", "kB", "MB", "GB"]:
        if value < 1000 or unit == "GB":
            return f"{value:.0f} {unit}" if unit == "B" or value >= 100 else f"{value:.1f} {unit}"
        value /= 1000
    return None


def parse_size(text):
    """1M and 10M as numbers: k, M and G are powers of ten. ValueError otherwise."""
    units = {"k": 10**3, "M": 10**6, "G": 10**9}
    factor = units.get(text[-1:], 1)
    number = text[:-1] if factor > 1 else text
    return int(float(number) * factor)
