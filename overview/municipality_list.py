"""The list of municipalities with its filters, and the map beside it."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from lib.swedish import number, sort_key
from municipalities.models import County, Municipality, PoliceRegion
from overview.nation import AGREEMENT_STATES, Status, missing_words, sees_all, statuses
from overview.tile_map import Place, TileMap, tile_map

PER_PAGE = 50
FIELDS = (
    "pk",
    "name",
    "slug",
    "county_id",
    "county__name",
    "county__code",
    "county__police_region__slug",
    "population",
    "tile_row",
    "tile_col",
)
STEPS = {**{str(n): f"Steg {n} pågår" for n in range(1, 6)}, "klara": "Alla fem klara", "ingen": "Ingen öppen omgång"}
SORTS = {"namn": "Kommun", "folkmangd": "Folkmängd", "steg": "Steg", "giltig": "Överenskommelse"}
UNKNOWN = "okand"


@dataclass(frozen=True, slots=True)
class Entry:
    """A municipality of the register with what may be seen of its cooperation."""

    pk: int
    name: str
    slug: str
    county_id: int
    county: str
    county_code: str
    region: str
    population: int | None
    row: int
    col: int
    status: Status | None


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list in ready strings: formatting in the template would cost more than all the rest."""

    name: str
    url: str
    county: str
    population: str
    missing: str
    step: str = ""
    steps_done: str = ""
    agreement: str = ""
    agreement_tone: str = ""
    until: str = ""
    picture: str = ""
    picture_tone: str = ""


@dataclass(frozen=True)
class Option:
    value: str
    text: str
    selected: bool


@dataclass(frozen=True)
class Filter:
    """A choice above the list."""

    name: str
    label: str
    every: str
    options: Sequence[Option]


@dataclass(frozen=True)
class Heading:
    """A column's heading with the address that sorts by it; `direction` as aria-sort has it, or empty."""

    text: str
    url: str
    direction: str
    numeric: bool


@dataclass(frozen=True)
class MunicipalityList:
    """The whole page."""

    page: Page[Entry]
    rows: Sequence[Row]
    filters: Sequence[Filter]
    headings: Sequence[Heading]
    map: TileMap
    total: int
    search: str
    is_filtered: bool
    shows_all: bool
    all_url: str
    known: int
    known_url: str


def municipality_list(user: User, query: QueryDict, day: dt.date) -> MunicipalityList:
    """The municipalities that the filters in the address leave. Nine queries, one more with a search."""
    found = statuses(user, day)
    entries = [
        Entry(*values, status=found.get(values[0]))  # type: ignore[misc]  # the fields are in the order of the class
        for values in Municipality.objects.in_order().values_list(*FIELDS)
    ]
    chosen = _chosen(entries, query)
    # Who sees only some, and asks for no order, meets those and the own municipality first.
    first = set() if "sortera" in query or sees_all(user) else _nearest(user, entries)
    slugs = {entry.slug for entry in chosen}
    shows_all = query.get("visa") == "alla"
    page = Paginator(_sorted(chosen, query, first), len(entries) if shows_all else PER_PAGE).get_page(query.get("sida"))
    missing = missing_words(user)
    places = [Place(entry.county_code, entry.name, entry.slug, entry.row, entry.col) for entry in entries]
    levels = {entry.slug: entry.status.level for entry in entries if entry.status}
    return MunicipalityList(
        page=page,
        rows=[_row(entry, missing[entry.county_id]) for entry in page],
        filters=_filters(query),
        headings=_headings(query, by_name=not first),
        map=tile_map(places, levels, slugs.__contains__, {one.slug: missing[one.county_id] for one in entries}),
        total=len(entries),
        search=query.get("sok", ""),
        is_filtered=len(chosen) < len(entries),
        shows_all=shows_all,
        all_url=_address(query, visa="alla", sida=None),
        known=len(levels) if len(levels) < len(entries) and "insyn" not in query else 0,
        known_url=_address(query, insyn="ja", sida=None),
    )


def _chosen(entries: list[Entry], query: QueryDict) -> list[Entry]:
    """What the search and every filter leave. An unknown value leaves nothing, rather than all."""
    tests: list[Callable[[Entry], bool]] = []
    if words := query.get("sok", "").strip():
        hits = set(Municipality.objects.search(words).values_list("pk", flat=True))
        tests.append(lambda entry: entry.pk in hits)
    for name, value_of in VALUES.items():
        if wanted := query.get(name):
            tests.append(_equals(value_of, wanted))
    return [entry for entry in entries if all(test(entry) for test in tests)]


