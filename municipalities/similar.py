"""Which municipalities are like a municipality: of the same kind, and nearest in size.

The rule is Samverkan's own. The register has no official grouping (SKR's kommungruppsindelning builds on commuting,
which is not in the register), so a kind is made from what there is: inhabitants, and how far the seat lies from a
larger town's. Change KINDS, NEAR_KM or MOST and both the choice and the words on the page follow.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lib.swedish import in_words, number, sort_key
from municipalities.models import Municipality

MOST = 7
NEAR_KM = 40  # as the crow flies, from seat to seat
KM_PER_DEGREE = 111.2  # along a meridian

Seat = tuple[float, float]


@dataclass(frozen=True)
class Kind:
    """A row of the table: at least so many inhabitants, and, where `near` is given, the seat near one of that kind."""

    title: str
    plural: str
    words: str
    least: int = 0
    near: "Kind | None" = None


LARGE, MIDDLE, SMALL = 200_000, 50_000, 15_000
CITY = Kind("storstad", "storstäder", f"minst {number(LARGE)} invånare", least=LARGE)
TOWN = Kind("större stad", "större städer", f"{number(MIDDLE)}–{number(LARGE - 1)} invånare", least=MIDDLE)
NEAR_CITY = Kind(
    "pendlingskommun nära storstad",
    "pendlingskommuner nära en storstad",
    f"färre än {number(MIDDLE)} invånare och högst {NEAR_KM} km mellan centralorten och en storstad",
    near=CITY,
)
NEAR_TOWN = Kind(
    "pendlingskommun nära större stad",
    "pendlingskommuner nära en större stad",
    f"färre än {number(MIDDLE)} invånare och högst {NEAR_KM} km mellan centralorten och en större stad",
    near=TOWN,
)
SMALL_TOWN = Kind(
    "mindre stad",
    "mindre städer",
    f"{number(SMALL)}–{number(MIDDLE - 1)} invånare och mer än {NEAR_KM} km till närmaste större stad eller storstad",
    least=SMALL,
)
RURAL = Kind(
    "landsbygdskommun",
    "landsbygdskommuner",
    f"färre än {number(SMALL)} invånare och mer än {NEAR_KM} km till närmaste större stad eller storstad",
)
# The first that fits counts.
KINDS = (CITY, TOWN, NEAR_CITY, NEAR_TOWN, SMALL_TOWN, RURAL)


@dataclass(frozen=True)
class Similar:
    """A municipality's kind, and those of the same kind, the nearest in size first; no kind where facts are missing."""

    municipality: Municipality
    kind: Kind | None
    municipalities: Sequence[Municipality]

    @property
    def codes(self) -> list[str]:
        return [one.code for one in self.municipalities]

    @property
    def in_order(self) -> list[Municipality]:
        """In the order of the Swedish alphabet."""
        return sorted(self.municipalities, key=lambda one: sort_key(one.name))

    @property
    def rule(self) -> str:
        """Why these: the municipality's kind in words, and how those of the same kind are chosen."""
        if self.kind is None:
            return f"Inga liknande kommuner: folkmängd eller centralort saknas i registret för {self.municipality}."
        kind = f"{self.municipality} räknas som {self.kind.title}: {self.kind.words}."
        if len(self.municipalities) < MOST:
            return f"{kind} Liknande kommuner är alla andra {self.kind.plural}."
        return f"{kind} Liknande kommuner är de {in_words(MOST)} {self.kind.plural} som är närmast i folkmängd."


def similar_to(municipality: Municipality) -> Similar:
    """The rule applied to the register as it stands. One query."""
    fields = ("code", "name", "slug", "population", "seat_lat", "seat_lon", "sort_order")
    register = list(Municipality.objects.exclude(population=None).only(*fields))
    seats = {kind: [seat for one in register if _kind_by_size(one) is kind and (seat := _seat(one))] for kind in KINDS}
    kind = _kind(municipality, seats)
    others = (one for one in register if one.pk != municipality.pk)
    chosen = islice(_of_kind(kind, _nearest_first(municipality, others), seats), MOST) if kind else ()
    return Similar(municipality, kind, list(chosen))


def _of_kind(
    kind: Kind, municipalities: Iterable[Municipality], seats: dict[Kind, list[Seat]]
) -> Iterator[Municipality]:
    """One at a time, since most distances need never be measured."""
    return (one for one in municipalities if _kind(one, seats) is kind)


def _nearest_first(municipality: Municipality, others: Iterable[Municipality]) -> list[Municipality]:
    """By the ratio of inhabitants, so that half as many is as far away as twice as many."""
    size = math.log(municipality.population or 1)
    return sorted(others, key=lambda one: (abs(math.log(one.population or 1) - size), one.code))


def _kind(one: Municipality, seats: dict[Kind, list[Seat]]) -> Kind | None:
    """The first kind that fits; none where what the rule asks for is not known."""
    if one.population is None:
        return None
    seat = _seat(one)
    for kind in KINDS:
        if one.population < kind.least:
            continue
        if kind.near is None:
            return kind
        if seat is None:
            return None
        if any(_is_near(seat, other) for other in seats[kind.near]):
            return kind
    return None


def _kind_by_size(one: Municipality) -> Kind:
    """The kind as far as the inhabitants alone tell; only those that commuting is measured to are asked for."""
    return next(kind for kind in KINDS if kind.near is None and (one.population or 0) >= kind.least)


def _seat(one: Municipality) -> Seat | None:
    return None if one.seat_lat is None or one.seat_lon is None else (float(one.seat_lat), float(one.seat_lon))


def _is_near(one: Seat, other: Seat) -> bool:
    """On a flat map, which at these distances is wrong by metres."""
    north = (one[0] - other[0]) * KM_PER_DEGREE
    if abs(north) > NEAR_KM:
        return False
    east = (one[1] - other[1]) * KM_PER_DEGREE * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east) <= NEAR_KM
