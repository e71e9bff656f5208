import datetime as dt

import pytest

from citizen_promises import content
from citizen_promises import self_check as checks
from citizen_promises.models import Promise
from dialogues.models import Dialogue, Theme
from journal.models import Event
from tests import factories
from tests.citizen_promises.conftest import errors, told


def add(client, document, data):
    return client.post(f"/medborgarloften/arbete/{document.pk}/lofte/", data)


def edit(client, promise, data):
    return client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/redigera/", data)


def remove(client, promise):
    return client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/ta-bort/", follow=True)


def test_promises_are_added_in_order(client, anna, draft, promise_data):
    client.force_login(anna)
    for text in ("Först", "Sedan"):
        add(client, draft, promise_data | {"text": text})

    assert list(draft.promises.values_list("order", "text")) == [(1, "Först"), (2, "Sedan")]


def test_a_promise_begins_with_what_the_measure_says(client, bo, draft, measure):
    client.force_login(bo)
    form = client.get(f"/medborgarloften/arbete/{draft.pk}/lofte/?atgard={measure.pk}").context["form"]

    values = [form[name].value() for name in ("measures", "text", "promiser", "planned_count", "unit")]
    assert values == [[measure.pk], "Fotpatruller på torget", "police", 25, "fotpatruller"]


def test_the_draft_offers_the_measures_that_are_not_promised_yet(client, bo, draft, measure, cycle, police):
    other = factories.MeasureFactory(problem=measure.problem, responsible=police, title="Belysning")
    factories.PromiseFactory(document=draft, measures=[measure])
    client.force_login(bo)

    assert list(client.get(f"/medborgarloften/arbete/{draft.pk}/").context["measures"]) == [other]


def test_a_measure_of_another_partnership_is_refused(client, bo, draft, promise_data):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"measures": [factories.MeasureFactory().pk]})

    assert list(errors(response)) == ["measures"]


def test_a_measure_of_the_neighbour_is_refused(client, bo, draft, promise_data, measure, neighbour):
    measure.municipality = neighbour.organisation.municipality
    measure.save()
    client.force_login(bo)

    assert list(errors(add(client, draft, promise_data | {"measures": [measure.pk]}))) == ["measures"]


def test_a_party_of_another_partnership_is_refused(client, bo, draft, promise_data):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"parties": [factories.PartyFactory().pk]})

    assert list(errors(response)) == ["parties"]


def test_the_party_must_be_the_one_that_promises(client, bo, draft, promise_data, municipality_party):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"promiser": "police", "parties": [municipality_party.pk]})

    assert errors(response)["parties"] == ["Parten är inte den som lovar. Ändra parten, eller vem som lovar."]


def test_another_party_must_be_named(client, bo, draft, promise_data):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"promiser": "other"})

    assert errors(response) == {"parties": ["Välj vilken part det är som lovar."]}


def test_one_party_does_not_promise_together(client, bo, draft, promise_data, police, municipality_party):
    client.force_login(bo)
    alone = add(client, draft, promise_data | {"promiser": "joint", "parties": [police.pk]})
    add(client, draft, promise_data | {"promiser": "joint", "parties": [police.pk, municipality_party.pk]})

    assert "Välj minst två parter" in errors(alone)["parties"][0]
    assert set(draft.promises.get().parties.all()) == {police, municipality_party}


def test_a_neighbouring_municipality_does_not_promise_in_it(client, bo, draft, promise_data, police, neighbour):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"promiser": "joint", "parties": [police.pk, neighbour.pk]})

    assert list(errors(response)) == ["parties"]


@pytest.fixture
def theme(cycle, lycksele, bo):
    """What residents said in a dialogue in Lycksele."""
    dialogue = Dialogue.objects.create(
        partnership=cycle.partnership,
        cycle=cycle,
        municipality=lycksele,
        kind="citizen",
        method="speed_dating",
        title="Speed dating på folkhögskolan",
        purpose="Veta vad som gör folk otrygga.",
        place="Lycksele",
        starts=dt.date(2026, 3, 2),
        ends=dt.date(2026, 3, 2),
        created_by=bo,
    )
    return Theme.objects.create(dialogue=dialogue, title="Mörkt på skolvägen", mentions=12, created_by=bo)


def test_a_promise_answers_what_residents_said(client, bo, draft, promise_data, theme):
    client.force_login(bo)
    add(client, draft, promise_data | {"themes": [theme.pk]})

    assert list(draft.promises.get().themes.all()) == [theme]
    frozen = content.of(draft)["promises"][0]["themes"]
    assert frozen == [{"id": theme.pk, "title": "Mörkt på skolvägen", "dialogue": "Speed dating på folkhögskolan"}]
    (checked,) = checks.of(draft, checks.with_grounds(draft))
    assert checked.lines[0].seen == "yes"


