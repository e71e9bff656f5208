"""The red thread as ready coordinates: a column per kind, boxes that are links, lines between what hangs together.

Colours come from thread.css by class. A break is told by words in the box, a dashed edge and a line that ends in a
cross, so that a grey print says as much as the screen. Long titles are cut: the list has every word.
"""

import textwrap
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from agreements.models import Goal, Measure
from citizen_promises.models import Promise
from followup.models import FollowUp
from lib.axes import CHAR_WIDTH
from overview.thread import Record
from overview.thread_page import COLUMNS, Drawn, Node
from overview.thread_rules import Side
from situation.models import Cause, Problem

BOX, LANE, PAD = 170, 34, 8
SIZE, LINE = 14, 17
SMALL, SMALL_LINE = 12, 15
SPACE = 16  # between two boxes in a column
HEAD = 26
STUB = 13
MOST_LINES = 4
CLEAR = 7  # between a line and a box that it passes
WIDTH = len(COLUMNS) * BOX + (len(COLUMNS) - 1) * LANE + 2 * 2


@dataclass
class Text:
    y: int
    words: str
    look: str  # class


@dataclass
class Box:
    """A node with its place in the drawing."""

    node: Node
    x: int
    texts: list[tuple[str, str, int]]  # words, class, height
    height: int
    y: int = 0

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def right(self) -> int:
        return self.x + BOX

    @property
    def look(self) -> str:
        """The classes that say what it is."""
        state = "broken" if self.node.breaks else "aside" if self.node.is_aside else ""
        return f"box {self.node.record._meta.model_name} {state}".strip()

    @property
    def label(self) -> str:
        """What a screen reader says of the link: more than the box has room for."""
        told = [mark.told for mark in self.node.marks]
        return ". ".join([f"{self.node.column}: {self.node.title}", self.node.about, *told])

    @property
    def lines(self) -> list[Text]:
        y, placed = self.y + PAD - 4, []
        for words, look, step in self.texts:
            y += step
            placed.append(Text(y, words, look))
        return placed

    @property
    def stubs(self) -> list[str]:
        """Lines that lead nowhere, each ending in a cross."""
        found = {mark.rule.side for mark in self.node.breaks}
        made = []
        for side in found:
            edge, way = (self.x, -1) if side == Side.BEFORE else (self.right, 1)
            end = edge + way * STUB
            y = self.y + 14  # above where the whole lines leave
            made.append(f"M{edge},{y}H{end}m-4,-4l8,8m0,-8l-8,8")
        return made


@dataclass
class Line:
    path: str
    before: str
    after: str
    look: str


