"""The start page: what is due, vacant, expiring, unsigned and unconfirmed, the most urgent first."""

import datetime as dt

import pytest

from lib.dates import add_months, today
from overview import todo
from tests import factories
from tests.overview.conftest import SIGNED
from tests.promising import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(partnership):
    """What waits for a person, as (kind, word) in the order of the page."""

    def ask(user):
        groups = todo.groups(user, today())
        todo.add_steps(groups, today())
        return [(item.kind, item.word) for group in groups for item in group.items]

    return ask


def start(client, who):
    client.force_login(who)
    return client.get("/")


def days_ago(count):
    return today() - dt.timedelta(days=count)


# --- Each thing that may wait


def test_a_partnership_in_order_has_nothing_waiting(client, bo, cycle):
    text = start(client, bo).text

    assert "Inget väntar på dig just nu." in text
    assert "Steg 1, initiera samverkan: inte påbörjat. Inget brådskar just nu." in text


def test_no_open_cycle_waits(bo, waiting):
    assert waiting(bo) == [("cycle", "Ingen öppen omgång")]


def test_a_plan_that_is_written_waits_for_the_steering_group(bo, hans, cycle, police, waiting):
    plan = factories.ActionPlanFactory(cycle=cycle)
    assert ("plan", "Inte antagen") not in waiting(bo)

    plan.measures.add(factories.MeasureFactory(problem__cycle=cycle, responsible=police))

    assert waiting(bo).count(("plan", "Inte antagen")) == 1
    assert ("plan", "Inte antagen") in waiting(hans)


def test_the_municipality_s_own_plan_waits_for_its_own_people(bo, anna, cycle, police, lycksele, waiting):
    plan = factories.ActionPlanFactory(cycle=cycle, kind="statutory", municipality=lycksele)
    plan.measures.add(factories.MeasureFactory(problem__cycle=cycle, responsible=police))

    assert ("plan", "Inte antagen") in waiting(anna)
    assert ("plan", "Inte antagen") not in waiting(bo)


@pytest.fixture
def proposed(cycle, police, municipality_party):
    parties = [police, municipality_party]
    where = {"partnership": cycle.partnership, "cycle": cycle, "parties": parties}
    return factories.AgreementFactory(**where, title="Ny text", status="proposed", checksum="c", frozen={})


@pytest.mark.parametrize(("first", "word"), [("david", "Underteckna"), ("bo", "Väntar på underskrift")])
def test_a_text_waits_for_my_partys_signature(cast, waiting, proposed, first, word):
    assert waiting(cast[first]) == [("sign", word)]


def test_a_text_that_my_party_has_signed_waits_no_more(david, cecilia, waiting, proposed, police):
    proposed.signatures.create(party=police, function="Chef", name="N", checksum="c", registered_by=david)

    assert waiting(david) == []
    assert waiting(cecilia) == [("sign", "Underteckna")]


@pytest.fixture
def agreement(cycle):
    """A signed agreement with the given last day."""

    def make(ends, **fields):
        starts = dt.date(2020, 1, 1)
        return factories.AgreementFactory(
            partnership=cycle.partnership, starts=starts, ends=ends, signed_on=starts, **SIGNED, **fields
        )

    return make


@pytest.mark.parametrize(
    ("months", "word"), [(2, "Inom 3 månader"), (5, "Inom 6 månader"), (8, "Inom 9 månader"), (-1, "Har löpt ut")]
)
def test_an_agreement_that_runs_out_waits(bo, waiting, agreement, months, word):
    agreement(add_months(today(), months))

    assert waiting(bo) == [("agreement", word)]


def test_an_agreement_with_a_year_left_does_not_wait(bo, waiting, agreement):
    agreement(add_months(today(), 12))

    assert waiting(bo) == []


def test_a_yearly_one_is_renewed_beside_the_one_of_four_years(bo, waiting, partnership):
    where = {"partnership": partnership, "signed_on": today()} | SIGNED
    factories.AgreementFactory(kind="strategic", ends=add_months(today(), 40), **where)
    factories.AgreementFactory(kind="yearly", ends=add_months(today(), 2), **where)

    assert ("agreement", "Inom 3 månader") in waiting(bo)


def test_a_whole_one_after_a_first_part_leaves_nothing_to_renew(bo, waiting, partnership):
    where = {"partnership": partnership, "signed_on": today()} | SIGNED
    factories.AgreementFactory(kind="strategic", starts=days_ago(2000), ends=days_ago(400), **where)
    factories.AgreementFactory(kind="whole", starts=days_ago(399), ends=add_months(today(), 40), **where)

    assert not [word for kind, word in waiting(bo) if kind == "agreement"]


