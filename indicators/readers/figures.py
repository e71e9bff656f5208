"""A cell of a Swedish statistics file as a figure, by the signs that the publishers use.

".." is withheld or not available, "-" is zero, "." is not applicable; thousands are parted by some kind of
space and decimals by a comma. An empty cell is no figure at all.
"""

import math
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WITHHELD = {"..", "…"}
ZERO = {"-", "–", "—", "−"}
NOT_APPLICABLE = {"."}
LARGEST = Decimal(10) ** 9
PLACES = Decimal("0.0001")

_NUMBER = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(?:([.,])(\d+))?(?: ?%)?")


class NotAFigure(ValueError):
    """What stands in the cell is no usable figure. The message says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, or none where the publisher withheld it (suppressed) or where it does not apply."""

    value: Decimal | None
    suppressed: bool = False


def read_figure(cell: object) -> Figure | None:
    """The cell's figure; None for an empty cell. Raises NotAFigure."""
    if cell is None:
        return None
    if isinstance(cell, str):
        return _from_text(" ".join(cell.split()))
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise NotAFigure("är inget tal")
    if not math.isfinite(cell):
        raise NotAFigure("är inget tal")
    return Figure(_bounded(Decimal(str(cell))))


def _from_text(text: str) -> Figure | None:
    if not text:
        return None
    if text in WITHHELD:
        return Figure(None, suppressed=True)
    if text in ZERO:
        return Figure(Decimal(0))
    if text in NOT_APPLICABLE:
        return Figure(None)
    if text.replace("−", "-").startswith("-"):
        raise NotAFigure("är negativt")
    parts = _NUMBER.fullmatch(text)
    if not parts:
        raise NotAFigure("är inget tal")
    whole, mark, decimals = parts[1].replace(" ", ""), parts[2], parts[3] or "0"
    if mark == "." and len(decimals) == 3:
        raise NotAFigure("kan läsas på två sätt, med punkt för tusental eller för decimaler")
    return Figure(_bounded(Decimal(f"{whole}.{decimals}")))


def _bounded(value: Decimal) -> Decimal:
    if value < 0:
        raise NotAFigure("är negativt")
    if value > LARGEST:
        raise NotAFigure("är orimligt stort")
    return value.quantize(PLACES, rounding=ROUND_HALF_UP)
