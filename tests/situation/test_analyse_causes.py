"""Both parties ask why a prioritised problem is there, and choose the causes that their measures go for."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from partnerships.models import Cycle
from situation import causes
from situation.models import Cause, CauseAnalysis
from tests import factories

CAUSE = {
    "text": "Ingen vuxen finns på torget efter 22",
    "category": "guardian",
    "nature": "situational",
    "support": "judgement",
    "influence": "both",
}
MET = {
    "what": "Rutor krossas.",
    "where_when": "Torget, fredagar efter 22.",
    "who": "Ungdomar och handlare.",
    "basis": "Snabbmöten den 12 mars",
    "participants": "Kommunpolis, samordnare, fältsekreterare",
    "police_took_part": True,
    "municipality_took_part": True,
    "held_on": dt.date(2026, 3, 20),
}


@pytest.fixture
def problem(cycle, bo):
    return factories.ProblemFactory(cycle=cycle, status="prioritised", rank=1, created_by=bo)


@pytest.fixture
def analysis(problem, bo):
    return factories.CauseAnalysisFactory(problem=problem, created_by=bo)


@pytest.fixture
def cause(analysis):
    return factories.CauseFactory(analysis=analysis, number=1)


def address(analysis, verb=""):
    return f"/lagesbilder/orsaksanalys/{analysis.pk}/{verb}"


def test_an_analysis_is_begun_once(client, bo, anna, problem):
    for person in (bo, anna):
        client.force_login(person)
        answer = client.post(f"/lagesbilder/problem/{problem.pk}/orsaker/")

    assert answer.url == address(CauseAnalysis.objects.get())


def test_causes_are_added_and_numbered(client, bo, analysis):
    client.force_login(bo)
    for text in ("Mörkt", "Trasig belysning"):
        client.post(address(analysis, "orsak/"), CAUSE | {"text": text})

    assert [str(cause) for cause in analysis.causes.all()] == ["1. Mörkt", "2. Trasig belysning"]


def test_what_lies_behind_stands_inside(client, bo, analysis, cause):
    client.force_login(bo)
    client.post(address(analysis, "orsak/"), CAUSE | {"text": "Fritidsgården stänger 20", "parent": cause.pk})

    (branch,) = causes.tree(analysis.causes.all())

    assert [child.cause.text for child in branch.children] == ["Fritidsgården stänger 20"]
    assert branch.children[0].cause.level == "underlying"


def test_no_cause_lies_behind_itself(client, bo, analysis, cause):
    child = factories.CauseFactory(analysis=analysis, parent=cause, number=2)
    grandchild = factories.CauseFactory(analysis=analysis, parent=child, number=3)
    client.force_login(bo)

    answer = client.post(
        f"/lagesbilder/orsaker/{cause.pk}/andra/", CAUSE | {"parent": grandchild.pk, "revision": cause.revision}
    )

    assert "ligga bakom sig själv" in str(answer.context["form"].errors["parent"])
    cause.refresh_from_db()
    assert cause.parent is None


def test_the_database_refuses_the_shortest_circle(cause):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cause.objects.filter(pk=cause.pk).update(parent=cause.pk)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"support": "data"}, "Välj eller skriv vilken källa som styrker orsaken."),
        ({"influence": "nobody", "chosen": "on"}, "En orsak som ingen av er kan påverka kan inte väljas."),
        ({"text": "Två bröder i 8B"}, "en liten grupp (Två bröder)"),
        ({"text": "811228-9874"}, "personnummer"),
    ],
)
def test_what_does_not_hold_is_told_on_the_page(client, bo, analysis, fields, sentence):
    client.force_login(bo)

    answer = client.post(address(analysis, "orsak/"), CAUSE | fields)

    assert sentence in answer.content.decode()
    assert not analysis.causes.exists()


def test_a_cause_of_another_analysis_is_no_choice(client, bo, analysis, cycle):
    other = factories.CauseFactory(analysis__problem__cycle=cycle)
    client.force_login(bo)

    answer = client.post(address(analysis, "orsak/"), CAUSE | {"parent": other.pk})

    assert "parent" in answer.context["form"].errors


def test_it_is_done_when_it_has_what_the_handbook_asks(client, bo, analysis, cause):
    client.force_login(bo)
    page = client.post(address(analysis, "klar/"), follow=True).content.decode()
    assert "svar på var och när" in page
    assert "minst en orsak som ska påverkas, minst en källa" in page

    Cause.objects.update(chosen=True)
    CauseAnalysis.objects.update(**MET)
    client.post(address(analysis, "klar/"))

    analysis.refresh_from_db()
    assert analysis.status == "done"


def test_nothing_changes_in_one_that_is_done(client, bo, analysis, cause):
    CauseAnalysis.objects.update(status="done")
    client.force_login(bo)

    added = client.post(address(analysis, "orsak/"), CAUSE)
    client.post(f"/lagesbilder/orsaker/{cause.pk}/ta-bort/")
    edited = client.post(
        address(analysis, "andra/"), {"what": "Annat", "method": "tree", "revision": analysis.revision}
    )

    assert "Analysen är klar." in added.content.decode()
    assert "låst" in edited.content.decode()
    assert analysis.causes.get() == cause


def test_it_is_opened_again_with_a_reason(client, bo, analysis):
    CauseAnalysis.objects.update(status="done")
    client.force_login(bo)
    client.post(address(analysis, "fortsatt/"), {"reason": "Nya uppgifter"})

    analysis.refresh_from_db()
    assert analysis.status == "ongoing"


def test_one_that_others_stand_on_is_not_removed(client, bo, analysis, cause):
    factories.CauseFactory(analysis=analysis, parent=cause, number=2)
    client.force_login(bo)

    page = client.post(f"/lagesbilder/orsaker/{cause.pk}/ta-bort/", follow=True).content.decode()

    assert "Andra orsaker ligger bakom den här." in page
    assert analysis.causes.count() == 2


def test_every_category_is_asked_about(client, bo, analysis, cause):
    client.force_login(bo)

    page = client.get(address(analysis, "?visa=fiskben")).content.decode()

    assert page.count("Har ni frågat om det här?") == 3


@pytest.mark.parametrize("count", [1, 30])
def test_a_big_tree_costs_no_more_queries(client, bo, analysis, count, django_assert_num_queries):
    parent = None
    for number in range(1, count + 1):
        parent = factories.CauseFactory(analysis=analysis, parent=parent, number=number)
    client.force_login(bo)

    with django_assert_num_queries(11):
        client.get(address(analysis))


def test_an_unshared_problem_is_not_analysed(client, bo, police, cycle):
    own = factories.PictureFactory(partnership=cycle.partnership, kind="own_police", owner=police, cycle=cycle)
    problem = factories.ProblemFactory(cycle=cycle, picture=own)
    client.force_login(bo)

    assert client.post(f"/lagesbilder/problem/{problem.pk}/orsaker/").status_code == 403


@pytest.mark.parametrize(
    ("person", "status"),
    [("anna", 200), ("cecilia", 200), ("hans", 200), ("eva", 404), ("fia", 404), ("greta", 404), ("ove", 404)],
)
def test_who_may_read(client, cast, analysis, person, status):
    client.force_login(cast[person])

    assert client.get(address(analysis)).status_code == status


def test_in_a_closed_cycle_nothing_changes(client, bo, analysis, cause):
    Cause.objects.update(chosen=True)
    CauseAnalysis.objects.update(**MET)
    Cycle.objects.update(status="closed", closed_on=dt.date(2026, 6, 30))
    client.force_login(bo)

    page = client.get(address(analysis)).text
    added = client.post(address(analysis, "orsak/"), CAUSE | {"text": "Mörkt"})
    changed = client.post(f"/lagesbilder/orsaker/{cause.pk}/andra/", CAUSE | {"text": "Nytt ord", "revision": 0})
    removed = client.post(f"/lagesbilder/orsaker/{cause.pk}/ta-bort/", follow=True)
    edited = client.post(address(analysis, "andra/"), {"what": "Annat", "method": "tree", "revision": 0})
    concluded = client.post(address(analysis, "klar/"), follow=True)

    assert "data-quick" not in page
    assert f"/orsaker/{cause.pk}/andra/" not in page
    for answer in (added, changed, removed, edited, concluded):
        assert "Samverkansomgången är inte öppen" in answer.text
    assert "Mörkt" in added.text
    assert [one.text for one in analysis.causes.all()] == [cause.text]
    analysis.refresh_from_db()
    assert (analysis.what, analysis.status) == (MET["what"], "ongoing")


def test_in_a_closed_cycle_none_is_begun_or_opened_again(client, bo, analysis, cycle):
    CauseAnalysis.objects.update(status="done")
    other = factories.ProblemFactory(cycle=cycle, status="prioritised", rank=2)
    Cycle.objects.update(status="closed", closed_on=dt.date(2026, 6, 30))
    client.force_login(bo)

    begun = client.post(f"/lagesbilder/problem/{other.pk}/orsaker/", follow=True)
    client.post(address(analysis, "fortsatt/"), {"reason": "Nya uppgifter"})

    assert "Samverkansomgången är inte öppen" in begun.text
    assert CauseAnalysis.objects.get().status == "done"


@pytest.mark.parametrize("question", ["what", "where_when", "who"])
def test_an_analysis_that_does_not_describe_the_problem_is_not_done(client, bo, analysis, cause, question):
    Cause.objects.update(chosen=True)
    CauseAnalysis.objects.update(**{**MET, question: " "})
    client.force_login(bo)
    client.post(address(analysis, "klar/"))

    analysis.refresh_from_db()
    assert analysis.status == "ongoing"


# --- What it rests on


@pytest.fixture
def source(problem, ready):
    """A source of the picture that the problem stands in."""
    type(problem).objects.filter(pk=problem.pk).update(picture=ready)
    problem.refresh_from_db()
    return ready.sources.get()


def test_a_source_of_the_picture_is_source_enough(client, bo, analysis, cause, source):
    Cause.objects.update(chosen=True)
    CauseAnalysis.objects.update(**{**MET, "basis": ""})
    client.force_login(bo)
    page = client.get(address(analysis, "andra/"))
    sent = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    saved = client.post(address(analysis, "andra/"), {**sent, "revision": 0, "sources": [source.pk]})
    assert saved.status_code == 302, saved.context["form"].errors
    client.post(address(analysis, "klar/"))

    analysis.refresh_from_db()
    assert analysis.status == "done"
    assert str(source) in client.get(address(analysis)).text


def test_a_cause_in_data_may_point_at_the_pictures_source(client, bo, analysis, source):
    client.force_login(bo)
    client.post(address(analysis, "orsak/"), CAUSE | {"support": "data", "picture_source": source.pk})

    assert analysis.causes.get().picture_source == source
    assert f"styrkt i data: {source}" in client.get(address(analysis)).text


def test_a_source_that_not_every_party_may_read_is_no_choice(client, bo, analysis, own_police):
    client.force_login(bo)
    answer = client.post(address(analysis, "orsak/"), CAUSE | {"picture_source": own_police.sources.get().pk})

    assert "picture_source" in answer.context["form"].errors


def test_a_source_that_a_cause_points_at_is_not_taken_out_of_the_picture(client, bo, cause, joint):
    source = joint.sources.get()
    Cause.objects.update(picture_source=source)
    client.force_login(bo)
    page = client.post(f"/lagesbilder/kallor/{source.pk}/ta-bort/", follow=True).text

    assert "En orsaksanalys bygger på källan" in page
    assert joint.sources.get() == source


# --- In which order


def prioritise(client, cause, place, **more):
    cause.refresh_from_db()
    sent = {name: getattr(cause, name) for name in ("text", "category", "nature", "support", "influence")}
    sent |= {"revision": cause.revision, "priority": place} | more
    return client.post(f"/lagesbilder/orsaker/{cause.pk}/andra/", sent)


@pytest.fixture
def three(analysis):
    texts = enumerate(("Mörkt", "Tomt", "Öde"), start=1)
    return [factories.CauseFactory(analysis=analysis, number=number, text=text) for number, text in texts]


def test_the_group_puts_causes_in_order_and_the_others_make_room(client, bo, analysis, three):
    client.force_login(bo)
    for cause in three:
        prioritise(client, cause, 1)

    places = dict(analysis.causes.values_list("text", "priority"))
    assert places == {"Öde": 1, "Tomt": 2, "Mörkt": 3}
    page = client.get(address(analysis, "?visa=lista")).text.split('class="causes"')[1]
    assert page.index("3. Öde") < page.index("2. Tomt") < page.index("1. Mörkt")
    assert "Prioritet 1" in page


@pytest.mark.parametrize(
    ("moved", "place", "order"),
    [(2, 1, "Öde Mörkt Tomt"), (0, 3, "Tomt Öde Mörkt"), (0, 99, "Tomt Öde Mörkt"), (1, 1, "Tomt Mörkt Öde")],
)
def test_a_cause_changes_places_and_the_order_has_no_holes(client, bo, analysis, three, moved, place, order):
    for number, cause in enumerate(three, start=1):
        Cause.objects.filter(pk=cause.pk).update(priority=number)
    client.force_login(bo)
    prioritise(client, three[moved], place)

    found = causes.in_order(analysis.causes.all())
    assert [(one.text, one.priority) for one in found] == list(zip(order.split(), (1, 2, 3), strict=True))


def test_a_cause_that_leaves_the_order_leaves_no_hole(client, bo, analysis, three):
    for number, cause in enumerate(three, start=1):
        Cause.objects.filter(pk=cause.pk).update(priority=number)
    client.force_login(bo)
    prioritise(client, three[0], "")

    assert dict(analysis.causes.values_list("text", "priority")) == {"Mörkt": None, "Tomt": 1, "Öde": 2}


def test_a_cause_that_is_chosen_comes_last_in_the_order_until_somebody_moves_it(client, bo, analysis, three):
    client.force_login(bo)
    prioritise(client, three[1], "", chosen="on")
    prioritise(client, three[0], "", chosen="on")

    found = causes.chosen_in_order(analysis.causes.all())
    assert [(one.text, one.priority) for one in found] == [("Tomt", 1), ("Mörkt", 2)]


def test_who_was_slower_moves_nobody(client, bo, analysis, three):
    client.force_login(bo)
    prioritise(client, three[0], 1)
    Cause.objects.filter(pk=three[1].pk).update(revision=7)
    prioritise(client, three[1], 1, revision=0)

    assert dict(analysis.causes.values_list("text", "priority")) == {"Mörkt": 1, "Tomt": None, "Öde": None}


@pytest.mark.parametrize("place", ["0", "-1", "100", "etta"])
def test_a_place_that_is_none_is_told(client, bo, three, place):
    client.force_login(bo)

    assert "priority" in prioritise(client, three[0], place).context["form"].errors


# --- Out of date


@pytest.mark.parametrize("status", ["dismissed", "solved"])
def test_an_analysis_of_a_problem_that_is_put_aside_is_out_of_date(client, bo, analysis, cause, problem, status):
    Cause.objects.update(chosen=True)
    CauseAnalysis.objects.update(**MET)
    type(problem).objects.filter(pk=problem.pk).update(status=status, reason="Löst av ombyggnaden.", rank=None)
    client.force_login(bo)
    page = client.get(address(analysis)).text
    told = client.post(address(analysis, "klar/"), follow=True).text

    assert "Inaktuell" in page
    assert "Markera analysen som klar" not in page
    assert "analysen är inaktuell" in told
    analysis.refresh_from_db()
    assert analysis.status == "ongoing"


def test_it_is_current_again_when_the_problem_is_taken_up_again(analysis, problem):
    type(problem).objects.filter(pk=problem.pk).update(status="solved", rank=None)
    assert CauseAnalysis.objects.get().word == "Inaktuell"

    type(problem).objects.filter(pk=problem.pk).update(status="identified")
    assert CauseAnalysis.objects.get().word == "Pågår"
