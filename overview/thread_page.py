"""The page of the red thread: whose part is shown, where it is broken, and the same facts as boxes and as words."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from accounts.models import Role, User
from agreements.models import Goal, Measure
from citizen_promises.models import Promise
from followup.models import FollowUp
from lib.swedish import in_words, number, plural
from municipalities.models import Municipality
from overview.thread import Record, Strand, strands
from overview.thread_looks import own_page
from overview.thread_rules import Mark, marks
from partnerships.models import Cycle
from partnerships.rules import roles_about
from situation.models import Cause, Problem

COLUMNS: dict[type[Record], str] = {
    Problem: "Problem",
    Cause: "Orsaker",
    Goal: "Mål",
    Measure: "Åtgärder",
    Promise: "Löften",
    FollowUp: "Uppföljningar",
}
SIZES = {"100": "100 %", "150": "150 %", "200": "200 %", "passa": "Hela bredden"}
VIEWS = {"": "Ritning och lista", "ritning": "Bara ritningen", "lista": "Bara listan"}


# Whether the person writes about a municipality's own things; None is what is common.
Writes = Callable[[int | None], bool]


@dataclass
class Node:
    """One thing in the thread as it is shown: a box in the drawing, a line in the list."""

    record: Any
    key: str
    title: str
    url: str
    about: str
    marks: list[Mark]
    after: list["Node"] = field(default_factory=list)

    @property
    def column(self) -> str:
        return COLUMNS[type(self.record)]

    @property
    def kind_word(self) -> str:
        """One of its kind: Löfte, Uppföljning."""
        return "Löfte" if isinstance(self.record, Promise) else "Uppföljning"

    @property
    def breaks(self) -> list[Mark]:
        return [mark for mark in self.marks if mark.is_break]

    @property
    def is_chosen(self) -> bool:
        return isinstance(self.record, Cause) and self.record.chosen

    @property
    def is_aside(self) -> bool:
        """What is there but carries nothing: causes left aside and measures called off."""
        if isinstance(self.record, Measure):
            return self.record.status == Measure.Status.CANCELLED
        return isinstance(self.record, Cause) and not self.record.chosen


@dataclass
class Drawn:
    """A strand with its nodes in columns and the pairs that lines join."""

    strand: Strand
    columns: dict[type[Record], list[Node]]
    lines: list[tuple[Node, Node]]

    @cached_property
    def nodes(self) -> list[Node]:
        return [node for nodes in self.columns.values() for node in nodes]

    @property
    def problem(self) -> Node | None:
        return next(iter(self.columns[Problem]), None)

    @property
    def title(self) -> str:
        return self.problem.title if self.problem else "Löften utan plats i tråden"

    @property
    def key(self) -> str:
        return self.problem.key if self.problem else "p0"

    @cached_property
    def breaks(self) -> list[tuple[Node, Mark]]:
        return [(node, mark) for node in self.nodes for mark in node.breaks]

    @cached_property
    def nexts(self) -> list[tuple[Node, Mark]]:
        return [(node, mark) for node in self.nodes for mark in node.marks if not mark.is_break]

    @property
    def state(self) -> tuple[str, str]:
        """A word and a tone."""
        if self.breaks:
            count = len(self.breaks)
            return ("Av på ett ställe" if count == 1 else f"Av på {in_words(count)} ställen"), "bad"
        return "Håller", "ok"

    @property
    def groups(self) -> list[tuple[Node | None, list[tuple[Node, bool]]]]:
        """Each cause with its measures, and whether it is the first time that the measure stands in the list; last,
        under none, those that have none of the problem's causes."""
        seen: set[str] = set()
        found: list[tuple[Node | None, list[tuple[Node, bool]]]] = []
        for cause in self.columns[Cause]:
            found.append((cause, [(one, one.key not in seen) for one in cause.after]))
            seen |= {one.key for one in cause.after}
        alone = [(one, True) for one in self.columns[Measure] if one.key not in seen]
        return [*found, *([(None, alone)] if alone else [])]

    @property
    def goals(self) -> list[Node]:
        return self.columns[Goal]

    @property
    def promises(self) -> list[Node]:
        return self.columns[Promise]


