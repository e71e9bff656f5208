"""The tile map of Sweden: one square per municipality, each a link with its name and value, counties outlined.

The drawing is made as text, since 290 squares through a template cost more than the page they stand on. What does
not change (places, names, addresses, outlines) is made once per process and register.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from lib.swedish import MISSING, sort_key

STEP = 23  # from one square to the next
SIZE = 21
MARGIN = 3
UNKNOWN = "x"
WORDS = {"0": "inget steg klart", "1": "1 av 5 steg klart", "5": "alla fem steg klara"}
LEGEND = {"0": "0", "1": "1", "2": "2", "3": "3", "4": "4", "5": "5"}


@dataclass(frozen=True, order=True)
class Place:
    """A municipality's square: hashable, so that the drawing can be kept."""

    county: str
    name: str
    slug: str
    row: int
    col: int


@dataclass(frozen=True)
class LegendItem:
    """A class of the map and how many squares fall in it."""

    kind: str
    text: str
    count: int


@dataclass(frozen=True)
class TileMap:
    """The drawing and its legend."""

    svg: SafeString
    legend: Sequence[LegendItem]


def tile_map(
    places: Sequence[Place],
    levels: Mapping[str, int | None],
    chosen: Callable[[str], bool],
    missing: Mapping[str, str] | None = None,
) -> TileMap:
    """The map of the places; `levels` by slug (0–5, or missing), `chosen` tells which ones the filter leaves.

    `missing` says by slug why a level is missing, in the words of the list beside the map.
    """
    missing = missing or {}
    kinds = {place.slug: _kind(levels.get(place.slug)) for place in places}
    drawing = _drawing(tuple(sorted(places)))
    parts = [drawing.start]
    first = True
    for piece in drawing.pieces:
        if piece.slug:
            kind = kinds[piece.slug]
            dim = "" if chosen(piece.slug) else " dim"
            stop = "0" if first else "-1"
            first = False
            word = _word(kind, missing.get(piece.slug, MISSING))
            parts.append(f'<a class="t{kind}{dim}" tabindex="{stop}" {piece.head}{word}{piece.tail}')
        else:
            parts.append(piece.tail)
    parts.append("</svg>")
    counts = Counter(kinds.values())
    unknown = {missing.get(place.slug, MISSING) for place in places if kinds[place.slug] == UNKNOWN} or {MISSING}
    words = " eller ".join(sorted(unknown, key=sort_key))
    texts = LEGEND | {UNKNOWN: words[:1].upper() + words[1:]}
    legend = [LegendItem(kind, text, counts[kind]) for kind, text in texts.items()]
    return TileMap(mark_safe("".join(parts)), legend)  # noqa: S308  every name was escaped when its piece was made


def _kind(level: int | None) -> str:
    return UNKNOWN if level is None else str(level)


def _word(kind: str, missing: str) -> str:
    return missing if kind == UNKNOWN else WORDS.get(kind, f"{kind} av 5 steg klara")


@dataclass(frozen=True)
class _Piece:
    """A square around its value, or (without slug) what opens and closes a county."""

    slug: str
    head: str
    tail: str


@dataclass(frozen=True)
class _Drawing:
    start: str
    pieces: Sequence[_Piece]


@lru_cache(maxsize=4)
def _drawing(places: tuple[Place, ...]) -> _Drawing:
    width = max((place.col for place in places), default=0) * STEP + SIZE
    height = max((place.row for place in places), default=0) * STEP + SIZE
    box = f"{-MARGIN} {-MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}"
    start = f'<svg class="tiles" role="group" aria-labelledby="map-title" aria-describedby="map-help" viewBox="{box}">'
    by_county: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_county[place.county].append(place)
    pieces: list[_Piece] = []
    for county in by_county.values():
        pieces.append(_Piece("", "", "<g>"))
        pieces += [_square(place) for place in county]
        outline = _outline({(place.row, place.col) for place in county})
        pieces.append(_Piece("", "", f'<path d="{outline}"/></g>'))
    return _Drawing(start, pieces)


def _square(place: Place) -> _Piece:
    url = escape(reverse("overview:municipality", args=[place.slug]))
    rect = f'<rect x="{place.col * STEP}" y="{place.row * STEP}" width="{SIZE}" height="{SIZE}" rx="2.5"/>'
    head = f'href="{url}" data-at="{place.row},{place.col}"><title>{escape(place.name)}: '
    return _Piece(place.slug, head, f"</title>{rect}</a>")


def _outline(squares: Iterable[tuple[int, int]]) -> str:
    """The edges of squares whose neighbour is not among them, as one path of short lines."""
    inside = set(squares)
    gap = (STEP - SIZE) / 2
    lines = []
    for row, col in sorted(inside):
        left, top = col * STEP - gap, row * STEP - gap
        right, bottom = left + STEP, top + STEP
        sides = {
            (row - 1, col): f"M{left:g} {top:g}H{right:g}",
            (row + 1, col): f"M{left:g} {bottom:g}H{right:g}",
            (row, col - 1): f"M{left:g} {top:g}V{bottom:g}",
            (row, col + 1): f"M{right:g} {top:g}V{bottom:g}",
        }
        lines += [line for neighbour, line in sides.items() if neighbour not in inside]
    return "".join(lines)
