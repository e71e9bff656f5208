"""Agreements on their way, measures, and one way to visit pages."""

import datetime as dt

import pytest

from agreements import actions
from agreements.models import Agreement, Measure
from tests import factories
from tests.agreements.joint import NAMES, put_in_force
from tests.partnerships.conftest import at_once, go, needs_row_locks  # noqa: F401  fixtures

DAY = dt.date(2026, 2, 16)


@pytest.fixture
def draft(partnership, cycle, police, municipality_party, bo):
    """A draft with what the law demands."""
    made = factories.AgreementFactory(
        partnership=partnership,
        cycle=cycle,
        title="Överenskommelse 2026–2029",
        purpose="Minska otryggheten.",
        areas="Centrum\nUngdomar",
        created_by=bo,
    )
    made.parties.set([police, municipality_party])
    return made


@pytest.fixture
def proposed(draft, bo):
    actions.propose(draft, by=bo)
    return draft


@pytest.fixture
def sign(police, municipality_party):
    """Register a party's signature as its form would."""
    parties = {"police": police, "municipality": municipality_party}
    functions = {"police": "Chef för lokalpolisområdet", "municipality": "Kommunstyrelsens ordförande"}

    def signed(agreement, by, side, **changes):
        fields = {
            "party": parties[side],
            "checksum": agreement.checksum,
            "function": functions[side],
            "name": "Person Påhittad",
            "place": "Lycksele",
            "signed_on": DAY,
        }
        return actions.sign(agreement, by=by, **fields | changes)

    return signed


@pytest.fixture
def signed(proposed, sign, cecilia, david):
    sign(proposed, david, "police")
    sign(proposed, cecilia, "municipality")
    proposed.refresh_from_db()
    return proposed


@pytest.fixture
def form():
    """What the browser sends for the long form of an agreement, with changes."""

    def filled(agreement, **changes):
        data = {
            "revision": agreement.revision,
            "title": agreement.title,
            "kind": agreement.kind,
            "parties": [party.pk for party in agreement.parties.all()],
            "starts": agreement.starts,
            "ends": agreement.ends,
            "extension": agreement.extension,
            "information_class": agreement.information_class,
            **{name: getattr(agreement, name) for name in Agreement.TEXTS},
        }
        return {name: value for name, value in (data | changes).items() if value is not None}

    return filled


@pytest.fixture
def signature():
    """What the browser sends from the page where a signature is registered."""

    def filled(agreement, party, **changes):
        data = {
            "checksum": agreement.checksum,
            "party": party.pk,
            "function": "Kommunstyrelsens ordförande",
            "name": "Cecilia Ceder",
            "way": "in_person",
            "place": "Lycksele",
            "signed_on": DAY.isoformat(),
        }
        return data | changes

    return filled


@pytest.fixture
def problem(partnership, cycle, bo):
    return factories.ProblemFactory(cycle=cycle, partnership=partnership, created_by=bo)


@pytest.fixture
def measure(problem, police, bo):
    return factories.MeasureFactory(problem=problem, responsible=police, created_by=bo)


@pytest.fixture
def ongoing(measure):
    Measure.objects.filter(pk=measure.pk).update(status="ongoing")
    measure.refresh_from_db()
    return measure


@pytest.fixture
def neighbour(partnership, organisations, eva):
    """Landskrona joins, so that the partnership has two municipalities."""
    return factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"], created_by=eva)


@pytest.fixture
def elsewhere(eva):
    """Another partnership altogether."""
    return factories.PartnershipFactory(name="Samverkan Landskrona", created_by=eva)


@pytest.fixture
def six(partnership, municipality_party, bo):
    """Lycksele and five more municipalities, as parties."""
    made = [
        factories.PartyFactory(
            partnership=partnership,
            organisation=factories.OrganisationFactory(
                name=f"{name} kommun", municipality=factories.MunicipalityFactory(name=name)
            ),
            created_by=bo,
        )
        for name in NAMES
    ]
    return [municipality_party, *made]


@pytest.fixture
def common(partnership, cycle, police, six, bo):
    """Signed by the police and all six."""
    made = factories.AgreementFactory(
        partnership=partnership,
        cycle=cycle,
        purpose="Minska brott.",
        areas="Unga",
        follow_up="Varje halvår.",
        created_by=bo,
    )
    made.parties.set([police, *six])
    return put_in_force(made, bo, [police, *six])


@pytest.fixture
def parts(common, six, bo):
    """Six local parts, each signed by the police and its municipality."""
    places = [party.organisation.municipality for party in six]
    made = actions.add_local_parts(common, places, by=bo)
    return [put_in_force(part, bo, list(part.parties.all())) for part in made]
