import pytest

from citizen_promises import self_check as checks
from citizen_promises.models import Answer, PromiseDocument
from journal.models import Event
from situation.models import CauseAnalysis, Problem
from tests import factories, promising
from tests.citizen_promises.conftest import errors, told


def lines(document):
    (checked,) = checks.of(document, checks.with_grounds(document))
    return {line.point: line for line in checked.lines}


def address(promise):
    return f"/medborgarloften/arbete/lofte/{promise.pk}/egenkontroll/"


def answer(client, promise, **answers):
    form = client.get(address(promise)).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields}
    return client.post(
        address(promise), posted | {name.replace("__", "-"): v for name, v in answers.items()}, follow=True
    )


def test_the_twelve_points_are_the_handbooks(draft, promise):
    assert [point.label for point in lines(draft)] == [
        "Bygger på lägesbild och dialog",
        "Gäller ett prioriterat problem",
        "Påverkar en analyserad orsak",
        "Är konkret: vad, var, hur ofta, till när",
        "Har ansvarig part",
        "Ligger inom parternas befogenhet och resurser",
        "Går att följa upp: tal eller tydlig bedömningsgrund",
        "Är begripligt utan fackord",
        "Har giltighetstid",
        "Säger hur och när återkoppling ges",
        "Är granskat ur jämställdhetsperspektiv",
        "Är fritt från sekretess- och personuppgifter",
    ]


def test_the_system_says_what_it_sees_and_nothing_of_the_rest(draft, promise):
    seen = {point: line.seen for point, line in lines(draft).items() if line.seen}

    assert seen == {"responsible": "yes", "measurable": "yes", "period": "yes"}


def test_the_problem_and_its_cause_are_seen_through_the_measure(draft, promise, measure):
    promise.measures.set([measure])
    assert (lines(draft)["prioritised"].seen, lines(draft)["cause"].seen) == ("no", "no")
    Problem.objects.update(status="prioritised", rank=1)
    analysis = factories.CauseAnalysisFactory(problem=measure.problem)
    measure.causes.add(factories.CauseFactory(analysis=analysis))
    assert lines(draft)["cause"].seen == "no"
    CauseAnalysis.objects.update(status="done")

    assert (lines(draft)["prioritised"].seen, lines(draft)["cause"].seen) == ("yes", "yes")


def test_a_structured_follow_up_answers_how_and_when(draft, promise):
    PromiseDocument.objects.update(rhythm="half_year", forum="Kommunens webbplats")
    draft.refresh_from_db()

    assert lines(draft)["feedback"].seen == "yes"


def test_an_open_end_is_not_a_no(draft, promise):
    PromiseDocument.objects.update(ends=None)
    draft.refresh_from_db()

    assert lines(draft)["period"].seen == ""
    assert "tills vidare" in lines(draft)["period"].why


def test_answers_are_kept_with_their_comments_and_in_the_journal(client, bo, draft, promise):
    client.force_login(bo)
    response = answer(client, promise, plain__value="no", plain__comment="Vi skriver hot spot.")

    assert told(response) == ["Egenkontrollen är sparad."]
    kept = {one.point: (one.value, one.comment) for one in promise.answers.all()}
    assert kept["plain"] == ("no", "Vi skriver hot spot.")
    assert kept["period"] == ("yes", "")  # what the system saw, and the person let stand
    assert "4 av 12 besvarade" in response.content.decode()
    change = Event.objects.about(promise).first().changes["plain"]
    assert change == {"label": "Är begripligt utan fackord", "from": "", "to": "Nej: Vi skriver hot spot."}


def test_a_no_is_told_at_approval_and_publication_and_hinders_nothing(client, bo, draft, promise):
    client.force_login(bo)
    answer(client, promise, plain__value="no", plain__comment="Vi skriver hot spot.")
    said = "Löfte 1: nej på ”Är begripligt utan fackord” (Vi skriver hot spot.)."
    assert said in client.get(f"/medborgarloften/arbete/{draft.pk}/godkann/").context["advice"]
    promising.approve(draft, bo)

    assert said in client.get(f"/medborgarloften/arbete/{draft.pk}/publicera/").context["advice"]


def test_a_comment_without_an_answer_is_asked_for_one(client, bo, promise):
    client.force_login(bo)
    response = answer(client, promise, plain__value="", plain__comment="Vet inte.")

    assert errors(response) == {"plain-comment": ["Välj också ett svar, annars sparas inte kommentaren."]}
    assert "Vet inte." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "value"), [("plain__value", "kanske"), ("plain__comment", "19900101-0017"), ("plain__comment", "å" * 501)]
)
def test_an_odd_answer_is_answered_in_words(client, bo, promise, name, value):
    client.force_login(bo)

    assert name.replace("__", "-") in errors(answer(client, promise, **{"plain__value": "yes", name: value}))
    assert not Answer.objects.exists()


def test_the_second_of_two_who_answer_is_told_and_loses_nothing(client, anna, bo, draft, promise):
    client.force_login(anna)
    form = client.get(address(promise)).context["form"]
    posted = {name: form[name].value() or "" for name in form.fields} | {"plain-value": "no"}
    client.force_login(bo)
    answer(client, promise, plain__value="yes")
    client.force_login(anna)
    response = client.post(address(promise), posted)

    assert errors(response)[""][0].startswith("Någon annan svarade samtidigt som du.")
    assert promise.answers.get(point="plain").value == "yes"
    again = client.post(address(promise), posted | {"seen": response.context["form"]["seen"].value()}, follow=True)
    assert told(again) == ["Egenkontrollen är sparad."]
    assert promise.answers.get(point="plain").value == "no"


def test_the_self_check_ends_when_the_text_stands_fast(client, bo, draft, promise):
    promising.approve(draft, bo)
    client.force_login(bo)
    response = client.post(address(promise), {"seen": checks.seen_of([])}, follow=True)

    assert told(response) == ["Ändra löftena: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]


def test_a_promise_that_is_taken_out_takes_its_answers_along(client, bo, draft, promise):
    client.force_login(bo)
    answer(client, promise, plain__value="yes")
    client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/ta-bort/")

    assert not Answer.objects.exists()


def test_the_check_costs_the_same_however_many_promises(draft, django_assert_num_queries):
    for _ in range(5):
        factories.PromiseFactory(document=draft)

    with django_assert_num_queries(5):  # promises, and what they hold: no measures, so nothing behind them
        checks.of(draft, checks.with_grounds(draft))
