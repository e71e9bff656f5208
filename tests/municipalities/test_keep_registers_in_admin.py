import pytest

from journal.models import Event
from municipalities.models import Coverage, LocalPoliceArea, Municipality, PoliceArea


@pytest.fixture
def admin(client, ove, registers):
    client.force_login(ove)
    return client


@pytest.mark.parametrize("page", ["policeregion", "county", "policearea", "localpolicearea", "municipality"])
def test_every_register_has_a_list_that_can_be_searched(admin, page):
    assert admin.get(f"/admin/municipalities/{page}/?q=vast").status_code == 200


@pytest.mark.parametrize(("text", "name"), [("asele", "Åsele"), ("2481", "Lycksele"), ("LYCKS", "Lycksele")])
def test_a_municipality_is_found_by_name_and_code(admin, text, name):
    page = admin.get(f"/admin/municipalities/municipality/?q={text}").content.decode()
    assert f">{name}</a>" in page
    assert ">Umeå</a>" not in page


def test_municipalities_can_be_picked_while_typing(admin):
    found = admin.get(
        "/admin/autocomplete/?app_label=municipalities&model_name=coverage&field_name=municipality&term=asele"
    ).json()
    assert [one["text"] for one in found["results"]] == ["Åsele"]


def test_an_area_is_added_with_its_municipalities(admin):
    malmo = Municipality.objects.get(name="Malmö")
    fields = {
        "name": "Malmö Norr",
        "slug": "malmo-norr",
        "police_area": PoliceArea.objects.get(slug="sodra-skane").pk,
        "coverage-TOTAL_FORMS": "1",
        "coverage-INITIAL_FORMS": "0",
        "coverage-0-municipality": malmo.pk,
        "coverage-0-extent": "part",
        "coverage-0-extent_text": "Kirseberg",
    }
    assert admin.post("/admin/municipalities/localpolicearea/add/", fields).status_code == 302
    assert Coverage.objects.get(municipality=malmo).local_police_area.name == "Malmö Norr"


def test_an_impossible_coverage_is_explained(admin):
    coverage = Coverage.objects.get(municipality__name="Lycksele")
    area = coverage.local_police_area
    fields = {
        "name": area.name,
        "slug": area.slug,
        "police_area": area.police_area_id,
        "coverage-TOTAL_FORMS": "1",
        "coverage-INITIAL_FORMS": "1",
        "coverage-0-id": coverage.pk,
        "coverage-0-local_police_area": area.pk,
        "coverage-0-municipality": coverage.municipality_id,
        "coverage-0-extent": "whole",
        "coverage-0-starts": "2026-02-01",
        "coverage-0-ends": "2026-01-01",
    }
    response = admin.post(f"/admin/municipalities/localpolicearea/{area.pk}/change/", fields)
    assert "Slutdatum får inte ligga före startdatum." in response.content.decode()


def test_what_is_changed_stands_in_the_book(admin, ove):
    coverage = Coverage.objects.get(municipality__name="Lycksele")
    area = coverage.local_police_area
    fields = {
        "name": "Nytt namn",
        "slug": area.slug,
        "police_area": area.police_area_id,
        "coverage-TOTAL_FORMS": "2",
        "coverage-INITIAL_FORMS": "1",
        "coverage-0-id": coverage.pk,
        "coverage-0-local_police_area": area.pk,
        "coverage-0-municipality": coverage.municipality_id,
        "coverage-0-extent": "whole",
        "coverage-0-DELETE": "on",
        "coverage-1-local_police_area": area.pk,
        "coverage-1-municipality": Municipality.objects.get(name="Malmö").pk,
        "coverage-1-extent": "whole",
    }
    assert admin.post(f"/admin/municipalities/localpolicearea/{area.pk}/change/", fields).status_code == 302

    added = Coverage.objects.get(municipality__name="Malmö")
    change = Event.objects.about(area).get()
    assert change.changes["name"] == {"label": "Namn", "from": area.name, "to": "Nytt namn"}
    assert change.by == ove
    assert Event.objects.about(coverage).get().verb == "admin_deleted"
    assert Event.objects.about(added).get().verb == "admin_added"
    assert not Coverage.objects.filter(pk=coverage.pk).exists()


def test_others_stay_outside(client, anna):
    client.force_login(anna)
    assert client.get("/admin/municipalities/municipality/").status_code == 302
    assert LocalPoliceArea.objects.exists()
