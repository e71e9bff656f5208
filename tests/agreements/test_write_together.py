"""Several who write in a draft at once, what others say of it, and what each party takes on."""

import pytest

from agreements import actions, content
from agreements.actions.drafting import MOVED_ON, REFERRED
from agreements.models import Agreement, Comment
from journal.models import Event
from lib import canonical
from tests import factories

PURPOSE, AREAS = "avsnitt/syfte/", "avsnitt/omraden/"


def address(agreement, rest):
    return f"/overenskommelser/{agreement.pk}/{rest}"


def typed(agreement, name, text):
    """What the browser sends from a section's page that was opened now."""
    return {"text": text, "was": actions.sign_of(getattr(agreement, name))}


@pytest.fixture
def suggestion(draft, municipality_party, anna):
    return factories.CommentFactory(
        agreement=draft,
        party=municipality_party,
        section="purpose",
        text="Nämn skolorna.",
        before=draft.purpose,
        suggestion="Minska otryggheten i och kring skolorna.",
        created_by=anna,
    )


def test_two_write_in_different_sections_at_once(go, anna, bo, draft):
    first, second = typed(draft, "purpose", "Annas syfte."), typed(draft, "areas", "Bos område")

    go(anna, address(draft, PURPOSE), first)
    go(bo, address(draft, AREAS), second)

    draft.refresh_from_db()
    assert (draft.purpose, draft.areas) == ("Annas syfte.", "Bos område")
    assert Event.objects.about(draft).first().changes["areas"]["from"] == "Centrum\nUngdomar"


def test_the_second_in_the_same_section_is_told_keeps_what_was_typed_and_sees_both(go, anna, bo, draft):
    first, second = typed(draft, "purpose", "Annas syfte."), typed(draft, "purpose", "Bos syfte.")
    go(anna, address(draft, PURPOSE), first)

    answer = go(bo, address(draft, PURPOSE), second)

    page = answer.content.decode()
    draft.refresh_from_db()
    assert draft.purpose == "Annas syfte."
    assert "Anna Andersson ändrade avsnittet" in page
    assert "Annas syfte." in page
    assert "Bos syfte." in page
    go(bo, address(draft, PURPOSE), {"text": "Annas och Bos.", "was": answer.context["form"]["was"].value()})
    draft.refresh_from_db()
    assert draft.purpose == "Annas och Bos."


def test_the_long_form_and_a_section_meet_as_two_long_forms_do(go, anna, bo, draft, form):
    long = form(draft, background="Bos bakgrund.")
    go(anna, address(draft, PURPOSE), typed(draft, "purpose", "Annas syfte."))

    page = go(bo, address(draft, "andra/"), long).content.decode()

    assert "samtidigt som du skrev" in page
    assert "Bos bakgrund." in page


def test_a_locked_text_is_not_written_in(go, bo, draft):
    sent = typed(draft, "purpose", "Nytt.")
    actions.propose(draft, by=bo)

    page = go(bo, address(draft, PURPOSE), sent).content.decode()

    draft.refresh_from_db()
    assert draft.purpose == "Minska otryggheten."
    assert "Texten är låst" in page
    assert "Nytt." in page


def test_a_personal_number_in_a_section_is_refused(go, bo, draft):
    page = go(bo, address(draft, PURPOSE), typed(draft, "purpose", "Efter 811228-9874.")).content.decode()

    draft.refresh_from_db()
    assert "ser ut att innehålla ett personnummer" in page
    assert draft.purpose == "Minska otryggheten."


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404), ("fia", 404)])
def test_others_do_not_write_in_a_section(go, cast, draft, who, code):
    assert go(cast[who], address(draft, PURPOSE), typed(draft, "purpose", "Nytt.")).status_code == code
    draft.refresh_from_db()
    assert draft.purpose == "Minska otryggheten."


@pytest.mark.parametrize("word", ["annat", "purpose", "title"])
def test_a_section_that_is_none_is_not_found(go, bo, draft, word):
    assert go(bo, address(draft, f"avsnitt/{word}/")).status_code == 404


def test_a_reader_comments_and_a_stranger_does_not(go, hans, eva, fia, draft, municipality_party):
    said = {"synpunkt-text": "Nämn skolorna.", "synpunkt-suggestion": ""}

    go(hans, address(draft, PURPOSE + "synpunkt/"), said)

    made = Comment.objects.get()
    assert (made.party, made.section, made.before) == (municipality_party, "purpose", "Minska otryggheten.")
    assert go(eva, address(draft, PURPOSE + "synpunkt/"), said).status_code == 404
    assert go(fia, address(draft, PURPOSE + "synpunkt/"), said).status_code == 404
    assert "Nämn skolorna." in go(hans, address(draft, PURPOSE)).content.decode()


def test_a_comment_on_what_is_no_longer_a_draft_is_kept_on_the_page(go, hans, bo, draft):
    actions.propose(draft, by=bo)

    page = go(hans, address(draft, PURPOSE + "synpunkt/"), {"synpunkt-text": "För sent."}).content.decode()

    assert not Comment.objects.exists()
    assert "inte längre ett utkast" in page
    assert "För sent." in page


