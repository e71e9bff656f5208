import pytest
from django.urls import reverse

from citizen_promises.models import PromiseDocument
from journal.models import Event
from tests import factories
from tests.citizen_promises.conftest import errors, told


def begin(client, partnership, data):
    return client.post(f"/medborgarloften/arbete/nytt/?samverkan={partnership.pk}", data)


def test_a_coordinator_begins_a_draft(client, anna, partnership, document_data):
    client.force_login(anna)
    response = begin(client, partnership, document_data)

    document = PromiseDocument.objects.get()
    assert response.url == f"/medborgarloften/arbete/{document.pk}/"
    assert (document.status, document.created_by, document.partnership) == ("draft", anna, partnership)


def test_the_beginning_is_written_in_the_journal(client, anna, partnership, document_data):
    client.force_login(anna)
    begin(client, partnership, document_data)

    assert Event.objects.about(PromiseDocument.objects.get()).get().by == anna


def test_the_only_municipality_and_the_open_cycle_are_chosen_beforehand(client, anna, partnership, cycle, lycksele):
    client.force_login(anna)
    form = client.get(f"/medborgarloften/arbete/nytt/?samverkan={partnership.pk}").context["form"]

    assert form["municipality"].value() == lycksele.pk
    assert form["cycle"].value() == cycle.pk


def test_the_police_may_begin_for_every_municipality(client, bo, partnership, document_data, neighbour):
    client.force_login(bo)
    begin(client, partnership, document_data | {"municipality": neighbour.organisation.municipality_id})

    assert PromiseDocument.objects.get().municipality.name == "Landskrona"


def test_a_municipality_does_not_begin_for_its_neighbour(client, anna, partnership, document_data, neighbour):
    client.force_login(anna)
    response = begin(client, partnership, document_data | {"municipality": neighbour.organisation.municipality_id})

    assert list(errors(response)) == ["municipality"]
    assert not PromiseDocument.objects.exists()


@pytest.mark.parametrize("person", ["eva", "fia", "greta", "lisa", "ove"])
def test_people_outside_find_no_way_to_begin(client, cast, partnership, document_data, person):
    client.force_login(cast[person])

    assert begin(client, partnership, document_data).status_code == 404


@pytest.mark.parametrize("person", ["cecilia", "david", "hans"])
def test_signatories_and_readers_are_refused(client, cast, partnership, document_data, person):
    client.force_login(cast[person])

    assert begin(client, partnership, document_data).status_code == 403


def test_the_end_must_come_after_the_start(client, anna, partnership, document_data):
    client.force_login(anna)
    response = begin(client, partnership, document_data | {"ends": "2026-12-31"})

    assert errors(response) == {"": ["Slutdatum måste ligga efter startdatum."]}


def test_an_open_end_is_allowed(client, anna, partnership, document_data):
    client.force_login(anna)
    begin(client, partnership, document_data | {"ends": ""})

    assert PromiseDocument.objects.get().ends is None


def test_an_agreement_of_another_partnership_is_refused(client, anna, partnership, document_data):
    strange = factories.AgreementFactory()
    client.force_login(anna)
    response = begin(client, partnership, document_data | {"agreement": strange.pk})

    assert list(errors(response)) == ["agreement"]


def test_a_cycle_of_another_partnership_is_refused(client, anna, partnership, document_data):
    client.force_login(anna)
    response = begin(client, partnership, document_data | {"cycle": factories.CycleFactory().pk})

    assert list(errors(response)) == ["cycle"]


def test_another_municipalitys_own_cycle_and_agreement_are_refused(client, bo, partnership, document_data, neighbour):
    other = neighbour.organisation.municipality
    cycle = factories.CycleFactory(partnership=partnership, municipality=other)
    agreement = factories.AgreementFactory(partnership=partnership, municipality=other)
    client.force_login(bo)
    response = begin(client, partnership, document_data | {"cycle": cycle.pk, "agreement": agreement.pk})

    assert sorted(errors(response)) == ["agreement", "cycle"]


def test_the_draft_is_changed_with_from_and_to_in_the_journal(client, bo, draft, document_data):
    client.force_login(bo)
    client.post(f"/medborgarloften/arbete/{draft.pk}/redigera/", document_data | {"title": "Nytt namn"})

    draft.refresh_from_db()
    change = Event.objects.about(draft).first().changes["title"]
    assert draft.title == "Nytt namn"
    assert (change["from"], change["to"]) == ("Löften i Lycksele 2026–2027", "Nytt namn")


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(client, anna, bo, draft, document_data):
    address = f"/medborgarloften/arbete/{draft.pk}/redigera/"
    client.force_login(anna)
    client.post(address, document_data | {"title": "Annas rubrik"})
    client.force_login(bo)
    response = client.post(address, document_data | {"title": "Bos rubrik"})

    draft.refresh_from_db()
    assert draft.title == "Annas rubrik"
    assert "Anna Andersson" in errors(response)[""][0]
    assert response.context["form"]["title"].value() == "Bos rubrik"


def test_an_old_page_cannot_change_a_published_document(client, bo, published, document_data):
    client.force_login(bo)
    response = client.post(
        f"/medborgarloften/arbete/{published.pk}/redigera/", document_data | {"title": "Annat", "revision": 1}
    )

    published.refresh_from_db()
    assert published.title == "Löften i Lycksele 2026–2027"
    assert "låst" in errors(response)[""][0]


def test_the_form_of_a_published_document_does_not_open(client, bo, published):
    client.force_login(bo)
    response = client.get(f"/medborgarloften/arbete/{published.pk}/redigera/", follow=True)

    assert response.redirect_chain == [(f"/medborgarloften/arbete/{published.pk}/", 302)]
    assert told(response) == ["Ändra löftena: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."]


def test_a_personal_number_is_refused(client, anna, partnership, document_data):
    client.force_login(anna)
    response = begin(client, partnership, document_data | {"situation": "Ring 811228-9874 om torget."})

    assert list(errors(response)) == ["situation"]


def test_nothing_is_found_without_a_partnership(client, anna, partnership):
    client.force_login(anna)

    assert client.get(reverse("citizen_promises:create")).status_code == 404
    assert client.get(reverse("citizen_promises:create") + "?samverkan=²").status_code == 404
