"""In a partnership of several municipalities a neighbour reads what is another one's own, but never writes it."""

import datetime as dt

import pytest

from accounts.models import Membership, Role
from agreements.models import Agreement
from lib.dates import now
from partnerships.models import Cycle, Party
from situation.models import Picture, Problem
from tests import factories


@pytest.fixture
def asele(partnership):
    """Another municipality in the same partnership."""
    municipality = factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    organisation = factories.OrganisationFactory(name="Åsele kommun", municipality=municipality)
    factories.PartyFactory(partnership=partnership, organisation=organisation)
    return municipality


@pytest.fixture
def nora(client, asele):
    """Åsele's coordinator, signed in."""
    person = factories.UserFactory(email="nora@example.se", name="Nora Nord")
    organisation = factories.OrganisationFactory(name="Åsele kommun")
    Membership.objects.create(user=person, organisation=organisation, role=Role.COORDINATOR, starts=factories.LONG_AGO)
    client.force_login(person)
    return person


@pytest.mark.parametrize("verb", ["avsluta", "avbryt", "andra"])
def test_a_neighbours_own_cycle_is_not_touched(client, nora, partnership, lycksele, verb):
    own = factories.CycleFactory(partnership=partnership, municipality=lycksele)

    response = client.post(f"/samverkan/omgangar/{own.pk}/{verb}/", {"closed_on": "2026-06-01", "reason": "Nej"})

    own.refresh_from_db()
    assert (response.status_code, own.status) == (403, "open")


def test_no_cycle_is_opened_for_a_neighbour(client, nora, partnership, lycksele):
    said = {"name": "Ny", "municipality": lycksele.pk, "starts": "2026-01-01"}

    response = client.post(f"/samverkan/{partnership.pk}/omgangar/ny/", said)

    assert "municipality" in response.context["form"].errors
    assert not Cycle.objects.filter(municipality=lycksele).exists()


def test_no_problem_is_written_about_a_neighbour(client, nora, partnership, cycle, lycksele):
    said = {"title": "Otrygghet", "trend": "unknown", "municipality": lycksele.pk}

    response = client.post(f"/lagesbilder/problem/ny/?samverkan={partnership.pk}", said)

    assert "municipality" in response.context["form"].errors
    assert not Problem.objects.exists()


def test_no_joint_picture_is_begun_for_a_neighbour(client, nora, partnership, cycle, lycksele):
    said = {"title": "Bild", "period_from": "2025-01-01", "period_to": "2025-12-31", "municipality": lycksele.pk}

    response = client.post(f"/lagesbilder/ny/?samverkan={partnership.pk}&slag=joint", said)

    assert "municipality" in response.context["form"].errors
    assert not Picture.objects.exists()


def test_nobody_takes_over_a_common_problem(client, nora, asele, cycle):
    common = factories.ProblemFactory(cycle=cycle)

    client.post(
        f"/lagesbilder/problem/{common.pk}/andra/",
        {"title": "Ändrad", "trend": "unknown", "municipality": asele.pk, "revision": common.revision},
    )

    common.refresh_from_db()
    assert (common.title, common.municipality) == ("Ändrad", None)


def test_a_party_that_speaks_for_itself_is_not_made_lesser(client, nora, partnership, lycksele):
    municipality_party = partnership.parties.get(organisation__municipality=lycksele)
    Party.objects.update(created_at=now() - dt.timedelta(days=30))
    response = client.post(
        f"/samverkan/parter/{municipality_party.pk}/andra/", {"kind": "other", "joined": "2020-01-01", "revision": 1}
    )

    municipality_party.refresh_from_db()
    assert (response.status_code, municipality_party.kind) == (403, Party.Kind.MAIN)


def test_another_organisations_holder_with_an_account_is_not_renamed(client, nora, partnership, police, bo):
    seat = factories.SeatFactory(partnership=partnership, organisation=police.organisation)
    holding = factories.HoldingFactory(seat=seat, name=bo.name, user=bo)

    response = client.post(
        f"/samverkan/innehavare/{holding.pk}/andra/", {"name": "Bytt Namn", "starts": "2020-01-01", "revision": 1}
    )

    holding.refresh_from_db()
    assert (response.status_code, holding.name) == (403, bo.name)


def _signed(partnership):
    where = {"partnership": partnership, "parties": partnership.parties.all()}
    return factories.AgreementFactory(
        **where, status="signed", signed_on=dt.date(2026, 1, 1), checksum="e" * 64, frozen={}
    )


def test_an_own_agreement_does_not_replace_the_common_one(client, nora, partnership, asele):
    common = _signed(partnership)
    police = partnership.parties.get(organisation__kind="police")
    mine = partnership.parties.get(organisation__municipality=asele)
    said = {
        "title": "Egen",
        "kind": "local",
        "municipality": asele.pk,
        "parties": [police.pk, mine.pk],
        "starts": "2026-06-01",
        "replaces": common.pk,
        "extension": "none",
        "information_class": "open",
    }

    response = client.post(f"/overenskommelser/ny/?samverkan={partnership.pk}", said)

    assert "hela samverkan" in str(response.context["form"].errors["replaces"])
    assert Agreement.objects.count() == 1


def test_the_new_agreement_must_have_the_old_ones_parties(client, bo, partnership, asele):
    common = _signed(partnership)
    some = partnership.parties.exclude(organisation__municipality=asele)
    new = factories.AgreementFactory(
        partnership=partnership, replaces=common, purpose="Trygghet", areas="Centrum", starts=dt.date(2026, 6, 1)
    )
    new.parties.set(some)
    client.force_login(bo)

    response = client.post(f"/overenskommelser/{new.pk}/skicka/", follow=True)

    new.refresh_from_db()
    assert new.status == "draft"
    assert "Åsele kommun är part i den som ersätts" in response.content.decode()


def test_a_neighbours_problem_is_not_taken_over(client, nora, asele, partnership, cycle, lycksele):
    joint = factories.PictureFactory(partnership=partnership, cycle=cycle)
    problem = factories.ProblemFactory(partnership=partnership, cycle=cycle, picture=joint, municipality=lycksele)
    said = {"title": problem.title, "trend": "unknown", "municipality": asele.pk, "revision": problem.revision}

    client.post(f"/lagesbilder/problem/{problem.pk}/andra/", said)

    problem.refresh_from_db()
    assert problem.municipality == lycksele
