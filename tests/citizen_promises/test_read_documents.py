import datetime as dt

import pytest

from citizen_promises import actions
from tests import factories


def listed(client, partnership):
    response = client.get(f"/medborgarloften/arbete/?samverkan={partnership.pk}")
    return [line.document for line in response.context["lines"]]


@pytest.mark.parametrize("person", ["anna", "bo", "cecilia", "hans"])
def test_members_read_drafts_and_what_is_published(client, cast, partnership, draft, publish, person):
    done = publish()
    client.force_login(cast[person])

    assert set(listed(client, partnership)) == {draft, done}


@pytest.mark.parametrize("person", ["fia", "greta", "ove"])
def test_those_who_oversee_read_only_what_is_published(client, cast, partnership, draft, publish, person):
    done = publish()
    client.force_login(cast[person])

    assert listed(client, partnership) == [done]
    assert client.get(f"/medborgarloften/arbete/{draft.pk}/").status_code == 404


@pytest.mark.parametrize("person", ["eva", "lisa"])
def test_strangers_find_nothing(client, cast, partnership, published, person):
    client.force_login(cast[person])

    assert client.get(f"/medborgarloften/arbete/?samverkan={partnership.pk}").status_code == 404
    assert client.get(f"/medborgarloften/arbete/{published.pk}/").status_code == 404


def test_those_who_oversee_see_no_functions_measures_or_history(client, fia, bo, published, promise, measure):
    client.force_login(fia)
    response = client.get(f"/medborgarloften/arbete/{published.pk}/")

    text = response.content.decode()
    assert "Synlig polis i centrum" in text
    assert promise.function not in text
    assert measure.title not in text
    assert bo.name not in text
    assert not response.context["events"]


def test_members_see_functions_and_history(client, hans, bo, published, promise):
    client.force_login(hans)
    text = client.get(f"/medborgarloften/arbete/{published.pk}/").content.decode()

    assert promise.function in text
    assert bo.name in text


def test_readers_get_no_buttons(client, hans, published, promise):
    client.force_login(hans)
    text = client.get(f"/medborgarloften/arbete/{published.pk}/").content.decode()

    assert "/avpublicera/" not in text
    assert f"/lofte/{promise.pk}/" not in text


def test_the_only_partnership_is_opened_at_once(client, anna, partnership):
    client.force_login(anna)

    assert client.get("/medborgarloften/arbete/").url == f"/medborgarloften/arbete/?samverkan={partnership.pk}"


def test_several_partnerships_are_offered(client, anna, partnership, municipality_party):
    second = factories.PartyFactory(organisation=municipality_party.organisation).partnership
    client.force_login(anna)

    assert set(client.get("/medborgarloften/arbete/").context["mine"]) == {partnership, second}


def test_a_person_without_partnerships_is_led_to_the_public_list(client, fia):
    client.force_login(fia)

    assert "Du är inte med i någon samverkan" in client.get("/medborgarloften/arbete/").content.decode()


def test_an_empty_list_teaches(client, anna, partnership):
    client.force_login(anna)
    text = client.get(f"/medborgarloften/arbete/?samverkan={partnership.pk}").content.decode()

    assert "Inga löften ännu" in text


@pytest.mark.parametrize("documents", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(
    client, bo, partnership, publish, django_assert_num_queries, documents
):
    for _ in range(documents):
        publish("Ett", "Två")
    client.force_login(bo)

    with django_assert_num_queries(7):
        client.get(f"/medborgarloften/arbete/?samverkan={partnership.pk}")


@pytest.mark.parametrize("promises", [1, 3])
def test_the_document_asks_a_constant_number_of_questions(client, bo, publish, django_assert_num_queries, promises):
    document = publish(*(f"Löfte {number}" for number in range(promises)))
    for promise in document.promises.all():
        factories.OutcomeFactory(promise=promise)
    client.force_login(bo)

    with django_assert_num_queries(18):
        client.get(f"/medborgarloften/arbete/{document.pk}/")


def test_missing_feedback_shows_in_the_list(client, bo, partnership, publish):
    publish(starts=dt.date(2024, 1, 1), ends=dt.date(2025, 12, 31))
    client.force_login(bo)

    assert "Återkoppling saknas" in client.get(f"/medborgarloften/arbete/?samverkan={partnership.pk}").content.decode()


def test_a_withdrawn_document_says_so_to_the_parties(client, anna, bo, published):
    actions.withdraw(published, by=bo, reason="Fel uppgifter.")
    client.force_login(anna)

    assert "Invånarna ser bara skälet" in client.get(f"/medborgarloften/arbete/{published.pk}/").content.decode()
