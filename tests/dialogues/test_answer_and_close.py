"""Each theme gets an answer, those who took part are told, and only then is the dialogue closed."""

import pytest

from dialogues import actions, queries
from dialogues.models import Theme
from journal.models import Event
from journal.steps import NotAllowed
from tests import factories
from tests.dialogues.conftest import errors, told


def answer(client, theme, **said):
    said = {"outcome": "not_now", "answer": "Inte i år.", "answered_on": "2026-06-10", "revision": 0} | said
    return client.post(f"/dialoger/teman/{theme.pk}/svara/", said)


def test_a_theme_is_answered(client, anna, theme):
    client.force_login(anna)

    response = answer(client, theme, outcome="elsewhere", handler="Gatukontoret")

    theme.refresh_from_db()
    assert response.url == f"/dialoger/{theme.dialogue_id}/#tema-{theme.pk}"
    assert (theme.outcome, theme.handler, str(theme.answered_on)) == ("elsewhere", "Gatukontoret", "2026-06-10")
    assert Event.objects.about(theme).first().verb == "answered"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"outcome": ""}, "måste fyllas i"),
        ({"answer": ""}, "Skriv svaret"),
        ({"outcome": "elsewhere"}, "Skriv vem som hanterar"),
        ({"answered_on": "2026-12-24"}, "framtiden"),
        ({"outcome": "promise"}, "giltigt alternativ"),
    ],
)
def test_an_answer_says_what_and_why(client, anna, theme, said, sentence):
    client.force_login(anna)

    response = answer(client, theme, **said)

    assert sentence in str(errors(response))
    assert not Theme.objects.exclude(outcome="").exists()


def test_two_who_answer_at_once_do_not_overwrite_each_other(client, anna, bo, theme):
    client.force_login(anna)
    answer(client, theme, answer="Annas svar.")
    client.force_login(bo)

    response = answer(client, theme, answer="Bos svar.")

    theme.refresh_from_db()
    assert theme.answer == "Annas svar."
    assert "Bos svar." in response.content.decode()


def test_what_became_a_promise_is_answered_by_the_promise(client, anna, theme, bo):
    actions.take_up(theme, by=bo)
    client.force_login(anna)

    opened = client.get(f"/dialoger/teman/{theme.pk}/svara/", follow=True)
    sent = answer(client, theme)

    assert "blivit ett löfte" in told(opened)[0]
    assert "blivit ett löfte" in errors(sent)[""][0]


def test_a_theme_goes_back_to_its_earlier_answer_when_the_promise_lets_it_go(theme, bo):
    Theme.objects.update(outcome="not_now", answer="Inte i år.", answered_on="2026-06-01")
    actions.take_up(theme, by=bo)
    actions.take_up(theme, by=bo)
    theme.refresh_from_db()
    assert theme.outcome == "promise"

    actions.let_go(theme, by=bo)
    actions.let_go(theme, by=bo)

    theme.refresh_from_db()
    assert (theme.outcome, theme.answer) == ("not_now", "Inte i år.")
    assert Event.objects.about(theme).count() == 2


def test_a_closed_dialogue_opens_when_a_theme_loses_its_only_answer(held, theme, bo):
    actions.take_up(theme, by=bo)
    type(held).objects.update(
        status="closed", feedback="Så här blev det.", feedback_how="Brev", feedback_on="2026-06-01"
    )

    actions.let_go(theme, by=bo)

    held.refresh_from_db()
    theme.refresh_from_db()
    assert (held.status, theme.outcome, theme.answered_on) == ("held", "", None)


def test_no_promise_is_made_of_what_was_cancelled(theme, bo):
    type(theme.dialogue).objects.update(status="cancelled", status_reason="Storm")

    with pytest.raises(NotAllowed):
        actions.take_up(theme, by=bo)


def test_a_promise_may_take_up_what_was_heard_there(theme, make, anna, lycksele, organisations, bo):
    neighbour = make(status="held", municipality=organisations["landskrona"].municipality)
    factories.ThemeFactory(dialogue=neighbour)
    factories.ThemeFactory(dialogue=make())  # not held yet
    taken = factories.ThemeFactory(dialogue=theme.dialogue)
    actions.take_up(taken, by=bo)

    assert list(queries.themes_to_promise(anna, theme.dialogue.partnership, lycksele.pk)) == [theme]


def test_it_is_not_closed_before_all_is_answered_and_told(client, anna, held, theme):
    factories.ReplyFactory(dialogue=held)
    client.force_login(anna)

    page = client.get(f"/dialoger/{held.pk}/").content.decode()
    refused = client.post(f"/dialoger/{held.pk}/avsluta/", follow=True)

    for sentence in ("1 tema har inget svar", "har inte fått återkoppling", "1 svar från invånare väntar"):
        assert sentence in page
        assert sentence in told(refused)[0]
    assert f'href="/dialoger/{held.pk}/aterkoppling/"' in page
    assert f'action="/dialoger/{held.pk}/avsluta/"' not in page
    held.refresh_from_db()
    assert held.status == "held"


def test_a_dialogue_that_nobody_came_to_is_closed_without_themes(client, anna, held):
    type(held).objects.update(feedback="Ingen kom.", feedback_how="Anslag", feedback_on="2026-06-01")
    client.force_login(anna)
    assert "Inga teman" in told(client.post(f"/dialoger/{held.pk}/avsluta/", follow=True))[0]

    type(held).objects.update(participants=0)
    client.post(f"/dialoger/{held.pk}/avsluta/")

    held.refresh_from_db()
    assert held.status == "closed"


def test_feedback_needs_words_a_day_and_a_way(client, anna, held):
    client.force_login(anna)

    response = client.post(f"/dialoger/{held.pk}/aterkoppling/", {"feedback": "Tack!", "revision": 0})

    assert {"feedback_how", "feedback_on"} == set(errors(response))
    said = {"feedback": "Tack!", "feedback_how": "Mejl", "feedback_on": "2026-06-12", "revision": 0}
    assert "Tack!" in client.post(f"/dialoger/{held.pk}/aterkoppling/", said, follow=True).content.decode()


def test_it_is_closed_and_opened_again_with_a_reason(client, anna, done):
    client.force_login(anna)

    client.post(f"/dialoger/{done.pk}/avsluta/")
    done.refresh_from_db()
    assert done.status == "closed"

    client.post(f"/dialoger/{done.pk}/oppna-igen/", {"reason": "Ett tema glömdes."})
    done.refresh_from_db()
    assert done.status == "held"
    assert Event.objects.about(done).first().note == "Ett tema glömdes."


def test_after_thirty_days_it_is_said_that_feedback_is_missing(client, anna, held):
    client.force_login(anna)
    assert "mer än 30 dagar" in client.get(f"/dialoger/{held.pk}/").content.decode()

    type(held).objects.update(starts="2026-06-01", ends="2026-06-01")

    assert "mer än 30 dagar" not in client.get(f"/dialoger/{held.pk}/").content.decode()