def drawn(strand: Strand, municipality: Municipality | None, places: dict[int, Municipality], writes: Writes) -> Drawn:
    """The strand as one municipality sees it: neighbours' own things are left out, what they mend is not a break."""
    rows: dict[type[Record], Sequence[Any]] = {
        Problem: [strand.problem] if strand.problem else [],
        Cause: strand.causes,
        Goal: strand.goals,
        Measure: strand.measures,
        Promise: strand.promises,
        FollowUp: strand.follow_ups,
    }
    columns = {
        kind: [_node(strand, one, {} if municipality else places) for one in found if _concerns(one, municipality)]
        for kind, found in rows.items()
    }
    for node in (one for nodes in columns.values() for one in nodes):
        about = strand.problem if isinstance(node.record, Cause) else node.record
        if not writes(_owner(about)):
            node.marks = [replace(mark, url="") for mark in node.marks]
    lines = list(_lines(strand, columns))
    for before, after in lines:
        before.after.append(after)
    return Drawn(strand, columns, lines)


def _concerns(record: Any, municipality: Municipality | None) -> bool:
    if municipality is None or isinstance(record, Cause):
        return True
    return _owner(record) in (None, municipality.pk)


def _owner(record: Any) -> int | None:
    """The municipality whose own it is; None for what is common."""
    owner: int | None = record.document.municipality_id if isinstance(record, Promise) else record.municipality_id
    return owner


def _node(strand: Strand, record: Any, places: dict[int, Municipality]) -> Node:
    owner = places.get(getattr(record, "municipality_id", None) or 0)
    about = " · ".join(filter(None, [_about(record), str(owner or "")]))
    key = f"{record._meta.model_name}-{record.pk}"
    title = f"{record.kind_word}: {record.outcome}" if isinstance(record, FollowUp) else str(record)
    return Node(record, key, title, own_page(strand, record), about, marks(strand, record))


def _about(record: Any) -> str:
    if isinstance(record, Cause):
        return "ska påverkas" if record.chosen else "inte vald"
    if isinstance(record, Goal):
        return f"{record.get_kind_display()}: {_values(record)}"
    if isinstance(record, FollowUp):
        return " · ".join(filter(None, [record.get_status_display(), str(record.get_change_display())]))
    return str(record.get_status_display())


def _values(goal: Goal) -> str:
    before = number(goal.baseline) if goal.baseline is not None else "?"
    after = number(goal.target) if goal.target is not None else "?"
    if goal.baseline is None and goal.target is None:
        return "utan tal"
    return f"från {before} till {after} {goal.unit}"


def _lines(strand: Strand, columns: dict[type[Record], list[Node]]) -> Iterable[tuple[Node, Node]]:
    """Every pair that hangs together, from left to right."""
    by_key = {node.key: node for nodes in columns.values() for node in nodes}
    for problem in columns[Problem]:
        yield from ((problem, node) for node in (*columns[Cause], *columns[Goal]))
    for measure in columns[Measure]:
        pk = measure.record.pk
        tied = [f"cause-{one}" for one in sorted(strand.ties.causes[pk])]
        tied += [f"goal-{one}" for one in sorted(strand.ties.goals[pk])]
        yield from ((by_key[key], measure) for key in tied if key in by_key)
    for promise in columns[Promise]:
        keys = [f"measure-{one}" for one in strand.ties.behind.get(promise.record.pk, [])]
        yield from ((by_key[key], promise) for key in keys if key in by_key)
    for told in columns[FollowUp]:
        key = f"measure-{told.record.measure_id}" if told.record.measure_id else f"promise-{told.record.promise_id}"
        if key in by_key:
            yield by_key[key], told


