"""Writing a draft: what may be chosen, what is refused with a sentence, and two people at the same time."""

import pytest

from agreements import actions
from agreements.models import Agreement
from journal.models import Event
from situation.models import Picture
from tests import factories

NEW = {
    "title": "Överenskommelse 2026–2029",
    "kind": "whole",
    "starts": "2026-01-01",
    "ends": "2029-12-31",
    "extension": "none",
    "information_class": "working",
}


def test_a_coordinator_begins_a_draft(go, anna, partnership, police, municipality_party, cycle):
    data = NEW | {"parties": [police.pk, municipality_party.pk]}

    answer = go(anna, f"/overenskommelser/ny/?samverkan={partnership.pk}", data)

    agreement = Agreement.objects.get()
    assert answer.url == f"/overenskommelser/{agreement.pk}/"
    assert (agreement.status, agreement.cycle, agreement.created_by) == ("draft", cycle, anna)
    assert set(agreement.parties.all()) == {police, municipality_party}


def test_the_parties_of_today_are_suggested(go, bo, partnership, police, municipality_party):
    page = go(bo, f"/overenskommelser/ny/?samverkan={partnership.pk}")

    assert set(page.context["form"].initial["parties"]) == {police, municipality_party}


@pytest.mark.parametrize(
    ("who", "code"), [("cecilia", 403), ("hans", 403), ("fia", 403), ("greta", 403), ("eva", 404), ("lisa", 404)]
)
def test_nobody_else_begins_one(go, cast, partnership, who, code):
    assert go(cast[who], f"/overenskommelser/ny/?samverkan={partnership.pk}", NEW).status_code == code
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "²", "99999999999999999999"])
def test_a_partnership_that_is_none_is_not_found(go, bo, number):
    assert go(bo, f"/overenskommelser/ny/?samverkan={number}").status_code == 404


def test_what_is_written_is_saved_and_stands_in_the_book(go, bo, draft, form):
    go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, purpose="Tryggare centrum."))

    draft.refresh_from_db()
    assert draft.purpose == "Tryggare centrum."
    assert Event.objects.about(draft).first().changes["purpose"]["from"] == "Minska otryggheten."


def test_an_end_before_the_start_has_its_sentence(go, bo, draft, form):
    page = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, ends="2025-12-31")).content.decode()

    assert "Slutdatum måste ligga efter startdatum." in page


def test_the_second_of_two_who_write_at_once_is_told_and_loses_nothing(go, anna, bo, draft, form):
    first, second = form(draft, purpose="Annas syfte."), form(draft, purpose="Bos syfte.")
    go(anna, f"/overenskommelser/{draft.pk}/andra/", first)

    page = go(bo, f"/overenskommelser/{draft.pk}/andra/", second).content.decode()

    draft.refresh_from_db()
    assert draft.purpose == "Annas syfte."
    assert "Anna Andersson" in page
    assert "Bos syfte." in page


def test_a_personal_number_is_refused(go, bo, draft, form):
    page = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, background="Efter 811228-9874.")).content.decode()

    draft.refresh_from_db()
    assert "ser ut att innehålla ett personnummer" in page
    assert draft.background == ""


def stranger(name, elsewhere, user):
    """Something that exists, but in another partnership."""
    cycle = factories.CycleFactory(partnership=elsewhere, created_by=user)
    makers = {
        "parties": lambda: factories.PartyFactory(
            partnership=elsewhere,
            organisation=factories.OrganisationFactory(name="Annan polis", kind="police"),
            created_by=user,
        ),
        "parent": lambda: factories.AgreementFactory(partnership=elsewhere, title="Hemlig", created_by=user),
        "replaces": lambda: factories.AgreementFactory(partnership=elsewhere, title="Hemlig", created_by=user),
        "picture": lambda: factories.PictureFactory(partnership=elsewhere, title="Hemlig", created_by=user),
        "problems": lambda: factories.ProblemFactory(cycle=cycle, status="prioritised", created_by=user),
        "municipality": lambda: factories.MunicipalityFactory(code="1280", name="Malmö"),
    }
    return makers[name]()


@pytest.mark.parametrize("name", ["parties", "parent", "replaces", "picture", "problems", "municipality"])
def test_a_strangers_id_is_a_fault_in_the_form_and_tells_nothing(go, bo, eva, draft, form, elsewhere, name):
    foreign = stranger(name, elsewhere, eva)
    value = [foreign.pk] if name in ("parties", "problems") else foreign.pk

    answer = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, **{name: value}))

    assert name in answer.context["form"].errors
    assert "Hemlig" not in answer.content.decode()


@pytest.mark.parametrize(
    ("changes", "accepted"),
    [
        ({"status": "established"}, True),
        ({"status": "draft"}, False),
        ({"status": "established", "kind": "own_police"}, False),
    ],
)
def test_only_an_established_joint_picture_may_be_rested_on(
    go, bo, draft, form, partnership, police, changes, accepted
):
    moment = {"established_at": "2026-01-10T10:00Z", "established_by": bo, "frozen": {"a": 1}, "checksum": "0" * 64}
    fields = changes | (moment if changes["status"] == "established" else {})
    owner = police if changes.get("kind") else None
    picture = factories.PictureFactory(partnership=partnership, owner=owner, created_by=bo, **fields)

    answer = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, picture=picture.pk))

    assert ("form" not in (answer.context or {})) is accepted
    assert Picture.objects.count() == 1


def test_a_problem_of_an_unshared_picture_cannot_be_chosen(go, bo, draft, form, partnership, cycle, police):
    picture = factories.PictureFactory(partnership=partnership, kind="own_police", owner=police, created_by=bo)
    problem = factories.ProblemFactory(cycle=cycle, picture=picture, status="prioritised", created_by=bo)

    answer = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, problems=[problem.pk]))

    assert "problems" in answer.context["form"].errors


@pytest.mark.parametrize("name", ["parent", "replaces"])
def test_agreements_never_point_at_each_other_in_a_circle(go, bo, draft, form, partnership, name):
    child = factories.AgreementFactory(partnership=partnership, created_by=bo, **{name: draft})
    grandchild = factories.AgreementFactory(partnership=partnership, created_by=bo, **{name: child})

    page = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, **{name: grandchild.pk}))

    draft.refresh_from_db()
    assert actions.IN_A_CIRCLE in page.content.decode()
    assert getattr(draft, name) is None


def test_an_agreement_is_not_its_own_parent(go, bo, draft, form):
    answer = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, parent=draft.pk))

    assert "parent" in answer.context["form"].errors


def test_a_party_that_has_left_stays_where_it_was_chosen(go, bo, draft, form, municipality_party):
    municipality_party.left = "2020-06-30"
    municipality_party.save(update_fields=["left"])

    go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, background="Ny."))

    assert municipality_party in draft.parties.all()


def test_a_neighbour_reads_but_does_not_write_what_is_another_municipalitys_own(go, eva, draft, neighbour, lycksele):
    Agreement.objects.filter(pk=draft.pk).update(municipality=lycksele)

    assert go(eva, f"/overenskommelser/{draft.pk}/").status_code == 200
    assert go(eva, f"/overenskommelser/{draft.pk}/andra/").status_code == 403