def test_an_expired_agreement_with_a_successor_does_not_wait(bo, waiting, agreement):
    agreement(days_ago(30))
    agreement(add_months(today(), 24))

    assert waiting(bo) == []


def test_a_vacant_function_waits_with_its_days(bo, waiting, cycle, police):
    seat = factories.SeatFactory(partnership=cycle.partnership, organisation=police.organisation)
    factories.HoldingFactory(seat=seat, ends=days_ago(35))

    assert waiting(bo) == [("seat", "Vakant 34 dagar")]


def test_a_measure_past_its_end_waits(bo, waiting, cycle, police):
    problem = factories.ProblemFactory(cycle=cycle)
    factories.MeasureFactory(
        problem=problem, responsible=police, status="ongoing", starts=days_ago(90), ends=days_ago(12)
    )

    assert waiting(bo) == [("measure", "12 dagar sen")]


def test_a_promise_without_feedback_waits_when_its_time_is_over(bo, waiting, cycle, lycksele):
    document = factories.PromiseDocumentFactory(
        cycle=cycle, municipality=lycksele, starts=days_ago(400), ends=days_ago(5)
    )
    factories.PromiseFactory(document=document)
    publish(document, by=bo)

    assert waiting(bo) == [("promise", "Återkoppling saknas")]


def test_a_proven_line_of_the_current_step_waits_for_a_word(bo, waiting, cycle, police):
    seat = factories.SeatFactory(
        partnership=cycle.partnership, organisation=police.organisation, function="communication"
    )
    factories.HoldingFactory(seat=seat)

    assert waiting(bo) == [("line", "Underlag finns – bekräfta")]


# --- Order and length


def test_the_most_urgent_comes_first(bo, waiting, agreement, cycle, police, proposed):
    factories.SeatFactory(partnership=cycle.partnership, organisation=police.organisation)
    agreement(add_months(today(), 8))
    problem = factories.ProblemFactory(cycle=cycle)
    factories.MeasureFactory(problem=problem, responsible=police, starts=days_ago(9), ends=days_ago(2))

    assert [kind for kind, _ in waiting(bo)] == ["sign", "seat", "measure", "agreement"]


def test_many_of_a_kind_become_one_line(client, bo, cycle, police):
    problem = factories.ProblemFactory(cycle=cycle)
    factories.MeasureFactory.create_batch(5, problem=problem, responsible=police, starts=days_ago(9), ends=days_ago(2))
    text = start(client, bo).text

    assert text.count("2 dagar sen") == 3
    assert "2 åtgärder till har passerat sitt slut" in text


def test_the_partnership_where_most_waits_comes_first(bo, organisations, partnership, cycle):
    other = factories.PartnershipFactory(name="Annan samverkan")
    factories.PartyFactory(partnership=other, organisation=organisations["police"])
    factories.AgreementFactory(
        partnership=partnership, ends=days_ago(9), starts=days_ago(900), signed_on=days_ago(900), **SIGNED
    )

    assert [group.partnership for group in todo.groups(bo, today())] == [partnership, other]


# --- Everybody's start page


def test_a_coordinator_without_a_partnership_learns_how_to_start(client, eva):
    text = start(client, eva).text

    assert "Starta er samverkan" in text
    assert 'href="/samverkan/ny/"' in text


def test_a_signatory_without_a_partnership_is_told_what_will_come(client, cecilia):
    text = start(client, cecilia).text

    assert "Din organisation är inte med i någon samverkan." in text
    assert "/samverkan/ny/" not in text


@pytest.mark.parametrize(
    ("first", "place"), [("greta", "Västerbottens län: 1 kommun."), ("fia", "Hela landet: 2 kommuner.")]
)
def test_overseers_see_how_their_municipalities_stand(client, cast, full, first, place):
    text = start(client, cast[first]).text

    assert place in text
    assert "<b>1</b>har en överenskommelse som gäller mer än nio månader till" in text
    assert "Samverkan Södra Lappland" not in text


def test_an_administrator_finds_the_drawer(client, ove):
    text = start(client, ove).text

    assert "/admin/accounts/user/" in text
    assert "/admin/partnerships/seat/" in text


