"""A chart of times as SVG: a line for each query, a dot for each store on a logarithmic scale. Readable on light and on dark
ground. Pure."""

import math
from xml.sax.saxutils import escape

ROW, TOP, LEFT, WIDTH, RIGHT = 18, 74, 200, 640, 30
# Distinguishable with any colour vision, and by shape: light ground, dark ground.
COLOURS = [("#0b62a4", "#62b5f6"), ("#c2571a", "#ff9e5e"), ("#3f7d20", "#8fd06a"), ("#7a3e9d", "#c995ea"),
           ("#8a6d00", "#e3c34b"), ("#a01e4e", "#ff85ab"), ("#4d4d4d", "#c4c4c4")]


def style():
    light = "".join(f".s{i}{{fill:{colour}}}" for i, (colour, _) in enumerate(COLOURS))
    dark = "".join(f".s{i}{{fill:{colour}}}" for i, (_, colour) in enumerate(COLOURS))
    return ("text{font:12px sans-serif;fill:#222}.title{font-size:15px;font-weight:bold}.faint{fill:#666}"
            ".grid{stroke:#ddd}.ground{fill:#fff}" + light +
            "@media (prefers-color-scheme: dark){text{fill:#eee}.faint{fill:#aaa}.grid{stroke:#444}.ground{fill:#161b22}" +
            dark + "}")


def mark(store, x, y):
    """The dot of a store: the first is a disc, the others alternate between squares and diamonds."""
    if store == 0:
        return f'<circle class="s0" cx="{x:.1f}" cy="{y:.1f}" r="5"/>'
    if store % 2 == 1:
        return f'<rect class="s{store % len(COLOURS)}" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'
    return f'<path class="s{store % len(COLOURS)}" d="M{x:.1f} {y - 5:.1f}l5 5l-5 5l-5 -5z"/>'


def axis(values):
    """The powers of ten that enclose the values, as exponents."""
    positive = [value for value in values if value and value > 0]
    if not positive:
        return 0, 1
    low, high = math.floor(math.log10(min(positive))), math.ceil(math.log10(max(positive)))
    return low, max(high, low + 1)


def tick(exponent):
    """A number of milliseconds as text."""
    return f"{10 ** (exponent - 3):g} s" if exponent >= 3 else f"{10.0 ** exponent:g} ms"


def dots(title, stores, rows):
    """SVG text. `rows` are pairs of a label and the milliseconds of each store (None where there are none)."""
    low, high = axis([value for _, values in rows for value in values])
    height = TOP + ROW * len(rows) + 40
    total = LEFT + WIDTH + RIGHT

    def place(value):
        return LEFT + WIDTH * (math.log10(value) - low) / (high - low)

    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} {height}" width="{total}" height="{height}" '
             f'role="img"><title>{escape(title)}</title><style>{style()}</style>',
             f'<rect class="ground" width="{total}" height="{height}"/>',
             f'<text class="title" x="16" y="26">{escape(title)}</text>']
    x = LEFT
    for i, store in enumerate(stores):
        parts.append(mark(i, x, 44) + f'<text x="{x + 10}" y="48">{escape(store)}</text>')
        x += 34 + 7 * len(store)
    bottom = TOP + ROW * len(rows)
    for exponent in range(low, high + 1):
        x = place(10.0 ** exponent)
        parts.append(f'<line class="grid" x1="{x:.1f}" y1="{TOP - 8}" x2="{x:.1f}" y2="{bottom}"/>'
                     f'<text class="faint" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{tick(exponent)}</text>')
    for row, (label, values) in enumerate(rows):
        y = TOP + ROW * row + ROW / 2
        parts.append(f'<line class="grid" x1="{LEFT}" y1="{y}" x2="{LEFT + WIDTH}" y2="{y}"/>'
                     f'<text x="{LEFT - 10}" y="{y + 4}" text-anchor="end">{escape(label)}</text>')
        # The first store's dot is drawn last, over the others.
        for i in reversed(range(len(values))):
            if values[i]:
                parts.append(mark(i, place(values[i]), y))
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
