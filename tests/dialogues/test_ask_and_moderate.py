"""Questions are written and opened; each reply is judged with a reason, counted, and at last erased by decision."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from dialogues import actions, counting, queries
from dialogues.models import Answer, Dialogue, Erasure, Question, Reply
from journal.models import Event
from tests import factories
from tests.dialogues.conftest import errors, told

QUESTION = {"text": "Var är det otryggt?", "kind": "text", "revision": 0}


@pytest.fixture
def replies(asking):
    """Three that wait: 2, 4 and 4 on the scale."""
    words, choice, scale = asking.questions.all()
    given = [{words.pk: f"Plats {step}", choice.pk: 1 + step % 2, scale.pk: step} for step in (2, 4, 4)]
    return [actions.receive(asking, one) for one in given]


def decide(client, reply, **said):
    said = {"status": "accepted", "because": "Svarar på frågorna", "revision": reply.revision} | said
    return client.post(f"/dialoger/{reply.dialogue_id}/svar/{reply.pk}/", said)


# --- The questions


def test_questions_are_written_one_at_a_time(client, anna, planned):
    client.force_login(anna)
    address = f"/dialoger/{planned.pk}/fragor/"

    client.post(address, QUESTION)
    client.post(address, QUESTION | {"kind": "choice", "text": "Ute?", "options": "Ja\r\n\r\nNej\r\nJa"})

    assert [(one.order, one.options) for one in Question.objects.all()] == [(1, []), (2, ["Ja", "Nej"])]


@pytest.mark.parametrize("options", ["Ja", "", "\n".join(map(str, range(13))), f"Ja\n{'x' * 121}", "Ja\n19900101-0017"])
def test_alternatives_are_some_and_short(client, anna, planned, options):
    client.force_login(anna)

    response = client.post(f"/dialoger/{planned.pk}/fragor/", QUESTION | {"kind": "choice", "options": options})

    assert "options" in errors(response)


def test_a_question_is_changed_and_taken_out_until_somebody_has_answered(client, anna, asking, replies):
    question = asking.questions.first()
    client.force_login(anna)

    changed = client.post(f"/dialoger/{asking.pk}/fragor/{question.pk}/", QUESTION | {"text": "Ny", "order": 1})
    removed = client.post(f"/dialoger/{asking.pk}/fragor/{question.pk}/ta-bort/", follow=True)

    assert "redan svarat" in errors(changed)[""][0]
    assert "redan svarat" in told(removed)[0]
    assert asking.questions.count() == 3
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Question.objects.filter(pk=question.pk).update(text="Ny")


def test_a_question_nobody_answered_goes(client, anna, asking):
    question = asking.questions.first()
    client.force_login(anna)

    client.post(f"/dialoger/{asking.pk}/fragor/{question.pk}/", QUESTION | {"text": "Ny fråga", "order": 1})
    question.refresh_from_db()
    assert question.text == "Ny fråga"
    client.post(f"/dialoger/{asking.pk}/fragor/{question.pk}/ta-bort/")
    assert asking.questions.count() == 2


def test_it_opens_and_closes_by_the_day(client, anna, planned, bo):
    client.force_login(anna)
    address, days = f"/dialoger/{planned.pk}/fragor/oppna/", {"first": "2026-06-15", "last": "2026-06-20"}
    assert "minst en fråga" in told(client.post(address, days, follow=True))[0]
    factories.QuestionFactory(dialogue=planned)

    client.post(address, days)

    planned.refresh_from_db()
    assert planned.is_answerable
    assert planned.last_open_day == dt.date(2026, 6, 20)
    assert planned in Dialogue.objects.answerable(planned.opens_at)
    poster = queries.poster(planned)
    assert (poster.open_days, poster.path) == ("15–20 juni 2026", f"/medborgarloften/lycksele/dialog/{planned.pk}/")
    assert poster.address.startswith("http")

    client.post(f"/dialoger/{planned.pk}/fragor/stang/")
    planned.refresh_from_db()
    assert not planned.is_answerable


@pytest.mark.parametrize(
    "days",
    [
        {"first": "2026-06-20", "last": "2026-06-19"},
        {"first": "2026-06-01", "last": "2026-06-02"},
        {"first": "", "last": "2026-06-20"},
        {"first": "0001-01-01", "last": "9999-12-31"},
    ],
)
def test_days_that_cannot_be_are_told(client, anna, asking, days):
    client.force_login(anna)

    response = client.post(f"/dialoger/{asking.pk}/fragor/oppna/", days)

    assert errors(response)


def test_staff_are_not_asked_on_a_public_form(client, bo, staff):
    client.force_login(bo)

    assert client.get(f"/dialoger/{staff.pk}/fragor/").status_code == 404
    assert client.get(f"/dialoger/{staff.pk}/svar/").status_code == 404


# --- Judging


def test_a_reply_is_let_in_and_the_next_one_comes(client, anna, replies, asking):
    theme = factories.ThemeFactory(dialogue=asking)
    client.force_login(anna)

    response = decide(client, replies[0], themes=[theme.pk])

    replies[0].refresh_from_db()
    assert (replies[0].status, replies[0].reason, replies[0].decided_by) == ("accepted", "Svarar på frågorna", anna)
    assert list(replies[0].themes.all()) == [theme]
    assert response.url == f"/dialoger/{asking.pk}/svar/{replies[1].pk}/"


def test_a_reply_is_turned_away_only_with_a_reason(client, anna, replies):
    client.force_login(anna)

    assert "because" in errors(decide(client, replies[0], status="refused"))
    assert "reason" in errors(decide(client, replies[0], status="refused", because="other"))
    decide(client, replies[0], status="refused", because="Hot, hat eller kränkning", reason="Mot en grupp.")

    replies[0].refresh_from_db()
    assert (replies[0].status, replies[0].reason) == ("refused", "Hot, hat eller kränkning. Mot en grupp.")
    assert Event.objects.about(replies[0]).first().note == replies[0].reason


def test_two_who_judge_at_once_do_not_overwrite_each_other(client, anna, bo, replies):
    client.force_login(anna)
    decide(client, replies[0])
    client.force_login(bo)

    response = client.post(
        f"/dialoger/{replies[0].dialogue_id}/svar/{replies[0].pk}/",
        {"status": "refused", "because": "Reklam eller skräp", "revision": 0},
        follow=True,
    )

    replies[0].refresh_from_db()
    assert replies[0].status == "accepted"
    assert response.status_code in (200, 409)
    assert "Någon annan har redan tagit ställning" in response.content.decode()


def test_a_judgement_can_be_changed_with_a_new_reason(client, anna, replies):
    client.force_login(anna)
    decide(client, replies[0])
    replies[0].refresh_from_db()

    decide(client, replies[0], status="refused", because="Pekar ut en enskild person")

    replies[0].refresh_from_db()
    assert replies[0].status == "refused"


def test_only_those_let_in_are_counted(client, anna, replies, asking):
    client.force_login(anna)
    for reply in replies[:2]:
        decide(client, reply)

    words, choice, scale = counting.count(asking)

    assert (words.answers, choice.rows, scale.mean) == (2, [("Ja", 2), ("Nej", 0)], 3)
    page = client.get(f"/dialoger/{asking.pk}/svar/?lage=accepted").content.decode()
    assert "i genomsnitt 3,0 av 5" in page
    assert "Plats 4" in page


def test_small_counts_are_not_published():
    few = counting.Counted("Ute?", "choice", 4, [("Ja", 2), ("Nej", 2)])
    two_small = counting.Counted("Ute?", "choice", 14, [("Ja", 10), ("Nej", 2), ("Ibland", 2), ("Vet inte", 0)])

    assert few.for_residents() is None
    assert two_small.for_residents()["rows"] == [["Ja", 10], ["Nej", None], ["Ibland", None], ["Vet inte", 0]]


def test_a_single_small_count_cannot_be_worked_out_from_the_others():
    one_small = counting.Counted("Ute?", "choice", 22, [("Ja", 10), ("Nej", 2), ("Ibland", 10), ("Vet inte", 0)])

    shown = [count for _, count in one_small.for_residents()["rows"]]

    assert shown in ([None, None, 10, 0], [10, None, None, 0])


@pytest.mark.parametrize("who", ["cecilia", "hans"])
def test_replies_are_read_by_those_who_judge_them(client, cast, replies, asking, who):
    client.force_login(cast[who])

    assert client.get(f"/dialoger/{asking.pk}/svar/").status_code == 403


def test_the_page_of_replies_asks_as_much_however_many_there_are(client, anna, asking, django_assert_max_num_queries):
    question = asking.questions.first()
    for number in range(30):
        actions.receive(asking, {question.pk: f"Svar {number}"})
    client.force_login(anna)

    with django_assert_max_num_queries(20):
        page = client.get(f"/dialoger/{asking.pk}/svar/").content.decode()

    assert "Visar 1–25 av 30 svar" in page


# --- The end of the replies


@pytest.fixture
def closed(asking, replies, bo):
    for reply in replies:
        actions.decide(reply, by=bo, status="accepted", reason="Ja", revision=0)
    told_them = {"feedback": "Tack.", "feedback_how": "Webb", "feedback_on": "2026-06-10"}
    Dialogue.objects.filter(pk=asking.pk).update(
        status="closed", closes_at=asking.opens_at + dt.timedelta(1), **told_them
    )
    return asking


DECISION = {"decided_on": "2026-06-14", "body": "Kommunstyrelsen", "reference": "KS 2026/12", "sure": "on"}


def test_replies_are_erased_by_a_decision_and_the_count_stays(client, anna, closed):
    client.force_login(anna)

    page = client.post(f"/dialoger/{closed.pk}/gallra/", DECISION, follow=True).content.decode()

    assert not Reply.objects.exists()
    assert not Answer.objects.exists()
    erasure = Erasure.objects.get()
    assert (erasure.replies, erasure.reference, erasure.erased_by) == (3, "KS 2026/12", anna)
    assert "KS 2026/12" in page
    assert "i genomsnitt 3,3 av 5" in page
    again = client.get(f"/dialoger/{closed.pk}/gallra/", follow=True)
    assert "läget har ändrats" in told(again)[0]


@pytest.mark.parametrize("left_out", DECISION)
def test_no_reply_is_erased_without_the_whole_decision(client, anna, closed, left_out):
    client.force_login(anna)
    said = {name: value for name, value in DECISION.items() if name != left_out}

    response = client.post(f"/dialoger/{closed.pk}/gallra/", said)

    assert left_out in errors(response)
    assert Reply.objects.count() == 3


def test_no_reply_is_erased_before_the_dialogue_is_closed(client, anna, asking, replies):
    client.force_login(anna)

    client.post(f"/dialoger/{asking.pk}/gallra/", DECISION)

    assert Reply.objects.count() == 3
