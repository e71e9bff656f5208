"""A dialogue is planned with what one wants to know, from whom, and who holds it."""

import pytest

from dialogues.models import Dialogue
from journal.models import Event
from tests import factories
from tests.dialogues.conftest import errors, told


@pytest.fixture
def data(cycle, lycksele, police):
    return {
        "kind": "citizen",
        "municipality": lycksele.pk,
        "cycle": cycle.pk,
        "method": "speed_dating",
        "title": "Snabbmöten i Åsele",
        "purpose": "Vi vill veta var ni känner er otrygga.",
        "organisers": [police.pk],
        "place": "Centrum",
        "starts": "2026-07-01",
        "ends": "2026-07-01",
        "groups": ["youth", "older"],
        "revision": 0,
    }


def create(client, partnership, data):
    return client.post(f"/dialoger/ny/?samverkan={partnership.pk}", data, follow=True)


def test_an_empty_list_teaches_what_a_dialogue_is_for(client, anna, partnership):
    client.force_login(anna)

    page = client.get(f"/dialoger/?samverkan={partnership.pk}").content.decode()

    assert "Inga dialoger ännu" in page
    assert f"/dialoger/ny/?samverkan={partnership.pk}" in page


def test_one_partnership_is_chosen_by_itself(client, anna, partnership):
    client.force_login(anna)

    assert client.get("/dialoger/").url == f"/dialoger/?samverkan={partnership.pk}"


def test_a_dialogue_is_planned(client, anna, partnership, data):
    client.force_login(anna)

    page = create(client, partnership, data).content.decode()

    dialogue = Dialogue.objects.get()
    assert (dialogue.status, dialogue.groups, dialogue.created_by) == ("planned", ["youth", "older"], anna)
    assert "Unga och Äldre" in page
    assert "Inget är inskrivet ännu" in page


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"municipality": ""}, "municipality"),
        ({"ends": "2026-06-01"}, ""),
        ({"method": "other"}, ""),
        ({"organisers": []}, "organisers"),
        ({"groups": ["kungar"]}, "groups"),
        ({"purpose": "Fråga 19900101-0017 hur det är."}, "purpose"),
    ],
)
def test_what_does_not_hold_is_said_and_nothing_typed_is_lost(client, anna, partnership, data, said, field):
    client.force_login(anna)

    response = create(client, partnership, data | said)

    assert field in errors(response) or "" in errors(response)
    assert "Snabbmöten i Åsele" in response.content.decode()
    assert not Dialogue.objects.exists()


def test_nobody_plans_for_a_neighbours_residents(client, anna, partnership, organisations, data):
    factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"])
    client.force_login(anna)

    response = create(client, partnership, data | {"municipality": organisations["landskrona"].municipality_id})

    assert "municipality" in errors(response)


def test_a_dialogue_with_staff_is_held_by_ones_own_party(client, anna, partnership, police, data):
    client.force_login(anna)

    response = create(client, partnership, data | {"kind": "staff_what", "organisers": [police.pk]})

    assert "egen part" in errors(response)["organisers"][0]


def test_the_plan_is_changed_and_the_history_tells_how(client, anna, planned):
    client.force_login(anna)
    said = {
        "method": "square",
        "title": planned.title,
        "purpose": planned.purpose,
        "organisers": [party.pk for party in planned.organisers.all()],
        "place": "Torget",
        "starts": "2026-03-12",
        "ends": "2026-03-12",
        "groups": ["youth"],
        "revision": 0,
    }

    page = client.post(f"/dialoger/{planned.pk}/andra/", said, follow=True).content.decode()

    planned.refresh_from_db()
    assert (planned.place, planned.method, planned.kind) == ("Torget", "square", "citizen")
    assert Event.objects.about(planned).first().changes["groups"]["to"] == "Unga"
    assert "Planen är sparad." in page


def test_two_who_change_at_once_do_not_overwrite_each_other(client, anna, planned):
    client.force_login(anna)
    Dialogue.objects.update(revision=4)

    response = client.post(f"/dialoger/{planned.pk}/deltagare/", {"participants": 46, "revision": 3})

    assert "Inget har skrivits över" in errors(response)[""][0]
    assert 'value="46"' in response.content.decode()


