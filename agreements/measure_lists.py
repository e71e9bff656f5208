"""What a list of measures is filtered by, and how the measures are balanced against each problem."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from agreements.models import Measure, MeasureKind, MeasureQuerySet, Prevention
from lib.dates import today
from lib.swedish import listing, plural

WAITING = {"fast": "Har kört fast", "forsenade": "Försenade", "utan-orsak": "Utan orsak"}
# Segments of the bar, with one and many in words. Information is told apart: it is what is easiest to choose.
WORDS = {
    "social": ("social", "sociala"),
    "situational": ("situationell", "situationella"),
    "both": ("av båda slagen", "av båda slagen"),
    "information": ("information", "information"),
}
WIDTH = 200


@dataclass(frozen=True)
class Segment:
    """A part of the bar: which, how many, and where it is drawn."""

    name: str
    count: int
    start: float
    width: float

    @property
    def words(self) -> str:
        return plural(self.count, *WORDS[self.name])


@dataclass
class Balance:
    """How the measures against a problem are spread, and how many come out of a party's own goals."""

    problem: int
    title: str
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WORDS, 0))
    own: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def segments(self) -> list[Segment]:
        found, start = [], 0.0
        for name, count in self.counts.items():
            width = round(WIDTH * count / self.total, 1)
            if count:
                found.append(Segment(name, count, round(start, 1), width))
            start += width
        return found

    @property
    def sentence(self) -> str:
        """As "2 sociala, 1 situationell och 3 information"."""
        return listing([segment.words for segment in self.segments])

    @property
    def caution(self) -> str:
        """What the handbook warns of: only one kind of prevention, or nothing but information."""
        if self.total < 2:  # one measure has no balance
            return ""
        if self.counts["information"] == self.total:
            return "Bara information: den når många men ändrar sällan orsakerna ensam."
        if self.counts["social"] + self.counts["information"] == self.total:
            return "Inga situationella åtgärder."
        return "" if self.total > self.counts["situational"] else "Inga sociala åtgärder."


def filtered(
    measures: MeasureQuerySet, *, status: str, problem: int, responsible: int, waiting: str
) -> MeasureQuerySet:
    """Those of the list that are asked for; what is not asked is not filtered by."""
    chosen = {"status": status, "problem": problem, "responsible": responsible}
    found = measures.filter(**{name: value for name, value in chosen.items() if value})
    if waiting == "fast":
        return found.stuck()
    if waiting == "forsenade":
        return found.overdue(today())
    return found.without_cause() if waiting == "utan-orsak" else found


def for_list(measures: MeasureQuerySet) -> MeasureQuerySet:
    """With everything that a row shows, in one query."""
    found = (
        measures.with_count()
        .with_state()
        .select_related("problem", "responsible__organisation", "municipality", "repeats")
    )
    return found.order_by("-starts", "-pk")


def balances(measures: QuerySet[Measure]) -> list[Balance]:
    """Each problem's measures by what they act on, one query; those that were called off are not counted."""
    alive = measures.exclude(status__in=[Measure.Status.CANCELLED, Measure.Status.NOT_DONE]).order_by()
    rows = alive.values_list("problem", "problem__title", "problem__rank", "kind", "prevention", "origin")
    found: dict[int, Balance] = {}
    for problem, title, _, kind, prevention, origin, count in sorted(
        rows.annotate(count=Count("pk")), key=lambda row: (row[2] is None, row[2] or 0, row[0])
    ):
        balance = found.setdefault(problem, Balance(problem, title))
        balance.counts["information" if kind == MeasureKind.INFORMATION else Prevention(prevention).value] += count
        balance.own += count if origin == Measure.Origin.OWN else 0
    return list(found.values())


def origins(found: Iterable[Balance]) -> str:
    """As "7 av 10 åtgärder kommer ur gemensamma problem, 3 ur en parts eget mål eller uppdrag."; empty without any."""
    rows = list(found)
    total, own = sum(row.total for row in rows), sum(row.own for row in rows)
    if not total:
        return ""
    word = "åtgärd" if total == 1 else "åtgärder"
    return f"{total - own} av {total} {word} kommer ur gemensamma problem, {own} ur en parts eget mål eller uppdrag."
