"""The matrix of a prioritisation, laid out for a page and for the frozen copy; which problems it weighs.

The sum is an aid to the talk (process.md 7): ja counts two, delvis one, times the ground's weight. It decides nothing.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from lib import canonical
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership
from partnerships.rules import places_to_write
from situation import content as pictures
from situation import rules
from situation.models import Cell, Choice, Ground, Picture, Prioritisation, Problem, ProblemQuerySet

SCHEMA = 2
WEIGHTS = (1, 2, 3)
MOST = max(Cell.POINTS.values())
# What has been put aside or solved is taken up again before it is weighed again.
WEIGHED = (Problem.Status.IDENTIFIED, Problem.Status.PRIORITISED, Problem.Status.WATCHED)


@dataclass(frozen=True)
class Column:
    """A ground and how much it counts."""

    ground: str
    label: str
    weight: int

    @property
    def heading(self) -> str:
        """The label as a narrow column's heading: long words may part where a reader would part them."""
        return self.label.replace("förekomm", "före\N{SOFT HYPHEN}komm").replace("konsek", "konse\N{SOFT HYPHEN}k")


@dataclass(frozen=True)
class Square:
    """One cell as it is shown; `told` is what must be said about it just now."""

    problem: int
    ground: str
    label: str
    value: str
    word: str
    tone: str
    told: str = ""

    @property
    def name(self) -> str:
        """The field's name in a form, and its id on the page."""
        return name_of((self.problem, self.ground))

    @property
    def was_name(self) -> str:
        """The field that says what was shown when somebody answered."""
        return was_name_of((self.problem, self.ground))


@dataclass(frozen=True)
class Row:
    """A problem with its cells and the sum of them."""

    problem: int
    title: str
    about: str
    squares: list[Square]
    points: int
    most: int
    unknown: int
    writes: bool = False


Spot = tuple[int, str]  # a cell: the problem's id and the ground


def name_of(spot: Spot) -> str:
    return f"c{spot[0]}-{spot[1]}"


def was_name_of(spot: Spot) -> str:
    return f"w{spot[0]}-{spot[1]}"


def problems_of(prioritisation: Prioritisation) -> QuerySet[Problem]:
    """The problems that are weighed: those of the cycle that all parties may read and that wait for a decision.

    For one municipality in a common cycle, that one's own. What a joint picture has taken from an own one stands once.
    """
    of_one = prioritisation.municipality_id != prioritisation.cycle.municipality_id
    found = _waiting(of_one=of_one).filter(cycle=prioritisation.cycle_id)
    if of_one:
        found = found.filter(municipality=prioritisation.municipality_id)
    return found.select_related("municipality", "cycle", "picture").in_order()


def _waiting(*, of_one: bool) -> ProblemQuerySet:
    """The problems of all cycles that wait for a decision, weighed together or (`of_one`) by municipality.

    What has been taken into a joint picture gives way to its copy, where the copy comes into the same weighing. It
    does so also when the copy is put aside or solved: what was decided about the copy was decided about both.
    """
    copies = Problem.objects.filter(taken_from=OuterRef("pk"), cycle=OuterRef("cycle")).common().live()
    if of_one:
        copies = copies.filter(municipality=OuterRef("municipality"))
    found = Problem.objects.filter(status__in=WEIGHED).common().live()
    return found.exclude(Q(status=Problem.Status.IDENTIFIED) & Exists(copies))


def stamp(problems: Iterable[Problem]) -> int:
    """A number that tells whether the problems are those that somebody saw, and say and stand as they did then."""
    seen = sorted((problem.pk, problem.revision, problem.status) for problem in problems)
    return int(canonical.checksum(seen)[:12], 16)


def place_of(prioritisation: Prioritisation, problem: Problem) -> int | None:
    """Whose problem it is (a municipality's id): its own municipality's, else that of the whole weighing."""
    return problem.municipality_id or prioritisation.municipality_id


def columns(prioritisation: Prioritisation) -> list[Column]:
    """The eleven grounds in the handbook's order."""
    return [Column(ground.value, ground.label, prioritisation.weights.get(ground.value, 1)) for ground in Ground]


def matrix(
    prioritisation: Prioritisation,
    problems: Iterable[Problem],
    *,
    writes: Iterable[int] = (),
    told: dict[Spot, str] | None = None,
) -> list[Row]:
    """The rows of the problems. `writes`: the problems whose cells the reader may set; `told`: by cell. One query."""
    shown, may, told = list(problems), set(writes), told or {}
    values: dict[int, dict[str, str]] = defaultdict(dict)
    cells = Cell.objects.filter(prioritisation=prioritisation, problem__in=[problem.pk for problem in shown])
    for problem, ground, value in cells.values_list("problem", "ground", "value"):
        values[problem][ground] = value
    weighed = columns(prioritisation)
    return [_row(problem, weighed, values[problem.pk], told, writes=problem.pk in may) for problem in shown]