@dataclass
class ThreadPage:
    """The thread of a cycle, or of one municipality or one problem in it."""

    cycle: Cycle
    all_strands: list[Strand]
    asked: dict[str, str]
    municipality: Municipality | None
    writes: Writes

    @cached_property
    def places(self) -> dict[int, Municipality]:
        """The municipalities that have something of their own in the thread."""
        found = [one for strand in self.all_strands for one in (strand.problem, *strand.goals, *strand.measures) if one]
        places = {one.municipality.pk: one.municipality for one in found if one.municipality}
        return dict(sorted(places.items(), key=lambda item: item[1].sort_order))

    @cached_property
    def drawings(self) -> list[Drawn]:
        shown = [one for one in self.all_strands if self._is_shown(one)]
        made = [drawn(one, self.municipality, self.places, self.writes) for one in shown]
        return [one for one in made if one.nodes]

    def _is_shown(self, strand: Strand) -> bool:
        problem = self.asked.get("problem")
        if problem:
            return strand.problem is not None and str(strand.problem.pk) == problem
        return strand.problem is None or _concerns(strand.problem, self.municipality)

    @cached_property
    def breaks(self) -> list[tuple[Drawn, Node, Mark]]:
        return [(one, node, mark) for one in self.drawings for node, mark in one.breaks]

    @property
    def nexts(self) -> list[tuple[Drawn, Node, Mark]]:
        return [(one, node, mark) for one in self.drawings for node, mark in one.nexts]

    @property
    def sentence(self) -> str:
        """How many problems the thread holds for, and where it does not."""
        problems = [one for one in self.drawings if one.problem]
        whole = sum(not one.breaks for one in problems)
        if not problems:
            return "Inga prioriterade problem än, så det finns ingen tråd att följa."
        held = f"Tråden håller för {number(whole)} av {plural(len(problems), 'problem', 'problem')}"
        if not self.breaks:
            return f"{held}."
        return f"{held} och är av på {in_words(len(self.breaks))} {'ställe' if len(self.breaks) == 1 else 'ställen'}."

    @property
    def size(self) -> str:
        return self.asked.get("storlek", "") if self.asked.get("storlek", "") in SIZES else "100"

    @property
    def view(self) -> str:
        return self.asked.get("visa", "") if self.asked.get("visa", "") in VIEWS else ""

    @property
    def size_links(self) -> list[tuple[str, str, bool]]:
        return [(label, self.link(storlek=value), value == self.size) for value, label in SIZES.items()]

    @property
    def view_links(self) -> list[tuple[str, str, bool]]:
        return [(label, self.link(visa=value), value == self.view) for value, label in VIEWS.items()]

    @property
    def drawing_link(self) -> str:
        return self.link(visa="ritning")

    @property
    def place_links(self) -> list[tuple[str, str, bool]]:
        """The whole partnership, then each municipality that has something of its own."""
        shown = self.places | ({self.municipality.pk: self.municipality} if self.municipality else {})
        found = [(str(one), self.link(kommun=one.slug), one == self.municipality) for one in shown.values()]
        return [("Hela samverkan", self.link(kommun=""), self.municipality is None), *found] if found else []

    def link(self, **changes: str) -> str:
        """The same page with something else in its address."""
        asked = {name: value for name, value in (self.asked | changes).items() if value}
        return f"?{urlencode(asked)}"


def thread_page(user: User, cycle: Cycle, day: dt.date, asked: dict[str, str]) -> ThreadPage:
    """The page; `asked` holds kommun, problem, storlek and visa as they stand in the address."""

    def writes(municipality: int | None) -> bool:
        return Role.COORDINATOR in roles_about(user, cycle.partnership, municipality)

    page = ThreadPage(cycle, strands(user, cycle, day), asked, None, writes)
    if asked.get("kommun"):
        named = [one for one in page.places.values() if one.slug == asked["kommun"]]
        page.municipality = named[0] if named else cycle.partnership.municipalities().get(slug=asked["kommun"])
    return page
