"""The parties weigh their problems in a matrix; the steering group's decision is noted, moves them and is frozen."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from accounts.models import Membership, Role
from journal.models import Event
from journal.steps import Refused, take
from lib import canonical
from partnerships.models import Cycle
from situation import actions, content, priorities, rules
from situation.actions import prioritising
from situation.actions.prioritising import Answer
from situation.models import Cell, Ground, Picture, Prioritisation, Problem
from tests import factories
from tests.partnerships.conftest import needs_row_locks

HTMX = {"HX-Request": "true"}
ADDRESS = "/lagesbilder/prioriteringar/"


@pytest.fixture
def problems(cycle, bo):
    """Three that all parties may read."""
    return [
        factories.ProblemFactory(cycle=cycle, title=title, created_by=bo) for title in ("Torget", "Stationen", "Badet")
    ]


@pytest.fixture
def group(partnership, bo):
    return factories.GroupFactory(partnership=partnership, created_by=bo)


@pytest.fixture
def weighing(cycle, problems, group, bo):
    return factories.PrioritisationFactory(cycle=cycle, created_by=bo)


@pytest.fixture
def nora(partnership):
    """The coordinator of Åsele, another municipality in the partnership."""
    asele = factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    organisation = factories.OrganisationFactory(name="Åsele kommun", municipality=asele)
    factories.PartyFactory(partnership=partnership, organisation=organisation)
    person = factories.UserFactory(email="nora@example.se", name="Nora Nord")
    Membership.objects.create(user=person, organisation=organisation, role=Role.COORDINATOR, starts=factories.LONG_AGO)
    return person


@pytest.fixture
def answer(client):
    """Set one cell as somebody, as htmx does."""

    def send(person, weighing, problem, ground, value, was="unknown", **headers):
        client.force_login(person)
        posted = {f"c{problem.pk}-{ground}": value, f"w{problem.pk}-{ground}": was}
        return client.post(f"{ADDRESS}{weighing.pk}/rutor/", posted, headers=headers)

    return send


def value(weighing, problem, ground):
    return Cell.objects.get(prioritisation=weighing, problem=problem, ground=ground).value


def seen(weighing):
    """The hidden fields of the form, as the page has them now."""
    weighing.refresh_from_db()
    return {"revision": weighing.revision, "seen": priorities.stamp(priorities.problems_of(weighing))}


def decision(weighing, problems, group, **changes):
    """What the browser sends: the first is chosen, the second watched, the third dismissed."""
    first, second, third = problems
    sent = {
        **seen(weighing),
        "decided_on": "2026-03-20",
        "body": group.pk,
        "remark": "Protokoll 3/2026, § 4",
        f"outcome_{first.pk}": "chosen",
        f"place_{first.pk}": 1,
        f"outcome_{second.pk}": "watched",
        f"reason_{second.pk}": "Polisregionen driver ett eget arbete.",
        f"outcome_{third.pk}": "dismissed",
        f"reason_{third.pk}": "Går inte att påverka lokalt.",
    }
    return {name: said for name, said in (sent | changes).items() if said is not None}


def settle(client, person, weighing, sent):
    client.force_login(person)
    return client.post(f"{ADDRESS}{weighing.pk}/beslut/", sent)


# --- Weighing


def test_a_weighing_is_begun_once(client, anna, bo, partnership, problems):
    for person in (anna, bo):
        client.force_login(person)
        response = client.post(f"{ADDRESS}ny/?samverkan={partnership.pk}")

    assert response.url == Prioritisation.objects.get().get_absolute_url()


def test_without_a_cycle_one_is_told_to_open_one(client, bo, partnership):
    client.force_login(bo)

    page = client.post(f"{ADDRESS}ny/?samverkan={partnership.pk}", follow=True).text

    assert "Öppna en omgång först." in page
    assert not Prioritisation.objects.exists()


def test_every_problem_stands_against_the_eleven_grounds(client, anna, weighing, problems):
    client.force_login(anna)
    page = client.get(weighing.get_absolute_url()).text

    assert len(Ground) == 11
    assert page.count('class="answer idle"') == 3 * 11
    assert all(label in page for label in [*Ground.labels, "Torget", "Stationen", "Badet", "inget facit"])


def test_a_cell_is_saved_as_it_is_set(anna, weighing, problems, answer):
    response = answer(anna, weighing, problems[0], "rising", "yes", **HTMX)

    assert value(weighing, problems[0], "rising") == "yes"
    assert "<b>2</b> av 22" in response.text
    assert "Sparat: Ökar, ja." in response.text
    assert "<html" not in response.text


def test_without_script_the_whole_matrix_is_saved(client, anna, weighing, problems):
    client.force_login(anna)
    cells = {(problem.pk, ground): "partly" for problem in problems for ground in Ground.values}
    names = {priorities.name_of(spot): said for spot, said in cells.items()}
    response = client.post(f"{ADDRESS}{weighing.pk}/rutor/?sida=1", names)

    assert response.url == f"{weighing.get_absolute_url()}?sida=1"
    assert Cell.objects.filter(value="partly").count() == 33
    assert Event.objects.about(weighing).get(verb="weighed").by == anna


def test_what_somebody_else_set_meanwhile_is_told_and_not_overwritten(anna, bo, weighing, problems, answer):
    answer(bo, weighing, problems[0], "rising", "no")
    response = answer(anna, weighing, problems[0], "rising", "yes", **HTMX)

    assert value(weighing, problems[0], "rising") == "no"
    assert "Bo Berg valde Nej kl." in response.text
    assert "Du valde Ja: välj igen om ditt ska gälla." in response.text


def test_the_second_time_it_is_deliberate(anna, bo, weighing, problems, answer):
    answer(bo, weighing, problems[0], "rising", "no")
    answer(anna, weighing, problems[0], "rising", "yes", was="no")

    assert value(weighing, problems[0], "rising") == "yes"


def test_one_conflict_does_not_hold_back_the_rest_of_the_page(client, anna, bo, weighing, problems, answer):
    answer(bo, weighing, problems[0], "rising", "no")
    client.force_login(anna)
    sent = {f"c{problems[0].pk}-rising": "yes", f"c{problems[1].pk}-harm": "yes", f"c{problems[2].pk}-many": "unknown"}
    page = client.post(f"{ADDRESS}{weighing.pk}/rutor/", sent).text

    assert (value(weighing, problems[0], "rising"), value(weighing, problems[1], "harm")) == ("no", "yes")
    assert "Bo Berg valde Nej" in page


def test_ones_own_quick_second_thought_is_no_conflict(anna, weighing, problems, answer):
    answer(anna, weighing, problems[0], "rising", "yes")
    answer(anna, weighing, problems[0], "rising", "partly")

    assert value(weighing, problems[0], "rising") == "partly"


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_lose_nothing(at_once, anna, bo, weighing, problems):
    spot = (problems[0].pk, "rising")
    told = at_once(
        lambda: prioritising.weigh(weighing, {spot: Answer("unknown", "yes")}, by=anna),
        lambda: prioritising.weigh(weighing, {spot: Answer("unknown", "no")}, by=bo),
    )

    assert sorted(len(one) for one in told) == [0, 1]


@pytest.mark.parametrize("posted", [{"c1-okand": "yes"}, {"cX-rising": "yes"}, {"c9-": "yes"}, {}])
def test_what_is_no_cell_is_told_as_not_saved(client, anna, weighing, posted):
    client.force_login(anna)
    answer = client.post(f"{ADDRESS}{weighing.pk}/rutor/", posted)

    assert answer.status_code == 422
    assert "Inget är sparat" in answer.text
    assert "Sparat." not in answer.text
    assert not Cell.objects.exists()


def test_a_value_nobody_has_heard_of_is_not_saved(anna, weighing, problems, answer):
    response = answer(anna, weighing, problems[0], "rising", "kanske", **HTMX)

    assert response.status_code == 422
    assert response.text.startswith("Inget är sparat")
    assert not Cell.objects.exists()


def test_a_problem_that_is_withdrawn_meanwhile_is_told(bo, anna, weighing, problems, answer):
    Problem.objects.filter(pk=problems[0].pk).update(status="dismissed", reason="Fel uppgift.")
    response = answer(anna, weighing, problems[0], "rising", "yes", **HTMX)

    assert "Problemet är inte längre med i matrisen." in response.text
    assert not Cell.objects.exists()


def test_a_page_of_a_withdrawn_problem_leads_back_to_the_matrix(client, anna, weighing, problems):
    Problem.objects.filter(pk=problems[0].pk).update(status="solved")
    client.force_login(anna)

    page = client.post(f"{ADDRESS}{weighing.pk}/rutor/?problem={problems[0].pk}", {f"c{problems[0].pk}-harm": "yes"})

    assert page.status_code == 200
    assert "Problemet är inte längre med i matrisen." in page.text
    assert client.get(f"{ADDRESS}{weighing.pk}/ett-i-taget/?problem={problems[0].pk}").status_code == 404


def test_unshared_problems_are_not_weighed(client, bo, own_police, weighing):
    hidden = factories.ProblemFactory(picture=own_police, cycle=own_police.cycle, title="Hemligt problem")
    client.force_login(bo)

    assert "Hemligt problem" not in client.get(weighing.get_absolute_url()).text
    assert client.get(f"{ADDRESS}{weighing.pk}/ett-i-taget/?problem={hidden.pk}").status_code == 404


def test_one_problem_at_a_time_leads_to_the_next(client, anna, weighing, problems):
    client.force_login(anna)
    page = client.get(f"{ADDRESS}{weighing.pk}/ett-i-taget/").text
    after = client.post(f"{ADDRESS}{weighing.pk}/rutor/?problem={problems[0].pk}", {f"c{problems[0].pk}-harm": "yes"})
    last = client.post(f"{ADDRESS}{weighing.pk}/rutor/?problem={problems[2].pk}", {f"c{problems[2].pk}-harm": "no"})

    assert "Problem 1 av 3" in page
    assert after.url == f"{ADDRESS}{weighing.pk}/ett-i-taget/?problem={problems[1].pk}"
    assert last.url == weighing.get_absolute_url()


def test_a_ground_may_weigh_more(client, anna, weighing, problems, answer):
    answer(anna, weighing, problems[0], "harm", "yes")
    sent = {name: 1 for ground in Ground.values for name in (ground, f"was_{ground}")}
    client.post(f"{ADDRESS}{weighing.pk}/vikter/", sent | {"harm": 3})

    page = client.get(weighing.get_absolute_url()).text
    assert "<b>6</b> av 26" in page
    assert "väger 3" in page


def test_weights_that_somebody_changed_meanwhile_are_not_overwritten(client, anna, weighing):
    Prioritisation.objects.update(weights={"harm": 2})
    client.force_login(anna)
    sent = {name: 1 for ground in Ground.values for name in (ground, f"was_{ground}")}
    page = client.post(f"{ADDRESS}{weighing.pk}/vikter/", sent | {"cost": 3}, follow=True).text

    weighing.refresh_from_db()
    assert weighing.weights == {"harm": 2}
    assert "Vikterna är inte sparade" in page


@pytest.mark.parametrize("weight", ["0", "4", "tre", ""])
def test_a_weight_is_one_two_or_three(client, anna, weighing, weight):
    client.force_login(anna)
    sent = {name: 1 for ground in Ground.values for name in (ground, f"was_{ground}")}

    assert "Välj 1, 2 eller 3" in client.post(f"{ADDRESS}{weighing.pk}/vikter/", sent | {"cost": weight}).text


# --- Deciding


def test_the_decision_moves_the_problems_in_one_stroke(client, anna, weighing, problems, group):
    response = settle(client, anna, weighing, decision(weighing, problems, group))

    assert response.url == weighing.get_absolute_url()
    found = [(one.status, one.rank, one.reason) for one in Problem.objects.order_by("pk")]
    assert found == [
        ("prioritised", 1, "Styrgruppen den 20 mars 2026."),
        ("watched", None, "Polisregionen driver ett eget arbete."),
        ("dismissed", None, "Går inte att påverka lokalt."),
    ]


def test_the_decision_is_in_the_book_and_on_its_page(client, cecilia, weighing, problems, group, ready):
    Problem.objects.filter(picture=ready).delete()
    settle(client, cecilia, weighing, decision(weighing, problems, group, picture=ready.pk))

    page = client.get(weighing.get_absolute_url()).text
    event = Event.objects.about(weighing).first()
    assert (event.verb, event.by, event.note) == ("settle_priorities", cecilia, "Protokoll 3/2026, § 4")
    for said in ("Styrgruppen", "20 mars 2026", "Lägesbild 2026, version 1", "Går inte att påverka lokalt."):
        assert said in page
    assert "<select" not in page


def test_the_order_is_the_one_that_was_given(client, bo, weighing, problems, group):
    chosen = {f"outcome_{one.pk}": "chosen" for one in problems}
    places = {f"place_{one.pk}": place for one, place in zip(problems, (7, 2, 5), strict=True)}
    settle(client, bo, weighing, decision(weighing, problems, group, **chosen, **places))

    assert [one.title for one in Problem.objects.prioritised()] == ["Stationen", "Badet", "Torget"]
    assert [one.rank for one in Problem.objects.prioritised()] == [1, 2, 3]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decided_on": ""}, "Beslutad den"),
        ({"decided_on": "2099-01-01"}, "i framtiden"),
        ({"body": ""}, "eller skriv organets namn"),
        ({"body_name": "Rådet"}, "inte båda"),
        ({"reason_1": " "}, "Skriv varför ”Stationen” inte prioriteras."),
        ({"place_0": ""}, "Skriv vilken plats ”Torget” har i ordningen."),
        ({"place_0": "0"}, "Torget"),
        ({"outcome_2": ""}, "Välj vad som beslutades om ”Badet”."),
        ({"outcome_1": "chosen", "place_1": "1"}, "samma plats i ordningen"),
        ({"reason_1": "811228-9874 har flyttat."}, "personnummer"),
        ({"reason_2": "Två bröder i 8B."}, "en liten grupp"),
    ],
)
def test_what_is_lacking_is_told_and_nothing_is_lost(client, bo, weighing, problems, group, changes, sentence):
    fields = {
        f"{name[:-1]}{problems[int(name[-1])].pk}" if name[-1].isdigit() else name: said
        for name, said in changes.items()
    }
    response = settle(client, bo, weighing, decision(weighing, problems, group, **fields))

    assert response.status_code == 200
    assert sentence in response.text
    assert "Protokoll 3/2026, § 4" in response.text
    assert set(Problem.objects.values_list("status", flat=True)) == {"identified"}


def test_another_body_may_be_named(client, bo, weighing, problems, group):
    settle(client, bo, weighing, decision(weighing, problems, group, body="", body_name="Hälsa- och trygghetsrådet"))

    weighing.refresh_from_db()
    assert weighing.frozen["body"] == "Hälsa- och trygghetsrådet"


def test_a_version_of_the_joint_picture_is_asked_for_where_there_is_one(client, bo, weighing, problems, group, ready):
    assert "picture" in settle(client, bo, weighing, decision(weighing, problems, group)).context["form"].errors


def test_text_pasted_from_word_is_kept_as_it_is(client, bo, weighing, problems, group):
    pasted = (
        "\u2022\tPolisregionen \u201ddriver\u201d\u00a0ett eget arbete\u2026\r\n\u2022\tVi följer det\u200b {{ 7 }} <b>"
    )
    settle(client, bo, weighing, decision(weighing, problems, group, **{f"reason_{problems[1].pk}": pasted}))

    page = client.get(weighing.get_absolute_url()).text
    assert "\u201ddriver\u201d\u00a0ett eget arbete\u2026" in page
    assert "{{ 7 }} &lt;b&gt;" in page


def test_more_than_five_is_told_never_forbidden(client, bo, cycle, weighing, problems, group):
    more = factories.ProblemFactory.create_batch(3, cycle=cycle)
    chosen = {f"outcome_{one.pk}": "chosen" for one in [*problems, *more]}
    places = {f"place_{one.pk}": place for place, one in enumerate([*problems, *more], start=1)}
    page = settle(client, bo, weighing, decision(weighing, problems, group, **chosen, **places))

    assert Problem.objects.prioritised().count() == 6
    assert "Fler än fem prioriterade problem" in client.get(page.url).text


def test_it_is_decided_once(client, anna, bo, weighing, problems, group):
    sent = decision(weighing, problems, group)
    settle(client, anna, weighing, sent)
    again = settle(
        client, bo, weighing, sent | {f"outcome_{problems[0].pk}": "dismissed", f"reason_{problems[0].pk}": "Nej tack."}
    )

    problems[0].refresh_from_db()
    assert again.status_code == 409
    assert "Nej tack." in again.text
    assert problems[0].status == "prioritised"
    assert weighing.choices.count() == 3


def test_a_matrix_that_changed_while_the_decision_was_written_is_looked_at_first(
    client, anna, bo, weighing, problems, group, answer
):
    sent = decision(weighing, problems, group)
    answer(anna, weighing, problems[0], "harm", "no")
    first = settle(client, bo, weighing, sent)
    weighing.refresh_from_db()

    assert "Matrisen eller problemen har ändrats" in first.text
    assert "Anna Andersson" in first.text
    assert not weighing.is_decided
    settle(client, bo, weighing, sent | {"revision": weighing.revision})
    weighing.refresh_from_db()
    assert weighing.is_decided


def test_a_problem_withdrawn_while_the_decision_was_written_is_told_with_what_was_said_of_it(
    client, bo, weighing, problems, group
):
    sent = decision(weighing, problems, group)
    Problem.objects.filter(pk=problems[1].pk).update(status="solved")
    page = settle(client, bo, weighing, sent).text

    assert (
        "”Stationen” är inte längre med i matrisen (löst). Du skrev: ”Polisregionen driver ett eget arbete.”." in page
    )
    assert not Prioritisation.objects.decided().exists()


def test_a_problem_found_meanwhile_is_decided_about_too(client, bo, weighing, problems, group, cycle):
    sent = decision(weighing, problems, group)
    factories.ProblemFactory(cycle=cycle, title="Nytt problem")

    assert "Välj vad som beslutades om ”Nytt problem”." in settle(client, bo, weighing, sent).text


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_two_who_note_it_at_the_same_moment_decide_once(at_once, anna, bo, client, weighing, problems, group):
    def note(person):
        own = Client()
        own.force_login(person)
        return lambda: own.post(f"{ADDRESS}{weighing.pk}/beslut/", decision(weighing, problems, group)).status_code

    assert sorted(at_once(note(anna), note(bo))) == [302, 409]


def test_no_cell_is_set_after_the_decision(client, anna, weighing, problems, group, answer):
    settle(client, anna, weighing, decision(weighing, problems, group))
    response = answer(anna, weighing, problems[0], "harm", "yes", **HTMX)

    assert "Prioriteringen är beslutad" in response.text
    assert not weighing.cells.exists()


def test_the_database_refuses_to_change_a_decided_one(client, anna, weighing, problems, group, answer):
    answer(anna, weighing, problems[0], "harm", "yes")
    settle(client, anna, weighing, decision(weighing, problems, group))
    changes = [
        lambda: Prioritisation.objects.update(remark="Annat"),
        lambda: Prioritisation.objects.update(status="ongoing"),
        lambda: Prioritisation.objects.all().delete(),
        lambda: Cell.objects.update(value="no"),
        lambda: Cell.objects.all().delete(),
        lambda: weighing.choices.update(reason="Annat"),
        lambda: weighing.choices.all().delete(),
        lambda: Cell.objects.create(prioritisation=weighing, problem=problems[1], ground="harm", changed_by=anna),
    ]

    for change in changes:
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            change()


def test_a_new_round_is_a_new_record_and_begins_where_the_last_one_ended(client, anna, weighing, problems, group):
    settle(client, anna, weighing, decision(weighing, problems, group))
    again = client.post(f"{ADDRESS}ny/?samverkan={weighing.partnership_id}").url
    page = client.get(f"{again}beslut/").text

    assert again != weighing.get_absolute_url()
    assert "Polisregionen driver ett eget arbete." in page
    assert "Badet" not in page


def test_what_stood_already_gets_the_new_order_and_reason(client, anna, weighing, problems, group, cycle):
    settle(client, anna, weighing, decision(weighing, problems, group))
    second = prioritising.begin(cycle, None, by=anna)
    new = factories.ProblemFactory(cycle=cycle, title="Nytt")
    sent = decision(second, [new, problems[1], problems[0]], group)
    sent |= {
        f"outcome_{problems[0].pk}": "chosen",
        f"place_{problems[0].pk}": 2,
        f"reason_{problems[1].pk}": "Ny grund.",
    }
    settle(client, anna, second, sent)

    assert [one.title for one in Problem.objects.prioritised()] == ["Nytt", "Torget"]
    assert Problem.objects.get(pk=problems[1].pk).reason == "Ny grund."
    assert Event.objects.about(problems[1]).first().label == "Bevakas på nytt"


# --- One municipality's own, neighbours and roles


@pytest.fixture
def own(cycle, lycksele, nora, problems):
    """Lycksele's own problem in the common cycle."""
    return factories.ProblemFactory(cycle=cycle, municipality=lycksele, title="Lyckseles eget")