def test_the_numbers_must_fit_together(client, anna, held):
    client.force_login(anna)
    said = {"participants": 46, "women": 30, "men": 20, "revision": 0}

    response = client.post(f"/dialoger/{held.pk}/deltagare/", said)

    assert "tillsammans 50" in errors(response)["participants"][0]


def test_it_is_held_when_its_day_has_come(client, anna, make):
    client.force_login(anna)
    coming, past = make(starts="2026-07-01", ends="2026-07-01"), make()

    early = client.post(f"/dialoger/{coming.pk}/genomford/", follow=True)
    client.post(f"/dialoger/{past.pk}/genomford/")

    coming.refresh_from_db()
    past.refresh_from_db()
    assert (coming.status, past.status) == ("planned", "held")
    assert "Dialogen börjar 1 juli 2026" in told(early)[0]


def test_it_is_cancelled_with_a_reason(client, anna, planned):
    client.force_login(anna)
    address = f"/dialoger/{planned.pk}/stall-in/"

    assert "reason" in errors(client.post(address, {"reason": " "}))
    page = client.post(address, {"reason": "För få hade anmält sig."}, follow=True).content.decode()

    planned.refresh_from_db()
    assert planned.status == "cancelled"
    assert "För få hade anmält sig." in page


def test_the_list_tells_how_far_each_has_come(client, anna, held, theme, django_assert_num_queries):
    for number in range(12):
        factories.ThemeFactory(
            dialogue=held, title=f"Tema {number}", outcome="done", answer="Ja", answered_on=held.ends
        )
    factories.ReplyFactory(dialogue=held)
    client.force_login(anna)
    address = f"/dialoger/?samverkan={held.partnership_id}"
    client.get(address)

    with django_assert_num_queries(10):
        page = client.get(address).content.decode()

    assert "13" in page
    assert "1 svar att granska" in page
    assert "Återkoppling saknas" in page


# --- Dialogues with staff


def test_a_dialogue_with_staff_is_the_partys_own_until_it_is_shared(client, anna, bo, staff):
    client.force_login(anna)
    assert client.get(f"/dialoger/{staff.pk}/").status_code == 404
    assert "Personalen" not in client.get(f"/dialoger/?samverkan={staff.partnership_id}").content.decode()

    client.force_login(bo)
    assert "kan inte ångra" not in client.get(f"/dialoger/{staff.pk}/").content.decode()
    assert "Det går inte att ångra" in client.get(f"/dialoger/{staff.pk}/dela/").content.decode()
    client.post(f"/dialoger/{staff.pk}/dela/")

    client.force_login(anna)
    page = client.get(f"/dialoger/{staff.pk}/")
    assert page.status_code == 200
    assert "Ändra planen" not in page.content.decode()
    assert client.post(f"/dialoger/{staff.pk}/genomford/").status_code == 403


def test_it_is_shared_once(client, bo, staff):
    client.force_login(bo)
    client.post(f"/dialoger/{staff.pk}/dela/", follow=True)

    again = client.post(f"/dialoger/{staff.pk}/dela/", follow=True)

    assert "läget har ändrats" in told(again)[0]
    assert Event.objects.about(staff).filter(verb="shared").count() == 1


def test_overseers_see_no_dialogue(client, cast, held, partnership):
    for who in ("fia", "greta"):
        client.force_login(cast[who])
        assert client.get(f"/dialoger/{held.pk}/").status_code == 404
        assert client.get(f"/dialoger/?samverkan={partnership.pk}").status_code == 403


def test_a_neighbour_reads_but_does_not_write(client, cast, held, organisations, partnership):
    factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"])
    client.force_login(cast["eva"])

    assert client.get(f"/dialoger/{held.pk}/").status_code == 200
    for verb in ("andra", "dokumentera", "aterkoppling", "svar", "publicera"):
        assert client.get(f"/dialoger/{held.pk}/{verb}/").status_code == 403
