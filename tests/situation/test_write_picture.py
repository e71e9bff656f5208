"""Beginning and writing a picture: whose it is, what may be chosen, and two people at the same time."""

import pytest

from journal.models import Event
from situation.models import Picture
from tests import factories

NEW = {"title": "Lägesbild 2026", "period_from": "2025-01-01", "period_to": "2025-12-31", "area": ""}


def begin(go, person, partnership, kind, **fields):
    return go(person, f"/lagesbilder/ny/?samverkan={partnership.pk}&slag={kind}", NEW | fields)


def test_the_police_begin_their_own(go, bo, partnership, police, cycle):
    answer = begin(go, bo, partnership, "own_police")

    picture = Picture.objects.get()
    assert answer.url == f"/lagesbilder/{picture.pk}/"
    assert (picture.owner, picture.kind, picture.cycle, picture.status) == (police, "own_police", cycle, "draft")
    assert picture.created_by == bo


def test_a_municipality_begins_its_own_about_itself(go, anna, partnership, municipality_party, lycksele):
    begin(go, anna, partnership, "own_municipality")

    picture = Picture.objects.get()
    assert (picture.owner, picture.municipality) == (municipality_party, lycksele)


def test_a_coordinator_of_two_municipalities_chooses_whose_it_is(go, anna, partnership, neighbour):
    factories.MembershipFactory(user=anna, organisation=neighbour.organisation)

    refused = begin(go, anna, partnership, "own_municipality")
    begin(go, anna, partnership, "own_municipality", owner=neighbour.pk)

    assert "owner" in refused.context["form"].errors
    assert Picture.objects.get().owner == neighbour


def test_any_coordinator_begins_a_joint_one(go, anna, partnership, lycksele):
    begin(go, anna, partnership, "joint", municipality=lycksele.pk)

    picture = Picture.objects.get()
    assert (picture.owner, picture.kind, picture.municipality) == (None, "joint", lycksele)


@pytest.mark.parametrize(
    ("who", "kind", "code"),
    [
        ("anna", "own_police", 403),
        ("bo", "own_municipality", 403),
        ("cecilia", "joint", 403),
        ("hans", "joint", 403),
        ("fia", "joint", 403),
        ("greta", "joint", 403),
        ("eva", "joint", 404),
        ("lisa", "joint", 404),
        ("bo", "own", 404),
        ("bo", "", 404),
    ],
)
def test_nobody_else_begins_one(go, cast, partnership, who, kind, code):
    assert begin(go, cast[who], partnership, kind).status_code == code
    assert not Picture.objects.exists()


@pytest.mark.parametrize("number", ["", "x", "²", "0", "99999999999999999999"])
def test_a_partnership_that_is_none_is_not_found(go, bo, number):
    assert go(bo, f"/lagesbilder/ny/?samverkan={number}&slag=joint").status_code == 404
    assert go(bo, f"/lagesbilder/?samverkan={number}").status_code == 404


def test_an_end_before_the_start_has_its_sentence(go, bo, partnership):
    answer = begin(go, bo, partnership, "joint", period_to="2024-12-31")

    assert "Periodens slut får inte ligga före dess början." in answer.content.decode()


def test_another_partnerships_municipality_cannot_be_chosen(go, bo, partnership, organisations):
    stranger = organisations["landskrona"].municipality

    answer = begin(go, bo, partnership, "joint", municipality=stranger.pk)

    assert "municipality" in answer.context["form"].errors
    assert not Picture.objects.exists()


def test_what_is_written_is_saved_and_stands_in_the_book(go, bo, joint, form):
    go(bo, f"/lagesbilder/{joint.pk}/andra/", form(joint, crime="Fler cykelstölder."))

    joint.refresh_from_db()
    event = Event.objects.about(joint).first()
    assert (joint.crime, joint.revision) == ("Fler cykelstölder.", 1)
    assert event.changes["crime"]["to"] == "Fler cykelstölder."


def test_the_second_of_two_who_write_at_once_is_told_and_loses_nothing(go, anna, bo, joint, form):
    first, second = form(joint, crime="Annas text."), form(joint, crime="Bos text.")
    go(anna, f"/lagesbilder/{joint.pk}/andra/", first)

    answer = go(bo, f"/lagesbilder/{joint.pk}/andra/", second)

    joint.refresh_from_db()
    page = answer.content.decode()
    assert joint.crime == "Annas text."
    assert "Anna Andersson" in page
    assert "Bos text." in page


def test_a_personal_number_is_refused_and_the_text_kept(go, bo, joint, form):
    answer = go(bo, f"/lagesbilder/{joint.pk}/andra/", form(joint, crime="Mannen 811228-9874 igen."))

    joint.refresh_from_db()
    assert joint.crime == ""
    assert "ser ut att innehålla ett personnummer" in answer.content.decode()
    assert "Mannen 811228-9874 igen." in answer.content.decode()


def test_a_neighbour_reads_but_does_not_write_what_is_another_municipalitys_own(go, eva, joint, neighbour, lycksele):
    Picture.objects.filter(pk=joint.pk).update(municipality=lycksele)

    assert go(eva, f"/lagesbilder/{joint.pk}/").status_code == 200
    assert go(eva, f"/lagesbilder/{joint.pk}/andra/").status_code == 403


def test_a_picture_that_is_no_draft_cannot_be_edited(go, bo, ready, form):
    opened = go(bo, f"/lagesbilder/{ready.pk}/andra/")
    saved = go(bo, f"/lagesbilder/{ready.pk}/andra/", form(ready, crime="För sent."))

    ready.refresh_from_db()
    assert opened.url == f"/lagesbilder/{ready.pk}/"
    assert ready.crime == ""
    assert "låst" in saved.content.decode()
    assert "För sent." in saved.content.decode()