def _equals(value_of: Callable[[Entry], str], wanted: str) -> Callable[[Entry], bool]:
    return lambda entry: value_of(entry) == wanted


def _step_value(entry: Entry) -> str:
    status = entry.status
    if status is None:
        return UNKNOWN
    if status.level is None:
        return "ingen"
    return "klara" if status.level == 5 else str(status.current)


VALUES: dict[str, Callable[[Entry], str]] = {
    "lan": lambda entry: entry.county_code,
    "region": lambda entry: entry.region,
    "steg": _step_value,
    "insyn": lambda entry: "ja" if entry.status else "nej",
    "overenskommelse": lambda entry: entry.status.validity.value if entry.status else UNKNOWN,
}


def _nearest(user: User, entries: list[Entry]) -> set[int]:
    """The municipalities that the person sees the status of or works for."""
    own = {membership.organisation.municipality_id for membership in user.memberships_now}
    return {entry.pk for entry in entries if entry.status or entry.pk in own}


def _sorted(entries: list[Entry], query: QueryDict, first: set[int]) -> list[Entry]:
    """By the asked column; municipalities without a value come last whichever way, and names break ties."""
    if first:
        return sorted(entries, key=lambda entry: entry.pk not in first)
    asked = query.get("sortera", "")
    value_of = SORT_VALUES.get(asked.lstrip("-"))
    if not value_of:
        return entries[::-1] if asked == "-namn" else entries
    known = [entry for entry in entries if value_of(entry) is not None]
    unknown = [entry for entry in entries if value_of(entry) is None]
    return sorted(known, key=value_of, reverse=asked.startswith("-")) + unknown


SORT_VALUES: dict[str, Callable[[Entry], Any]] = {
    "folkmangd": lambda entry: entry.population,
    "steg": lambda entry: entry.status.level if entry.status else None,
    "giltig": lambda entry: entry.status.last_day if entry.status else None,
}


def _row(entry: Entry, missing: str) -> Row:
    base = {
        "name": entry.name,
        "url": reverse("overview:municipality", args=[entry.slug]),
        "county": entry.county,
        "population": number(entry.population),
    }
    status = entry.status
    if status is None:
        return Row(**base, missing=missing)
    (agreement, agreement_tone), (picture, picture_tone) = status.agreement, status.picture
    return Row(
        **base,
        missing="",
        step=status.step,
        steps_done=status.steps_done,
        agreement=agreement,
        agreement_tone=agreement_tone,
        until=status.agreement_until,
        picture=picture,
        picture_tone=picture_tone,
    )


def _filters(query: QueryDict) -> list[Filter]:
    counties = {c.code: c.name for c in sorted(County.objects.all(), key=lambda c: sort_key(c.name))}
    regions = {region.slug: region.name for region in PoliceRegion.objects.all()}
    states = {str(value): text for value, text in AGREEMENT_STATES.items()}
    return [
        _filter(query, "lan", "Län", "Alla län", counties),
        _filter(query, "region", "Polisregion", "Alla regioner", regions),
        _filter(query, "steg", "Steg", "Alla steg", {**STEPS, UNKNOWN: "Uppgift saknas"}),
        _filter(query, "overenskommelse", "Överenskommelse", "Alla", {**states, UNKNOWN: "Uppgift saknas"}),
    ]


def _filter(query: QueryDict, name: str, label: str, every: str, choices: dict[str, str]) -> Filter:
    options = [Option(value, text, query.get(name) == value) for value, text in choices.items()]
    return Filter(name, label, every, options)


def _headings(query: QueryDict, *, by_name: bool) -> list[Heading]:
    asked = query.get("sortera", "namn" if by_name else "")
    headings = []
    for name, text in SORTS.items():
        direction = {name: "ascending", f"-{name}": "descending"}.get(asked, "")
        turned = f"-{name}" if direction == "ascending" else name
        headings.append(Heading(text, _address(query, sortera=turned, sida=None), direction, name == "folkmangd"))
    return headings


def _address(query: QueryDict, **changes: str | None) -> str:
    """The page's own address with some parameters changed, or left out where None."""
    asked = query.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = value
    return f"?{asked.urlencode()}"