@pytest.mark.parametrize(
    "change", [{"kind": "staff_how"}, {"status": "cancelled", "status_reason": "Snöoväder."}], ids=str
)
def test_what_staff_said_and_what_was_cancelled_is_not_answered(client, bo, draft, promise_data, theme, change):
    Dialogue.objects.update(**change)
    client.force_login(bo)

    assert list(errors(add(client, draft, promise_data | {"themes": [theme.pk]}))) == ["themes"]


def test_what_the_neighbours_residents_said_is_not_answered(client, bo, draft, promise_data, theme, neighbour):
    Dialogue.objects.update(municipality=neighbour.organisation.municipality)
    client.force_login(bo)

    assert list(errors(add(client, draft, promise_data | {"themes": [theme.pk]}))) == ["themes"]


def test_a_number_that_no_database_holds_is_no_theme(client, bo, draft, promise_data):
    client.force_login(bo)

    assert list(errors(add(client, draft, promise_data | {"themes": [10**30], "measures": ["x"]}))) == [
        "measures",
        "themes",
    ]


def test_a_promise_needs_a_count_or_a_ground(client, bo, draft, promise_data):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"planned_count": "", "unit": ""})

    assert errors(response)[""] == ["Ange ett antal, eller skriv hur ni bedömer löftet om det inte går att räkna."]


def test_a_promise_without_a_count_is_fine_with_a_ground(client, bo, draft, promise_data):
    client.force_login(bo)
    add(client, draft, promise_data | {"planned_count": "", "unit": "", "basis": "Vi frågar på torget."})

    assert draft.promises.get().basis == "Vi frågar på torget."


def test_a_count_needs_a_unit(client, bo, draft, promise_data):
    client.force_login(bo)
    response = add(client, draft, promise_data | {"unit": ""})

    assert errors(response)[""] == ["Skriv vad som räknas, till exempel trygghetsvandringar."]


def test_a_very_long_text_is_kept_whole(client, bo, draft, promise_data):
    long = "Trygghet 🚓 <b>nu</b> " * 2500
    client.force_login(bo)
    add(client, draft, promise_data | {"text": long})

    assert draft.promises.get().text == long.strip()


def test_the_second_of_two_editors_is_told(client, anna, bo, promise, promise_data):
    client.force_login(anna)
    edit(client, promise, promise_data | {"text": "Annas text", "order": 1})
    client.force_login(bo)
    response = edit(client, promise, promise_data | {"text": "Bos text", "order": 1})

    promise.refresh_from_db()
    assert promise.text == "Annas text"
    assert "Anna Andersson" in errors(response)[""][0]


def test_a_promise_is_removed_but_its_text_stays_in_the_history(client, bo, draft, promise):
    client.force_login(bo)
    remove(client, promise)

    assert not draft.promises.exists()
    assert Event.objects.about(draft).first().changes["text"]["from"] == "Synlig polis i centrum"


def test_removing_needs_a_post(client, bo, promise):
    client.force_login(bo)

    assert client.get(f"/medborgarloften/arbete/lofte/{promise.pk}/ta-bort/").status_code == 405


def test_a_published_promise_is_not_added_to_changed_or_removed(client, bo, published, promise, promise_data):
    client.force_login(bo)
    added = add(client, published, promise_data)
    changed = edit(client, promise, promise_data | {"text": "Annat", "order": 1})
    removed = remove(client, promise)

    assert list(published.promises.values_list("text", flat=True)) == ["Synlig polis i centrum"]
    assert "Det du skrev står kvar" in errors(added)[""][0]
    assert "Det du skrev står kvar" in errors(changed)[""][0]
    assert told(removed) == ["Ändra löftena: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("anna", 302),
        ("bo", 302),
        ("cecilia", 403),
        ("hans", 403),
        ("eva", 404),
        ("fia", 404),
        ("greta", 404),
        ("ove", 404),
    ],
)
def test_who_may_add_to_a_draft(client, cast, draft, promise_data, person, expected):
    client.force_login(cast[person])

    assert add(client, draft, promise_data).status_code == expected


def test_a_neighbour_reads_but_does_not_write(client, eva, draft, promise, promise_data, neighbour):
    client.force_login(eva)

    assert client.get(f"/medborgarloften/arbete/{draft.pk}/").status_code == 200
    assert add(client, draft, promise_data).status_code == 403
    assert edit(client, promise, promise_data).status_code == 403
    assert remove(client, promise).status_code == 403


def test_a_stranger_finds_no_promise(client, eva, promise, promise_data):
    client.force_login(eva)

    assert edit(client, promise, promise_data).status_code == 404
    assert remove(client, promise).status_code == 404
    assert Promise.objects.count() == 1
