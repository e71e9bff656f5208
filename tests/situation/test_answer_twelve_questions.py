"""Twelve questions with the figures filled in make a draft in an afternoon: an ordinary one, to share and merge."""

import pytest
from django.test import Client
from django.utils.html import escape

from indicators import actions as actions_of_indicators
from indicators.example_workbook import build
from journal.models import Event
from partnerships.models import Cycle
from situation import demands, questions, rules
from situation.actions import light
from situation.models import Picture
from tests import factories
from tests.indicators.workbooks import sent

FEWEST = 40  # inputs, from the list of pictures to the saved answers


@pytest.fixture
def figures(lycksele, bo):
    actions_of_indicators.load_catalogue()
    batch = actions_of_indicators.preview(sent(build(lycksele)), by=bo)
    actions_of_indicators.confirm(batch, by=bo)


@pytest.fixture
def begin(client, partnership, police, municipality_party, cycle):
    """Presses the button; gives the draft."""

    def press(person, kind="own_municipality"):
        client.force_login(person)
        response = client.post(f"/lagesbilder/ny/tolv-fragor/?samverkan={partnership.pk}&slag={kind}")
        if response.status_code == 302:
            return Picture.objects.get(pk=response.url.split("/")[2])
        return response

    return press


def asked(client, picture):
    return client.get(f"/lagesbilder/{picture.pk}/tolv-fragor/")


def shown(page):
    """What the form holds when the page is opened, as a browser sends it back."""
    values = {bound.name: bound.value() for bound in page.context["form"] if bound.name != "usual_sources"}
    return {name: "" if value is None else value for name, value in values.items()}


def answers(client, picture, **more):
    return client.post(f"/lagesbilder/{picture.pk}/tolv-fragor/", {**shown(asked(client, picture)), **more})


def test_the_figures_are_filled_in_as_sentences_with_their_sources(client, begin, figures, anna):
    picture = begin(anna)
    form = asked(client, picture).context["form"]

    assert "Anmälda brott totalt i Lycksele" in form["crime"].value()
    assert "Otrygga vid utevistelse" in form["safety"].value() or "misshandel" in form["safety"].value()
    assert all(source.owner.startswith("Brå") for source in picture.sources.all())
    assert all(source.period for source in picture.sources.all())


def test_what_the_figures_fill_in_rests_on_their_sources_with_files(client, begin, figures, anna):
    picture = begin(anna)
    answers(client, picture)

    links = {(one.section, one.source.kind) for one in picture.part_sources.select_related("source")}
    assert ("crime", "reported_crime") in links
    assert {section for section, _ in links} <= {"crime", "safety"}
    assert all(one.batches.exists() and one.uncertainty for one in picture.sources.all())
    page = client.get(f"/lagesbilder/{picture.pk}/").content.decode()
    assert f"Fil: {picture.sources.first().batches.first().original_name}" in page


def test_it_takes_fewer_than_forty_inputs(client, begin, figures, anna):
    page = asked(client, begin(anna))
    form = page.context["form"]
    boxes = len(form.fields["usual_sources"].choices)
    fields = [name for name, field in form.fields.items() if not field.widget.is_hidden and name != "usual_sources"]

    assert len(questions.QUESTIONS) == 12
    assert 1 + boxes + len(fields) + 1 < FEWEST


def test_the_answers_become_an_ordinary_draft(client, begin, figures, anna):
    picture = begin(anna)
    answers(
        client,
        picture,
        usual_sources=["staff_dialogue", "school"],
        problem_1="Skadegörelse vid skolan",
        place_1="Finnbackaskolan",
        summary="Skadegörelsen ökar.",
        analysis="Lite vuxennärvaro på kvällarna.",
        consequences="Kostnader och otrygghet.",
        other_information="Skolan byggs om 2027.",
        prepared_by="Trygghetssamordnare",
    )
    picture.refresh_from_db()

    assert [(one.title, one.place) for one in picture.problems.all()] == [
        ("Skadegörelse vid skolan", "Finnbackaskolan")
    ]
    assert {"staff_dialogue", "school"} <= set(picture.sources.values_list("kind", flat=True))
    assert "Anmälda brott totalt i Lycksele" in picture.crime
    assert demands.missing_for_ready(picture) == []
    assert all(there for _, there in rules.law_parts(picture))


def test_who_made_it_is_known_from_the_function_that_the_person_holds(begin, partnership, municipality_party, anna):
    seat = factories.SeatFactory(
        partnership=partnership, organisation=municipality_party.organisation, function="coordinator"
    )
    factories.HoldingFactory(seat=seat, user=anna)

    assert begin(anna).prepared_by == "Samordnare"


def test_pressing_twice_makes_one_draft(begin, anna):
    assert begin(anna) == begin(anna)
    assert Picture.objects.count() == 1


