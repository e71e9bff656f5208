"""The page of a line, and the handbook behind it."""

import pytest

from five_steps import actions
from five_steps.handbook import CODES_OF_STEP, LINES, STEPS
from five_steps.places import place_of
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, who, cycle, code="S1.1"):
    client.force_login(who)
    return client.get(f"/steg/{cycle.pk}/{code}/")


def test_the_handbook_has_its_twenty_eight_lines():
    assert {number: len(codes) for number, codes in CODES_OF_STEP.items()} == {1: 5, 2: 5, 3: 5, 4: 8, 5: 5}
    assert [step.number for step in STEPS] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("line", LINES.values(), ids=lambda line: line.code)
def test_every_line_says_what_to_do_and_where(line):
    assert len(line.guidance) > 100
    assert bool(place_of(line, 1)) != line.by_hand


@pytest.mark.parametrize("code", LINES)
def test_every_line_has_a_page(client, bo, cycle, code):
    response = page(client, bo, cycle, code)

    assert LINES[code].title in response.text
    assert LINES[code].guidance in response.text


def test_a_coordinator_sees_the_moves(client, bo, cycle):
    response = page(client, bo, cycle)

    for verb in ("paborja", "bekrafta", "ej-aktuell"):
        assert f'action="/steg/{cycle.pk}/S1.1/{verb}/"' in response.text
    assert "oppna-igen" not in response.text


def test_a_settled_line_offers_only_to_be_opened_again(client, bo, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Protokoll 14 januari.")
    response = page(client, bo, cycle)

    assert f'action="/steg/{cycle.pk}/S1.1/oppna-igen/"' in response.text
    assert "/bekrafta/" not in response.text
    assert "Protokoll 14 januari." in response.text


def test_a_line_that_shows_as_under_way_is_not_to_be_begun(client, bo, cycle):
    factories.ProblemFactory(cycle=cycle)
    text = page(client, bo, cycle, "S3.2").text

    assert "Pågår" in text
    assert "/paborja/" not in text


def test_what_a_person_wrote_as_proof_is_the_evidence_for_members_alone(client, cast, bo, cycle):
    actions.confirm(cycle, "S1.1", by=bo, note="Protokoll 14 januari.")

    assert '<p class="pre">Protokoll 14 januari.</p>' in page(client, bo, cycle).text
    assert "kan inte visa den här raden" not in page(client, bo, cycle).text
    told = page(client, cast["fia"], cycle).text
    assert "Protokoll 14 januari." not in told
    assert '<p class="pre">Bekräftad för hand</p>' in told


def test_a_closed_cycles_line_says_what_was_never_confirmed(client, bo, cycle):
    factories.ProblemFactory(cycle=cycle, status="prioritised")
    cycle.status, cycle.closed_on = "closed", cycle.starts
    cycle.save()
    text = page(client, bo, cycle, "S3.2").text

    assert "Inte bekräftad" in text
    assert [word for word in ("Underlag finns", "Kvar att göra", "Ej påbörjad") if word in text] == []


def test_the_other_sides_line_is_read_without_buttons(client, anna, cycle):
    assert f"/steg/{cycle.pk}/S2.1P/bekrafta/" not in page(client, anna, cycle, "S2.1P").text


def test_what_proves_the_line_is_linked(client, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, status="prioritised", title="Otrygghet vid torget")
    response = page(client, bo, cycle, "S3.2")

    assert f'<a href="{problem.get_absolute_url()}">Otrygghet vid torget</a>' in response.text


def test_an_unshared_picture_of_the_other_party_shows_only_in_the_count(
    client, bo, cycle, own_picture, municipality_party
):
    own_picture(municipality_party, title="Hemlig rubrik")
    response = page(client, bo, cycle, "S2.1K")

    assert "Ett utkast finns." in response.text
    assert "Hemlig rubrik" not in response.text


@pytest.mark.parametrize("first", ["fia", "greta", "ove"])
def test_overseers_see_counts_and_dates_but_no_names_or_texts(client, cast, cycle, bo, first):
    factories.ProblemFactory(cycle=cycle, status="prioritised", title="Otrygghet vid torget")
    actions.confirm(cycle, "S3.2", by=bo, note="Intern anteckning.")
    text = page(client, cast[first], cycle, "S3.2").text

    assert "1 av 1 problem är prioriterade, utan styrgruppens beslut." in text
    assert "Klar" in text
    assert [word for word in ("Otrygghet vid torget", "Bo Berg", "Intern anteckning.") if word in text] == []


@pytest.mark.parametrize(("first", "status"), [("eva", 404), ("lisa", 404), ("hans", 200), ("cecilia", 200)])
def test_who_finds_the_page(client, cast, cycle, first, status):
    assert page(client, cast[first], cycle).status_code == status


def test_a_line_nobody_has_heard_of_is_not_found(client, bo, cycle):
    assert page(client, bo, cycle, "S9.9").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_proves_the_line(client, bo, cycle, count, django_assert_num_queries):
    factories.ProblemFactory.create_batch(count, cycle=cycle, status="prioritised")
    client.force_login(bo)

    with django_assert_num_queries(9):
        client.get(f"/steg/{cycle.pk}/S3.2/")
