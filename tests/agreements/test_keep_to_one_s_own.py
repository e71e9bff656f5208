"""What a party may do to a common agreement is what binds it, and a neighbour's own is the neighbour's."""

import datetime as dt

import pytest

from agreements import actions, content, rules
from agreements.models import Adherence, Agreement
from lib.dates import today
from tests import factories

FROZEN = {"frozen": {"parties": []}, "checksum": "e" * 64, "signed_on": dt.date(2026, 1, 1)}


@pytest.fixture
def six(partnership, bo):
    """A second municipality, with a signatory of its own."""
    place = factories.MunicipalityFactory(name="Åsele", slug="asele")
    organisation = factories.OrganisationFactory(name="Åsele kommun", municipality=place)
    return factories.PartyFactory(partnership=partnership, organisation=organisation, created_by=bo)


@pytest.fixture
def signatory(six):
    user = factories.UserFactory(email="asele@example.se", name="Åsa Ås")
    factories.MembershipFactory(user=user, organisation=six.organisation, role="signatory")
    return user


@pytest.fixture
def common(partnership, police, municipality_party, six):
    made = factories.AgreementFactory(partnership=partnership, ends=dt.date(2029, 12, 31))
    made.parties.set([police, municipality_party, six])
    Agreement.objects.filter(pk=made.pk).update(status="signed", **FROZEN)
    made.refresh_from_db()
    return made


def leave(agreement, party, by):
    Adherence.objects.create(
        agreement=agreement,
        party=party,
        kind="left",
        day=today() - dt.timedelta(days=1),
        reason="Egen väg.",
        function="KSO",
        name="Åsa Ås",
        checksum=agreement.checksum,
        created_by=by,
    )


def test_who_is_bound_may_terminate(common, signatory):
    assert rules.may(signatory, rules.TERMINATE, common)


def test_who_has_left_neither_terminates_nor_prolongs_for_the_others(client, common, six, signatory, bo):
    leave(common, six, bo)
    client.force_login(signatory)

    assert not rules.may(signatory, rules.TERMINATE, common)
    assert client.get(f"/overenskommelser/{common.pk}/sag-upp/").status_code == 403
    assert client.get(f"/overenskommelser/{common.pk}/forlang/").status_code == 403


def test_who_has_left_does_not_take_back_the_others_prolongation(client, common, six, signatory, bo):
    leave(common, six, bo)
    asked = common.prolongations.create(ends=dt.date(2031, 12, 31), reason="Det går bra.", created_by=bo)
    client.force_login(signatory)

    response = client.post(f"/overenskommelser/forlangningar/{asked.pk}/aterta/", {"reason": "Vi vill inte."})

    asked.refresh_from_db()
    assert response.status_code == 403
    assert asked.status == "proposed"


def test_a_local_part_is_not_joined_by_a_neighbour(client, partnership, police, municipality_party, signatory, common):
    part = factories.AgreementFactory(
        partnership=partnership, kind="local", parent=common, municipality=municipality_party.organisation.municipality
    )
    part.parties.set([police, municipality_party])
    Agreement.objects.filter(pk=part.pk).update(status="signed", **FROZEN | {"frozen": content.of(part)})
    client.force_login(signatory)

    response = client.post(f"/overenskommelser/{part.pk}/anslut/", {}, follow=True)

    assert "Det går inte i det läge som överenskommelsen har nu." in response.text
    assert not part.adherences.exists()


def test_a_revision_leaves_out_who_has_left(common, six, bo):
    leave(common, six, bo)

    new = actions.revise(common, by=bo, reason="Färre parter.", day=today())

    assert six not in new.parties.all()
    assert rules.unfit_to_replace(common, None, new.parties.all(), today()) == ""


def test_overseers_do_not_read_a_partly_secret_common_text_below_a_local_part(
    client, fia, partnership, police, municipality_party
):
    secret = factories.AgreementFactory(partnership=partnership, purpose="HEMLIGT", information_class="partly_secret")
    secret.parties.set([police, municipality_party])
    Agreement.objects.filter(pk=secret.pk).update(status="signed", **FROZEN | {"frozen": content.of(secret)})
    part = factories.AgreementFactory(
        partnership=partnership, kind="local", parent=secret, municipality=municipality_party.organisation.municipality
    )
    Agreement.objects.filter(pk=part.pk).update(status="signed", **FROZEN | {"frozen": content.of(part)})
    client.force_login(fia)

    page = client.get(f"/overenskommelser/{part.pk}/")

    assert page.status_code == 200
    assert "HEMLIGT" not in page.text
