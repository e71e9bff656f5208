"""A partnership with something in every room."""

import datetime as dt

import pytest

from lib.dates import today
from tests import factories
from tests.promising import publish

SIGNED = {"status": "signed", "checksum": "c", "frozen": {}}
HOLDER = "Kerstin Påhittad"


@pytest.fixture
def full(partnership, cycle, lycksele, police, bo):
    """Fills the open cycle: a held and a vacant seat, problem, measure, agreement, promise."""
    organisation = police.organisation
    held = factories.SeatFactory(partnership=partnership, organisation=organisation, function="municipal_police")
    factories.HoldingFactory(seat=held, name=HOLDER, starts=dt.date(2024, 1, 1), share=50)
    factories.SeatFactory(partnership=partnership, organisation=organisation, function="board_chair")
    problem = factories.ProblemFactory(
        cycle=cycle, status="prioritised", title="Otrygghet vid torget", trend="increasing"
    )
    measure = factories.MeasureFactory(
        problem=problem, responsible=police, title="Fotpatruller på fredagar", status="ongoing"
    )
    factories.MeasureLogFactory(measure=measure, text="Lugnt på torget.")
    where = {"partnership": partnership, "cycle": cycle, "parties": partnership.parties.all()}
    factories.AgreementFactory(title="Överenskommelsen", signed_on=today(), **where, **SIGNED)
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    promise = factories.PromiseFactory(document=document, text="Synlig polis i centrum")
    publish(document, by=bo)
    factories.OutcomeFactory(promise=promise, count=16)
    return partnership


@pytest.fixture
def joint(partnership, organisations):
    """Landskrona takes part too."""
    factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"])
    return partnership
