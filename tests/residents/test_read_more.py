"""One promise, its QR code, the dialogues, the register: what is told, and what never is."""

import datetime as dt

import pytest

from citizen_promises import actions
from dialogues.models import DialogueResult
from lib.dates import now
from tests import factories
from tests.residents import made

PAST = {"starts": dt.date(2024, 1, 1), "ends": dt.date(2025, 12, 31)}


def address(document):
    return f"/medborgarloften/lycksele/{document.pk}/{document.promises.first().pk}/"


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_a_promise_tells_its_story_in_four_lines(client, published, promise, bo):
    factories.OutcomeFactory(promise=promise, text="Sju pass i maj.")
    actions.settle(promise, by=bo, status="partly", reason="Två pass ställdes in.")
    text = read(client, address(published))

    said = [text.index(word) for word in ("<dt>Ni sa", "<dt>Vi lovade", "<dt>Vi gjorde", "<dt>Det hände")]
    assert said == sorted(said)
    for words in ("Många undviker torget", "25 fotpatruller", "Sju pass i maj.", "Två pass ställdes in."):
        assert words in text
    assert "<h1" in text


def test_a_promise_has_an_address_to_share_and_to_draw(client, published, settings):
    settings.SITE_URL = "https://exempel.se"
    text = read(client, address(published))
    drawing = client.get(f"{address(published)}qr.svg")

    assert f'href="https://exempel.se{address(published)}"' in text
    assert drawing["Content-Type"] == "image/svg+xml"
    assert drawing.content.startswith(b"<?xml")
    assert b"<script" not in drawing.content


def test_the_page_of_the_municipality_leads_to_each_promise(client, published):
    assert f'href="{address(published)}"' in read(client, "/medborgarloften/lycksele/")


def test_a_withdrawn_promise_says_why_and_when(client, published, bo):
    actions.withdraw(published, by=bo, reason="Löftet var fel räknat.")
    text = read(client, address(published), 410)

    assert "Löftet var fel räknat." in text
    assert "togs bort 15 juni 2026" in text
    assert "Synlig polis" not in text
    assert client.get(f"{address(published)}qr.svg").status_code == 200


def test_promises_whose_time_is_over_lead_on_to_those_that_hold(client, publish):
    old = publish("Gammalt", **PAST)
    new = publish("Nytt", starts=dt.date(2026, 1, 1))

    assert f'href="/medborgarloften/lycksele/{new.pk}/">Läs löftena som gäller nu' in read(client, address(old))
    assert "gäller inte längre" not in read(client, address(new))


@pytest.mark.parametrize("wrong", ["landskrona/{d}/{p}/", "lycksele/{d}/999/", "lycksele/999/{p}/", "lycksele/{d}/x/"])
def test_a_wrong_address_helps_to_the_right_one(client, published, promise, organisations, wrong):
    text = read(client, "/medborgarloften/" + wrong.format(d=published.pk, p=promise.pk), 404)

    assert 'role="search"' in text
    assert "Logga in" not in text


def test_a_promise_of_a_draft_has_no_page(client, draft, promise):
    read(client, address(draft), 404)
    assert client.get(f"{address(draft)}qr.svg").status_code == 404


def test_what_is_answered_in_a_dialogue_is_read(client, cycle, lycksele, bo):
    heard = made.result(made.dialogue(cycle, lycksele, bo), bo).dialogue
    text = read(client, f"/medborgarloften/lycksele/dialoger/{heard.pk}/")

    assert f"/medborgarloften/lycksele/dialoger/{heard.pk}/" in read(client, "/medborgarloften/lycksele/")
    for words in ("12 nämnde det", "Lamporna byts i maj.", "Gatuenheten", "Häcken är klippt", "Få unga män kom."):
        assert words in text


def test_a_theme_that_became_a_promise_leads_there(client, cycle, lycksele, bo, monkeypatch, published):
    from residents import queries  # noqa: PLC0415

    shown = queries.public_page(lycksele, dt.date(2026, 6, 15)).current
    shown[0].promises[0].themes = [{"id": 1}]

    assert queries.promises_by_theme(shown) == {1: shown[0].promises[0]}


def test_a_withdrawn_result_says_why(client, cycle, lycksele, bo):
    result = made.result(made.dialogue(cycle, lycksele, bo), bo)
    gone = {"withdrawn_at": now(), "withdrawn_by": bo, "withdrawn_reason": "Siffrorna var fel."}
    DialogueResult.objects.filter(pk=result.pk).update(**gone)
    text = read(client, f"/medborgarloften/lycksele/dialoger/{result.dialogue_id}/", 410)

    assert "Siffrorna var fel." in text
    assert "Mörkt på skolvägen" not in text


def test_an_unpublished_dialogue_has_no_page(client, cycle, lycksele, bo):
    read(client, f"/medborgarloften/lycksele/dialoger/{made.dialogue(cycle, lycksele, bo).pk}/", 404)


def test_an_open_dialogue_leads_to_its_questions(client, cycle, lycksele, bo):
    day = dt.timedelta(days=1)
    opened = made.dialogue(cycle, lycksele, bo, opens_at=now() - day, closes_at=now() + day)
    text = read(client, "/medborgarloften/lycksele/")

    assert "Vi vill höra vad du tycker" in text
    assert f'href="/medborgarloften/lycksele/dialog/{opened.pk}/"' in text


def test_the_register_has_the_signed_agreements_that_are_open(client, partnership, lycksele, bo):
    common = made.signed(partnership, bo)
    text = read(client, "/medborgarloften/lycksele/overenskommelser/")

    assert f"/medborgarloften/lycksele/overenskommelser/{common.pk}/" in text
    assert "2 februari 2026" in text
    assert "Minska våldet." in read(client, f"/medborgarloften/lycksele/overenskommelser/{common.pk}/")


@pytest.mark.parametrize("fields", [{"information_class": "working"}, {"information_class": "partly_secret"}])
def test_nobody_has_said_that_it_is_open(client, partnership, lycksele, bo, fields):
    closed = made.signed(partnership, bo, title="Hemligheten", **fields)

    assert "Hemligheten" not in read(client, "/medborgarloften/lycksele/overenskommelser/")
    read(client, f"/medborgarloften/lycksele/overenskommelser/{closed.pk}/", 404)


def test_an_agreement_that_is_not_signed_is_not_in_the_register(client, partnership, lycksele, bo):
    factories.AgreementFactory(partnership=partnership, information_class="open", title="Utkastet")

    assert "Inga överenskommelser visas här" in read(client, "/medborgarloften/lycksele/overenskommelser/")


def test_another_municipality_is_not_bound(client, partnership, bo, organisations):
    signed = made.signed(partnership, bo)

    read(client, f"/medborgarloften/landskrona/overenskommelser/{signed.pk}/", 404)


def test_a_resident_turns_to_functions_never_to_persons(client, partnership, organisations, published, bo):
    seat = factories.SeatFactory(
        partnership=partnership, organisation=organisations["police"], function="municipal_police", title="Bos plats"
    )
    holding = factories.HoldingFactory(seat=seat)
    text = read(client, "/medborgarloften/lycksele/")

    assert "Kommunpolis" in text
    assert "Bos plats" not in text
    assert str(holding.user) not in text
    assert bo.email not in text
