"""The tree and the fishbone of a cause analysis as ready coordinates, drawn by templates/situation/_fishbone.html.

SVG attributes only, as a strict content policy allows no inline style. What is known, judged and assumed differ by the
line's dash, and a chosen cause by a mark and a thicker line, so that a grey print says as much as the screen. Long
texts are cut: the list of causes beside the drawing has every word.
"""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field

from lib.axes import CHAR_WIDTH
from lib.swedish import plural
from situation.causes import Bone, Branch
from situation.models import Cause

WIDTH = 1080  # what the page has room for at 1280 px
SIZE, SMALL = 14, 12
LINE, SMALL_LINE = 18, 16
MOST_LINES = 4
INK, SOFT, LINE_COLOUR, BRAND, OK, PAPER, WASH = (
    "#16202c",
    "#4a5563",
    "#7b8290",
    "#17457a",
    "#1f6b4a",
    "#ffffff",
    "#e4f2ea",
)
DASHES: dict[str, str] = {Cause.Support.DATA: "", Cause.Support.JUDGEMENT: "7 3", Cause.Support.ASSUMPTION: "2 3"}
CHOSEN = "✓ ska påverkas"


@dataclass(frozen=True)
class Stroke:
    """A line through points."""

    points: str
    width: float = 1.5
    colour: str = LINE_COLOUR
    dash: str = ""


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    stroke: float
    colour: str
    fill: str
    dash: str = ""


@dataclass(frozen=True)
class Text:
    x: int
    y: int
    words: str
    size: int = SIZE
    weight: int = 400
    colour: str = INK
    anchor: str = "start"


@dataclass
class Drawing:
    """What is drawn, with the words for those who do not see it."""

    title: str
    description: str
    width: int = WIDTH
    height: int = 0
    strokes: list[Stroke] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)

    def write(self, x: int, y: int, lines: list[str], *, step: int = LINE, **look: object) -> int:
        """The lines under each other from y, the first one's top; the y below the last."""
        for line in lines:
            y += step
            self.texts.append(Text(x, y - 4, line, **look))  # type: ignore[arg-type]  # the look is Text's own fields
        return y


def wrap(text: str, room: int, size: int = SIZE, most: int = MOST_LINES) -> list[str]:
    """The text in lines that fit, the last one cut with an ellipsis if there is more."""
    letters = max(int(room / (size * CHAR_WIDTH)), 6)
    return textwrap.wrap(text, letters, max_lines=most, placeholder=" …") or [""]


def _counts(causes: Iterable[Cause]) -> str:
    found = list(causes)
    chosen = sum(cause.chosen for cause in found)
    told = plural(len(found), "orsak", "orsaker")
    return f"{told}, {chosen} ska påverkas. Samma orsaker står med alla ord i listan."


def _flat(branches: Iterable[Branch]) -> list[Cause]:
    return [cause for branch in branches for cause in (branch.cause, *_flat(branch.children))]


# --- The tree: the problem to the left, its direct causes beside it, and what lies behind them further right.

GAP, PAD, SPACE = 12, 9, 34
NARROWEST, WIDEST = 190, 360


