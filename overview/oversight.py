"""The start page of county boards and Brå: how their municipalities stand, in counts that lead to the list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from accounts.models import Role, User
from agreements.models import Validity
from lib.swedish import listing, plural
from municipalities.models import County, Municipality
from overview.nation import Status, sees_all, statuses


@dataclass(frozen=True)
class Tile:
    """A count with its words and the list behind it."""

    count: int
    text: str
    url: str


@dataclass(frozen=True)
class Oversight:
    """What the reader oversees, and how it stands."""

    place: str
    total: str
    tiles: Sequence[Tile]


def oversight(user: User, day: dt.date) -> Oversight:
    """The status of the reader's municipalities in counts: those of a county, or all."""
    everything = sees_all(user)
    county_ids = [m.organisation.county_id for m in user.memberships_now if m.role == Role.COUNTY_READER]
    counties = [] if everything else list(County.objects.filter(pk__in=filter(None, county_ids)))
    overseen = Municipality.objects.all() if everything else Municipality.objects.filter(county__in=counties)
    ids = set(overseen.values_list("pk", flat=True))
    found = [status for pk, status in statuses(user, day).items() if pk in ids]
    query = f"lan={counties[0].code}&" if len(counties) == 1 else ""
    place = "Hela landet" if everything else listing([county.name for county in counties])
    return Oversight(place, plural(len(ids), "kommun", "kommuner"), _tiles(found, len(ids), query))


def _tiles(found: list[Status], total: int, query: str) -> list[Tile]:
    def tile(count: int, text: str, asked: str) -> Tile:
        return Tile(count, text, f"{reverse('overview:municipalities')}?{query}{asked}")

    def agreements(*states: Validity) -> int:
        return sum(status.validity in states for status in found)

    return [
        tile(
            agreements(Validity.IN_FORCE),
            "har en överenskommelse som gäller mer än nio månader till",
            "overenskommelse=in_force",
        ),
        tile(agreements(Validity.EXPIRING), "har en som löper ut inom nio månader", "overenskommelse=expiring"),
        tile(agreements(Validity.EXPIRED), "har en som har löpt ut", "overenskommelse=expired"),
        tile(agreements(Validity.NOT_SIGNED), "saknar undertecknad överenskommelse", "overenskommelse=not_signed"),
        tile(sum(status.level == 5 for status in found), "har alla fem steg klara", "steg=klara"),
        tile(total - len(found), "finns inte i systemet: uppgift saknas", "steg=okand"),
    ]
