"""Goals: written with help towards what can be followed up, adopted, and changed only with a reason after that."""

import datetime as dt

import pytest

from agreements import rules, smart
from agreements.models import Goal
from indicators.models import ImportBatch, Indicator
from journal.models import Event
from lib.dates import now
from tests import factories

NEW = {
    "level": "sub",
    "kind": "effect",
    "text": "Anmälda våldsbrott på torget ska minska från 40 till 30 per år senast 31 december 2027.",
    "direction": "less",
    "own_indicator": "Anmälda våldsbrott på torget",
    "unit": "brott per år",
    "baseline": "40",
    "baseline_period": "2025",
    "target": "30",
    "ends": "2027-12-31",
}


@pytest.fixture
def goal(problem, police, bo):
    return factories.GoalFactory(problem=problem, responsible=police, created_by=bo)


@pytest.fixture
def create(go, problem, police):
    def created(person, **fields):
        address = f"/overenskommelser/mal/ny/?samverkan={problem.partnership_id}&problem={problem.pk}"
        return go(person, address, NEW | {"problem": problem.pk, "responsible": police.pk} | fields)

    return created


def said(**fields):
    return {"text": "", "kind": "effect"} | fields


@pytest.mark.parametrize("words", [*smart.VAGUE, "verkar för", "stärker", "fortsätter arbeta med"])
def test_an_effort_is_no_change_and_a_sentence_is_suggested(words):
    advice = smart.advise(said(text=f"Vi ska {words} trygghet."), "våld på torget")

    assert f"”{words}”" in advice.sentences[0]
    assert advice.instead == "Våld på torget ska minska från X till Y senast …."


def test_what_is_filled_in_stands_in_the_suggestion():
    filled = {"direction": "more", "baseline": "12,5", "target": "20", "ends": "2027-12-31"}

    advice = smart.advise(said(text="Stärka tryggheten", own_indicator="andelen trygga", **filled), "Otrygghet")

    assert advice.instead == "Andelen trygga ska öka från 12,5 till 20 senast 31 december 2027."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"text": "Våldet på torget"}, "Säg åt vilket håll"),
        ({"text": "Våldet ska minska senast 2027"}, "Hur mycket?"),
        ({"text": "Våldet ska minska till 30 brott"}, "När ska det vara nått?"),
        ({"text": "Våldet ska minska till 30 brott 2027"}, "Hur mäts det?"),
    ],
)
def test_it_asks_for_direction_number_date_and_measure(fields, sentence):
    assert any(one.startswith(sentence) for one in smart.advise(said(**fields), "Våld").sentences)


@pytest.mark.parametrize(
    "text",
    [
        "Bostadsinbrotten ska understiga 100 per år.",
        "Tio trafikinsatser: 10 per år.",
        "Öka antalet vuxna till minst 12 varje månad.",
        "Medverka för 2 gånger 2027: minska.",
    ],
)
def test_goals_of_real_agreements_are_not_called_vague(text):
    advice = smart.advise(said(text=text, kind="production", direction="less"), "Problem")

    assert not [sentence for sentence in advice.sentences if "säger vad ni gör" in sentence or "Hur mycket" in sentence]


def test_the_questions_are_suggested_and_never_ticked_by_the_system(create, bo):
    create(bo)

    goal = Goal.objects.get()
    advice = smart.advise(NEW, "Våld")
    assert advice.answered == {"specific", "measurable", "timed"}
    assert not any(getattr(goal, name) for name in Goal.SMART)


def test_a_goal_is_proposed_under_its_problem(create, anna, problem):
    answer = create(anna, specific="yes")

    goal = Goal.objects.get()
    assert answer.url == goal.get_absolute_url() == f"/overenskommelser/mal/{goal.pk}/"
    assert (goal.problem, goal.cycle, goal.status, goal.specific) == (problem, problem.cycle, "proposed", "yes")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"own_indicator": ""}, "Ett effektmål behöver ett mått"),
        ({"direction": ""}, "Rörelse"),
        ({"baseline_period": ""}, "Skriv vilken period utgångsvärdet gäller."),
        ({"unit": ""}, "Skriv enheten"),
        ({"starts": "2028-01-01"}, "Målet ska nås efter att målperioden har börjat."),
        ({"text": "Följ 811228-9874."}, "ser ut att innehålla ett personnummer"),
    ],
)
def test_faults_have_their_sentence_and_lose_nothing(create, bo, changes, sentence):
    page = create(bo, **changes, smart_comment="Mitt skrivna").content.decode()

    assert sentence in page
    assert "Mitt skrivna" in page
    assert not Goal.objects.exists()


@pytest.mark.parametrize("where", ["", "lista"])
def test_a_missing_value_from_before_shows_where_the_goal_does(go, hans, goal, where):
    Goal.objects.filter(pk=goal.pk).update(baseline=None, baseline_period="")
    address = f"?samverkan={goal.partnership_id}" if where else f"{goal.pk}/"

    page = go(hans, f"/overenskommelser/mal/{address}").content.decode()

    assert "Utgångsvärde saknas" in page


