"""What was said and answered is published as it stands that day; a new version follows, or it is taken down."""

import pytest

from dialogues import actions, queries
from dialogues.models import DialogueResult, Theme
from dialogues.public import PublishedResult, WithdrawnResult
from tests import factories
from tests.dialogues.conftest import errors, told


def checksum(client, dialogue):
    return client.get(f"/dialoger/{dialogue.pk}/publicera/").context["form"].current


def publish(client, dialogue, total=None):
    said = {"checksum": total or checksum(client, dialogue), "sure": "on"}
    return client.post(f"/dialoger/{dialogue.pk}/publicera/", said)


def test_everyone_reads_what_was_read_before_publishing(client, anna, done, lycksele):
    type(done).objects.update(participants=46, women=30, men=3)
    client.force_login(anna)

    assert "Mörkt på torget" in client.get(f"/dialoger/{done.pk}/publicera/").content.decode()
    publish(client, done)

    (result,) = queries.published_results(lycksele)
    assert (result.title, result.participants, result.version) == (done.title, 46, 1)
    assert [(theme.title, theme.outcome_words, theme.answer) for theme in result.themes] == [
        ("Mörkt på torget", "Inte nu", "Inte i år.")
    ]
    assert result.numbers == [("kvinnor", 30)]  # three men could be told apart
    assert result.summary == "46 deltog, 1 tema"


def test_it_is_published_only_when_every_theme_is_answered(client, anna, held, theme):
    client.force_login(anna)

    page = client.get(f"/dialoger/{held.pk}/publicera/", follow=True)

    assert "1 tema har inget svar ännu" in told(page)[0]


def test_what_changed_since_it_was_read_is_not_published(client, anna, done):
    client.force_login(anna)
    total = checksum(client, done)
    Theme.objects.update(answer="Nytt svar.")

    response = publish(client, done, total)

    assert "Någon har ändrat något" in errors(response)["checksum"][0]
    assert not DialogueResult.objects.exists()


def test_a_later_change_is_not_seen_until_it_is_published_again(client, anna, done, lycksele):
    client.force_login(anna)
    publish(client, done)
    Theme.objects.update(answer="Nu är det gjort.")

    assert queries.published_results(lycksele)[0].themes[0].answer == "Inte i år."
    publish(client, done)
    assert [one.version for one in queries.published_results(lycksele)] == [2]
    assert queries.published_results(lycksele)[0].themes[0].answer == "Nu är det gjort."


def test_it_is_taken_down_with_a_reason_that_stays_readable(client, anna, done, lycksele):
    client.force_login(anna)
    publish(client, done)

    page = client.post(f"/dialoger/{done.pk}/avpublicera/", {"reason": "Fel kommun."}, follow=True).content.decode()

    assert "Fel kommun." in page
    assert queries.published_results(lycksele) == []
    assert [one.reason for one in queries.withdrawn_results(lycksele)] == ["Fel kommun."]
    assert isinstance(queries.result_of(lycksele, done.pk), WithdrawnResult)
    assert client.get(f"/dialoger/{done.pk}/avpublicera/").status_code == 404


def test_a_result_is_found_by_its_dialogue(done, bo, lycksele):
    assert queries.result_of(lycksele, done.pk) is None

    actions.publish(done, by=bo)

    assert isinstance(queries.result_of(lycksele, done.pk), PublishedResult)


def test_what_staff_said_is_never_published(client, bo, staff):
    factories.ThemeFactory(dialogue=staff, outcome="done", answer="Klart.", answered_on="2026-06-01")
    type(staff).objects.filter(pk=staff.pk).update(status="held")
    client.force_login(bo)

    client.post(f"/dialoger/{staff.pk}/publicera/", {"sure": "on"})

    assert not DialogueResult.objects.exists()


def test_neither_photos_functions_nor_replies_are_in_what_is_published(done, bo):
    factories.WalkPointFactory(dialogue=done, number=1, function="Kommunpolis", action="Byter lampan.")
    factories.ReplyFactory(dialogue=done)

    result = actions.publish(done, by=bo)

    assert "Byter lampan." in str(result.frozen)
    assert "Kommunpolis" not in str(result.frozen)


@pytest.mark.parametrize("who", ["cecilia", "hans"])
def test_only_coordinators_publish(client, cast, done, who):
    client.force_login(cast[who])

    assert client.get(f"/dialoger/{done.pk}/publicera/").status_code == 403
