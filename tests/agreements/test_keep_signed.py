"""A text that is out for signing, or signed, never changes: no door leads to it, and the database refuses."""

import pytest
from django.db import DatabaseError, transaction

from accounts.models import Organisation
from agreements import actions, content
from agreements.models import Agreement, Signature
from municipalities.models import Municipality
from situation.models import Problem


def unchanged(agreement):
    before = (agreement.frozen, agreement.checksum, agreement.purpose)
    agreement.refresh_from_db()
    return before == (agreement.frozen, agreement.checksum, agreement.purpose) and content.is_intact(agreement)


@pytest.fixture(params=["proposed", "signed"])
def bound(request, bo):
    agreement = request.getfixturevalue(request.param)
    agreement.refresh_from_db()
    return agreement


def test_the_long_form_does_not_reach_it_and_says_so(go, bo, bound, form):
    page = go(bo, f"/overenskommelser/{bound.pk}/andra/", form(bound, purpose="Omskrivet.")).content.decode()

    assert unchanged(bound)
    assert "låst" in page
    assert "Omskrivet." in page


@pytest.mark.parametrize("address", ["change/", "delete/"])
def test_the_operators_drawer_only_shows_it(go, ove, bound, address):
    code = go(ove, f"/admin/agreements/agreement/{bound.pk}/{address}", {"purpose": "Ny", "post": "yes"}).status_code

    assert code == 403
    assert unchanged(bound)


@pytest.mark.parametrize("path", ["skicka", "aterta"])
def test_no_step_changes_a_signed_one(go, bo, signed, path):
    go(bo, f"/overenskommelser/{signed.pk}/{path}/", {})

    assert unchanged(signed)
    assert signed.status == "signed"


@pytest.mark.parametrize("change", [{"purpose": "Ny"}, {"frozen": {}}, {"checksum": "0" * 64}])
def test_the_database_refuses_to_change_the_text(bound, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=bound.pk).update(**change)

    assert unchanged(bound)


@pytest.mark.parametrize("change", [{"status": "draft", "frozen": None, "checksum": ""}, {"signed_on": "2020-01-01"}])
def test_the_database_refuses_to_unsign(signed, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=signed.pk).update(**change)


def test_the_database_refuses_to_change_or_remove_a_signature(signed):
    given = Signature.objects.filter(agreement=signed)
    with pytest.raises(DatabaseError), transaction.atomic():
        given.update(name="Någon Annan")
    with pytest.raises(DatabaseError), transaction.atomic():
        given.first().delete()

    assert {signature.name for signature in given} == {"Person Påhittad"}


def test_the_database_refuses_to_delete_it(signed):
    with pytest.raises(DatabaseError), transaction.atomic():
        Agreement.objects.filter(pk=signed.pk)._raw_delete("default")


def test_what_it_rested_on_may_change_while_the_text_does_not(go, bo, draft, problem, municipality_party):
    draft.problems.add(problem)
    actions.propose(draft, by=bo)
    Problem.objects.filter(pk=problem.pk).update(title="Omdöpt")
    Municipality.objects.filter(pk=municipality_party.organisation.municipality_id).update(name="Omdöpt")
    Organisation.objects.filter(pk=municipality_party.organisation_id).update(name="Omdöpt kommun")

    page = go(bo, f"/overenskommelser/{draft.pk}/").content.decode()

    assert "Otrygghet i centrum" in page
    assert "Omdöpt" not in page
    assert "Lycksele kommun" in page


def test_a_signature_of_another_text_is_told(go, bo, proposed, police):
    Signature.objects.create(
        agreement=proposed, party=police, function="X", name="Y", checksum="0" * 64, registered_by=bo
    )

    assert "stämmer inte med kontrollsumman" in go(bo, f"/overenskommelser/{proposed.pk}/").content.decode()


def test_an_intact_text_is_not_complained_of(go, bo, signed):
    assert "stämmer inte" not in go(bo, f"/overenskommelser/{signed.pk}/").content.decode()
