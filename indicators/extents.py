"""Whose figures a person can ask for at once: the own municipalities, a county's, or all."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from indicators.models import ImportBatch
from lib import swedish
from municipalities.models import County, Coverage, Municipality, MunicipalityQuerySet

OWN, EVERYONE = "egna", "alla"
MANY_PLACES = 6


@dataclass(frozen=True)
class Extent:
    """A choice: its key in the form, what it is called, and the codes of its municipalities."""

    key: str
    name: str
    codes: tuple[str, ...]


def extents_for(user: User, day: dt.date) -> list[Extent]:
    """What the person may choose from, nearest first. Who has no municipality may choose any county. Three queries."""
    own = list(_own(user, day).in_order())
    everyone = list(Municipality.objects.in_order())
    counties = County.objects.filter(pk__in={one.county_id for one in own}) if own else County.objects.all()
    found = [_extent(OWN, _named(own), own)] if own else []
    for county in counties:
        inside = [one for one in everyone if one.county_id == county.pk]
        if inside:
            found.append(_extent(f"lan-{county.code}", f"{county}, alla kommuner ({len(inside)})", inside))
    return [*found, _extent(EVERYONE, f"Hela landet, alla kommuner ({len(everyone)})", everyone)]


def _own(user: User, day: dt.date) -> MunicipalityQuerySet:
    """Those of the organisations that the person reads in figures for; the police's are those that its area covers."""
    mine = [one.organisation for one in user.memberships_now if one.role in ImportBatch.IMPORTERS]
    areas = [one.local_police_area_id for one in mine if one.local_police_area_id]
    covered = Coverage.objects.on(day).filter(local_police_area__in=areas)
    return Municipality.objects.filter(
        Q(pk__in=[one.municipality_id for one in mine if one.municipality_id])
        | Q(pk__in=covered.values("municipality"))
    )


def _named(municipalities: list[Municipality]) -> str:
    names = [one.name for one in municipalities]
    return swedish.listing(names) if len(names) <= MANY_PLACES else f"Våra {len(names)} kommuner"


def _extent(key: str, name: str, municipalities: list[Municipality]) -> Extent:
    return Extent(key, name, tuple(one.code for one in municipalities))
