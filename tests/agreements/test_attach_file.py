"""Annexes that are frozen with the text, the signed original, and what the database says to the rest."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from agreements import actions, content
from agreements.models import AgreementFile
from attachments.models import Attachment
from journal.models import Event
from lib import canonical
from tests import factories
from tests.attachments import files


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def sent(name="lägesbild.pdf", content=files.PDF):
    return SimpleUploadedFile(name, content)


def annex(go, person, agreement, **fields):
    told = {"title": "Bilaga 1", "subject": "picture", "information_class": "open", "file": sent()}
    return go(person, f"/overenskommelser/{agreement.pk}/bilagor/ny/", told | fields)


@pytest.fixture
def annexed(go, bo, draft):
    annex(go, bo, draft)
    return draft.files.get()


def test_an_annex_is_added_to_a_draft(go, bo, draft):
    answer = annex(go, bo, draft)

    file = draft.files.get()
    assert answer.url == f"/overenskommelser/{draft.pk}/"
    assert (file.kind, file.title, file.created_by, file.attachment.name) == ("annex", "Bilaga 1", bo, "lägesbild.pdf")
    assert "Bilaga 1 (lägesbild.pdf" in Event.objects.get(verb="annexed").changes["file"]["to"]


def test_a_refused_file_loses_nothing_typed(go, bo, draft):
    answer = annex(go, bo, draft, file=sent("sida.pdf", b"<html>"), title="Bilaga 7")

    page = answer.content.decode()
    assert "webbsida eller ett skript" in page
    assert "Bilaga 7" in page
    assert not Attachment.objects.exists()


def test_no_file_and_no_title_are_faults(go, bo, draft):
    answer = annex(go, bo, draft, file="", title="")

    assert set(answer.context["form"].errors) == {"file", "title"}


def test_the_same_file_is_not_annexed_twice(go, bo, draft, annexed):
    answer = annex(go, bo, draft, title="Igen")

    assert (answer.context["form"].errors["file"], draft.files.count()) == (["Filen finns redan här."], 1)


def test_the_annexes_are_frozen_with_the_text(draft, annexed, bo):
    actions.propose(draft, by=bo)

    told = {"subject_label": "Gemensam problembild och analys", "information_class": "Öppen handling"}
    told |= {"id": annexed.pk, "title": "Bilaga 1", "name": "lägesbild.pdf", "checksum": annexed.attachment.sha256}
    assert draft.frozen["annexes"] == [told]
    assert (content.is_intact(draft), canonical.checksum(draft.frozen)) == (True, draft.checksum)


def test_a_locked_text_gets_no_annex(go, bo, proposed):
    assert annex(go, bo, proposed).status_code == 403


def test_an_annex_that_comes_as_the_text_is_locked(go, bo, draft, monkeypatch):
    monkeypatch.setattr("agreements.rules.may_annex", lambda user, agreement: True)
    actions.propose(draft, by=bo)

    answer = annex(go, bo, draft)

    assert "Texten är låst" in answer.content.decode()
    assert not AgreementFile.objects.exists()


def test_an_annex_is_removed_from_a_draft_with_its_bytes(go, bo, draft, annexed):
    path = Path(annexed.attachment.file.path)

    go(bo, f"/overenskommelser/bilagor/{annexed.pk}/ta-bort/", {})

    kept = Attachment.objects.get()
    assert (draft.files.count(), path.exists(), kept.erased_by) == (0, False, bo)
    assert Event.objects.filter(verb="annex_removed").count() == 1


def test_it_is_not_removed_when_the_text_is_locked(go, bo, draft, annexed):
    actions.propose(draft, by=bo)

    go(bo, f"/overenskommelser/bilagor/{annexed.pk}/ta-bort/", {})

    assert draft.files.get().attachment.erased_at is None


def test_members_download_it_and_others_find_nothing(client, draft, annexed, hans, eva, fia):
    found = {}
    for person in (hans, eva, fia):
        client.force_login(person)
        answer = client.get(f"/overenskommelser/bilagor/{annexed.pk}/")
        found[person.name] = (answer.status_code, answer.headers.get("Content-Disposition", "")[:10])
        files.let_go(answer)

    assert found == {"Hans Hav": (200, "attachment"), "Eva Ek": (404, ""), "Fia Fors": (404, "")}


def test_its_own_policy_stands_in_the_answer(client, annexed, hans):
    client.force_login(hans)

    answer = client.get(f"/overenskommelser/bilagor/{annexed.pk}/")

    files.let_go(answer)
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_page_lists_the_annexes_and_links_them_for_members(go, bo, fia, draft, annexed, sign, cecilia, david):
    actions.propose(draft, by=bo)
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")
    link = f"/overenskommelser/bilagor/{annexed.pk}/"

    inside, outside = (go(person, f"/overenskommelser/{draft.pk}/").content.decode() for person in (bo, fia))

    assert ("Bilaga 1" in inside, link in inside, "Bilaga 1" in outside, link in outside) == (True, True, True, False)


@pytest.mark.parametrize("who", ["bo", "cecilia"])
def test_the_signed_original_is_attached(go, request, signed, who):
    address = f"/overenskommelser/{signed.pk}/original/"

    go(request.getfixturevalue(who), address, {"file": sent("original.pdf")})

    file = signed.files.get()
    assert (file.kind, file.title) == ("signed", "Undertecknat original, inskannat")


@pytest.mark.parametrize("who", ["hans", "eva"])
def test_not_by_everybody(go, request, signed, who):
    answer = go(request.getfixturevalue(who), f"/overenskommelser/{signed.pk}/original/", {"file": sent()})

    assert (answer.status_code in (403, 404), signed.files.count()) == (True, 0)


def test_a_draft_has_no_signed_original(go, bo, draft):
    assert go(bo, f"/overenskommelser/{draft.pk}/original/", {"file": sent()}).status_code == 403


def test_the_signed_original_does_not_change_the_text(go, bo, signed):
    go(bo, f"/overenskommelser/{signed.pk}/original/", {"file": sent()})

    signed.refresh_from_db()
    assert (signed.frozen["annexes"], content.is_intact(signed)) == ([], True)


def refused():
    return pytest.raises(DatabaseError, match="never changes")


def test_the_database_keeps_what_is_attached(draft, annexed, bo):
    other = factories.AttachmentFactory(created_by=bo)
    actions.propose(draft, by=bo)
    original = draft.files.create(attachment=other, kind="signed", title="Original", created_by=bo)

    for change in (
        lambda: draft.files.create(attachment=other, kind="annex", title="Smygande", created_by=bo),
        lambda: AgreementFile.objects.filter(pk=annexed.pk).update(title="Annat"),
        lambda: AgreementFile.objects.filter(pk=annexed.pk).delete(),
        lambda: AgreementFile.objects.filter(pk=original.pk).update(attachment=annexed.attachment),
        lambda: AgreementFile.objects.filter(pk=original.pk).delete(),
    ):
        with refused(), transaction.atomic():
            change()


def test_the_database_lets_no_original_into_a_draft(draft, bo):
    other = factories.AttachmentFactory(created_by=bo)

    with refused(), transaction.atomic():
        draft.files.create(attachment=other, kind="signed", title="Original", created_by=bo)


def test_what_an_annex_is_and_how_open_it_is_is_frozen_and_shown(go, bo, draft):
    annex(go, bo, draft, subject="communication", information_class="partly_secret")
    actions.propose(draft, by=bo)

    (frozen,) = draft.frozen["annexes"]
    assert (frozen["subject_label"], frozen["information_class"]) == ("Kommunikationsplan", "Delvis sekretess")
    assert "Kommunikationsplan · Delvis sekretess" in go(bo, draft.get_absolute_url()).content.decode()