def _row(
    problem: Problem, weighed: list[Column], values: dict[str, str], told: dict[Spot, str], *, writes: bool
) -> Row:
    squares = []
    for column in weighed:
        value = Cell.Value(values.get(column.ground, Cell.Value.UNKNOWN))
        said = told.get((problem.pk, column.ground), "")
        squares.append(
            Square(problem.pk, column.ground, column.label, value.value, value.label, Cell.TONES[value], said)
        )
    pairs = list(zip(squares, weighed, strict=True))
    return Row(
        problem=problem.pk,
        title=problem.title,
        about=str(problem.municipality or ""),
        squares=squares,
        points=sum(Cell.POINTS[square.value] * column.weight for square, column in pairs),
        most=sum(MOST * column.weight for column in weighed),
        unknown=sum(square.value == Cell.Value.UNKNOWN for square in squares),
        writes=writes,
    )


def behind(picture: Picture | None) -> dict[str, Any] | None:
    """The picture that a decision builds on, as it stands now: one that is not established may change afterwards."""
    if picture is None:
        return None
    now = Picture.objects.get(pk=picture.pk)
    return {
        "id": now.pk,
        "title": str(now),
        "version": now.version,
        "status": now.status,
        "status_word": now.get_status_display(),
        "checksum": canonical.checksum(pictures.shown(now)),
    }


def content(
    prioritisation: Prioritisation, rows: list[Row], choices: Iterable[Choice], picture: dict[str, Any] | None
) -> dict[str, Any]:
    """What is frozen: the matrix as it stood, and the decision with what it builds on (`picture`, from `behind`)."""
    return {
        "schema": SCHEMA,
        "municipality": str(prioritisation.municipality or ""),
        "decided_on": prioritisation.decided_on.isoformat() if prioritisation.decided_on else None,
        "body": str(prioritisation.body or prioritisation.body_name),
        "picture": picture,
        "remark": prioritisation.remark,
        "columns": [asdict(column) for column in columns(prioritisation)],
        "rows": [asdict(row) for row in rows],
        "choices": [
            {
                "problem": choice.problem_id,
                "title": choice.problem.title,
                "outcome": choice.outcome,
                "word": choice.get_outcome_display(),
                "tone": Choice.TONES[choice.outcome],
                "place": choice.place,
                "reason": choice.reason,
            }
            for choice in choices
        ],
    }


def pictures_for(prioritisation: Prioritisation) -> QuerySet[Picture]:
    """The versions of the joint picture that a decision may build on, latest first."""
    found = Picture.objects.filter(partnership=prioritisation.partnership_id, kind=Picture.Kind.JOINT)
    found = found.exclude(status=Picture.Status.DRAFT).without_content()
    return found.order_by("-period_to", "-version", "-pk")


@dataclass(frozen=True)
class Scope:
    """What may be weighed: the whole partnership's problems, or one municipality's own."""

    municipality: Municipality | None
    cycle: Cycle

    def __str__(self) -> str:
        return str(self.municipality or "hela samverkan")


def scopes(user: User, partnership: Partnership) -> list[Scope]:
    """What the person may begin to weigh now; not what is being weighed already.

    A municipality has a weighing of its own where it has its own cycle, or its own problems beside the others'.
    """
    ongoing = set(Prioritisation.objects.ongoing().filter(partnership=partnership).values_list("cycle", "municipality"))
    places: list[Municipality | None] = [None] if rules.may_weigh(user, partnership, None) else []
    cycles = {cycle.municipality_id: cycle for cycle in partnership.cycles.open()}
    keys = [cycle.pk for cycle in cycles.values()]
    whole = set(_waiting(of_one=False).filter(cycle__in=keys).values_list("cycle", flat=True).order_by())
    local = set(_waiting(of_one=True).filter(cycle__in=keys).values_list("cycle", "municipality").order_by())
    # One municipality's problems are the partnership's when there is no other.
    is_shared = partnership.municipalities().count() > 1
    found = []
    for place in [*places, *places_to_write(user, partnership)]:
        key = place.pk if place else None
        cycle = cycles.get(key) or cycles.get(None)
        if cycle is None or (cycle.pk, key) in ongoing:
            continue
        is_whole = cycle.municipality_id == key
        if cycle.pk in whole if is_whole else is_shared and (cycle.pk, key) in local:
            found.append(Scope(place, cycle))
    return found
