"""What the parties share is settled by both: one of the police and one of a municipality, on the same text."""

import pytest
from django.db import IntegrityError, transaction

from journal.models import Event
from journal.steps import NotAllowed, Refused
from situation import actions, content
from situation.models import Approval, Picture
from tests import factories
from tests.approving import approve
from tests.partnerships.conftest import needs_row_locks


def address(picture):
    return f"/lagesbilder/{picture.pk}/godkann/"


def press(go, person, picture):
    """Open the page and press the button on it."""
    page = go(person, address(picture))
    return go(person, address(picture), {"checksum": page.context["form"]["checksum"].value()})


def test_one_side_alone_does_not_establish(go, bo, ready):
    press(go, bo, ready)

    ready.refresh_from_db()
    assert ready.status == "ready"
    page = go(bo, f"/lagesbilder/{ready.pk}/").content.decode()
    assert "Godkänd för polisen" in page
    assert "väntar" in page
    assert "godkann" not in page


def test_the_last_of_both_sides_establishes_and_both_are_in_the_book(go, anna, bo, ready):
    press(go, bo, ready)
    press(go, anna, ready)

    ready.refresh_from_db()
    assert ready.status == "established"
    assert ready.established_by == anna
    assert [one["side"] for one in ready.frozen["approvals"]] == ["Polisen", "Kommunen"]
    verbs = [event.verb for event in Event.objects.about(ready)]
    assert verbs[:3] == ["establish", "approve", "approve"]


def test_what_was_approved_is_what_was_frozen(anna, bo, ready):
    for person in (bo, anna):
        approve(ready, person)

    ready.refresh_from_db()
    said = {name: value for name, value in ready.frozen.items() if name not in ("established_on", "approvals")}
    assert {one.checksum for one in ready.approvals.all()} == {content.canonical.checksum(said)}


def test_the_signatories_may_approve_too(go, cecilia, david, ready):
    for person in (cecilia, david):
        press(go, person, ready)

    ready.refresh_from_db()
    assert ready.status == "established"


def test_two_of_the_same_side_are_one(bo, david, ready):
    approve(ready, bo)
    with pytest.raises(Refused, match="Er sida har redan godkänt"):
        approve(ready, david)

    assert ready.approvals.count() == 1


def test_one_person_does_not_approve_for_both(bo, organisations, ready):
    factories.MembershipFactory(user=bo, organisation=organisations["lycksele"], role="coordinator")
    approve(ready, bo)
    with pytest.raises(Refused, match="En annan person"):
        approve(ready, bo)


def test_an_approval_is_void_when_the_text_changes(bo, anna, ready):
    approve(ready, bo)
    actions.back_to_draft(ready, by=anna)
    Picture.objects.filter(pk=ready.pk).update(summary="Omskriven.")
    actions.mark_ready(ready, by=anna)
    approve(ready, anna)

    ready.refresh_from_db()
    assert ready.status == "ready"
    approve(ready, bo)
    ready.refresh_from_db()
    assert ready.status == "established"


def test_nobody_approves_what_they_did_not_read(go, bo, ready):
    page = go(bo, address(ready))
    Picture.objects.filter(pk=ready.pk).update(summary="Omskriven.")
    answer = go(bo, address(ready), {"checksum": page.context["form"]["checksum"].value()})

    assert "har ändrats sedan du öppnade sidan" in go(bo, answer.url).content.decode()
    assert not ready.approvals.exists()


def test_no_door_establishes_a_joint_one_alone(go, bo, ready):
    go(bo, f"/lagesbilder/{ready.pk}/faststall/", {})
    with pytest.raises(Refused):
        actions.establish(ready, by=bo)

    ready.refresh_from_db()
    assert ready.status == "ready"


def test_an_own_picture_is_its_partys_to_establish(go, bo, own_police):
    actions.mark_ready(own_police, by=bo)
    with pytest.raises(NotAllowed):
        approve(own_police, bo)

    go(bo, f"/lagesbilder/{own_police.pk}/faststall/", {})
    own_police.refresh_from_db()
    assert own_police.status == "established"


def test_a_neighbour_does_not_approve_what_is_another_municipalitys(go, eva, neighbour, lycksele, ready):
    assert go(eva, address(ready)).status_code == 200
    Picture.objects.filter(pk=ready.pk).update(municipality=lycksele)

    assert go(eva, address(ready)).status_code == 403


def test_an_approval_never_changes(bo, ready):
    approve(ready, bo)

    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.update(side="municipality")


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_both_at_the_same_moment_establish_once(at_once, anna, bo, ready):
    checksum = content.checksum_of(ready)
    at_once(*(lambda by=person: actions.approve(ready, by=by, checksum=checksum) for person in (anna, bo)))

    ready.refresh_from_db()
    assert ready.status == "established"
    assert ready.approvals.count() == 2