@dataclass
class Drawing:
    """One problem's thread, drawn."""

    title: str
    description: str
    height: int = 0
    width: int = WIDTH
    heads: list[tuple[int, str]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def drawn(self) -> SafeString:
        """Lines and boxes as SVG. Written here and not in the template: that would take as long as all the rest."""
        return mark_safe("".join([*map(_line, self.lines), *map(_link, self.boxes)]))


def _line(line: Line) -> str:
    return f'<path class="{line.look}" d="{line.path}" data-from="{line.before}" data-to="{line.after}"/>'


def _link(box: Box) -> str:
    texts = [f'<text class="{one.look}" x="{box.x + PAD}" y="{one.y}">{escape(one.words)}</text>' for one in box.lines]
    stubs = [f'<path class="stub" d="{one}"/>' for one in box.stubs]
    rect = f'<rect x="{box.x}" y="{box.y}" width="{BOX}" height="{box.height}" rx="6"/>'
    head = f'<a href="{escape(box.node.url)}" aria-label="{escape(box.label)}" data-key="{box.node.key}"'
    return f'{head} class="{box.look}">{rect}{"".join([*texts, *stubs])}</a>'


def draw(drawn: Drawn) -> Drawing:
    """The strand's drawing. Boxes come in the order in which they are read: column by column, from above."""
    columns = {kind: [_box(node, place) for node in nodes] for place, (kind, nodes) in enumerate(drawn.columns.items())}
    height = _place(columns, drawn.lines)
    drawing = Drawing(f"Röda tråden: {drawn.title}", _told(drawn), height + 4)
    drawing.heads = [(2 + place * (BOX + LANE), word) for place, word in enumerate(COLUMNS.values())]
    drawing.boxes = [box for boxes in columns.values() for box in boxes]
    by_key = {box.node.key: box for box in drawing.boxes}
    order = list(columns)
    for number, (before, after) in enumerate(drawn.lines):
        first, last = by_key[before.key], by_key[after.key]
        between = order[order.index(type(before.record)) + 1 : order.index(type(after.record))]
        path = _path(first, last, [columns[kind] for kind in between], order.index(type(before.record)), number)
        drawing.lines.append(Line(path, before.key, after.key, _look(before, after)))
    return drawing


def _told(drawn: Drawn) -> str:
    counts = ", ".join(f"{len(nodes)} {COLUMNS[kind].lower()}" for kind, nodes in drawn.columns.items() if nodes)
    return f"{counts}. {drawn.state[0]}. Samma uppgifter står med alla ord i listan."


def _look(before: Node, after: Node) -> str:
    """Lines by what they leave, so that those of causes and of goals can be told apart where they cross."""
    weak = " aside" if before.is_aside or after.is_aside else ""
    return f"line from-{before.record._meta.model_name}{weak}"


def _box(node: Node, column: int) -> Box:
    room = BOX - 2 * PAD
    texts = [(line, "title", LINE) for line in _wrap(node.title, room, SIZE, MOST_LINES)]
    texts += [(line, "about", SMALL_LINE) for line in _wrap(node.about, room, SMALL, 2)]
    for mark in node.marks:
        look = "break" if mark.is_break else "next"
        sign = "✕" if mark.is_break else "→"
        texts += [(line, look, SMALL_LINE) for line in _wrap(f"{sign} {mark.told}", room, SMALL, 3)]
    return Box(node, 2 + column * (BOX + LANE), texts, sum(step for _, _, step in texts) + 2 * PAD)


def _wrap(text: str, room: int, size: int, most: int) -> list[str]:
    if len(text) * size * CHAR_WIDTH <= room and "\n" not in text:
        return [text]
    return textwrap.wrap(text, int(room / (size * CHAR_WIDTH)), max_lines=most, placeholder=" …") or [""]


# --- Where the boxes stand ------------------------------------------------------------------------------------------

# First the measures, which are most; the others as near as they can to those that they hang together with.
FROM_MEASURES: tuple[type[Record], ...] = (Cause, Goal, Promise, FollowUp, Problem)


def _place(columns: dict[type[Record], list[Box]], lines: list[tuple[Node, Node]]) -> int:
    """Give every box its height above; how high the whole is."""
    order = {node.key: place for place, node in enumerate(_causes_first(columns, lines))}
    columns[Measure].sort(key=lambda box: order.get(box.node.key, len(order)))
    total = max(sum(box.height + SPACE for box in boxes) for boxes in columns.values()) + HEAD
    spare = total - HEAD - sum(box.height + SPACE for box in columns[Measure])
    y = HEAD
    for box in columns[Measure]:
        y += spare // (2 * len(columns[Measure]))
        box.y = y
        y += box.height + SPACE + spare // (2 * len(columns[Measure]))
    placed = {box.node.key: box for box in columns[Measure]}
    for kind in FROM_MEASURES:
        wished = {box.node.key: _wish(box, lines, placed) for box in columns[kind]}
        _settle(columns[kind], wished, total)
        placed |= {box.node.key: box for box in columns[kind]}
    return total


def _causes_first(columns: dict[type[Record], list[Box]], lines: list[tuple[Node, Node]]) -> list[Node]:
    """The measures in the order of their causes, those without any last."""
    found = [after for before, after in lines if isinstance(before.record, Cause)]
    return list({node.key: node for node in found}.values())


def _wish(box: Box, lines: list[tuple[Node, Node]], placed: dict[str, Box]) -> int | None:
    """The height of what the box hangs together with; None where it hangs alone."""
    key = box.node.key
    near = [after.key for before, after in lines if before.key == key]
    near += [before.key for before, after in lines if after.key == key]
    heights = [placed[one].middle for one in near if one in placed]
    return sum(heights) // len(heights) if heights else None


def _settle(boxes: list[Box], wished: dict[str, int | None], total: int) -> None:
    """Put each box where it wishes, but not on another: pushed down from above, then up from below."""
    middle = (total + HEAD) // 2
    y = HEAD
    for box in boxes:
        wish = wished[box.node.key]
        box.y = max(y, (middle if wish is None and len(boxes) == 1 else wish or 0) - box.height // 2)
        y = box.y + box.height + SPACE
    end = total
    for box in reversed(boxes):
        box.y = min(box.y, end - SPACE - box.height)
        end = box.y


# --- Where the lines go ---------------------------------------------------------------------------------------------


def _path(first: Box, last: Box, between: list[list[Box]], column: int, number: int) -> str:
    """A curve from box to box, which passes between the boxes of the columns on its way."""
    x, y = first.right, first.middle
    steps = len(between) + 1
    path = f"M{x},{y}"
    for place, boxes in enumerate(between, start=1):
        left = 2 + (column + place) * (BOX + LANE)
        wished = first.middle + (last.middle - first.middle) * place // steps + (number % 3 - 1) * 3
        y_on = _clear(boxes, wished)
        path += f"{_curve(x, y, left, y_on)}H{left + BOX}"
        x, y = left + BOX, y_on
    return path + _curve(x, y, last.x, last.middle)


def _curve(x: int, y: int, to_x: int, to_y: int) -> str:
    half = (x + to_x) // 2
    return f"C{half},{y} {half},{to_y} {to_x},{to_y}"


def _clear(boxes: list[Box], y: int) -> int:
    """The height nearest to the wished one where no box of the column stands."""
    ways = [y, *(edge for box in boxes for edge in (box.y - CLEAR, box.y + box.height + CLEAR))]
    free = [one for one in ways if not any(box.y - CLEAR < one < box.y + box.height + CLEAR for box in boxes)]
    return min(free, key=lambda one: abs(one - y), default=y)
