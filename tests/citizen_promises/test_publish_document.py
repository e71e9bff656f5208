import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from citizen_promises import actions
from citizen_promises.models import Promise, PromiseDocument
from journal.models import Event
from journal.steps import NotAllowed
from lib import canonical
from tests import promising
from tests.citizen_promises.conftest import errors, told


@pytest.fixture
def approved(draft, promise, bo):
    """The draft with its promise, approved by the police who promise alone."""
    promising.approve(draft, bo)
    return draft


def address(document):
    return f"/medborgarloften/arbete/{document.pk}/publicera/"


def publish(client, document, **fields):
    """Read the confirm page, then press the button."""
    read = client.get(address(document)).context["form"]["checksum"].value()
    return client.post(address(document), {"checksum": read, "sure": "on"} | fields, follow=True)


def test_the_confirm_page_says_who_will_see_it(client, bo, approved):
    client.force_login(bo)
    page = client.get(address(approved)).content.decode()

    assert "Sidan ligger öppet på internet, utan inloggning." in page
    assert "Synlig polis i centrum" in page


def test_publishing_shows_the_approved_text_to_all(client, bo, approved):
    client.force_login(bo)
    publish(client, approved)

    approved.refresh_from_db()
    assert (approved.status, approved.published_by) == ("published", bo)
    assert approved.checksum == canonical.checksum(approved.frozen)
    client.logout()
    assert "Synlig polis i centrum" in client.get("/medborgarloften/lycksele/").content.decode()


def test_publishing_is_written_in_the_journal(client, bo, approved):
    client.force_login(bo)
    publish(client, approved)

    event = Event.objects.about(approved).first()
    assert (event.verb, event.by, event.changes["status"]["to"]) == ("publish", bo, "Publicerat")


def test_the_box_must_be_ticked(client, bo, approved):
    client.force_login(bo)
    response = publish(client, approved, sure="")

    assert list(errors(response)) == ["sure"]
    assert not PromiseDocument.objects.public().exists()


def test_what_is_not_approved_is_not_published(client, bo, draft, promise):
    client.force_login(bo)
    response = client.post(address(draft), {"checksum": "", "sure": "on"}, follow=True)

    assert not PromiseDocument.objects.public().exists()
    with pytest.raises(NotAllowed):
        actions.publish(draft, by=bo)
    assert client.get(address(draft), follow=True).status_code == 200
    assert response.status_code == 200


def test_a_text_that_was_opened_and_approved_anew_is_read_again(client, bo, approved):
    client.force_login(bo)
    read = client.get(address(approved)).context["form"]["checksum"].value()
    actions.back_to_draft(approved, by=bo)
    Promise.objects.update(text="Något annat")
    promising.approve(approved, bo)
    response = client.post(address(approved), {"checksum": read, "sure": "on"})

    assert errors(response)["checksum"][0].startswith("Någon har ändrat texten sedan du läste den.")
    assert response.context["form"]["checksum"].value() != read
    with pytest.raises(NotAllowed):
        actions.publish(approved, by=bo, checksum=read)


def test_the_second_of_two_publishers_is_told(client, anna, bo, approved):
    client.force_login(anna)
    read = client.get(address(approved)).context["form"]["checksum"].value()
    actions.publish(approved, by=bo)
    response = client.post(address(approved), {"checksum": read, "sure": "on"}, follow=True)

    assert told(response) == ["Publicera: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]
    assert PromiseDocument.objects.get().published_by == bo


@pytest.mark.parametrize(
    ("person", "expected"),
    [("anna", 302), ("bo", 302), ("cecilia", 403), ("david", 403), ("hans", 403), ("eva", 404), ("fia", 404)],
)
def test_who_may_publish(client, cast, approved, person, expected):
    client.force_login(cast[person])

    posted = {"checksum": approved.checksum, "sure": "on"}
    assert client.post(address(approved), posted).status_code == expected


def test_the_neighbours_coordinator_does_not_publish(client, eva, approved, neighbour):
    client.force_login(eva)

    assert client.get(address(approved)).status_code == 403


def test_a_draft_is_previewed_inside_only(client, bo, eva, draft, promise):
    client.force_login(bo)
    page = client.get(f"/medborgarloften/arbete/{draft.pk}/forhandsvisa/").content.decode()
    assert "Bara ni i samverkan ser detta." in page
    client.force_login(eva)
    assert client.get(f"/medborgarloften/arbete/{draft.pk}/forhandsvisa/").status_code == 404


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Promise, {"text": "Annat"}),
        (Promise, {"planned_count": 1}),
        (Promise, {"why": "Annat"}),
        (Promise, {"order": 9}),
        (PromiseDocument, {"title": "Annat"}),
        (PromiseDocument, {"ends": None}),
        (PromiseDocument, {"frozen": {"promises": []}}),
        (PromiseDocument, {"checksum": "0"}),
    ],
    ids=str,
)
def test_the_database_refuses_to_change_a_published_text(published, model, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**change)