@pytest.fixture
def figure(lycksele, bo):
    indicator = Indicator.objects.create(code="vald", title="Våld utomhus", unit="antal", source="Brå, anmälda brott")
    given = {"original_name": "2025.csv", "kind": "lagesbild", "sha256": "a" * 64, "size": 1, "created_by": bo}
    batch = ImportBatch.objects.create(**given, status="imported", imported_by=bo, imported_at=now())
    return indicator.observations.create(
        dataset="arsfil",
        area_type="kommun",
        area_code=lycksele.code,
        year_from=2025,
        year_to=2025,
        period_label="2025",
        value="37.5",
        batch=batch,
    )


def test_the_systems_figure_becomes_the_value_from_before_by_one_press(create, bo, figure):
    page = create(bo, fetch_baseline="1", indicator=figure.indicator_id, baseline="", baseline_period="", unit="")

    form = page.context["form"]
    assert (form["baseline"].value(), form["baseline_period"].value(), form["unit"].value()) == (
        "37,5",
        "2025",
        "antal",
    )
    assert form["source"].value() == "Brå, anmälda brott, Lycksele: Våld utomhus"
    assert form["text"].value() == NEW["text"]
    assert not Goal.objects.exists()


def test_the_advice_is_the_same_while_typing(go, anna, problem):
    asked = f"?samverkan={problem.partnership_id}&problem={problem.pk}&text=Vi+ska+verka+f%C3%B6r+trygghet&kind=effect"

    page = go(anna, f"/overenskommelser/mal/rad/{asked}").content.decode()

    assert "”verka för” säger vad ni gör" in page
    assert f"{problem.title} ska minska från X till Y senast" in page


def test_an_adopted_goal_is_changed_with_a_reason_only(go, bo, goal, problem, police):
    goal.status = "adopted"
    goal.save()
    address = f"/overenskommelser/mal/{goal.pk}/andra/"
    data = NEW | {"problem": problem.pk, "responsible": police.pk, "target": "20", "revision": 0}

    refused = go(bo, address, data)
    go(bo, address, data | {"why": "Polisen räknar om siffrorna."})

    goal.refresh_from_db()
    event = Event.objects.about(goal).first()
    assert "why" in refused.context["form"].errors
    assert (goal.target, event.note) == (20, "Polisen räknar om siffrorna.")
    assert (event.changes["target"]["from"], event.changes["target"]["to"]) == ("30", "20")


def test_no_goal_is_below_itself(go, bo, goal, problem, police):
    below = factories.GoalFactory(problem=problem, responsible=police, parent=goal, created_by=bo)
    data = NEW | {"problem": problem.pk, "responsible": police.pk, "revision": 0, "parent": below.pk}

    page = go(bo, f"/overenskommelser/mal/{goal.pk}/andra/", data).content.decode()

    goal.refresh_from_db()
    assert "i en cirkel" in page
    assert goal.parent is None


@pytest.mark.parametrize(
    ("verb", "path", "start", "end"),
    [
        ("adopt", "anta", "proposed", "adopted"),
        ("drop", "stryk", "adopted", "dropped"),
        ("drop", "stryk", "proposed", "dropped"),
        ("revive", "ta-upp", "dropped", "proposed"),
    ],
)
def test_each_step_leads_where_it_says(go, bo, goal, verb, path, start, end):
    Goal.objects.filter(pk=goal.pk).update(status=start)

    go(bo, f"/overenskommelser/mal/{goal.pk}/{path}/", {"reason": "Därför."})

    goal.refresh_from_db()
    assert goal.status == end
    assert Event.objects.about(goal).first().verb == verb


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404), ("fia", 404), ("greta", 404)])
def test_strangers_find_nothing_and_readers_only_read(go, cast, goal, who, code):
    for path in ("andra/", "anta/", "stryk/"):
        assert go(cast[who], f"/overenskommelser/mal/{goal.pk}/{path}").status_code == code
    assert go(cast[who], f"/overenskommelser/mal/{goal.pk}/").status_code == (200 if code == 403 else 404)


def test_a_neighbour_does_not_keep_another_municipalitys_goal(eva, goal, neighbour, lycksele):
    goal.municipality = lycksele

    assert not rules.may_goal(eva, goal)


def test_the_list_takes_as_many_queries_for_many_goals(go, hans, bo, problem, police, django_assert_max_num_queries):
    address = f"/overenskommelser/mal/?samverkan={problem.partnership_id}"
    factories.GoalFactory(problem=problem, responsible=police, created_by=bo)
    go(hans, address)
    for _ in range(20):
        made = factories.GoalFactory(problem=problem, responsible=police, created_by=bo, ends=dt.date(2027, 6, 30))
        factories.MeasureFactory(problem=problem, responsible=police, created_by=bo).goals.add(made)

    with django_assert_max_num_queries(14):
        go(hans, address)