def test_a_municipality_weighs_its_own(client, anna, partnership, own):
    client.force_login(anna)
    offered = client.get(f"{ADDRESS}?samverkan={partnership.pk}").text
    page = client.post(f"{ADDRESS}ny/?samverkan={partnership.pk}", {"kommun": "lycksele"}, follow=True).text

    assert "Väg problemen för hela samverkan" in offered
    assert "Väg problemen för Lycksele" in offered
    assert "Väg problemen för Åsele" not in offered
    assert "Lyckseles eget" in page
    assert "Torget" not in page


def test_the_others_keep_their_places_in_the_order(client, bo, cycle, own, problems, group):
    Problem.objects.filter(pk=problems[0].pk).update(status="prioritised", rank=1)
    local = prioritising.begin(cycle, own.municipality, by=bo)
    sent = {**seen(local), "decided_on": "2026-03-20", "body": group.pk}
    settle(client, bo, local, sent | {f"outcome_{own.pk}": "chosen", f"place_{own.pk}": 1})

    assert [one.title for one in Problem.objects.prioritised()] == ["Torget", "Lyckseles eget"]


def test_a_neighbour_begins_nothing_for_another(client, nora, partnership, own):
    client.force_login(nora)

    assert client.post(f"{ADDRESS}ny/?samverkan={partnership.pk}", {"kommun": "lycksele"}).status_code == 403
    assert client.post(f"{ADDRESS}ny/?samverkan={partnership.pk}", {"kommun": "landskrona"}).status_code == 404


