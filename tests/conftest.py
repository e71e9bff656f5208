"""The cast: people everybody knows, and the partnership they work in."""

import contextlib
import datetime as dt
import os
import sqlite3

import pytest
from django.db import connection

from accounts.models import Membership, Organisation, Role, User
from lib.dates import today
from tests import factories, migrated

CAST = {
    "anna": ("Anna Andersson", Role.COORDINATOR, "lycksele"),
    "bo": ("Bo Berg", Role.COORDINATOR, "police"),
    "cecilia": ("Cecilia Ceder", Role.SIGNATORY, "lycksele"),
    "david": ("David Dal", Role.SIGNATORY, "police"),
    "eva": ("Eva Ek", Role.COORDINATOR, "landskrona"),
    "fia": ("Fia Fors", Role.BRA_ANALYST, "bra"),
    "greta": ("Greta Gran", Role.COUNTY_READER, "county_board"),
    "hans": ("Hans Hav", Role.READER, "lycksele"),
    "lisa": ("Lisa Lund", Role.LOCAL_ADMIN, "lycksele"),
    "ove": ("Ove Ås", Role.ADMINISTRATOR, "operator"),
}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The test database begins as a copy of the migrated one."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.postgres_database(os.environ["DATABASE_URL"])
        yield
        return
    memory = sqlite3.connect(connection.creation._get_test_db_name(), uri=True)
    with contextlib.closing(sqlite3.connect(migrated.sqlite_file())) as made:
        made.backup(memory)
    yield
    memory.close()  # it lived as long as somebody held it


@pytest.fixture
def day() -> dt.date:
    return today()


@pytest.fixture
def lycksele(db):
    return factories.MunicipalityFactory(code="2481", name="Lycksele", slug="lycksele")


@pytest.fixture
def organisations(lycksele):
    """The organisations of the cast, by short name."""
    skane = factories.CountyFactory(
        code="12", name="Skåne län", police_region=factories.PoliceRegionFactory(slug="syd", name="Syd")
    )
    landskrona = factories.MunicipalityFactory(code="1282", name="Landskrona", slug="landskrona", county=skane)
    make, kind = factories.OrganisationFactory, Organisation.Kind
    return {
        "lycksele": make(name="Lycksele kommun", municipality=lycksele),
        "landskrona": make(name="Landskrona stad", municipality=landskrona),
        "police": make(
            name="Polisen, lokalpolisområde Södra Lappland",
            kind=kind.POLICE,
            local_police_area=factories.LocalPoliceAreaFactory(),
        ),
        "bra": make(name="Brottsförebyggande rådet", kind=kind.BRA),
        "county_board": make(name="Länsstyrelsen i Västerbotten", kind=kind.COUNTY_BOARD, county=lycksele.county),
        "operator": make(name="Systemförvaltningen", kind=kind.OPERATOR),
    }


@pytest.fixture
def cast(organisations) -> dict[str, User]:
    """Everybody, by first name."""
    people = {first: factories.UserFactory.build(email=f"{first}@example.se", name=CAST[first][0]) for first in CAST}
    # In two queries: nearly every test begins with them.
    User.objects.bulk_create(people.values())
    Membership.objects.bulk_create(
        Membership(user=people[first], organisation=organisations[organisation], role=role, starts=factories.LONG_AGO)
        for first, (_, role, organisation) in CAST.items()
    )
    return people


def _person(first):
    @pytest.fixture(name=first)
    def person(cast):
        return cast[first]

    return person


anna, bo, cecilia, david, eva = (_person(first) for first in ("anna", "bo", "cecilia", "david", "eva"))
fia, greta, hans, lisa, ove = (_person(first) for first in ("fia", "greta", "hans", "lisa", "ove"))


@pytest.fixture
def partnership(cast, organisations):
    """Södra Lappland: the police and Lycksele."""
    made = factories.PartnershipFactory(name="Samverkan Södra Lappland", created_by=cast["bo"])
    for short in ("police", "lycksele"):
        factories.PartyFactory(partnership=made, organisation=organisations[short], created_by=cast["bo"])
    return made


@pytest.fixture
def police(partnership):
    return partnership.parties.get(organisation__kind="police")


@pytest.fixture
def municipality_party(partnership):
    return partnership.parties.get(organisation__kind="municipality")


@pytest.fixture
def cycle(partnership, bo):
    return factories.CycleFactory(partnership=partnership, created_by=bo)


@pytest.fixture
def outside(db):
    """An organisation outside the cooperation that carries out measures with it."""
    return factories.OrganisationFactory(name="Bostäder i Lycksele AB", kind=Organisation.Kind.OTHER)


@pytest.fixture
def ina(outside):
    """Ina carries out a measure for it, and is nobody in the partnership."""
    person = factories.UserFactory(email="ina@example.se", name="Ina Is")
    factories.MembershipFactory(user=person, organisation=outside, role=Role.ACTOR, starts=factories.LONG_AGO)
    return person
