import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from followup import actions
from followup.models import FollowUp
from journal.models import Event
from journal.steps import NotAllowed
from tests import factories
from tests.followup.conftest import TYPED, errors, told


def finish(client, follow_up):
    return client.post(f"/uppfoljningar/{follow_up.pk}/avsluta/", follow=True)


def tell(client, follow_up, day="2026-06-10"):
    return client.post(f"/uppfoljningar/{follow_up.pk}/styrgruppen/", {"day": day}, follow=True)


def test_finishing_is_asked_once_more(client, bo, draft):
    client.force_login(bo)
    text = client.get(f"/uppfoljningar/{draft.pk}/avsluta/").content.decode()

    draft.refresh_from_db()
    assert "Uppföljningen låses." in text
    assert draft.status == "draft"


def test_finishing_closes_it_and_says_so_in_the_journal(client, bo, draft):
    client.force_login(bo)
    finish(client, draft)

    draft.refresh_from_db()
    event = Event.objects.about(draft).first()
    assert draft.status == "finished"
    assert (event.verb, event.by) == ("finish", bo)


def test_a_finished_follow_up_is_not_edited(client, bo, draft):
    actions.finish(draft, by=bo)
    client.force_login(bo)
    typed = TYPED["production"] | {"outcome": "Annat", "revision": 1}
    response = client.post(f"/uppfoljningar/{draft.pk}/redigera/", typed)

    draft.refresh_from_db()
    assert draft.outcome == "16 av 25"
    assert "låst" in errors(response)[""][0]


def test_the_second_who_finishes_is_told(client, anna, bo, draft):
    actions.finish(draft, by=bo)
    client.force_login(anna)

    assert told(finish(client, draft)) == [
        "Avsluta uppföljningen: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."
    ]


@pytest.mark.parametrize(
    "change", [{"outcome": "Annat"}, {"decision": "end"}, {"status": "draft"}, {"hours": 1}], ids=str
)
def test_the_database_refuses_to_change_a_finished_follow_up(draft, bo, change):
    actions.finish(draft, by=bo)

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.update(**change)


def test_the_database_refuses_to_finish_without_a_reason(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.update(decision_why="", status="finished")


def test_a_new_follow_up_is_a_new_row(client, bo, draft, measure):
    actions.finish(draft, by=bo)
    client.force_login(bo)
    client.post(f"/uppfoljningar/ny/?atgard={measure.pk}&slag=production", TYPED["production"])

    assert FollowUp.objects.count() == 2
    assert FollowUp.objects.get(pk=draft.pk).outcome == "16 av 25"


def test_the_steering_groups_day_is_added_afterwards_once(client, bo, draft):
    actions.finish(draft, by=bo)
    client.force_login(bo)
    tell(client, draft)
    tell(client, draft, day="2026-06-11")

    draft.refresh_from_db()
    assert draft.steering_group_on == dt.date(2026, 6, 10)
    assert Event.objects.about(draft).first().changes["steering_group_on"]["to"] == "10 juni 2026"


def test_the_database_keeps_the_steering_groups_day(draft, bo):
    actions.finish(draft, by=bo)
    actions.tell_steering_group(draft, by=bo, day=dt.date(2026, 6, 10))

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.update(steering_group_on=None)


def test_a_draft_has_its_steering_group_day_in_the_form(draft, bo):
    with pytest.raises(NotAllowed):
        actions.tell_steering_group(draft, by=bo, day=dt.date(2026, 6, 10))


def test_the_steering_group_cannot_have_had_it_tomorrow(client, bo, draft):
    actions.finish(draft, by=bo)
    client.force_login(bo)

    assert list(errors(tell(client, draft, day="2026-06-16"))) == ["day"]


@pytest.mark.parametrize("door", ["avsluta", "styrgruppen", "redigera"])
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("anna", 200),
        ("bo", 200),
        ("david", 403),
        ("hans", 403),
        ("eva", 404),
        ("fia", 404),
        ("greta", 404),
        ("ove", 404),
    ],
)
def test_who_may_open_the_doors(client, cast, draft, door, person, expected):
    client.force_login(cast[person])

    assert client.get(f"/uppfoljningar/{draft.pk}/{door}/").status_code == expected


def test_the_municipality_of_a_follow_up_decides_who_may(client, eva, draft, organisations):
    factories.PartyFactory(partnership=draft.partnership, organisation=organisations["landskrona"])
    client.force_login(eva)

    assert finish(client, draft).status_code == 403
    assert client.get(f"/uppfoljningar/{draft.pk}/").status_code == 200