def test_a_neighbour_reads_but_does_not_set_anothers_cells(client, nora, weighing, own, problems, answer):
    assert answer(nora, weighing, own, "harm", "yes").status_code == 403
    assert answer(nora, weighing, problems[0], "harm", "yes").status_code == 302

    page = client.get(weighing.get_absolute_url()).text
    assert f'name="c{problems[0].pk}-harm"' in page
    assert f'name="c{own.pk}-harm"' not in page
    assert "Lyckseles eget" in page


def test_a_neighbour_does_not_note_a_decision_that_moves_anothers_problem(client, nora, weighing, own):
    assert settle(client, nora, weighing, {}).status_code == 403


def test_a_problem_of_another_partnership_is_no_cell(anna, weighing, answer):
    assert answer(anna, weighing, factories.ProblemFactory(), "harm", "yes").status_code == 403


@pytest.mark.parametrize(
    ("who", "reads", "sets", "notes"),
    [
        ("anna", 200, 302, 200),
        ("bo", 200, 302, 200),
        ("cecilia", 200, 403, 200),
        ("hans", 200, 403, 403),
        ("eva", 404, 404, 404),
        ("fia", 404, 404, 404),
        ("greta", 404, 404, 404),
        ("ove", 404, 404, 404),
    ],
)
def test_who_may_what(client, cast, weighing, problems, answer, who, reads, sets, notes):
    client.force_login(cast[who])

    assert client.get(weighing.get_absolute_url()).status_code == reads
    assert answer(cast[who], weighing, problems[0], "harm", "yes").status_code == sets
    assert client.get(f"{ADDRESS}{weighing.pk}/beslut/").status_code == notes


