"""Pictures in every position, and one way to visit pages."""

import datetime as dt

import pytest

from situation import actions, rules
from situation.models import Picture
from tests import factories
from tests.approving import establish
from tests.partnerships.conftest import at_once, go  # noqa: F401  fixtures

DAY = dt.date(2026, 3, 12)


def fill(picture):
    """What the handbook requires before a picture is ready."""
    Picture.objects.filter(pk=picture.pk).update(
        summary="Läget i korthet.",
        analysis="Torget är värst.",
        prepared_by="Samordnare",
        prepared_on=DAY,
    )
    by = {"picture": picture, "created_by": picture.created_by}
    factories.SourceFactory(**by)
    factories.ProblemFactory(partnership=picture.partnership, cycle=picture.cycle, **by)
    picture.refresh_from_db()
    return picture


@pytest.fixture
def joint(partnership, cycle, bo):
    """A joint draft with what it needs to be ready."""
    return fill(factories.PictureFactory(partnership=partnership, cycle=cycle, created_by=bo))


@pytest.fixture
def own_police(partnership, cycle, police, bo):
    """The police's own draft."""
    return fill(
        factories.PictureFactory(
            partnership=partnership,
            cycle=cycle,
            kind=Picture.Kind.OWN_POLICE,
            owner=police,
            title="Polisens lägesbild",
            created_by=bo,
        )
    )


@pytest.fixture
def own_municipality(partnership, cycle, municipality_party, lycksele, anna):
    """Lycksele's own draft."""
    return fill(
        factories.PictureFactory(
            partnership=partnership,
            cycle=cycle,
            kind=Picture.Kind.OWN_MUNICIPALITY,
            owner=municipality_party,
            municipality=lycksele,
            title="Lyckseles hemliga bild",
            created_by=anna,
        )
    )


@pytest.fixture
def ready(joint, bo):
    actions.mark_ready(joint, by=bo)
    return joint


@pytest.fixture
def established(ready, bo):
    factories.FindingFactory(picture=ready, created_by=bo)
    establish(ready, bo)
    return ready


@pytest.fixture
def released(established, bo):
    actions.release(established, by=bo)
    return established


@pytest.fixture
def shared(own_police, bo):
    """The police's own picture, ready and shared."""
    actions.mark_ready(own_police, by=bo)
    actions.share(own_police, by=bo)
    own_police.refresh_from_db()
    return own_police


@pytest.fixture
def problem(partnership, cycle, bo):
    return factories.ProblemFactory(cycle=cycle, partnership=partnership, created_by=bo)


@pytest.fixture
def neighbour(partnership, organisations, eva):
    """Landskrona joins, so that the partnership has two municipalities."""
    return factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"], created_by=eva)


@pytest.fixture
def form():
    """What the browser sends for the long form of a picture, with changes."""

    def filled(picture, **changes):
        data = {
            "revision": picture.revision,
            "title": picture.title,
            "period_from": picture.period_from,
            "period_to": picture.period_to,
            "information_class": picture.information_class,
            "prepared_by": picture.prepared_by,
            "prepared_on": picture.prepared_on,
            "made_without": picture.made_without,
            **{name: getattr(picture, name) for name in Picture.TEXTS},
        }
        return {name: value for name, value in (data | changes).items() if value is not None}

    return filled


STEPS = {step.verb: step for step in [*rules.PICTURE_STEPS, *rules.PICTURE_ACTS, *rules.PROBLEM_STEPS]}
