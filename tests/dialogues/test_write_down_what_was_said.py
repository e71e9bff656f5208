"""What was heard is written one row at a time; photos from a walk come along."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from attachments.models import Attachment
from dialogues.models import DialogueHours, Theme, WalkPoint
from journal.models import Event
from tests import factories
from tests.attachments.files import PDF, picture
from tests.dialogues.conftest import told

THEME = {"tema-title": "Mörkt på torget", "tema-mentions": 12, "tema-place": "Torget", "tema-revision": 0}


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def section(response, slug):
    return next(one for one in response.context["sections"] if one.slug == slug)


def test_a_theme_is_written_and_the_next_one_waits(client, anna, held):
    client.force_login(anna)

    response = client.post(f"/dialoger/{held.pk}/dokumentera/tema/", THEME, follow=True)

    assert Theme.objects.get().mentions == 12
    assert response.redirect_chain[0][0] == f"/dialoger/{held.pk}/dokumentera/?rad=tema#tema"
    assert section(response, "tema").form["title"].value() is None
    assert section(response, "tema").is_current


@pytest.mark.parametrize(
    ("kind", "said", "words"),
    [
        ("forslag", {"text": "Lys upp gångvägen.", "mentions": 3}, "Lys upp gångvägen."),
        ("atgardat", {"text": "Lampan är bytt.", "done_on": "2026-06-01"}, "Lampan är bytt."),
    ],
)
def test_the_other_rows_too(client, anna, held, kind, said, words):
    client.force_login(anna)

    client.post(f"/dialoger/{held.pk}/dokumentera/{kind}/", {f"{kind}-{name}": value for name, value in said.items()})

    assert words in client.get(f"/dialoger/{held.pk}/").content.decode()


def test_hours_are_told_once_for_each_party(client, anna, held, police):
    client.force_login(anna)
    said = {"tid-party": police.pk, "tid-hours": "7,5"}

    client.post(f"/dialoger/{held.pk}/dokumentera/tid/", said)
    again = client.post(f"/dialoger/{held.pk}/dokumentera/tid/", said)

    assert DialogueHours.objects.get().hours == 7.5
    assert "finns redan" in str(section(again, "tid").form.errors)


@pytest.mark.parametrize("text", ["å" * 50_000, "<script>alert(1)</script>", "Mörkt \N{ELECTRIC TORCH} vid 🏫"])
def test_any_text_is_kept_as_it_was_written(client, anna, held, text):
    client.force_login(anna)

    client.post(f"/dialoger/{held.pk}/dokumentera/tema/", THEME | {"tema-text": text})
    page = client.get(f"/dialoger/{held.pk}/").content.decode()

    assert Theme.objects.get().text == text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"tema-title": "x" * 151}, "title"),
        ({"tema-mentions": "-1"}, "mentions"),
        ({"tema-mentions": "9" * 30}, "mentions"),
        ({"tema-text": "Ring 19900101-0017"}, "text"),
    ],
)
def test_a_faulty_row_stays_in_its_form(client, anna, held, said, field):
    client.force_login(anna)

    response = client.post(f"/dialoger/{held.pk}/dokumentera/tema/", THEME | said)

    assert field in section(response, "tema").form.errors
    assert "Torget" in response.content.decode()
    assert not Theme.objects.exists()


def test_a_row_is_changed_and_taken_out_with_its_words_in_the_history(client, anna, theme):
    client.force_login(anna)
    address = f"/dialoger/{theme.dialogue_id}/dokumentera/tema/{theme.pk}/"

    client.post(address, THEME | {"tema-title": "Mörkt vid skolan"})
    theme.refresh_from_db()
    assert theme.title == "Mörkt vid skolan"

    client.post(f"{address}ta-bort/")
    assert not Theme.objects.exists()
    assert "Mörkt vid skolan" in Event.objects.about(theme.dialogue).first().changes["row"]["from"]


def test_a_theme_that_a_promise_has_taken_up_is_not_taken_out(client, anna, theme):
    Theme.objects.update(outcome="promise", answered_on="2026-06-01")
    client.force_login(anna)

    page = client.post(f"/dialoger/{theme.dialogue_id}/dokumentera/tema/{theme.pk}/ta-bort/", follow=True)

    assert "blivit ett löfte" in told(page)[0]
    assert Theme.objects.exists()


def test_nothing_is_written_in_a_closed_dialogue(client, anna, done):
    client.force_login(anna)
    client.post(f"/dialoger/{done.pk}/avsluta/")

    response = client.post(f"/dialoger/{done.pk}/dokumentera/tema/", THEME)

    assert "annat läge" in str(section(response, "tema").form.errors)
    assert "Mörkt på torget" in response.content.decode()
    assert Theme.objects.count() == 1


def test_a_row_of_another_dialogue_is_not_found(client, anna, theme, make):
    client.force_login(anna)
    other = make(status="held")

    assert client.get(f"/dialoger/{other.pk}/dokumentera/tema/{theme.pk}/").status_code == 404
    assert client.get(f"/dialoger/{other.pk}/dokumentera/punkt/").status_code == 404
    assert client.get(f"/dialoger/{other.pk}/dokumentera/skraep/").status_code == 404


# --- The points of a walk


def point(**said):
    said = {"place": "Tunneln", "category": "lighting", "seen": "Två lampor är trasiga."} | said
    return {f"punkt-{name}": value for name, value in said.items()}


def photo(content=None):
    return SimpleUploadedFile("tunnel.jpg", content or picture())


def test_points_are_numbered_as_they_come_and_shown_with_their_photo(client, anna, walk):
    client.force_login(anna)
    address = f"/dialoger/{walk.pk}/dokumentera/punkt/"

    client.post(address, point(photo=photo(), alt="Mörk tunnel"))
    client.post(address, point(place="Bron"))

    first, second = WalkPoint.objects.all()
    assert [(first.number, first.place), (second.number, second.place)] == [(1, "Tunneln"), (2, "Bron")]
    page = client.get(f"/dialoger/{walk.pk}/").content.decode()
    assert 'alt="Mörk tunnel"' in page
    shown = client.get(f"/dialoger/punkter/{first.pk}/foto/")
    assert shown["Content-Type"] == "image/jpeg"
    for close in shown._resource_closers:  # not the response itself: that would also let go of the database
        close()
    assert client.get(f"/dialoger/punkter/{second.pk}/foto/").status_code == 404


def test_the_form_warns_of_faces_and_asks_what_the_picture_shows(client, anna, walk):
    client.force_login(anna)
    address = f"/dialoger/{walk.pk}/dokumentera/punkt/"

    assert "Inga ansikten" in client.get(f"/dialoger/{walk.pk}/dokumentera/").content.decode()
    wrong = section(client.post(address, point(photo=photo())), "punkt").form.errors
    no_picture = section(client.post(address, point(photo=photo(PDF), alt="x")), "punkt").form.errors

    assert {"alt", "photo"} <= set(wrong)
    assert "photo" in no_picture
    assert not Attachment.objects.exists()


def test_a_new_photo_takes_the_old_ones_place(client, anna, walk):
    client.force_login(anna)
    client.post(f"/dialoger/{walk.pk}/dokumentera/punkt/", point(photo=photo(), alt="Före"))
    made = WalkPoint.objects.get()

    client.post(
        f"/dialoger/{walk.pk}/dokumentera/punkt/{made.pk}/",
        point(photo=photo(picture(size=(30, 20))), alt="Efter", revision=0),
    )

    old, new = Attachment.objects.order_by("pk")
    made.refresh_from_db()
    assert (made.photo, made.alt) == (new, "Efter")
    assert old.erased_at


def test_the_page_of_a_dialogue_asks_as_much_however_much_was_said(client, anna, walk, django_assert_num_queries):
    factories.ThemeFactory(dialogue=walk)
    client.force_login(anna)
    client.get(f"/dialoger/{walk.pk}/")

    with django_assert_num_queries(17):
        client.get(f"/dialoger/{walk.pk}/")
    for number in range(10):
        factories.ThemeFactory(dialogue=walk)
        factories.ProposalFactory(dialogue=walk)
        factories.WalkPointFactory(dialogue=walk, number=number + 1)
    with django_assert_num_queries(17):
        client.get(f"/dialoger/{walk.pk}/")