# --- Many


def test_two_hundred_problems_are_weighed_page_by_page_and_decided(client, bo, cycle, group):
    many = factories.ProblemFactory.create_batch(200, cycle=cycle, created_by=bo)
    weighing = factories.PrioritisationFactory(cycle=cycle, created_by=bo)
    client.force_login(bo)
    page = client.get(f"{weighing.get_absolute_url()}?sida=8").text
    sent = {**seen(weighing), "decided_on": "2026-03-20", "body": group.pk}
    sent |= {f"outcome_{one.pk}": "dismissed" for one in many} | {f"reason_{one.pk}": "Få drabbas." for one in many}
    settle(client, bo, weighing, sent | {f"outcome_{many[9].pk}": "chosen", f"place_{many[9].pk}": 1})

    assert page.count('class="answer') == 25 * 11
    assert Problem.objects.prioritised().get() == many[9]
    assert Problem.objects.filter(status="dismissed").count() == 199


@pytest.mark.parametrize("count", [1, 20])
def test_a_bigger_matrix_costs_no_more_queries(client, bo, cycle, group, count, django_assert_num_queries):
    for problem in factories.ProblemFactory.create_batch(count, cycle=cycle):
        problem.municipality = None
    weighing = factories.PrioritisationFactory(cycle=cycle, created_by=bo)
    client.force_login(bo)

    with django_assert_num_queries(8):
        client.get(weighing.get_absolute_url())


