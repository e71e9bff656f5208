"""Done before? A measure like one of an earlier cycle's shows what that one led to, and asks why it is done again."""

import datetime as dt

import pytest
from django.core.management import call_command

from agreements import before
from agreements.models import Measure, MeasureType
from journal.models import Event
from tests import factories

MAY, JUNE = dt.date(2022, 1, 1), dt.date(2025, 12, 31)


@pytest.fixture
def last_cycle(partnership, bo):
    return factories.CycleFactory(
        partnership=partnership,
        name="Omgång 2022–2025",
        starts=MAY,
        ends=JUNE,
        status="closed",
        closed_on=JUNE,
        closed_reason="Perioden är slut.",
        created_by=bo,
    )


@pytest.fixture
def campaign_type(db):
    return factories.MeasureTypeFactory(name="Informationskampanj", kind="information", prevention="social")


@pytest.fixture
def campaign(last_cycle, police, bo, campaign_type):
    """What was done in the last cycle against the same problem, by its title."""
    problem = factories.ProblemFactory(cycle=last_cycle, title="Våld på Torget", created_by=bo)
    return factories.MeasureFactory(
        problem=problem,
        responsible=police,
        title="Kampanj mot våld",
        kind="information",
        prevention="social",
        type=campaign_type,
        status="partly",
        assessment="red",
        assessment_text="Lika mycket våld som förut.",
        planned_count=12,
        unit="föreläsningar",
        created_by=bo,
    )


@pytest.fixture
def problem(problem):
    type(problem).objects.filter(pk=problem.pk).update(title="våld på torget")
    problem.refresh_from_db()
    return problem


def new(problem, police, **fields):
    usual = {"title": "Ny kampanj", "kind": "information", "prevention": "social", "place": ""}
    return factories.MeasureFactory.build(
        problem=problem,
        partnership=problem.partnership,
        cycle=problem.cycle,
        responsible=police,
        **usual | fields,
    )


def test_the_same_type_against_the_same_problem_is_found(problem, police, campaign, campaign_type):
    assert before.similar_before(new(problem, police, type=campaign_type)) == [campaign]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": "Kampanj i skolan mot våld"}, True),
        ({"title": "KAMPANJ"}, True),
        ({"title": "Föräldramöten"}, False),
        ({"title": "Kampanj mot våld", "kind": "dialogue"}, False),
    ],
)
def test_without_a_type_the_kind_and_a_title_alike_count(problem, police, campaign, fields, found):
    assert before.similar_before(new(problem, police, type=None, **fields)) == [campaign] * found


def test_the_same_place_counts_where_the_problem_is_another(problem, police, campaign, campaign_type, cycle, bo):
    other = factories.ProblemFactory(cycle=cycle, title="Något annat", created_by=bo)
    Measure.objects.filter(pk=campaign.pk).update(place="Torget, Lycksele")

    same = before.similar_before(new(other, police, type=campaign_type, place="torget lycksele"))
    elsewhere = before.similar_before(new(other, police, type=campaign_type, place="Badplatsen"))

    assert (same, elsewhere) == ([campaign], [])


def test_a_problem_that_was_taken_from_the_earlier_one_is_the_same(problem, police, campaign, campaign_type):
    type(problem).objects.filter(pk=problem.pk).update(title="Annat namn")
    problem.refresh_from_db()
    problem.taken_from.add(campaign.problem)

    assert before.similar_before(new(problem, police, type=campaign_type)) == [campaign]


def test_what_was_never_decided_was_not_done(problem, police, campaign, campaign_type):
    Measure.objects.filter(pk=campaign.pk).update(status="proposed", assessment="", assessment_text="")

    assert before.similar_before(new(problem, police, type=campaign_type)) == []


def test_neither_this_cycles_own_nor_other_partnerships_are_earlier(
    problem, police, campaign_type, last_cycle, eva, bo
):
    factories.MeasureFactory(problem=problem, responsible=police, type=campaign_type, status="done", created_by=bo)
    elsewhere = factories.PartnershipFactory(created_by=eva)
    cycle = factories.CycleFactory(partnership=elsewhere, starts=MAY, ends=JUNE, created_by=eva)
    foreign = factories.ProblemFactory(cycle=cycle, title=problem.title, created_by=eva)
    factories.MeasureFactory(problem=foreign, type=campaign_type, status="done", created_by=eva)

    assert before.similar_before(new(problem, police, type=campaign_type)) == []


def test_another_municipalitys_own_is_not_the_same(problem, police, campaign, campaign_type, lycksele, organisations):
    Measure.objects.filter(pk=campaign.pk).update(municipality=organisations["landskrona"].municipality)

    assert before.similar_before(new(problem, police, type=campaign_type, municipality=lycksele)) == []


def test_what_it_led_to_is_told_with_the_reasons_of_the_book(campaign, bo, django_assert_num_queries):
    factories.MeasureLogFactory(measure=campaign, count=11, created_by=bo)
    Event.objects.create(
        subject=f"agreements.measure:{campaign.pk}", verb="finish_partly", label="Delvis", note="En skola ställde in."
    )

    with django_assert_num_queries(3):
        earlier = before.told([campaign])[0]
        assert earlier.planned == "planerat 12 föreläsningar, gjort 11"
        assert [event.note for event in earlier.reasons] == ["En skola ställde in."]
        assert len(earlier.last_lines) == 1