def test_a_local_administrator_is_led_to_the_people_of_the_organisation(client, lisa, organisations):
    text = start(client, lisa).text

    assert "Bjud in dem som ska arbeta här" in text
    assert f'href="/organisation/{organisations["lycksele"].pk}/">Personer i Lycksele kommun</a>' in text


def test_a_reader_is_told_what_waits_and_given_nothing_to_do(client, hans, bo, cycle):
    assert "<h1>Det här väntar i samverkan</h1>" in start(client, hans).text
    assert "<h1>Att göra</h1>" in start(client, bo).text


def test_the_next_line_of_the_current_step_is_shown_without_hurry(client, bo, cycle):
    text = start(client, bo).text

    assert f'<a href="/steg/{cycle.pk}/S1.1/">Beslut om samverkan</a>' in text
    assert "Nästa rad" in text


def test_another_municipalitys_measures_do_not_wait_for_this_ones_people(anna, bo, waiting, cycle, police):
    storuman = factories.MunicipalityFactory(name="Storuman")
    problem = factories.ProblemFactory(cycle=cycle, municipality=storuman)
    factories.MeasureFactory(
        problem=problem, responsible=police, municipality=storuman, starts=days_ago(9), ends=days_ago(2)
    )

    assert waiting(anna) == []
    assert waiting(bo) == [("measure", "2 dagar sen")]


def test_a_vacant_function_comes_before_an_agreement_that_soon_runs_out(bo, waiting, agreement, cycle, police):
    agreement(add_months(today(), 2))
    factories.SeatFactory(partnership=cycle.partnership, organisation=police.organisation)

    assert [kind for kind, _ in waiting(bo)] == ["seat", "agreement"]


def test_another_partnerships_matters_do_not_show(client, eva, full):
    assert "Södra Lappland" not in start(client, eva).text


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_with_one_partnership_as_with_three(
    client, bo, full, organisations, count, django_assert_num_queries
):
    for _ in range(count):
        other = factories.PartnershipFactory()
        factories.PartyFactory(partnership=other, organisation=organisations["police"])
        other_cycle = factories.CycleFactory(partnership=other)
        factories.SeatFactory(partnership=other, organisation=organisations["police"])
        factories.ProblemFactory(cycle=other_cycle)
    client.force_login(bo)

    with django_assert_num_queries(19):
        client.get("/")


def test_a_measure_that_is_stuck_waits_until_its_log_says_otherwise(client, bo, cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police, title="Belysning", status="ongoing")
    factories.MeasureLogFactory(measure=measure, state="stuck", day="2026-05-01")
    client.force_login(bo)
    stuck = client.get("/").content.decode()
    factories.MeasureLogFactory(measure=measure, state="done", day="2026-05-02")

    assert "Har kört fast" in stuck
    assert "Har kört fast" not in client.get("/").content.decode()


# --- Dialogues


def test_replies_wait_for_who_may_judge_them(bo, hans, cycle, lycksele, waiting):
    dialogue = factories.DialogueFactory(cycle=cycle, municipality=lycksele)
    factories.ReplyFactory.create_batch(2, dialogue=dialogue)

    assert ("reply", "Granska") in waiting(bo)
    assert ("reply", "Granska") not in waiting(hans)


def test_after_thirty_days_those_who_took_part_wait_to_hear(client, anna, cycle, lycksele, waiting):
    held = {"cycle": cycle, "municipality": lycksele, "status": "held"}
    factories.DialogueFactory(**held, starts=days_ago(30), ends=days_ago(30))
    assert ("dialogue", "Återkoppling saknas") not in waiting(anna)

    factories.DialogueFactory(**held, title="Torgmötet", starts=days_ago(31), ends=days_ago(31))

    assert ("dialogue", "Återkoppling saknas") in waiting(anna)
    assert "Torgmötet" in start(client, anna).text


def test_what_a_neighbour_or_another_partys_staff_were_asked_waits_for_others(
    anna, bo, cycle, organisations, police, joint, waiting
):
    told = {"cycle": cycle, "status": "held", "starts": days_ago(50), "ends": days_ago(50)}
    factories.DialogueFactory(**told, municipality=organisations["landskrona"].municipality)
    staff = factories.DialogueFactory(**told, municipality=None, kind="staff_what")
    staff.organisers.add(police)

    assert waiting(anna).count(("dialogue", "Återkoppling saknas")) == 0
    assert waiting(bo).count(("dialogue", "Återkoppling saknas")) == 2