def test_the_day_of_the_decision_may_be_today(client, bo, weighing, problems, group, day):
    settle(client, bo, weighing, decision(weighing, problems, group, decided_on=day.isoformat()))

    weighing.refresh_from_db()
    assert weighing.decided_on == day
    assert isinstance(weighing.decided_on, dt.date)


# --- What happens meanwhile, and what a decision rests on


def test_a_decision_taken_meanwhile_about_a_problem_is_told_and_not_overwritten(
    client, anna, bo, weighing, problems, group
):
    sent = decision(weighing, problems, group)
    actions.decide(rules.DISMISS, problems[2], by=anna, reason="Kommunen äger frågan.")
    actions.decide(rules.RECONSIDER, problems[2], by=anna, reason="")
    actions.decide(rules.PRIORITISE, problems[2], by=anna, reason="Beslut i rådet.")
    answer = settle(client, bo, weighing, sent)

    assert "Matrisen eller problemen har ändrats" in answer.text
    assert "Anna Andersson" in answer.text
    assert "Går inte att påverka lokalt." in answer.text
    assert Problem.objects.get(pk=problems[2].pk).status == "prioritised"
    settle(client, bo, weighing, sent | {"seen": answer.context["form"]["seen"].value()})
    assert Problem.objects.get(pk=problems[2].pk).status == "dismissed"


