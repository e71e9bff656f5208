"""What is judged before an own picture is handed over, and the note that is never handed over at all."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from journal.models import Event
from journal.steps import Refused
from reports import picture_content
from reports.models import Report
from situation import actions, content
from situation.models import Picture, SecrecyAssessment, WithheldNote
from tests.approving import establish
from tests.situation.conftest import DAY

NOTE = "Spaning planeras vid torget."
POSSIBLE = {"outcome": "possible", "paragraph": "35 kap. 1 § OSL", "text": "Ingen enskild kan kännas igen."}


@pytest.fixture
def noted(own_police, bo):
    WithheldNote.objects.create(picture=own_police, text=NOTE, created_by=bo)
    return own_police


@pytest.fixture
def ready_police(own_police, bo):
    actions.mark_ready(own_police, by=bo)
    return own_police


def marked(picture):
    Picture.objects.filter(pk=picture.pk).update(information_class="partly_secret")
    picture.refresh_from_db()
    return picture


# --- The assessment


def test_sharing_asks_for_an_assessment(go, bo, ready_police):
    page = go(bo, f"/lagesbilder/{ready_police.pk}/dela/", {})

    ready_police.refresh_from_db()
    assert ready_police.shared_at is None
    assert "Bedöm om något i lägesbilden kan omfattas av sekretess" in page.content.decode()


def test_the_assessment_is_kept_with_the_act(go, bo, anna, ready_police):
    go(bo, f"/lagesbilder/{ready_police.pk}/dela/", POSSIBLE)

    kept = SecrecyAssessment.objects.get(picture=ready_police)
    assert (kept.outcome, kept.paragraph, kept.assessed_by) == ("possible", POSSIBLE["paragraph"], bo)
    note = Event.objects.about(ready_police).first().note
    assert note.startswith("Till: Lycksele kommun. Sekretessbedömning: Uppgifter kan omfattas av sekretess")
    assert POSSIBLE["text"] not in note


def test_the_others_read_the_outcome_but_not_the_reasons(go, bo, anna, ready_police):
    go(bo, f"/lagesbilder/{ready_police.pk}/dela/", POSSIBLE)

    theirs, ours = (go(who, f"/lagesbilder/{ready_police.pk}/").content.decode() for who in (anna, bo))
    assert POSSIBLE["paragraph"] in theirs
    assert POSSIBLE["text"] not in theirs
    assert POSSIBLE["text"] in ours


@pytest.mark.parametrize("left_out", ["paragraph", "text"])
def test_what_may_be_secret_needs_paragraph_and_reasons(go, bo, ready_police, left_out):
    page = go(bo, f"/lagesbilder/{ready_police.pk}/dela/", {**POSSIBLE, left_out: ""}).content.decode()

    assert not SecrecyAssessment.objects.exists()
    assert "Ange vilken paragraf" in page or "Skriv varför uppgifterna" in page
    assert (POSSIBLE["text"] if left_out == "paragraph" else POSSIBLE["paragraph"]) in page


def test_a_picture_marked_partly_secret_is_not_shared_without_it(bo, ready_police):
    marked(ready_police)

    with pytest.raises(Refused, match="kan inte delas utan en sekretessbedömning"):
        actions.share(ready_police, by=bo)
    with pytest.raises(Refused, match="kan inte delas utan en sekretessbedömning"):
        actions.share(ready_police, by=bo, outcome="none")

    ready_police.refresh_from_db()
    assert ready_police.shared_at is None


def test_the_page_says_why_a_marked_picture_cannot_be_judged_free(go, bo, ready_police):
    marked(ready_police)

    page = go(bo, f"/lagesbilder/{ready_police.pk}/dela/", {"outcome": "none"}).content.decode()

    assert "Lägesbilden är märkt delvis sekretess" in page
    assert not SecrecyAssessment.objects.exists()


def test_a_marked_picture_is_shared_with_its_reasons(go, bo, ready_police):
    marked(ready_police)

    go(bo, f"/lagesbilder/{ready_police.pk}/dela/", POSSIBLE)

    ready_police.refresh_from_db()
    assert ready_police.shared_at


@pytest.mark.parametrize("change", [lambda rows: rows.update(outcome="none"), lambda rows: rows.delete()])
def test_an_assessment_never_changes(bo, ready_police, change):
    actions.share(ready_police, by=bo, **POSSIBLE)

    with pytest.raises(DatabaseError), transaction.atomic():
        change(SecrecyAssessment.objects.all())


# --- The note


def test_the_owner_writes_a_note_and_its_people_read_it(go, bo, david, own_police):
    go(bo, f"/lagesbilder/{own_police.pk}/anteckning/", {"text": NOTE, "revision": "0"})

    assert NOTE in go(david, f"/lagesbilder/{own_police.pk}/").content.decode()


def test_the_note_can_be_written_when_the_picture_is_settled(go, bo, shared):
    go(bo, f"/lagesbilder/{shared.pk}/anteckning/", {"text": NOTE, "revision": "0"})

    assert WithheldNote.objects.get().text == NOTE


def test_of_two_who_write_nobody_is_overwritten(go, bo, noted):
    WithheldNote.objects.update(revision=4)
    address = f"/lagesbilder/{noted.pk}/anteckning/"

    page = go(bo, address, {"text": "Mitt.", "revision": "3"}).content.decode()
    assert "Inget har skrivits över" in page
    assert "Mitt." in page
    assert WithheldNote.objects.get().text == NOTE

    go(bo, address, {"text": "Mitt.", "revision": "4"})
    assert WithheldNote.objects.get().text == "Mitt."


def test_signatories_read_but_do_not_write_it(go, david, noted):
    assert go(david, f"/lagesbilder/{noted.pk}/anteckning/").status_code == 403


@pytest.fixture
def everywhere(noted, own_municipality, joint, bo, anna):
    """The noted picture shared, merged into a joint one, established and released."""
    for own, person in ((noted, bo), (own_municipality, anna)):
        actions.mark_ready(own, by=person)
        actions.share(own, by=person, outcome="none")
        own.refresh_from_db()
        establish(own, person)
        own.refresh_from_db()
        actions.release(own, by=person)
    joint.own_pictures.set([noted, own_municipality])
    noted.refresh_from_db()
    return noted


@pytest.mark.parametrize("who", ["anna", "cecilia", "hans", "eva", "fia", "greta", "lisa", "ove"])
def test_nobody_else_finds_the_note_anywhere(client, cast, everywhere, joint, who):
    client.force_login(cast[who])
    addresses = [
        f"/lagesbilder/{everywhere.pk}/",
        f"/lagesbilder/{everywhere.pk}/anteckning/",
        f"/lagesbilder/{joint.pk}/",
        f"/lagesbilder/{joint.pk}/for-samman/",
        f"/lagesbilder/?samverkan={everywhere.partnership_id}",
        f"/lagesbilder/?samverkan={everywhere.partnership_id}&sok=Spaning",
        "/admin/situation/picture/?q=Spaning",
        reverse("admin:journal_event_changelist"),
    ]

    pages = {address: client.get(address, follow=True) for address in addresses}

    assert pages[f"/lagesbilder/{everywhere.pk}/anteckning/"].status_code in (403, 404)
    for address, page in pages.items():
        text = page.content.decode().replace('value="Spaning"', "")
        assert "aldrig delas</h2>" not in text, address
        assert NOTE not in text, address
    assert not WithheldNote.objects.visible_to(cast[who]).exists()


@pytest.mark.parametrize("audience", list(Report.Audience))
def test_the_note_is_in_no_document_and_in_nothing_frozen(everywhere, joint, audience):
    document = picture_content.build(everywhere, audience=audience, day=DAY, number=1)

    assert NOTE not in str(document)
    assert NOTE not in str(everywhere.frozen)
    assert NOTE not in str(content.of(joint))


def test_the_book_never_says_what_the_note_said(go, bo, noted):
    go(bo, f"/lagesbilder/{noted.pk}/anteckning/", {"text": "Annat.", "revision": f"{0}"})

    events = [f"{one.label} {one.note} {one.changes}" for one in Event.objects.all()]
    assert "Anteckningen som aldrig delas ändrad" in " ".join(events)
    assert not any(NOTE in one or "Annat." in one for one in events)


def test_the_next_version_takes_the_note_with_it(noted, bo):
    actions.mark_ready(noted, by=bo)
    noted.refresh_from_db()
    establish(noted, bo)
    noted.refresh_from_db()

    newer = actions.new_version(noted, by=bo)

    assert WithheldNote.objects.get(picture=newer).text == NOTE
