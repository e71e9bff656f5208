import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Membership
from journal.models import Event
from partnerships import actions, rules
from partnerships.models import Partnership, Party
from tests import factories

ONE = dt.timedelta(days=1)


@pytest.fixture
def landskrona(partnership, organisations, bo):
    return factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"], created_by=bo)


def test_a_coordinator_adds_a_party_with_its_functions(go, anna, partnership, organisations, day):
    form = {"organisation": organisations["landskrona"].pk, "kind": "main", "joined": day}
    response = go(anna, f"/samverkan/{partnership.pk}/parter/ny/", form)
    assert response.url == f"/samverkan/{partnership.pk}/organisation/"
    seats = partnership.seats.filter(organisation=organisations["landskrona"])
    assert {seat.function for seat in seats} == {"coordinator", "board_chair"}
    assert Event.objects.about(partnership).first().note == "Landskrona stad"


def test_the_added_see_the_partnership_from_that_day(eva, partnership, organisations, bo, day):
    actions.add_party(partnership, by=bo, organisation=organisations["landskrona"], kind="main", joined=day + ONE)
    assert not Partnership.objects.of(eva).exists()
    Party.objects.filter(organisation=organisations["landskrona"]).update(joined=day)
    assert Partnership.objects.of(eva).get() == partnership


def test_a_party_is_added_once(partnership, organisations, bo, day):
    with pytest.raises(ValidationError, match="Lycksele kommun är redan part från och med 1 januari 2020"):
        actions.add_party(partnership, by=bo, organisation=organisations["lycksele"], kind="main", joined=day)


def test_the_constraint_says_it_too(partnership, organisations, bo):
    twin = Party(partnership=partnership, organisation=organisations["lycksele"], created_by=bo)
    with pytest.raises(ValidationError, match="Organisationen är redan part."):
        twin.full_clean()


def test_a_party_that_left_may_come_back_later(partnership, landskrona, bo, day):
    actions.let_leave(landskrona, by=bo, left=day, reason="Prov")
    again = {"by": bo, "organisation": landskrona.organisation, "kind": "main"}
    with pytest.raises(ValidationError, match="är redan part"):
        actions.add_party(partnership, joined=day, **again)
    actions.add_party(partnership, joined=day + ONE, **again)
    assert partnership.parties.filter(organisation=landskrona.organisation).count() == 2


def test_a_party_leaves_and_stays_in_the_list(go, eva, partnership, landskrona, day):
    response = go(eva, f"/samverkan/parter/{landskrona.pk}/lamna/", {"left": day, "reason": "Nytt område"})
    assert response.status_code == 302
    landskrona.refresh_from_db()
    assert (landskrona.left, landskrona.left_reason) == (day, "Nytt område")
    assert Event.objects.about(partnership).first().verb == "party_left"


def test_who_left_sees_nothing_from_the_day_after(go, eva, partnership, landskrona, day):
    actions.let_leave(landskrona, by=eva, left=day, reason="Slut")
    address = f"/samverkan/{partnership.pk}/organisation/"
    assert go(eva, address).status_code == 200
    Party.objects.filter(pk=landskrona.pk).update(left=day - ONE)
    assert go(eva, address).status_code == 404


def test_the_functions_of_who_left_end_with_their_holders(partnership, landskrona, bo, day):
    seat = factories.SeatFactory(partnership=partnership, organisation=landskrona.organisation, created_by=bo)
    holding = factories.HoldingFactory(seat=seat, created_by=bo)
    actions.let_leave(landskrona, by=bo, left=day, reason="Slut")
    seat.refresh_from_db()
    holding.refresh_from_db()
    assert (seat.ends, holding.ends) == (day, day)


@pytest.mark.parametrize(("kind", "who"), [("police", "polisen"), ("municipality", "en kommun")])
def test_the_last_of_police_or_municipalities_stays(partnership, bo, day, kind, who):
    party = partnership.parties.get(organisation__kind=kind)
    with pytest.raises(ValidationError, match=f"Minst en part måste vara {who}"):
        actions.let_leave(party, by=bo, left=day, reason="Slut")


def test_one_that_leaves_later_does_not_count_as_remaining(partnership, landskrona, bo, day):
    lycksele = partnership.parties.get(organisation__name="Lycksele kommun")
    actions.let_leave(landskrona, by=bo, left=day + 30 * ONE, reason="Slut")
    with pytest.raises(ValidationError, match="Minst en part måste vara en kommun"):
        actions.let_leave(lycksele, by=bo, left=day, reason="Slut")


def test_nobody_leaves_before_joining(partnership, landskrona, bo):
    with pytest.raises(ValidationError, match="kan inte lämna före det"):
        actions.let_leave(landskrona, by=bo, left=factories.LONG_AGO - ONE, reason="Slut")


def test_leaving_twice_is_told(go, eva, landskrona, day):
    actions.let_leave(landskrona, by=eva, left=day, reason="Slut")
    page = go(eva, f"/samverkan/parter/{landskrona.pk}/lamna/", {"left": day, "reason": "Igen"})
    assert "Parten är redan avslutad" in page.content.decode()
    landskrona.refresh_from_db()
    assert landskrona.left_reason == "Slut"


def test_a_party_with_a_coordinator_speaks_for_itself(go, bo, landskrona, eva, day):
    Party.objects.filter(pk=landskrona.pk).update(created_at="2026-01-01T12:00Z")
    address = f"/samverkan/parter/{landskrona.pk}/lamna/"
    assert go(bo, address).status_code == 403
    Membership.objects.filter(user=eva).update(ends=day - ONE)
    assert go(bo, address).status_code == 200


def test_who_was_added_today_by_mistake_may_be_taken_back(bo, eva, landskrona, day):
    assert rules.may_end_for(bo, [landskrona], day) == {landskrona.pk}


def test_a_partys_role_may_be_changed(go, anna, landskrona):
    go(anna, f"/samverkan/parter/{landskrona.pk}/andra/", {"kind": "other", "joined": "2020-01-01", "revision": 0})
    landskrona.refresh_from_db()
    assert landskrona.kind == Party.Kind.OTHER


def test_a_party_cannot_be_moved_out_by_a_later_first_day(go, anna, landskrona, day):
    form = {"kind": "main", "joined": day + ONE, "revision": 0}
    page = go(anna, f"/samverkan/parter/{landskrona.pk}/andra/", form)
    assert "Parten är redan med." in page.content.decode()


def test_a_partnerships_name_is_changed_and_remembered(go, anna, partnership):
    go(anna, f"/samverkan/{partnership.pk}/andra/", {"name": "Nytt namn", "about": "", "revision": 0})
    partnership.refresh_from_db()
    assert partnership.name == "Nytt namn"
    assert Event.objects.about(partnership).first().changes["name"]["to"] == "Nytt namn"


def test_two_who_change_the_name_do_not_overwrite_each_other(go, anna, bo, partnership):
    address = f"/samverkan/{partnership.pk}/andra/"
    go(anna, address, {"name": "Annas namn", "revision": 0})
    page = go(bo, address, {"name": "Bos namn", "revision": 0})
    assert "Anna Andersson ändrade" in page.content.decode()
    partnership.refresh_from_db()
    assert partnership.name == "Annas namn"