def test_a_page_without_the_problems_stamp_decides_nothing(client, bo, weighing, problems, group):
    page = settle(client, bo, weighing, decision(weighing, problems, group, seen=None))

    assert "Matrisen eller problemen har ändrats" in page.text
    assert f'name="seen" value="{seen(weighing)["seen"]}"' in page.text


@pytest.fixture
def closed(cycle):
    """The cycle ends while pages are open."""

    def close():
        Cycle.objects.filter(pk=cycle.pk).update(status="closed", closed_on=dt.date(2026, 6, 30))

    return close


def test_in_a_closed_cycle_no_cell_is_set(client, anna, weighing, problems, answer, closed):
    closed()
    told = answer(anna, weighing, problems[0], "harm", "yes", **HTMX)

    assert "Samverkansomgången är inte öppen" in told.text
    assert "<select" not in told.text
    assert not Cell.objects.exists()


def test_in_a_closed_cycle_no_weight_is_set(client, anna, weighing, closed):
    closed()
    client.force_login(anna)
    sent = {name: 1 for ground in Ground.values for name in (ground, f"was_{ground}")}
    page = client.post(f"{ADDRESS}{weighing.pk}/vikter/", sent | {"harm": 3}, follow=True).text

    weighing.refresh_from_db()
    assert weighing.weights == {}
    assert "Samverkansomgången är inte öppen" in page