def test_an_accepted_suggestion_replaces_the_section(go, bo, draft, suggestion):
    go(bo, f"/overenskommelser/synpunkter/{suggestion.pk}/for-in/", {"answer": ""})

    draft.refresh_from_db()
    suggestion.refresh_from_db()
    assert draft.purpose == "Minska otryggheten i och kring skolorna."
    assert suggestion.status == "accepted"
    assert Event.objects.about(draft).first().changes["purpose"]["to"] == draft.purpose


def test_a_suggestion_is_not_put_in_where_the_section_has_moved_on(go, bo, draft, suggestion):
    Agreement.objects.filter(pk=draft.pk).update(purpose="Något annat.")

    go(bo, f"/overenskommelser/synpunkter/{suggestion.pk}/for-in/", {"answer": "Tack."})
    page = go(bo, address(draft, "")).content.decode()

    draft.refresh_from_db()
    suggestion.refresh_from_db()
    assert (draft.purpose, suggestion.status) == ("Något annat.", "open")
    assert MOVED_ON in page


def test_a_suggestion_waits_while_the_text_is_referred(go, bo, draft, suggestion, day):
    actions.refer(draft, by=bo, until=day)

    go(bo, f"/overenskommelser/synpunkter/{suggestion.pk}/for-in/", {"answer": "Tack."})
    page = go(bo, address(draft, "")).content.decode()

    suggestion.refresh_from_db()
    assert suggestion.status == "open"
    assert REFERRED in page


def test_declining_needs_an_answer(go, bo, draft, suggestion):
    url = f"/overenskommelser/synpunkter/{suggestion.pk}/for-inte-in/"

    page = go(bo, url, {"answer": ""}).content.decode()
    assert "Skriv varför synpunkten inte förs in." in page
    go(bo, url, {"answer": "Skolorna har en egen plan."})

    draft.refresh_from_db()
    suggestion.refresh_from_db()
    assert (draft.purpose, suggestion.status) == ("Minska otryggheten.", "declined")
    assert suggestion.answer == "Skolorna har en egen plan."


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404)])
@pytest.mark.parametrize("verb", ["for-in", "for-inte-in"])
def test_only_coordinators_answer(go, cast, suggestion, who, code, verb):
    url = f"/overenskommelser/synpunkter/{suggestion.pk}/{verb}/"

    assert go(cast[who], url, {"answer": "Nej."}).status_code == code
    suggestion.refresh_from_db()
    assert suggestion.status == "open"


def test_open_comments_are_told_before_it_is_sent(go, bo, draft, suggestion):
    page = go(bo, address(draft, "skicka/")).content.decode()

    assert "1 synpunkt är obesvarad." in page


def test_what_a_party_takes_on_is_written_and_frozen_with_the_text(go, bo, draft, police):
    written = {"text": "Leder arbetsgruppen.", "hours_per_month": 40, "kronor_per_year": 12000, "resources": "En bil"}

    go(bo, address(draft, f"ataganden/{police.pk}/"), written)
    actions.propose(draft, by=bo)

    draft.refresh_from_db()
    (frozen,) = draft.frozen["undertakings"]
    assert (frozen["name"], frozen["hours_per_month"], frozen["kronor_per_year"]) == (str(police), 40, 12000)
    page = go(bo, address(draft, "")).content.decode()
    assert "Leder arbetsgruppen." in page
    assert "12\xa0000" in page
    late = go(bo, address(draft, f"ataganden/{police.pk}/"), written | {"text": "Mer."}).content.decode()
    assert "Texten är låst" in late


def test_an_undertaking_is_taken_away_in_a_draft_only(go, bo, draft, police):
    factories.UndertakingFactory(agreement=draft, party=police, created_by=bo)

    go(bo, address(draft, f"ataganden/{police.pk}/ta-bort/"), {})

    assert not draft.undertakings.exists()
    assert Event.objects.about(draft).first().verb == "undertaking_removed"


def test_a_stranger_partys_undertakings_are_not_found(go, bo, draft, neighbour):
    assert go(bo, address(draft, f"ataganden/{neighbour.pk}/")).status_code == 404


def test_a_text_that_was_frozen_before_the_new_parts_still_shows(go, bo, draft, police, municipality_party):
    """As schema 1 gave it: no version, area, undertakings, adaptations, goals, rhythms or months of extension."""
    new = ("version", "revision_reason", "area", "undertakings", "adaptations", "extension_months", "goals")
    new = (*new, "area_names", "following", "revising")
    old = {name: value for name, value in content.of(draft).items() if name not in new} | {"schema": 1}
    old_one = factories.AgreementFactory(
        partnership=draft.partnership, status="proposed", frozen=old, checksum=canonical.checksum(old), created_by=bo
    )

    for address_ in ("", "jamfor/", "versioner/"):
        page = go(bo, address(old_one, address_))
        assert page.status_code == 200
    assert "Minska otryggheten." in go(bo, address(old_one, "")).content.decode()
