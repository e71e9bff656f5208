"""Sending a text for signing and taking it back: what it demands, what it advises, what it freezes."""

import pytest

from agreements import actions, content, rules
from agreements.models import Agreement
from journal.models import Event
from journal.steps import NotAllowed
from lib import canonical
from tests import factories

FROM = {
    "propose": {"draft"},
    "refer": {"draft"},
    "end_referral": {"referred"},
    "withdraw": {"proposed"},
    "terminate": {"signed"},
}


def test_the_text_is_frozen_with_its_checksum(proposed):
    proposed.refresh_from_db()

    assert proposed.status == "proposed"
    assert proposed.checksum == canonical.checksum(proposed.frozen)
    assert [party["name"] for party in proposed.frozen["parties"]] == [
        "Polisen, lokalpolisområde Södra Lappland",
        "Lycksele kommun",
    ]
    assert content.is_intact(proposed)


def test_the_whole_text_is_in_what_is_frozen(draft, bo, problem):
    Agreement.objects.filter(pk=draft.pk).update(**{name: f"Text om {name}" for name in Agreement.TEXTS})
    draft.problems.add(problem)

    actions.propose(draft, by=bo)

    draft.refresh_from_db()
    texts = {text["name"]: text["text"] for section in draft.frozen["sections"] for text in section["texts"]}
    assert texts == {name: f"Text om {name}" for name in Agreement.TEXTS}
    assert [one["title"] for one in draft.frozen["problems"]] == [problem.title]


def test_the_goals_set_for_it_are_frozen_and_shown(go, bo, draft, problem, police):
    goal = factories.GoalFactory(problem=problem, responsible=police, agreement=draft)
    factories.GoalFactory(problem=problem, responsible=police, agreement=draft, status="dropped", text="Struket")

    actions.propose(draft, by=bo)
    type(goal).objects.filter(pk=goal.pk).update(text="Ändrat sedan", target=5)

    draft.refresh_from_db()
    (frozen,) = draft.frozen["goals"]
    assert (frozen["text"], frozen["responsible"]) == ("Anmälda våldsbrott på torget ska minska.", str(police))
    assert frozen["movement"].startswith("40 → 30 anmälda brott per år")
    assert content.is_intact(draft)
    page = go(bo, draft.get_absolute_url()).content.decode()
    assert "Mål i överenskommelsen" in page
    assert "Ändrat sedan" not in page


@pytest.mark.parametrize(("field", "word"), [("purpose", "syfte"), ("areas", "områden")])
def test_what_the_law_demands_must_be_there(go, bo, draft, field, word):
    Agreement.objects.filter(pk=draft.pk).update(**{field: " "})

    answer = go(bo, f"/overenskommelser/{draft.pk}/skicka/", {})

    draft.refresh_from_db()
    assert draft.status == "draft"
    assert f"Det saknas: {word}." in go(bo, answer.url).content.decode()


def test_the_page_before_is_not_shown_while_something_is_missing(go, bo, draft):
    Agreement.objects.filter(pk=draft.pk).update(purpose="")

    answer = go(bo, f"/overenskommelser/{draft.pk}/skicka/")

    assert answer.url == draft.get_absolute_url()
    assert "Det saknas: syfte." in go(bo, answer.url).content.decode()


def test_both_sides_must_be_parties(go, bo, draft, police):
    draft.parties.set([police])

    answer = go(bo, f"/overenskommelser/{draft.pk}/skicka/", {})

    assert "minst en kommun som huvudpart" in go(bo, answer.url).content.decode()


def test_an_agreement_without_parties_says_that_both_are_missing(draft):
    draft.parties.clear()

    assert rules.missing_for_propose(draft) == ["polisen som huvudpart", "minst en kommun som huvudpart"]


def test_what_the_handbook_wants_is_advised_and_not_demanded(go, bo, draft):
    page = go(bo, f"/overenskommelser/{draft.pk}/skicka/").content.decode()
    go(bo, f"/overenskommelser/{draft.pk}/skicka/", {})

    draft.refresh_from_db()
    assert "bör det också framgå: bakgrund, geografiskt område, organisation, övergripande mål" in page
    assert "gemensam lägesbild" in page
    assert draft.status == "proposed"


