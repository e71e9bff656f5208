"""The demo's country: organisations, people with one login per role, and the cases. Told once, then left alone."""

import datetime as dt
from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Membership, Organisation, User
from agreements.actions import load_types
from demo.cases import kungsbacka, landskrona, others, south_lapland
from demo.people import BRA, COUNTY_BOARD, OPERATOR, PASSWORD, PEOPLE, Person
from demo.story import Story
from lib.dates import told_as_of
from municipalities.matching import match
from municipalities.models import County, LocalPoliceArea
from partnerships.models import Partnership

CASES: list[tuple[str, Callable[[Story], None]]] = [
    ("kommunpolis@demo.example", south_lapland.tell),
    ("polis.landskrona@demo.example", landskrona.tell),
    ("polis.vasteras@demo.example", others.vasteras),
    ("polis.nybro@demo.example", others.nybro),
    ("polis.huddinge@demo.example", others.huddinge),
    ("polis.pitea@demo.example", others.arvidsjaur),
    ("polis.kungsbacka@demo.example", kungsbacka.tell),
]
POLICE_PREFIX = "Polisen, lokalpolisområde "


def build(today: dt.date) -> bool:
    """Tell the demo if it has not been told; False when it already stands, so that nothing typed is touched."""
    if Partnership.objects.exists():
        return False
    with transaction.atomic():
        load_types()
        hashed = make_password(PASSWORD)  # once: the hasher is slow on purpose
        for person in PEOPLE:
            _person(person, hashed)
        for email, tell in CASES:
            tell(Story(police=User.objects.get(email=email), today=today))
    return True


def _person(person: Person, hashed: str) -> None:
    with told_as_of(person.since):
        user = User.objects.create(email=person.email, name=person.name, password=hashed)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Membership.objects.create(
        user=user, organisation=_organisation(person.organisation), role=person.role, starts=person.since
    )


def _organisation(name: str) -> Organisation:
    """The organisation of that name, made from the registers the first time."""
    existing = Organisation.objects.filter(name=name).first()
    if existing:
        return existing
    kind = Organisation.Kind
    if name.startswith(POLICE_PREFIX):
        area = LocalPoliceArea.objects.filter(name__iexact=name.removeprefix(POLICE_PREFIX)).first()
        return Organisation.objects.create(name=name, kind=kind.POLICE, local_police_area=area)
    special = {BRA: kind.BRA, COUNTY_BOARD: kind.COUNTY_BOARD, OPERATOR: kind.OPERATOR}
    if name in special:
        county = County.objects.get(name="Västerbottens län") if name == COUNTY_BOARD else None
        return Organisation.objects.create(name=name, kind=special[name], county=county)
    municipality = match(name)
    if municipality is None:
        return Organisation.objects.create(name=name, kind=kind.OTHER)
    return Organisation.objects.create(name=name, kind=kind.MUNICIPALITY, municipality=municipality)
