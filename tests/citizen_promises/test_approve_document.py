import json

import pytest

from citizen_promises import actions, content
from citizen_promises.models import Promise, PromiseDocument
from journal.models import Event
from journal.steps import Refused
from tests import factories, promising
from tests.citizen_promises.conftest import errors, told


@pytest.fixture
def joint(draft, bo):
    """A promise that the police and the municipality make together."""
    return factories.PromiseFactory(document=draft, created_by=bo, promiser="joint", text="Vi möts på torget")


def address(document):
    return f"/medborgarloften/arbete/{document.pk}/godkann/"


def approve(client, document, **fields):
    read = client.get(address(document)).context["form"]["checksum"].value()
    return client.post(address(document), {"checksum": read, "sure": "on"} | fields, follow=True)


def standing(document):
    document.refresh_from_db()
    return document.status


def test_both_sides_approve_the_very_text_before_it_stands_fast(client, anna, bo, draft, joint):
    client.force_login(bo)
    assert told(approve(client, draft)) == ["Texten är godkänd för er sida."]
    assert (standing(draft), draft.frozen) == ("draft", None)
    client.force_login(anna)
    approve(client, draft)

    assert standing(draft) == "approved"
    assert draft.checksum == content.checksum_of(draft)
    assert draft.frozen["promises"][0]["text"] == "Vi möts på torget"
    assert [one.side for one in draft.approvals.all()] == ["police", "municipality"]


def test_the_police_approve_alone_what_only_they_promise(client, bo, draft, promise):
    client.force_login(bo)
    approve(client, draft)

    assert standing(draft) == "approved"


def test_the_municipality_has_nothing_to_approve_in_what_the_police_promise_alone(client, anna, draft, promise):
    client.force_login(anna)
    assert "Det finns inget för dig att godkänna" in client.get(address(draft)).content.decode()
    client.post(address(draft), {"checksum": content.checksum_of(draft), "sure": "on"})

    assert standing(draft) == "draft"


def test_what_another_party_promises_needs_both(draft, bo):
    factories.PromiseFactory(document=draft, promiser="other")
    actions.approve(draft, by=bo, checksum=content.checksum_of(draft))

    assert standing(draft) == "draft"


def test_nobody_approves_for_both_sides(draft, joint, bo, organisations):
    factories.MembershipFactory(user=bo, organisation=organisations["lycksele"], role="coordinator")
    actions.approve(draft, by=bo, checksum=content.checksum_of(draft))

    with pytest.raises(Refused, match="En annan person godkänner"):
        actions.approve(draft, by=bo, checksum=content.checksum_of(draft))


def test_a_change_takes_the_approval_away(client, anna, bo, draft, joint):
    client.force_login(bo)
    approve(client, draft)
    page = client.get(draft.get_absolute_url())
    assert [side.label for side in page.context["unapproved"]] == ["Kommunen"]
    Promise.objects.update(text="Vi möts på torget varje fredag")
    page = client.get(draft.get_absolute_url())

    assert [side.label for side in page.context["unapproved"]] == ["Polisen", "Kommunen"]
    assert "Texten har ändrats sedan den godkändes." in page.content.decode()
    client.force_login(anna)
    approve(client, draft)
    assert standing(draft) == "draft"


def test_a_text_that_changed_while_it_was_read_is_read_again(client, bo, draft, promise):
    client.force_login(bo)
    read = client.get(address(draft)).context["form"]["checksum"].value()
    Promise.objects.update(text="Något annat")
    response = client.post(address(draft), {"checksum": read, "sure": "on"})

    assert errors(response)["checksum"][0].startswith("Någon har ändrat texten sedan du läste den.")
    with pytest.raises(Refused, match="Texten har ändrats"):
        actions.approve(draft, by=bo, checksum=read)


def test_an_empty_document_is_not_approved(client, bo, draft):
    client.force_login(bo)
    assert "Lägg till minst ett löfte först." in client.get(address(draft)).content.decode()
    with pytest.raises(Refused, match="minst ett löfte"):
        actions.approve(draft, by=bo, checksum=content.checksum_of(draft))


def test_an_approved_text_is_opened_for_change_and_its_approvals_are_gone(client, bo, draft, promise):
    promising.approve(draft, bo)
    client.force_login(bo)
    client.post(f"/medborgarloften/arbete/{draft.pk}/oppna-for-andring/")

    assert (standing(draft), draft.frozen, draft.checksum) == ("draft", None, "")
    assert not draft.approvals.exists()
    assert [event.verb for event in Event.objects.about(draft)][:2] == ["back_to_draft", "approve"]


def test_an_edit_meets_a_text_that_was_approved_meanwhile(client, bo, draft, promise, promise_data):
    client.force_login(bo)
    client.get(f"/medborgarloften/arbete/lofte/{promise.pk}/redigera/")
    promising.approve(draft, bo)
    response = client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/redigera/", promise_data | {"order": 1})

    assert errors(response)[""][0].startswith("Löftena har fått ett annat läge")
    assert "Vi går fotpatrull 25 kvällar." in response.content.decode()
    promise.refresh_from_db()
    assert promise.text == "Synlig polis i centrum"


@pytest.mark.parametrize(
    ("person", "expected"),
    [("anna", 302), ("bo", 302), ("cecilia", 302), ("david", 302), ("hans", 403), ("eva", 404), ("fia", 404)],
)
def test_who_may_approve(client, cast, draft, joint, person, expected):
    client.force_login(cast[person])

    posted = {"checksum": content.checksum_of(draft), "sure": "on"}
    assert client.post(address(draft), posted).status_code == expected


def test_nothing_internal_is_frozen(draft, promise, measure, bo):
    promise.measures.set([measure])
    promising.approve(draft, bo)

    frozen = json.dumps(draft.frozen, ensure_ascii=False)
    assert "Områdespolis" not in frozen
    assert "Fotpatruller på torget" not in frozen
    assert bo.name not in frozen


def test_the_measures_titles_are_frozen_where_the_parties_show_them(draft, promise, measure, bo):
    promise.measures.set([measure])
    Promise.objects.update(shows_measures=True)
    promising.approve(draft, bo)

    assert draft.frozen["promises"][0]["measures"] == ["Fotpatruller på torget"]


def test_an_approved_text_is_nobodys_business_before_it_is_published(client, fia, draft, promise, bo):
    promising.approve(draft, bo)
    assert client.get(f"/medborgarloften/lycksele/{draft.pk}/").status_code == 404
    client.force_login(fia)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert not PromiseDocument.objects.public().exists()