def test_a_strategic_part_needs_no_problems(draft, day):
    draft.kind = Agreement.Kind.STRATEGIC

    assert "prioriterade problem" not in " ".join(rules.advice_for_propose(draft, day))


def test_sending_after_the_first_day_is_told(draft, day):
    draft.starts = day.replace(year=day.year - 1)

    assert "undertecknas senare" in rules.advice_for_propose(draft, day)[-1]


def test_a_text_that_nobody_has_signed_may_be_taken_back_and_changed(go, bo, proposed, form):
    go(bo, f"/overenskommelser/{proposed.pk}/aterta/", {})
    proposed.refresh_from_db()
    assert (proposed.status, proposed.frozen, proposed.checksum) == ("draft", None, "")

    go(bo, f"/overenskommelser/{proposed.pk}/andra/", form(proposed, purpose="Bättre syfte."))
    proposed.refresh_from_db()
    assert proposed.purpose == "Bättre syfte."


def test_a_text_that_somebody_has_signed_is_not_taken_back(go, bo, david, proposed, sign):
    sign(proposed, david, "police")

    answer = go(bo, f"/overenskommelser/{proposed.pk}/aterta/", {})

    proposed.refresh_from_db()
    assert proposed.status == "proposed"
    assert "En part har redan undertecknat" in go(bo, answer.url).content.decode()


@pytest.mark.parametrize("status", ["draft", "referred", "proposed", "signed", "terminated"])
def test_each_step_begins_where_the_table_says(draft, status):
    draft.status = status

    open_ones = {step.verb for step in rules.AGREEMENT_STEPS if rules.is_open(step, draft)}

    assert open_ones == {verb for verb, statuses in FROM.items() if status in statuses}


def test_a_step_from_elsewhere_is_refused_and_writes_nothing(signed, bo):
    before = Event.objects.count()

    for action in (actions.propose, actions.withdraw):
        with pytest.raises(NotAllowed):
            action(signed, by=bo)
    assert Event.objects.count() == before


WHO = {
    "propose": {"anna", "bo"},
    "refer": {"anna", "bo"},
    "end_referral": {"anna", "bo"},
    "withdraw": {"anna", "bo"},
    "sign": {"anna", "bo", "cecilia", "david"},
    "terminate": {"anna", "bo", "cecilia", "david"},
}


@pytest.mark.parametrize("who", ["anna", "bo", "cecilia", "david", "hans", "fia", "greta", "eva", "lisa", "ove"])
def test_only_they_may_take_each_step(cast, proposed, who):
    proposed.refresh_from_db()

    may = {step.verb for step in rules.AGREEMENT_STEPS if rules.may(cast[who], step, proposed)}

    assert may == {verb for verb, people in WHO.items() if who in people}


@pytest.mark.parametrize("path", ["skicka", "aterta", "sag-upp", "underteckna"])
@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("eva", 404), ("fia", 404), ("greta", 404), ("lisa", 404)])
def test_the_doors_ask_the_rule(go, cast, proposed, path, who, code):
    assert go(cast[who], f"/overenskommelser/{proposed.pk}/{path}/", {}).status_code == code


def test_a_neighbour_that_is_no_party_to_it_does_not_terminate_it(eva, signed, neighbour):
    assert not rules.may(eva, rules.TERMINATE, signed)


def test_it_may_rest_on_a_picture_whose_checksum_stands_in_the_text(draft, bo, partnership):
    picture = factories.PictureFactory(
        partnership=partnership,
        status="established",
        established_at="2026-01-10T10:00Z",
        established_by=bo,
        frozen={"a": 1},
        checksum="7" * 64,
        created_by=bo,
    )
    Agreement.objects.filter(pk=draft.pk).update(picture=picture)

    actions.propose(draft, by=bo)

    draft.refresh_from_db()
    assert draft.frozen["picture"] == {"id": picture.pk, "title": str(picture), "checksum": "7" * 64}