def test_the_database_refuses_to_make_a_published_document_a_draft(published):
    gone = {"published_at": None, "published_by": None, "frozen": None, "checksum": "", "approved_at": None}
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseDocument.objects.update(status="draft", **gone)


def test_a_draft_may_be_changed_in_the_database(draft, promise):
    assert Promise.objects.update(text="Annat") == 1
    assert PromiseDocument.objects.update(title="Annat") == 1


def test_advice_is_given_about_what_is_unusual(client, bo, approved):
    client.force_login(bo)

    assert client.get(address(approved)).context["advice"] == [
        "Löftena har redan börjat gälla, så invånarna får veta det i efterhand.",
        "Löftena är inte kopplade till någon överenskommelse.",
        "1 av 1 löften är inte valda ur åtgärderna.",
        "Löfte 1: 12 punkter i egenkontrollen är obesvarade.",
    ]


# --- At a set time

LATER = dt.datetime(2026, 6, 16, 6, tzinfo=dt.UTC)


@pytest.fixture
def scheduled(approved, bo):
    """Published tomorrow at eight in Sweden."""
    actions.schedule(approved, by=bo, at=LATER)
    return approved


def is_read(client, document):
    return client.get(f"/medborgarloften/lycksele/{document.pk}/").status_code == 200


def test_a_time_is_set_and_told(client, bo, approved):
    client.force_login(bo)
    posted = {"day": "2026-06-16", "time": "08:00"}
    response = client.post(f"/medborgarloften/arbete/{approved.pk}/publicera-senare/", posted, follow=True)

    assert told(response) == ["Löftena publiceras 16 juni 2026 kl. 08.00."]
    approved.refresh_from_db()
    assert (approved.publish_at, approved.scheduled_by, approved.is_public) == (LATER, bo, False)
    assert "Publiceras 16 juni 2026 kl. 08.00" in response.content.decode()


@pytest.mark.parametrize(
    ("posted", "field"),
    [
        ({"day": "2026-06-14", "time": "08:00"}, "day"),
        ({"day": "2026-06-16", "time": "åtta"}, "time"),
        ({"day": "", "time": ""}, "day"),
        ({"day": "0206-06-16", "time": "08:00"}, "day"),
    ],
    ids=str,
)
def test_an_odd_time_is_answered_in_words(client, bo, approved, posted, field):
    client.force_login(bo)
    response = client.post(f"/medborgarloften/arbete/{approved.pk}/publicera-senare/", posted)

    assert field in errors(response)
    approved.refresh_from_db()
    assert approved.publish_at is None


def test_residents_read_it_from_the_set_time_though_no_worker_has_come(client, scheduled, clock):
    assert not is_read(client, scheduled)
    assert "Synlig polis" not in client.get("/medborgarloften/lycksele/").content.decode()
    clock.move_to(LATER)
    scheduled.refresh_from_db()

    assert scheduled.status == "approved"
    assert is_read(client, scheduled)
    assert "Synlig polis i centrum" in client.get("/medborgarloften/lycksele/").content.decode()


def test_a_worker_enters_what_is_due_once(scheduled, bo, clock):
    assert actions.publish_due() == []
    clock.move_to(LATER + dt.timedelta(minutes=3))

    assert actions.publish_due() == [scheduled.pk]
    assert actions.publish_due() == []
    scheduled.refresh_from_db()
    assert (scheduled.status, scheduled.published_at, scheduled.published_by) == ("published", LATER, bo)
    assert [event.verb for event in Event.objects.about(scheduled)].count("publish") == 1


def test_what_is_told_before_the_worker_comes_enters_it_first(client, scheduled, promise, bo, clock):
    clock.move_to(LATER + dt.timedelta(minutes=3))
    client.force_login(bo)
    posted = {"day": "2026-06-16", "count": 1, "text": "Första passet.", "revision": 0}
    client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/utfall/", posted)

    scheduled.refresh_from_db()
    assert (scheduled.status, promise.outcomes.count()) == ("published", 1)


def test_the_time_is_taken_back_until_it_comes(client, bo, scheduled, clock):
    client.force_login(bo)
    address = f"/medborgarloften/arbete/{scheduled.pk}/ta-bort-tiden/"
    assert told(client.post(address, follow=True)) == ["Tiden är borttagen. Löftena publiceras inte av sig själva."]
    actions.schedule(scheduled, by=bo, at=LATER)
    clock.move_to(LATER)
    client.force_login(bo)  # the evening before has timed out
    response = client.post(address, follow=True)

    assert told(response) == ["Ta bort tiden: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]
    assert is_read(client, scheduled)


def test_opened_for_change_the_set_time_is_gone_and_what_is_due_is_not_opened(scheduled, bo, clock):
    actions.back_to_draft(scheduled, by=bo)
    assert (scheduled.status, scheduled.publish_at) == ("draft", None)
    promising.approve(scheduled, bo)
    actions.schedule(scheduled, by=bo, at=LATER)
    clock.move_to(LATER)

    with pytest.raises(NotAllowed):
        actions.back_to_draft(scheduled, by=bo)