def test_in_a_closed_cycle_nothing_is_decided(client, anna, weighing, problems, group, closed):
    sent = decision(weighing, problems, group)
    closed()
    answer = settle(client, anna, weighing, sent)

    assert answer.status_code == 409
    assert "Samverkansomgången är inte öppen" in answer.text
    assert "Går inte att påverka lokalt." in answer.text
    assert not Prioritisation.objects.decided().exists()


def test_a_closed_cycle_begins_no_weighing(anna, cycle, closed):
    closed()

    with pytest.raises(Refused, match="inte öppen"):
        prioritising.begin(cycle, None, by=anna)


def test_the_matrix_of_a_closed_cycle_is_only_read(client, anna, weighing, problems, closed):
    closed()
    client.force_login(anna)
    for page in (client.get(weighing.get_absolute_url()), client.get(f"{ADDRESS}{weighing.pk}/ett-i-taget/")):
        assert "Samverkansomgången är inte öppen." in page.text
        assert "<select" not in page.text
        assert "Torget" in page.text
    page = client.get(f"{ADDRESS}{weighing.pk}/beslut/", follow=True).text
    assert "För in styrgruppens beslut" not in page


def test_a_decision_is_not_older_than_its_cycle(client, bo, weighing, problems, group):
    page = settle(client, bo, weighing, decision(weighing, problems, group, decided_on="2025-12-31")).text

    assert "Omgången började 1 januari 2026. Beslutet kan inte ha tagits före det." in page
    assert not Prioritisation.objects.decided().exists()


