import pytest

from citizen_promises import actions
from journal.models import Event
from tests import promising
from tests.citizen_promises.conftest import errors

REASON = "Ett av löftena byggde på fel uppgifter."


def withdraw(client, document, reason=REASON):
    return client.post(f"/medborgarloften/arbete/{document.pk}/avpublicera/", {"reason": reason}, follow=True)


def test_withdrawing_asks_for_a_reason(client, bo, published):
    client.force_login(bo)
    response = withdraw(client, published, reason=" ")

    published.refresh_from_db()
    assert list(errors(response)) == ["reason"]
    assert published.status == "published"


def test_withdrawing_keeps_who_when_and_why(client, bo, published):
    client.force_login(bo)
    withdraw(client, published)

    published.refresh_from_db()
    assert (published.status, published.withdrawn_by, published.withdrawn_reason) == ("withdrawn", bo, REASON)
    assert Event.objects.about(published).first().note == REASON


def test_residents_are_told_that_it_is_gone_and_why(client, bo, published):
    actions.withdraw(published, by=bo, reason=REASON)
    response = client.get(f"/medborgarloften/lycksele/{published.pk}/")

    assert response.status_code == 410
    assert REASON in response.content.decode()
    assert "Synlig polis" not in response.content.decode()


def test_the_municipality_page_is_gone_when_nothing_else_is_published(client, bo, published):
    actions.withdraw(published, by=bo, reason=REASON)
    response = client.get("/medborgarloften/lycksele/")

    assert response.status_code == 410
    assert REASON in response.content.decode()


def test_the_municipality_page_stays_when_something_else_is_published(client, bo, published, publish):
    publish("Bättre belysning")
    actions.withdraw(published, by=bo, reason=REASON)
    response = client.get("/medborgarloften/lycksele/")

    assert response.status_code == 200
    assert "Bättre belysning" in response.content.decode()
    assert REASON in response.content.decode()


def test_the_parties_still_read_all_of_it(client, anna, bo, published):
    actions.withdraw(published, by=bo, reason=REASON)
    client.force_login(anna)

    assert "Synlig polis i centrum" in client.get(f"/medborgarloften/arbete/{published.pk}/").content.decode()


def test_the_county_board_no_longer_finds_it(client, greta, bo, published):
    actions.withdraw(published, by=bo, reason=REASON)
    client.force_login(greta)

    assert client.get(f"/medborgarloften/arbete/{published.pk}/").status_code == 404


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_what_is_published_is_withdrawn(client, bo, draft, promise, status):
    if status == "withdrawn":
        promising.publish(draft, by=bo)
        actions.withdraw(draft, by=bo, reason=REASON)
    client.force_login(bo)

    page = withdraw(client, draft).content.decode()

    assert "Avpublicera: läget har ändrats sedan sidan öppnades." in page
    assert REASON in page  # what was typed is not lost


@pytest.mark.parametrize(
    ("person", "expected"),
    [("anna", 200), ("cecilia", 403), ("hans", 403), ("eva", 404), ("fia", 403), ("greta", 403), ("ove", 403)],
)
def test_who_may_withdraw(client, cast, published, person, expected):
    client.force_login(cast[person])

    assert withdraw(client, published).status_code == expected
