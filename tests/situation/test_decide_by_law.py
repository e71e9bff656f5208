"""A municipality decides that an established picture is the lägesbild of lag (2023:196); two years later it is due."""

import datetime as dt

import pytest

from situation import actions
from situation.models import LegalDecision, Picture
from tests import factories
from tests.approving import establish

PARTS = {"crime": "Brotten.", "consequences": "Följderna.", "other_information": "Annat.", "analysis": "Analysen."}


@pytest.fixture
def lawful(joint, bo):
    """Established, with the law's three parts."""
    Picture.objects.filter(pk=joint.pk).update(**PARTS)
    joint.refresh_from_db()
    actions.mark_ready(joint, by=bo)
    establish(joint, bo)
    joint.refresh_from_db()
    return joint


def decide(client, picture, **more):
    said = {
        "municipality": "",
        "decided_on": "2026-03-03",
        "body": "Kommunstyrelsen",
        "reference": "§ 41",
        "revision": 0,
    }
    return client.post(f"/lagesbilder/{picture.pk}/beslut/", {**said, **more})


def test_the_decision_starts_the_clock(client, lawful, anna, lycksele):
    client.force_login(anna)
    decide(client, lawful, municipality=lycksele.pk)
    made = LegalDecision.objects.get()

    assert (made.municipality, made.renewed_by) == (lycksele, dt.date(2028, 3, 3))
    page = client.get(f"/lagesbilder/{lawful.pk}/").text
    assert "beslutad av Kommunstyrelsen 3 mars 2026 (§ 41)" in page
    assert "3 mars 2028" in page


def test_a_picture_without_the_three_parts_is_not_decided(client, established, anna, lycksele):
    client.force_login(anna)

    assert decide(client, established, municipality=lycksele.pk).status_code == 403
    assert "Annan information av betydelse: saknas" in client.get(f"/lagesbilder/{established.pk}/").text


def test_only_the_municipality_decides_for_itself(client, lawful, bo, eva, lycksele):
    client.force_login(bo)
    assert decide(client, lawful, municipality=lycksele.pk).status_code == 403
    client.force_login(eva)
    assert decide(client, lawful, municipality=lycksele.pk).status_code == 404


def test_another_municipality_cannot_be_named(client, lawful, anna):
    other = factories.MunicipalityFactory(name="Storuman")
    client.force_login(anna)
    response = decide(client, lawful, municipality=other.pk)

    assert response.status_code == 200
    assert not LegalDecision.objects.exists()


def test_a_decision_in_the_future_is_refused(client, lawful, anna, lycksele):
    client.force_login(anna)
    response = decide(client, lawful, municipality=lycksele.pk, decided_on="2090-01-01")

    assert "framtiden" in response.text
    assert not LegalDecision.objects.exists()


def test_a_decision_before_the_law_is_refused(client, lawful, anna, lycksele):
    client.force_login(anna)

    assert "1 juli 2023" in decide(client, lawful, municipality=lycksele.pk, decided_on="1951-01-01").text
    assert not LegalDecision.objects.exists()


def test_a_replaced_version_can_still_have_its_decision_corrected(client, lawful, anna, bo, lycksele):
    client.force_login(anna)
    decide(client, lawful, municipality=lycksele.pk)
    newer = actions.new_version(lawful, by=bo)
    actions.mark_ready(newer, by=bo)
    establish(newer, bo)

    assert client.get(f"/lagesbilder/beslut/{LegalDecision.objects.get().pk}/andra/").status_code == 200


def test_it_is_noted_once_and_can_be_corrected(client, lawful, anna, lycksele):
    client.force_login(anna)
    for _ in range(2):
        decide(client, lawful, municipality=lycksele.pk)
    made = LegalDecision.objects.get()
    data = {
        "municipality": lycksele.pk,
        "decided_on": "2026-04-04",
        "body": "Kommunstyrelsen",
        "reference": "§ 41",
        "revision": 0,
    }
    client.post(f"/lagesbilder/beslut/{made.pk}/andra/", data)
    made.refresh_from_db()

    assert made.decided_on == dt.date(2026, 4, 4)