def test_what_was_deleted_is_not_filled_in_again(client, begin, figures, anna):
    picture = begin(anna)
    answers(client, picture, crime="", summary="Bara detta.")

    assert asked(client, picture).context["form"]["crime"].value() == ""


def test_what_stands_in_the_draft_already_is_never_wiped(client, begin, figures, anna):
    picture = begin(anna)
    Picture.objects.filter(pk=picture.pk).update(crime="Det jag skrev i den fullständiga.", safety="Och detta.")
    answers(client, picture, summary="Ny sammanfattning.")
    picture.refresh_from_db()

    assert (picture.crime, picture.safety) == ("Det jag skrev i den fullständiga.", "Och detta.")


def test_a_page_that_is_sent_again_adds_no_problem_twice(client, begin, anna):
    picture = begin(anna)
    for _ in range(3):
        answers(client, picture, problem_1="Klotter", place_1="Torget", problem_2="Klotter", place_2="Torget")

    assert picture.problems.count() == 1


def test_the_book_tells_only_what_was_changed(client, begin, figures, anna):
    picture = begin(anna)
    answers(client, picture, usual_sources=["school"])
    before = Event.objects.about(picture).count()
    answers(client, picture)

    assert Event.objects.about(picture).count() == before
    assert "school" not in str([event.changes for event in Event.objects.about(picture)])


def test_a_closed_cycle_takes_no_new_problems(client, begin, anna):
    picture = begin(anna)
    Cycle.objects.update(status="closed", closed_on="2026-01-01")
    response = answers(client, picture, problem_1="Klotter")

    assert escape(light.NO_CYCLE) in response.text
    assert not picture.problems.exists()


def test_where_no_figures_are_filled_in_it_is_said(client, begin, anna):
    assert questions.NO_FIGURES in asked(client, begin(anna)).text


def test_without_figures_the_questions_are_still_there(client, begin, anna):
    page = asked(client, begin(anna))

    assert page.status_code == 200
    assert page.context["form"]["crime"].value() in ("", None)


def test_a_place_without_a_problem_is_asked_about_and_nothing_is_lost(client, begin, anna):
    picture = begin(anna)
    response = answers(client, picture, place_1="Torget", summary="Det jag skrev.")

    assert "Skriv vad problemet är, inte bara var." in response.text
    assert "Det jag skrev." in response.text
    assert not picture.problems.exists()


def test_without_an_open_cycle_problems_wait_and_nothing_is_lost(client, begin, anna):
    Cycle.objects.update(status="closed", closed_on="2026-01-01")
    picture = begin(anna)
    response = answers(client, picture, problem_1="Klotter", summary="Det jag skrev.")

    assert escape(light.NO_CYCLE) in response.text
    assert "Det jag skrev." in response.text
    assert not Picture.objects.get(pk=picture.pk).summary


def test_a_personnummer_in_an_answer_is_refused(client, begin, anna):
    picture = begin(anna)
    response = answers(client, picture, analysis="Det är 19121212-1212 som gör det.")

    assert "personnummer" in response.text
    assert not Picture.objects.get(pk=picture.pk).analysis


def test_two_browsers_do_not_overwrite_each_other(client, begin, anna):
    picture = begin(anna)
    first, second = Client(), Client()
    for browser in (first, second):
        browser.force_login(anna)
    address = f"/lagesbilder/{picture.pk}/tolv-fragor/"
    data = shown(first.get(address))
    first.post(address, {**data, "summary": "Den första."})
    response = second.post(address, {**data, "summary": "Den andra."})

    assert "samtidigt som du skrev" in response.text
    assert "Den andra." in response.text
    assert Picture.objects.get(pk=picture.pk).summary == "Den första."


@pytest.mark.parametrize(
    ("first", "kind", "status"),
    [("bo", "own_municipality", 403), ("anna", "own_police", 403), ("eva", "own_police", 404), ("anna", "joint", 404)],
)
def test_nobody_begins_anothers_picture(begin, cast, first, kind, status):
    assert begin(cast[first], kind).status_code == status


def test_the_police_do_not_find_the_municipalitys_draft(client, begin, anna, bo):
    picture = begin(anna)
    client.force_login(bo)

    assert asked(client, picture).status_code == 404


def test_a_shared_picture_is_not_answered_again(client, shared, bo):
    client.force_login(bo)
    page = client.post(f"/lagesbilder/{shared.pk}/tolv-fragor/", {"summary": "Ny text.", "revision": shared.revision})

    assert Picture.objects.get(pk=shared.pk).summary == "Läget i korthet."
    assert "Lägesbilden är inte längre ett utkast." in page.text


def test_questions_cost_as_many_queries_with_many_problems(
    client, begin, anna, partnership, cycle, django_assert_max_num_queries
):
    picture = begin(anna)
    factories.ProblemFactory.create_batch(20, picture=picture, cycle=cycle, partnership=partnership)

    with django_assert_max_num_queries(22):
        asked(client, picture)
