"""The page of a partnership: how it goes, what is next, who."""

import pytest

from five_steps import actions
from five_steps.handbook import CODES_OF_STEP, LINES
from tests import factories
from tests.overview.conftest import HOLDER

pytestmark = pytest.mark.django_db


def page(client, who, partnership, query=""):
    client.force_login(who)
    return client.get(f"/samverkan/{partnership.pk}/{query}")


def test_the_page_tells_where_one_is_and_how_it_goes(client, bo, full):
    text = page(client, bo, full).text

    assert "<h1>Samverkan Södra Lappland</h1>" in text
    assert "Samverkansomgång 2026–2029, gemensam för Lycksele. Överenskommelsen gäller till 31 december 2029." in text


def test_the_current_steps_lines_are_shown_with_what_proves_them(client, bo, full):
    text = page(client, bo, full).text

    assert "Steg 1 – Initiera samverkan" in text
    assert "Styrgrupp saknas, kommunpolis tillsatt, samordnare saknas" in text


def test_the_note_of_a_line_settled_by_hand_is_what_shows_it(client, bo, full, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Protokoll 14 januari.")
    text = page(client, bo, full).text

    assert "<small>Protokoll 14 januari · Bekräftad" in text


@pytest.mark.parametrize("number", range(1, 6))
def test_any_step_can_be_shown(client, bo, full, cycle, number):
    text = page(client, bo, full, f"?steg={number}").text

    shown = [code for code in LINES if f'<a href="/steg/{cycle.pk}/{code}/">{LINES[code].short}</a>' in text]
    assert shown == CODES_OF_STEP[number]


@pytest.mark.parametrize("asked", ["9", "", "ett"])
def test_a_step_that_does_not_exist_becomes_the_current_one(client, bo, full, asked):
    assert "Steg 1 – Initiera samverkan" in page(client, bo, full, f"?steg={asked}").text


def test_members_see_problems_measures_functions_and_promises(client, hans, full):
    text = page(client, hans, full).text

    assert "Otrygghet vid torget" in text
    assert "1 · 1 påbörjad" in text
    assert "tillsatt sedan 2024, 50 %" in text
    assert "Vakant " in text
    assert "16 av 25 fotpatruller" in text


@pytest.mark.parametrize("first", ["fia", "greta", "ove"])
def test_overseers_see_counts_but_no_titles_or_names(client, cast, full, bo, first):
    actions.confirm(full.cycles.get(), "S3.2", by=bo, note="Intern anteckning.")
    texts = [page(client, cast[first], full, f"?steg={number}").text for number in range(1, 6)]

    for text in texts:
        assert "Prioriterade problem</dt><dd>1</dd>" in text
        secrets = (
            "Otrygghet vid torget",
            "Fotpatruller på fredagar",
            HOLDER,
            "Bo Berg",
            "Lugnt på",
            "Intern anteckning",
        )
        assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize("first", ["anna", "bo", "hans", "cecilia"])
def test_holders_names_stay_off_the_page(client, cast, full, first):
    assert HOLDER not in page(client, cast[first], full).text


WHO = {"anna": 200, "bo": 200, "cecilia": 200, "david": 200, "eva": 404, "fia": 200, "greta": 200, "hans": 200}
WHO |= {"lisa": 404, "ove": 200}


@pytest.mark.parametrize("first", WHO)
def test_who_finds_the_page(client, cast, full, first):
    assert page(client, cast[first], full).status_code == WHO[first]


def test_an_unshared_picture_stays_with_its_party(client, bo, full, cycle, municipality_party):
    factories.PictureFactory(
        partnership=full, cycle=cycle, kind="own_municipality", owner=municipality_party, title="Kommunens hemlighet"
    )
    text = page(client, bo, full, "?steg=2").text

    assert "Ett utkast finns" in text
    assert "Kommunens hemlighet" not in text


def test_a_partnership_without_a_cycle_teaches_how_to_open_one(client, bo, partnership):
    text = page(client, bo, partnership).text

    assert "Öppna en samverkansomgång" in text
    assert f'href="/samverkan/{partnership.pk}/omgangar/"' in text


def test_a_reader_is_not_asked_to_open_a_cycle(client, hans, partnership):
    assert "Öppna en omgång" not in page(client, hans, partnership).text


# --- Next step


def settle(cycle, who, codes):
    for code in codes:
        actions.dismiss(cycle, code, by=who, note="Skäl.")


def test_the_next_step_is_the_first_line_that_is_not_settled(client, bo, full, cycle):
    settle(cycle, bo, ["S1.1", "S1.2"])

    assert "Fortsätt med organisationen" in page(client, bo, full).text


def test_a_line_with_full_evidence_goes_first(client, bo, full, cycle, police):
    seat = factories.SeatFactory(partnership=full, organisation=police.organisation, function="communication")
    factories.HoldingFactory(seat=seat)
    text = page(client, bo, full).text

    assert "Underlag finns. Nästa rad: <strong>kommunikationsansvarig</strong>. Läs igenom och bekräfta." in text
    assert f'<a class="btn" href="/steg/{cycle.pk}/S1.4/">Bekräfta raden</a>' in text


def test_the_police_are_not_asked_for_the_municipalitys_lines(client, bo, anna, full, cycle):
    settle(cycle, bo, [*CODES_OF_STEP[1], "S2.1P", "S2.2", "S2.3P"])
    settle(cycle, anna, ["S2.3K"])

    assert "Raden bekräftas av: Kommunens samordnare." in page(client, bo, full).text
    assert ">Skriv kommunens lägesbild</a>" in page(client, anna, full).text


def test_when_all_is_done_the_cycle_is_to_be_closed(client, bo, anna, full, cycle):
    for code, line in LINES.items():
        actions.dismiss(cycle, code, by=anna if line.side == "municipality" else bo, note="Skäl.")

    assert "Alla fem steg är klara." in page(client, bo, full).text


def test_only_one_button_is_filled(client, bo, full):
    text = page(client, bo, full).text

    assert text.count('class="btn"') == 1


# --- Earlier cycles


def test_an_earlier_cycle_is_kept_as_it_ended(client, bo, full, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Beslut.")
    type(cycle).objects.update(status="closed", closed_on="2026-06-01")
    client.force_login(bo)
    text = client.get(f"/omgangar/{cycle.pk}/").text

    assert "Samverkansomgång 2026–2029, avslutad 1 juni 2026." in text
    assert "Beslut om samverkan" in text
    assert "Nästa steg" not in text


def test_an_earlier_cycle_says_what_was_confirmed_and_calls_nobody_to_act(client, bo, full, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Beslut.")
    type(cycle).objects.update(status="closed", closed_on="2026-06-01")
    factories.CycleFactory(partnership=full)
    client.force_login(bo)
    texts = [client.get(f"/omgangar/{cycle.pk}/?steg={number}").text for number in range(1, 6)]

    assert "<h1>Samverkan Södra Lappland: tidigare omgång</h1>" in texts[0]
    assert f'<a href="/samverkan/{full.pk}/">Samverkan Södra Lappland</a>' in texts[0]
    assert "<small>1 av 5 bekräftade</small>" in texts[0]
    calls = ("Bekräftas för hand", "Inte påbörjat", "Underlag finns", "Kvar:", 'aria-current="step"', "Pågår</span>")
    assert [word for word in calls for text in texts if word in text] == []


def test_what_is_too_much_for_a_row_is_said_to_be_more(client, bo, full, cycle):
    for number in range(3):
        factories.ProblemFactory(cycle=cycle, status="prioritised", title=f"Problem nummer {number}")

    assert "</a> med flera" in page(client, bo, full, "?steg=3").text


def test_a_municipalitys_page_says_that_the_lines_are_about_all(client, bo, full, joint):
    client.force_login(bo)

    assert "Raderna gäller hela samverkan, inte bara Lycksele." in client.get("/kommuner/lycksele/").text


def test_a_strangers_cycle_is_not_found(client, eva, cycle):
    client.force_login(eva)

    assert client.get(f"/omgangar/{cycle.pk}/").status_code == 404


# --- Speed


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_the_partnership_holds(
    client, bo, full, cycle, police, count, django_assert_num_queries
):
    for _ in range(count):
        problem = factories.ProblemFactory(cycle=cycle, status="prioritised")
        factories.MeasureFactory(problem=problem, responsible=police)
        factories.SeatFactory(partnership=full, organisation=police.organisation)
        factories.CycleFactory(partnership=full, status="closed", closed_on="2026-01-01")
        factories.PictureFactory(partnership=full, cycle=cycle)
        factories.PartyFactory(partnership=full)
    client.force_login(bo)

    with django_assert_num_queries(23):
        client.get(f"/samverkan/{full.pk}/")