def test_the_catalogue_is_read_again_without_writing_over_the_administrators_words(db, capsys):
    call_command("load_measure_types")
    MeasureType.objects.filter(name="Trygghetsvandring").update(evidence="promising", description="Vår egen text.")
    call_command("load_measure_types")

    told = capsys.readouterr().out.splitlines()
    kept = MeasureType.objects.get(name="Trygghetsvandring")
    assert told == [
        "measure_types: 47 nya, 0 ändrade, 0 där administratörens uppgift står kvar",
        "measure_types: 0 nya, 0 ändrade, 1 där administratörens uppgift står kvar",
    ]
    assert (kept.evidence, kept.description) == ("promising", "Vår egen text.")
    assert set(MeasureType.objects.values_list("kind", flat=True)) == set(Measure.Kind.values)


@pytest.fixture
def post(go, problem, police, campaign_type):
    """The form of a new measure like the campaign, as the browser sends it."""

    def posted(person, **fields):
        data = {
            "problem": problem.pk,
            "title": "Ny kampanj",
            "type": campaign_type.pk,
            "responsible": police.pk,
            "function": "Kommunpolis",
            "starts": "2026-04-01",
        }
        address = f"/overenskommelser/atgarder/ny/?samverkan={problem.partnership_id}&problem={problem.pk}"
        return go(person, address, data | fields)

    return posted


def test_the_form_stops_once_and_shows_what_the_earlier_one_led_to(post, bo, campaign):
    page = post(bo, description="Det här har jag skrivit.").content.decode()

    assert "liknar något som ni har gjort förut" in page
    assert "Lika mycket våld som förut." in page
    assert "Röd: inte som tänkt" in page
    assert "planerat 12 föreläsningar, gjort 0" in page
    assert f"atgard={campaign.pk}" in page
    assert "Det här har jag skrivit." in page
    assert list(Measure.objects.all()) == [campaign]


def test_it_is_done_again_with_a_reason(post, bo, campaign, campaign_type):
    post(bo, repeat_reason="Nu är föräldrarna med.")

    measure = Measure.objects.exclude(pk=campaign.pk).get()
    assert (measure.repeats, measure.repeat_reason) == (campaign, "Nu är föräldrarna med.")
    assert (measure.kind, measure.prevention, measure.evidence) == ("information", "social", campaign_type.evidence)


def test_or_it_is_another_measure_and_the_book_says_so(post, bo, campaign):
    post(bo, not_the_same="on")

    measure = Measure.objects.exclude(pk=campaign.pk).get()
    event = Event.objects.about(measure).filter(verb="not_repeated").get()
    assert measure.repeats is None
    assert event.note == "Kampanj mot våld (Omgång 2022–2025)"


def test_it_is_asked_when_an_edit_makes_them_alike(go, bo, measure, police, campaign, campaign_type):
    address = f"/overenskommelser/atgarder/{measure.pk}/andra/"
    type(measure.problem).objects.filter(pk=measure.problem_id).update(title=campaign.problem.title)
    data = {
        "problem": measure.problem_id,
        "title": "Kampanj",
        "type": campaign_type.pk,
        "kind": "information",
        "prevention": "social",
        "responsible": police.pk,
        "function": "Kommunpolis",
        "starts": "2026-04-01",
        "baseline_reason": measure.baseline_reason,
        "revision": 0,
    }

    stopped = go(bo, address, data).content.decode()
    go(bo, address, data | {"repeat_reason": "Ledningen ville.", "repeats": campaign.pk})

    measure.refresh_from_db()
    assert "liknar något som ni har gjort förut" in stopped
    assert (measure.repeats, measure.title) == (campaign, "Kampanj")


@pytest.mark.parametrize(("assessment", "marked"), [("", True), ("red", False)])
def test_what_is_repeated_without_an_assessment_is_marked(go, hans, measure, campaign, assessment, marked):
    said = "Lika mycket." if assessment else ""
    Measure.objects.filter(pk=campaign.pk).update(assessment=assessment, assessment_text=said)
    Measure.objects.filter(pk=measure.pk).update(repeats=campaign, repeat_reason="Därför.")

    page = go(hans, f"/overenskommelser/atgarder/?samverkan={measure.partnership_id}").content.decode()

    assert ("Upprepad utan bedömning" in page) == marked


def test_the_answer_can_be_taken_back(go, bo, measure, police, campaign):
    Measure.objects.filter(pk=measure.pk).update(repeats=campaign, repeat_reason="Därför.")
    address = f"/overenskommelser/atgarder/{measure.pk}/andra/"
    form = go(bo, address).context["form"]
    values = {name: form[name].value() for name in form.fields}
    shown = {name: value for name, value in values.items() if value is not None}

    go(bo, address, shown | {"not_the_same": "on", "starts": "2026-04-01"})

    measure.refresh_from_db()
    assert form.earlier == [campaign]
    assert (measure.repeats, measure.repeat_reason) == (None, "")
