import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.models import Membership, Organisation, Role, User
from journal.models import Event
from lib.dates import today
from tests import factories

DAY = dt.timedelta(days=1)


@pytest.fixture
def annas(anna):
    return anna.memberships.get()


def again(user):
    """The person as the next request finds them."""
    return User.objects.get(pk=user.pk)


def test_a_role_ends_on_a_day_that_still_counts(client, lisa, anna, annas):
    client.force_login(lisa)

    answer = client.post(f"/roller/{annas.pk}/avsluta/", {"last_day": today().isoformat()}, follow=True)

    assert "Rollen är avslutad för Anna Andersson." in answer.content.decode()
    assert again(anna).roles == {Role.COORDINATOR}
    assert not Membership.objects.current(today() + DAY).filter(user=anna).exists()


def test_yesterday_ends_it_at_once(lisa, anna, annas):
    actions.end_role(annas, last_day=today() - DAY, by=lisa)

    assert again(anna).roles == set()


def test_the_journal_says_from_and_to(lisa, annas, lycksele_kommun):
    actions.end_role(annas, last_day=dt.date(2026, 3, 12), by=lisa)

    event = Event.objects.about(lycksele_kommun).get()
    change = event.changes["role"]
    assert change["from"] == "från och med 1 januari 2020"
    assert change["to"] == "1 januari 2020 – 12 mars 2026"
    assert event.by == lisa


def test_a_role_given_by_mistake_today_is_taken_away(lisa, lycksele_kommun):
    mistake = factories.MembershipFactory(organisation=lycksele_kommun, role=Role.READER, starts=today())

    actions.end_role(mistake, last_day=today() - DAY, by=lisa)

    assert not Membership.objects.filter(pk=mistake.pk).exists()
    assert Event.objects.about(lycksele_kommun).get().changes["role"]["to"] == "borttagen"


def test_what_somebody_did_in_the_role_is_not_undone_by_an_earlier_day(client, lisa, annas):
    client.force_login(lisa)

    answer = client.post(f"/roller/{annas.pk}/avsluta/", {"last_day": "2021-01-01"})

    assert "tidigast i går" in answer.content.decode()
    assert Membership.objects.get(pk=annas.pk).ends is None


def test_an_ended_role_is_not_ended_later(lisa, annas):
    actions.end_role(annas, last_day=today() - DAY, by=lisa)

    with pytest.raises(ValidationError, match="redan avslutad"):
        actions.end_role(annas, last_day=today(), by=lisa)


@pytest.mark.parametrize(("who", "status"), [("anna", 403), ("hans", 403), ("bo", 404), ("eva", 404), ("fia", 404)])
def test_others_end_no_role(client, cast, annas, who, status):
    client.force_login(cast[who])

    assert client.get(f"/roller/{annas.pk}/avsluta/").status_code == status
    assert client.post(f"/roller/{annas.pk}/avsluta/", {"last_day": today().isoformat()}).status_code == status


def test_the_last_administrator_stays(ove):
    with pytest.raises(ValidationError, match="Minst en administratör"):
        actions.end_role(ove.memberships.get(), last_day=today(), by=ove)


def test_an_administrator_leaves_when_another_stays(ove, organisations):
    factories.MembershipFactory(organisation=organisations["operator"], role=Role.ADMINISTRATOR)

    actions.end_role(ove.memberships.get(), last_day=today(), by=ove)

    assert ove.memberships.get().ends == today()


def test_an_inactive_person_has_no_roles(anna):
    anna.is_active = False

    assert anna.roles == set()
    assert not anna.has_perm("accounts.change_user")


def test_own_organisations_are_visible_and_all_to_administrators(anna, ove):
    assert [o.name for o in Organisation.objects.visible_to(anna)] == ["Lycksele kommun"]
    assert Organisation.objects.visible_to(ove).count() == Organisation.objects.count()
