"""Photos and files with a line of the log: sent from a phone, told in words, taken away when they should not be."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from agreements.models import LogFile
from attachments.models import Attachment
from journal.models import Event
from tests.attachments import files

LINE = {"text": "Två timmar på torget.", "count": 1, "day": "2026-05-01"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo(name="torget.jpg", size=(60, 40)):
    return SimpleUploadedFile(name, files.picture(size=size))


def log(go, person, measure, *sent, **fields):
    return go(person, f"/overenskommelser/atgarder/{measure.pk}/logg/", LINE | {"attached": sent} | fields)


@pytest.fixture
def sent(go, bo, ongoing):
    log(go, bo, ongoing, photo(), alt="Torget i kvällsljus")
    return LogFile.objects.get()


def test_a_line_without_a_photo_is_as_before(go, bo, ongoing):
    log(go, bo, ongoing)

    assert (ongoing.log.count(), LogFile.objects.count()) == (1, 0)


def test_a_photo_and_a_file_go_with_the_line(go, bo, ongoing):
    log(go, bo, ongoing, photo(), SimpleUploadedFile("schema.xlsx", files.XLSX), alt="Torget i kvällsljus")

    kept = {(one.attachment.name, one.alt) for one in ongoing.log.get().files.all()}
    assert kept == {("torget.jpg", "Torget i kvällsljus"), ("schema.xlsx", "")}
    assert Event.objects.filter(verb="file_added").count() == 2


def test_the_photo_is_small_and_bears_no_position(go, bo, ongoing):
    log(go, bo, ongoing, photo(size=(3000, 2000)), alt="Torget")

    kept = Image.open(io.BytesIO(Path(LogFile.objects.get().attachment.file.path).read_bytes()))
    assert (kept.size, dict(kept.getexif())) == ((1067, 1600), {})


def test_it_is_asked_what_the_picture_shows(go, bo, ongoing):
    answer = log(go, bo, ongoing, photo())

    errors = answer.context["form"].errors
    assert errors["alt"] == ["Skriv vad bilden visar, för den som inte ser den."]
    assert "Välj filen igen" in errors["attached"][0]
    assert "Två timmar på torget." in answer.content.decode()
    assert (ongoing.log.count(), Attachment.objects.count()) == (0, 0)


def test_five_at_most(go, bo, ongoing):
    answer = log(go, bo, ongoing, *(photo(f"{number}.jpg") for number in range(6)), alt="Torget")

    assert (answer.context["form"].errors["attached"], ongoing.log.count()) == (["Skicka högst 5 filer åt gången."], 0)


def test_five_at_most_also_when_the_line_is_corrected(go, bo, ongoing, sent):
    line = sent.line
    more = {"attached": [photo(f"{number}.jpg") for number in range(5)], "alt": "Torget", "revision": line.revision}

    answer = go(bo, f"/overenskommelser/atgarder/logg/{line.pk}/andra/", LINE | more)

    assert "högst 5 filer" in answer.context["form"].errors["attached"][0]


def test_one_of_several_that_is_refused_is_named(go, bo, ongoing):
    answer = log(go, bo, ongoing, photo(), SimpleUploadedFile("ritning.svg", b"<svg/>"), alt="Torget")

    assert answer.context["form"].errors["attached"][0].startswith("ritning.svg: Filen är en webbsida")


def test_the_page_shows_it_with_its_words_and_a_warning(go, hans, bo, sent):
    page = go(hans, f"/overenskommelser/atgarder/{sent.line.measure_id}/").content.decode()
    form = go(bo, f"/overenskommelser/atgarder/{sent.line.measure_id}/").content.decode()

    assert f'<img src="/overenskommelser/atgarder/logg/filer/{sent.pk}/" alt="Torget i kvällsljus"' in page
    assert "Inga ansikten och inga registreringsskyltar" in form
    assert 'accept="image/jpeg,' in form


def test_members_see_it_and_others_find_nothing(client, sent, hans, eva, greta):
    found = {}
    for person in (hans, eva, greta):
        client.force_login(person)
        answer = client.get(f"/overenskommelser/atgarder/logg/filer/{sent.pk}/")
        found[person.name] = (answer.status_code, answer.headers["Content-Type"])
        files.let_go(answer)

    assert found["Hans Hav"] == (200, "image/jpeg")
    assert (found["Eva Ek"][0], found["Greta Gran"][0]) == (404, 404)


def test_a_photo_is_taken_away_with_its_bytes_also_when_the_measure_has_ended(go, bo, ongoing, sent):
    type(ongoing).objects.filter(pk=ongoing.pk).update(status="done")
    path = Path(sent.attachment.file.path)
    address = f"/overenskommelser/atgarder/logg/filer/{sent.pk}/ta-bort/"

    asked = go(bo, address).content.decode()
    go(bo, address, {})

    assert "raderas och kan inte återställas" in asked
    assert (LogFile.objects.count(), path.exists()) == (0, False)
    assert Event.objects.get(verb="file_removed").changes["file"]["from"] == "torget.jpg"
