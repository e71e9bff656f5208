import json

import pytest
from django.db import IntegrityError, transaction

from citizen_promises import actions
from citizen_promises.models import Promise, PromiseDocument
from journal.models import Event
from journal.steps import NotAllowed
from lib import canonical
from tests import factories
from tests.citizen_promises.conftest import errors, told


def address(document):
    return f"/medborgarloften/arbete/{document.pk}/publicera/"


def publish(client, document, **fields):
    """Read the confirm page, then press the button."""
    read = client.get(address(document)).context["form"]["checksum"].value()
    return client.post(address(document), {"checksum": read, "sure": "on"} | fields, follow=True)


def test_the_confirm_page_says_who_will_see_it(client, bo, draft, promise):
    client.force_login(bo)
    page = client.get(address(draft)).content.decode()

    assert "Sidan ligger öppet på internet, utan inloggning." in page
    assert "Synlig polis i centrum" in page


def test_publishing_freezes_the_text_with_its_checksum(client, bo, draft, promise):
    client.force_login(bo)
    publish(client, draft)

    draft.refresh_from_db()
    assert (draft.status, draft.published_by) == ("published", bo)
    assert draft.frozen["promises"][0]["text"] == "Synlig polis i centrum"
    assert draft.checksum == canonical.checksum(draft.frozen)


def test_nothing_internal_is_frozen(draft, promise, measure, bo):
    promise.measure = measure
    promise.save()
    actions.publish(draft, by=bo)

    frozen = json.dumps(draft.frozen, ensure_ascii=False)
    assert "Områdespolis" not in frozen
    assert "Fotpatruller på torget" not in frozen
    assert bo.name not in frozen


def test_publishing_is_written_in_the_journal(client, bo, draft, promise):
    client.force_login(bo)
    publish(client, draft)

    event = Event.objects.about(draft).first()
    assert (event.verb, event.by, event.changes["status"]["to"]) == ("publish", bo, "Publicerat")


def test_the_box_must_be_ticked(client, bo, draft, promise):
    client.force_login(bo)
    response = publish(client, draft, sure="")

    assert list(errors(response)) == ["sure"]
    assert not PromiseDocument.objects.public().exists()


def test_an_empty_document_is_not_published(client, bo, draft):
    client.force_login(bo)
    assert "Lägg till minst ett löfte först." in client.get(address(draft)).content.decode()
    checksum = canonical.checksum(actions.frozen_text(draft))
    client.post(address(draft), {"checksum": checksum, "sure": "on"})

    assert not PromiseDocument.objects.public().exists()


def test_a_text_changed_since_it_was_read_is_read_again(client, bo, draft, promise):
    client.force_login(bo)
    read = client.get(address(draft)).context["form"]["checksum"].value()
    Promise.objects.filter(pk=promise.pk).update(text="Något annat")
    response = client.post(address(draft), {"checksum": read, "sure": "on"})

    assert errors(response)["checksum"][0].startswith("Någon har ändrat texten sedan du läste den.")
    assert response.context["form"]["checksum"].value() != read
    assert not PromiseDocument.objects.public().exists()


def test_a_text_changed_at_the_last_moment_is_not_published(draft, promise, bo):
    read = canonical.checksum(actions.frozen_text(draft))
    Promise.objects.filter(pk=promise.pk).update(text="Något annat")

    with pytest.raises(NotAllowed):
        actions.publish(draft, by=bo, checksum=read)


def test_the_second_of_two_publishers_is_told(client, anna, bo, draft, promise):
    client.force_login(anna)
    read = client.get(address(draft)).context["form"]["checksum"].value()
    actions.publish(draft, by=bo)
    response = client.post(address(draft), {"checksum": read, "sure": "on"}, follow=True)

    assert told(response) == ["Publicera: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]
    assert PromiseDocument.objects.get().published_by == bo


@pytest.mark.parametrize(
    ("person", "expected"),
    [("anna", 302), ("bo", 302), ("cecilia", 403), ("david", 403), ("hans", 403), ("eva", 404), ("fia", 404)],
)
def test_who_may_publish(client, cast, draft, promise, person, expected):
    client.force_login(cast[person])
    checksum = canonical.checksum(actions.frozen_text(draft))

    assert client.post(address(draft), {"checksum": checksum, "sure": "on"}).status_code == expected


def test_the_neighbours_coordinator_does_not_publish(client, eva, draft, promise, neighbour):
    client.force_login(eva)

    assert client.get(address(draft)).status_code == 403


def test_the_police_may_promise_alone(draft, promise, bo):
    actions.publish(draft, by=bo)

    assert {one["promiser"] for one in draft.frozen["promises"]} == {"police"}


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
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseDocument.objects.update(status="draft", published_at=None, published_by=None, frozen=None, checksum="")


def test_a_draft_may_be_changed_in_the_database(draft, promise):
    assert Promise.objects.update(text="Annat") == 1
    assert PromiseDocument.objects.update(title="Annat") == 1


def test_advice_is_given_about_what_is_unusual(client, bo, draft):
    factories.PromiseFactory(document=draft)
    client.force_login(bo)

    assert client.get(address(draft)).context["advice"] == [
        "Löftena har redan börjat gälla, så invånarna får veta det i efterhand.",
        "Löftena är inte kopplade till någon överenskommelse.",
        "1 av 1 löften är inte valda ur åtgärderna.",
    ]
