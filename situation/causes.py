"""The tree of causes, laid out for a page, and what an analysis still lacks."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from lib.swedish import listing
from situation.models import Cause, CauseAnalysis, Picture, Problem, Source

# What the meeting asks itself while it writes causes (process.md 8); the longer questions have fields of their own.
PROMPTS = (
    "Vad gör att det händer just här och just då?",
    "Vilka är de direkta orsakerna, och vilka ligger bakom dem?",
    "Vem eller vad kunde ha hindrat det?",
    "Vilka orsaker kan vi påverka, och vem av oss?",
    "Vad talar emot vår förklaring?",
)


MOST_LEVELS = 12  # the page draws each level inside the one above


@dataclass(frozen=True)
class Branch:
    """A cause with those that lie behind it, and how deep it stands: 0 is direct."""

    cause: Cause
    depth: int
    children: "tuple[Branch, ...]" = ()


@dataclass(frozen=True)
class Bone:
    """One bone of the fish: a category with its causes."""

    label: str
    causes: tuple[Cause, ...]


def tree(causes: Iterable[Cause]) -> list[Branch]:
    """The direct causes, each with what lies behind it, the most important first. No query; every cause stands once."""
    behind: dict[int | None, list[Cause]] = defaultdict(list)
    for cause in in_order(causes):
        behind[cause.parent_id].append(cause)

    def grow(parent: int | None, depth: int) -> Iterator[Branch]:
        for cause in behind[parent]:
            yield Branch(cause, depth, tuple(grow(cause.pk, depth + 1)))

    return list(grow(None, 0))


def in_order(causes: Iterable[Cause]) -> list[Cause]:
    """As the group has put them in order of priority, then as they were written."""
    return sorted(causes, key=lambda one: (one.priority is None, one.priority or 0, one.number))


def chosen_in_order(causes: Iterable[Cause]) -> list[Cause]:
    """The conclusion: the causes that the parties go for."""
    return in_order(cause for cause in causes if cause.chosen)


def bones(causes: Iterable[Cause]) -> list[Bone]:
    """The same causes by category, also the categories where nobody has asked yet."""
    found = in_order(causes)
    return [
        Bone(category.label, tuple(cause for cause in found if cause.category == category))
        for category in Cause.Category
    ]


def leads_back(cause: int, parent: int | None, parents: Mapping[int, int | None]) -> bool:
    """Whether the cause would come to lie behind itself, given what each cause of the analysis lies behind (by id)."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == cause:
            return True
        seen.add(parent)
        parent = parents.get(parent)
    return False


def levels_with(cause: int | None, parent: int | None, parents: Mapping[int, int | None]) -> int:
    """How many levels deep the tree gets along the cause (None: a new one) if it is put behind the parent.

    What lies behind the cause already comes along. Ends also in a circle.
    """
    above = len(_way_up(parent, parents))
    ways = [_way_up(one, parents) for one in parents] if cause else []
    return above + max((way.index(cause) + 1 for way in ways if cause in way), default=1)


def _way_up(cause: int | None, parents: Mapping[int, int | None]) -> list[int]:
    """The cause and those that it explains, up to the direct one."""
    way: list[int] = []
    while cause is not None and cause not in way:
        way.append(cause)
        cause = parents.get(cause)
    return way


def sources_for(problem: Problem, *also: int) -> QuerySet[Source]:
    """The sources that an analysis of the problem may point at: those of its own picture, else of the cycle's.

    Only of pictures that every party may read. `also`: those it points at already (ids), of an earlier version perhaps.
    """
    pictures = Picture.objects.common()
    if problem.picture_id:
        pictures = pictures.filter(pk=problem.picture_id)
    else:
        pictures = pictures.filter(cycle=problem.cycle_id).exclude(status=Picture.Status.REPLACED)
    return Source.objects.filter(Q(picture__in=pictures) | Q(pk__in=also)).order_by("picture", "pk")


def sources_told(analysis: CauseAnalysis) -> str:
    """What the analysis rests on: the pictures' sources, and what is written beside them."""
    named = listing([str(source) for source in analysis.sources.all()])
    return "\n".join(one for one in (named, analysis.basis.strip()) if one)


def missing_for_done(analysis: CauseAnalysis, causes: Iterable[Cause]) -> list[str]:
    """What "klar" demands (process.md 8): the problem described, a chosen cause, a source, both parties there.

    A source is one of a picture's, or one that is named in words: not all that a meeting knows stands in a picture.
    """
    found = list(causes)
    demands = {
        "svar på vad som händer": bool(analysis.what.strip()),
        "svar på var och när": bool(analysis.where_when.strip()),
        "svar på vilka som är inblandade och drabbas": bool(analysis.who.strip()),
        "minst en orsak": bool(found),
        "minst en orsak som ska påverkas": any(cause.chosen for cause in found),
        "minst en källa": bool(any(one.sources_told for one in found) or sources_told(analysis)),
        "medverkande funktioner": bool(analysis.participants.strip()),
        "att polisen var med": analysis.police_took_part,
        "att kommunen var med": analysis.municipality_took_part,
        "vilken dag den hölls": analysis.held_on is not None,
    }
    return [word for word, there in demands.items() if not there]