def test_the_decision_tells_what_it_built_on_though_the_picture_changes(client, bo, weighing, problems, group, ready):
    ready.problems.update(status="dismissed", reason="Hör inte hit.")
    Problem.objects.filter(pk=problems[0].pk).update(picture=ready)
    built_on = canonical.checksum(content.of(Picture.objects.get(pk=ready.pk)))
    settle(client, bo, weighing, decision(weighing, problems, group, picture=ready.pk))
    Picture.objects.filter(pk=ready.pk).update(summary="Något helt annat.")

    weighing.refresh_from_db()
    frozen = weighing.frozen["picture"]
    assert (frozen["status"], frozen["checksum"]) == ("ready", built_on)
    page = client.get(weighing.get_absolute_url()).text
    assert "Läge vid beslutet: klar" in page
    assert built_on in page


def test_of_an_established_picture_the_sum_is_the_one_it_was_sealed_with(
    client, bo, weighing, problems, group, established
):
    Problem.objects.filter(picture=established).update(status="dismissed", reason="Hör inte hit.")
    settle(client, bo, weighing, decision(weighing, problems, group, picture=established.pk))

    weighing.refresh_from_db()
    assert weighing.frozen["picture"]["checksum"] == established.checksum


# --- What has been taken into a joint picture


@pytest.fixture
def copied(cycle, own, joint):
    """Lycksele's own problem, taken into the joint picture as everybody's."""
    joint.problems.all().delete()
    made = factories.ProblemFactory(cycle=cycle, picture=joint, title="Lyckseles i den gemensamma")
    made.taken_from.add(own)
    return made


def titles(weighing):
    return {problem.title for problem in priorities.problems_of(weighing)}


def test_a_problem_stays_in_its_own_weighing_where_its_copy_does_not_come(bo, cycle, own, copied, weighing):
    local = prioritising.begin(cycle, own.municipality, by=bo)

    assert titles(local) == {"Lyckseles eget"}
    assert titles(weighing) == {"Torget", "Stationen", "Badet", "Lyckseles i den gemensamma"}


def test_it_gives_way_to_a_copy_that_is_the_municipalitys_own(bo, cycle, own, copied):
    Problem.objects.filter(pk=copied.pk).update(municipality=own.municipality)
    local = prioritising.begin(cycle, own.municipality, by=bo)

    assert titles(local) == {"Lyckseles i den gemensamma"}


def test_it_does_not_come_back_when_its_copy_is_put_aside(weighing, own, copied):
    Problem.objects.filter(pk=copied.pk).update(status="dismissed", reason="Få drabbas.")

    assert titles(weighing) == {"Torget", "Stationen", "Badet"}


def test_what_is_offered_is_what_would_be_weighed(anna, partnership, own, copied):
    assert [str(scope) for scope in priorities.scopes(anna, partnership)] == ["hela samverkan", "Lycksele"]


def test_what_a_replaced_picture_left_behind_is_not_offered(anna, bo, partnership, established):
    assert priorities.scopes(anna, partnership)
    take(rules.REPLACE, established, by=bo)

    assert priorities.scopes(anna, partnership) == []


@pytest.mark.parametrize("count", [1, 6])
def test_more_municipalities_cost_no_more_queries(client, bo, partnership, cycle, count, django_assert_num_queries):
    for number in range(1, count):
        place = factories.MunicipalityFactory(code=f"99{number:02}", name=f"Ort {number}", slug=f"ort-{number}")
        organisation = factories.OrganisationFactory(name=f"Ort {number} kommun", municipality=place)
        factories.PartyFactory(partnership=partnership, organisation=organisation)
        factories.ProblemFactory(cycle=cycle, municipality=place)
    factories.ProblemFactory(cycle=cycle)
    client.force_login(bo)

    with django_assert_num_queries(13):
        client.get(f"{ADDRESS}?samverkan={partnership.pk}")
