import pytest

from citizen_promises import actions, content
from citizen_promises.models import LanguageVersion, Promise
from citizen_promises.queries import public_documents
from tests import promising
from tests.citizen_promises.conftest import DAY, errors, told


@pytest.fixture
def arabic(draft, promise, bo):
    return actions.add_language(draft, by=bo, language="ar")


def address(version):
    return f"/medborgarloften/arbete/sprak/{version.pk}/"


def _value(field):
    return "" if field.value() is None else field.value()


def write(client, version, **texts):
    form = client.get(address(version)).context["form"]
    posted = {name: _value(form[name]) for name in form.fields}
    return client.post(address(version), posted | texts, follow=True)


def test_a_language_is_chosen_once(client, bo, draft, promise):
    client.force_login(bo)
    page = f"/medborgarloften/arbete/{draft.pk}/sprak/"
    client.post(page, {"language": "sv-lattlast"})
    client.post(page, {"language": "sv-lattlast"})

    assert LanguageVersion.objects.get().language == "sv-lattlast"
    choices = dict(client.get(page).context["form"].fields["language"].choices)
    assert {"fi", "se", "sma", "smj", "yi", "rmy", "fit", "en", "ar", "so"} <= set(choices)
    assert "sv-lattlast" not in choices


def test_an_unknown_language_is_refused(client, bo, draft):
    client.force_login(bo)
    response = client.post(f"/medborgarloften/arbete/{draft.pk}/sprak/", {"language": "klingonska"})

    assert list(errors(response)) == ["language"]


def test_each_text_is_written_beside_the_swedish_one(client, bo, arabic, promise):
    client.force_login(bo)
    page = client.get(address(arabic)).content.decode()

    assert "Synlig polis i centrum" in page
    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page


def test_easy_swedish_is_swedish_to_whoever_reads_aloud():
    version = LanguageVersion(language="sv-lattlast")

    assert (version.tag, version.direction) == ("sv", "ltr")


def test_what_is_lacking_is_told(client, bo, draft, arabic, promise):
    client.force_login(bo)
    response = write(client, arabic, title="وعود")

    assert told(response) == ["Arabiska är sparad."]
    (line,) = response.context["languages"]
    assert line.missing[-1] == "Löfte 1: det här berättade ni"
    assert "Rubrik" not in line.missing


def test_it_is_approved_frozen_and_published_with_the_document(client, bo, draft, arabic, promise):
    client.force_login(bo)
    write(client, arabic, **{"title": "وعود", f"promise-{promise.pk}-text": "شرطة مرئية"})
    promising.publish(draft, bo)

    (shown,) = public_documents(draft.municipality, DAY)
    (language,) = shown.languages
    assert (language.tag, language.direction, language.name) == ("ar", "rtl", "Arabiska")
    assert language.part("title") == "وعود"
    assert [text for _, text in language.promises] == ["شرطة مرئية"]
    assert (language.missing, language.part("situation")) == (0, "")


def test_a_change_in_another_language_takes_the_approval_away(client, bo, draft, arabic, promise):
    Promise.objects.update(promiser="joint")
    client.force_login(bo)
    write(client, arabic, title="وعود")
    client.post(f"/medborgarloften/arbete/{draft.pk}/godkann/", _read(client, draft))
    write(client, arabic, title="وعود أخرى")

    assert "Texten har ändrats sedan den godkändes." in client.get(draft.get_absolute_url()).content.decode()


def _read(client, draft):
    form = client.get(f"/medborgarloften/arbete/{draft.pk}/godkann/").context["form"]
    return {"checksum": form["checksum"].value(), "sure": "on"}


def test_the_second_of_two_who_write_is_told_and_loses_nothing(client, anna, bo, arabic):
    client.force_login(anna)
    form = client.get(address(arabic)).context["form"]
    posted = {name: _value(form[name]) for name in form.fields} | {"title": "Annas"}
    client.force_login(bo)
    write(client, arabic, title="Bos")
    client.force_login(anna)
    response = client.post(address(arabic), posted)

    assert errors(response)[""][0].startswith("Någon annan ändrade texterna")
    assert "Annas" in response.content.decode()
    arabic.refresh_from_db()
    assert arabic.texts["title"] == "Bos"


def test_what_no_longer_has_a_swedish_text_is_left_out(client, bo, draft, arabic, promise):
    client.force_login(bo)
    write(client, arabic, **{f"promise-{promise.pk}-text": "شرطة مرئية"})
    actions.remove_promise(promise, by=bo)

    assert content.of(draft)["languages"] == {}


@pytest.mark.parametrize(("name", "value"), [("title", "x" * 201), ("situation", "19900101-0017")])
def test_an_odd_text_is_answered_in_words(client, bo, arabic, name, value):
    client.force_login(bo)

    assert list(errors(write(client, arabic, **{name: value}))) == [name]


def test_a_language_is_taken_out_of_a_draft_only(client, bo, draft, arabic):
    client.force_login(bo)
    write(client, arabic, title="وعود")
    promising.approve(draft, bo)
    client.post(f"{address(arabic)}ta-bort/")
    assert LanguageVersion.objects.exists()
    actions.back_to_draft(draft, by=bo)
    client.post(f"{address(arabic)}ta-bort/")

    assert not LanguageVersion.objects.exists()