def tree_drawing(problem: str, branches: list[Branch]) -> Drawing:
    """The tree from left to right; wider than the page only where the causes go deeper than five."""
    causes = _flat(branches)
    drawing = Drawing(f"Orsaksträd: {problem}", f"Trädet visar {_counts(causes)}")
    columns = _depth(branches) + 1
    column = min(max(WIDTH // columns, NARROWEST), WIDEST)
    width = column - SPACE
    drawing.width = columns * column - SPACE + 4
    top, middles = 2, []
    for branch in branches:
        used, middle = _grow(drawing, branch, column, top, column, width)
        middles.append(middle)
        top += used
    lines = wrap(problem, width - 2 * PAD, most=6)
    height = len(lines) * LINE + 2 * PAD
    drawing.height = max(top, height + GAP)
    y = (drawing.height - GAP - height) // 2 + 2
    drawing.boxes.append(Box(2, y, width, height, 2, BRAND, PAPER))
    drawing.write(2 + PAD, y + PAD - 2, lines, weight=700)
    for middle in middles:
        _join(drawing, 2 + width, y + height // 2, column, middle)
    return drawing


def _depth(branches: Iterable[Branch]) -> int:
    return max((1 + _depth(branch.children) for branch in branches), default=0)


def _grow(drawing: Drawing, branch: Branch, x: int, top: int, column: int, width: int) -> tuple[int, int]:
    """Draw the branch with all that lies behind it; how much height it took, and where its own middle is."""
    cause, room = branch.cause, width - 2 * PAD
    lines = wrap(str(cause), room)
    small = wrap(_about(cause), room, SMALL, 2) + ([_chosen(cause)] if cause.chosen else [])
    height = len(lines) * LINE + len(small) * SMALL_LINE + 2 * PAD
    below, middles = top, []
    for child in branch.children:
        used, middle = _grow(drawing, child, x + column, below, column, width)
        middles.append(middle)
        below += used
    used = max(below - top, height + GAP)
    y = top + (used - GAP - height) // 2
    stroke, colour, fill = (3.0, OK, WASH) if cause.chosen else (1.5, LINE_COLOUR, PAPER)
    drawing.boxes.append(Box(x, y, width, height, stroke, colour, fill, DASHES[cause.support]))
    after = drawing.write(x + PAD, y + PAD - 2, lines, weight=600)
    drawing.write(x + PAD, after, small, step=SMALL_LINE, size=SMALL, colour=OK if cause.chosen else SOFT)
    for middle in middles:
        _join(drawing, x + width, y + height // 2, x + column, middle)
    return used, y + height // 2


def _join(drawing: Drawing, x: int, y: int, to_x: int, to_y: int) -> None:
    half = x + (to_x - x) // 2
    drawing.strokes.append(Stroke(f"{x},{y} {half},{y} {half},{to_y} {to_x},{to_y}"))


def _chosen(cause: Cause) -> str:
    return f"{CHOSEN}, prioritet {cause.priority}" if cause.priority else CHOSEN


def _about(cause: Cause) -> str:
    return f"{cause.get_category_display()} · {cause.get_nature_display().lower()}"


# --- The fishbone: a bone for each category, two above the spine and two below, the problem at the head.

HEAD, SLANT, HEADING = 190, 60, 30
BLOCK = (WIDTH - HEAD) // 2
UNASKED = "Har ni frågat om det här?"


def fishbone_drawing(problem: str, bones: list[Bone]) -> Drawing:
    """The causes by category. One that lies behind another says which."""
    causes = [cause for bone in bones for cause in bone.causes]
    numbers = {cause.pk: cause.number for cause in causes}
    drawing = Drawing(f"Fiskben: {problem}", f"Fiskbenet visar {_counts(causes)}")
    ribs = [_ribs(bone, numbers) for bone in bones]
    above, below = (max(sum(_height(rib) for rib in rows) for rows in ribs[side : side + 2]) for side in (0, 2))
    spine = HEADING + above + 22
    drawing.height = spine + 22 + below + HEADING
    for place, (bone, rows) in enumerate(zip(bones, ribs, strict=True)):
        start = (place % 2) * BLOCK
        if place < 2:
            _bone(drawing, bone, rows, start, spine, HEADING, above_spine=True)
        else:
            _bone(drawing, bone, rows, start, spine, drawing.height - HEADING, above_spine=False)
    drawing.strokes.append(Stroke(f"4,{spine} {2 * BLOCK + 14},{spine}", 3, BRAND))
    lines = wrap(problem, HEAD - 42, most=6)
    height = len(lines) * LINE + 2 * PAD
    drawing.boxes.append(Box(2 * BLOCK + 14, spine - height // 2, HEAD - 18, height, 2, BRAND, PAPER))
    drawing.write(2 * BLOCK + 14 + PAD, spine - height // 2 + PAD - 2, lines, weight=700)
    return drawing


@dataclass(frozen=True)
class Rib:
    """A cause as it stands along its bone: its lines, and the line under them."""

    lines: list[str]
    cause: Cause | None = None


def _ribs(bone: Bone, numbers: dict[int, int]) -> list[Rib]:
    room = BLOCK - SLANT - 44
    ribs = []
    for cause in bone.causes:
        behind = f" (bakom {numbers[cause.parent_id]})" if cause.parent_id in numbers else ""
        mark = "✓ " if cause.chosen else ""
        ribs.append(Rib(wrap(f"{mark}{cause}{behind}", room), cause))
    return ribs or [Rib([UNASKED])]


def _height(rib: Rib) -> int:
    return len(rib.lines) * LINE + 12


def _bone(
    drawing: Drawing, bone: Bone, ribs: list[Rib], start: int, spine: int, end: int, *, above_spine: bool
) -> None:
    """The slanting bone from its outer end to the spine, with a rib for each cause."""
    foot, tip = start + BLOCK, start + BLOCK - SLANT
    drawing.strokes.append(Stroke(f"{tip},{end} {foot},{spine}", 2, BRAND))
    label_y = end - 9 if above_spine else end + 20
    drawing.texts.append(Text(tip, label_y, bone.label, 14, 700, BRAND, "middle" if len(bone.label) < 20 else "end"))
    y = end + 2 if above_spine else spine + 14
    for rib in ribs:
        after = drawing.write(start + 14, y, rib.lines, weight=600 if rib.cause and rib.cause.chosen else 400)
        at = foot - SLANT * abs(spine - after) / max(abs(spine - end), 1)
        if rib.cause:
            look = (2.5, OK) if rib.cause.chosen else (1.2, LINE_COLOUR)
            drawing.strokes.append(
                Stroke(f"{start + 14},{after + 2} {round(at)},{after + 2}", *look, DASHES[rib.cause.support])
            )
        y += _height(rib)
