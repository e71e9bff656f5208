"""A country with work in it: 290 municipalities, a hundred partnerships, one of them full."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Membership, Organisation, Role
from five_steps import handbook
from five_steps.models import StepLine
from municipalities.models import County, Municipality
from partnerships.models import Seat
from tests import factories

DAY = dt.date(2026, 11, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """The measured database is the one in DATABASE_URL."""


@pytest.fixture
def country(db, settings):
    """Ratios are promised on PostgreSQL; on another database they are printed but prove nothing."""
    settings.ROOT_URLCONF = "tests.benchmarks.floor"
    call_command("load_registers", verbosity=0)
    if connection.vendor != "postgresql":
        print("\nOBS: mäts inte på PostgreSQL", end="")
    return {m.slug: m for m in Municipality.objects.all()}


@pytest.fixture
def kommunpolis(country):
    """The kommunpolis of Södra Lappland, signed in by the tests."""
    police = factories.OrganisationFactory(name="Polisen, Södra Lappland", kind=Organisation.Kind.POLICE)
    person = factories.UserFactory(email="kommunpolis@example.se", name="Kim Påhittad")
    Membership.objects.create(user=person, organisation=police, role=Role.COORDINATOR, starts=factories.LONG_AGO)
    return person


@pytest.fixture
def partnerships(country, kommunpolis):
    """A hundred partnerships that the kommunpolis sees, the first one with everything in it."""
    police = kommunpolis.memberships.get().organisation
    made = [_partnership(country, police, list(country.values())[n::100]) for n in range(100)]
    _fill(made[0])
    return made


def _partnership(country, police, municipalities):
    partnership = factories.PartnershipFactory(name=f"Samverkan {municipalities[0]}")
    factories.PartyFactory(partnership=partnership, organisation=police)
    for municipality in municipalities:
        organisation = factories.OrganisationFactory(name=f"{municipality.name} kommun", municipality=municipality)
        factories.PartyFactory(partnership=partnership, organisation=organisation)
    cycle = factories.CycleFactory(partnership=partnership)
    for code in list(handbook.LINES)[: 3 + partnership.pk % 20]:
        StepLine.objects.create(
            cycle=cycle,
            code=code,
            proven=True,
            status="done",
            created_by=partnership.created_by,
            confirmed_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
            confirmed_by=partnership.created_by,
        )
    return partnership


def _fill(partnership):
    cycle = partnership.cycles.get()
    for function in (Seat.Function.MUNICIPAL_POLICE, Seat.Function.COORDINATOR, Seat.Function.LPA_CHIEF):
        seat = factories.SeatFactory(
            partnership=partnership, organisation=partnership.parties.first().organisation, function=function
        )
        factories.HoldingFactory(seat=seat)
    for _ in range(6):
        problem = factories.ProblemFactory(cycle=cycle, status="prioritised")
        for _ in range(3):
            measure = factories.MeasureFactory(
                problem=problem, responsible=partnership.parties.first(), status="ongoing"
            )
            factories.MeasureLogFactory.create_batch(5, measure=measure)
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=partnership.municipalities().first())
    for promise in factories.PromiseFactory.create_batch(4, document=document):
        factories.OutcomeFactory.create_batch(3, promise=promise)


def counties():
    return County.objects.count()
