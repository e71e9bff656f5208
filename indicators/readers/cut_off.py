"""Whether a text may have been cut off inside its last number, so that 2 700 would be read as 27.

Files that publishers hand out end with a line end, but many editors leave it out of what they save: to refuse every
such file would refuse honest ones. So it is read, and a person is asked to look at its last number. Excel's files and
web pages say themselves where they end, and are refused when they do not.
"""

from collections.abc import Sequence

from indicators.readers import labels
from indicators.readers.figures import NotAFigure, read_figure
from lib.spreadsheets import Cell

SHOWN = 80
LINE_ENDS = ("\n", "\r")
QUOTES = '"'  # closed ones: what is cut inside them is refused


def doubt(text: str, rows: Sequence[Sequence[Cell]]) -> str | None:
    """The sentence for the person; None where the end cannot have lost a digit."""
    if not rows or not rows[-1] or text.endswith((*LINE_ENDS, QUOTES)):
        return None
    cells = [labels.text(cell) for cell in rows[-1]]
    if not _may_be_begun(cells[-1]):
        return None
    row = "; ".join(cells)
    shown = row if len(row) <= SHOWN else f"… {row[-SHOWN:]}"
    return (
        f"Filen slutar utan radbrytning på sista raden, rad {len(rows)}: ”{shown}”. Den kan ha klippts av på vägen, "
        f"och då stämmer inte talet {cells[-1]}. Jämför raden med källan innan du läser in siffrorna."
    )


def _may_be_begun(words: str) -> bool:
    """Whether more digits may have followed; a withheld figure is whole."""
    try:
        figure = read_figure(words)
    except NotAFigure:
        return False
    return figure is not None and not figure.suppressed
