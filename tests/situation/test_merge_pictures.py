"""Police and municipality lay their pictures side by side: one joint text, and every difference answered for."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from journal.steps import NotAllowed, Refused
from situation import actions, rules
from situation.actions import merging
from situation.models import Difference, Picture, Problem
from tests import factories


@pytest.fixture
def both(own_police, own_municipality, bo, anna):
    """Both own pictures, shared: each with a text, a finding and a problem of its own."""
    own_municipality.sources.update(kind="staff_dialogue", name="Medarbetardialog")
    texts = {own_police.pk: "Fler inbrott i centrum.", own_municipality.pk: "Unga kvinnor undviker torget."}
    for own, person in ((own_police, bo), (own_municipality, anna)):
        Picture.objects.filter(pk=own.pk).update(crime=texts[own.pk])
        finding = factories.FindingFactory(picture=own, created_by=person)
        finding.sources.set(own.sources.all())
        factories.ProblemFactory(picture=own, cycle=own.cycle, partnership=own.partnership, title=f"Problem {own.kind}")
        actions.mark_ready(own, by=person)
        actions.share(own, by=person)
        own.refresh_from_db()
    return own_police, own_municipality


@pytest.fixture
def merging_page(client, joint, both, bo):
    """The page, once the pictures have been chosen."""
    client.force_login(bo)
    police, municipality = both
    data = {"police_picture": police.pk, "municipality_picture": municipality.pk, "revision": joint.revision}
    response = client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data)
    assert response.status_code == 302
    joint.refresh_from_db()

    def page(section="crime"):
        return client.get(f"/lagesbilder/{joint.pk}/for-samman/?avsnitt={section}")

    return page


def write(client, joint, section, text, **more):
    """What the browser sends from the page of a section."""
    page = client.get(f"/lagesbilder/{joint.pk}/for-samman/?avsnitt={section}")
    hidden = {name: page.context["text_form"][name].value() for name in ("was", "revision")}
    return client.post(f"/lagesbilder/{joint.pk}/for-samman/{section}/", {section: text, **hidden, **more})


def note(client, joint, section="crime", text="Kommunen ser otrygghet som polisen inte ser."):
    write(client, joint, section, "", difference=text)
    return Difference.objects.get(text=text)


def test_first_the_pictures_are_chosen_and_their_knowledge_comes_along(client, joint, both, bo):
    client.force_login(bo)
    assert "Välj lägesbilder att föra samman" in client.get(f"/lagesbilder/{joint.pk}/for-samman/").text
    police, municipality = both
    before = joint.sources.count()
    data = {"police_picture": police.pk, "municipality_picture": municipality.pk, "revision": joint.revision}
    for _ in range(2):
        client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data)
        joint.refresh_from_db()
        data["revision"] = joint.revision

    assert joint.sources.count() == before + 1  # the statistics that all three rest on stand there once
    assert [one.sources.count() for one in joint.findings.all()] == [1, 1]


def test_a_picture_that_is_not_shared_cannot_be_chosen(client, joint, own_police, own_municipality, bo):
    client.force_login(bo)
    page = client.get(f"/lagesbilder/{joint.pk}/for-samman/")

    assert "Polisens lägesbild är inte delad än." in page.text
    assert "Lyckseles hemliga bild" not in page.text
    data = {"police_picture": own_police.pk, "municipality_picture": own_municipality.pk, "revision": joint.revision}
    assert client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data).status_code == 200
    joint.refresh_from_db()
    assert joint.municipality_picture is None


def test_both_texts_stand_beside_the_joint_one(merging_page):
    page = merging_page()

    assert "Fler inbrott i centrum." in page.text
    assert "Unga kvinnor undviker torget." in page.text
    assert page.context["text_form"]["crime"].value() == (
        "Polisen: Fler inbrott i centrum.\n\nKommunen: Unga kvinnor undviker torget."
    )


def test_what_both_say_alike_is_suggested_once(merging_page, both):
    # Both summaries are the same in the pictures of these tests.
    page = merging_page("summary")

    assert "Båda har skrivit samma sak." in page.text
    assert page.context["text_form"]["summary"].value() == "Läget i korthet."


def test_where_nobody_has_written_it_is_told(merging_page, both):
    assert "Ingen av er har skrivit något här." in merging_page("times").text


def test_a_section_is_saved_and_the_next_is_shown(client, merging_page, joint):
    response = write(client, joint, "crime", "Inbrott och otrygghet.")
    joint.refresh_from_db()

    assert joint.crime == "Inbrott och otrygghet."
    assert response.url.endswith("?avsnitt=safety")
    assert "crime" in [row.section for row in merging_page().context["rows"] if row.is_written]


def test_a_difference_is_saved_together_with_the_text(client, merging_page, joint):
    response = write(client, joint, "crime", "Inbrott.", difference="Kommunen ser mer.")
    joint.refresh_from_db()

    assert joint.crime == "Inbrott."
    assert joint.differing.get().text == "Kommunen ser mer."
    assert response.url.endswith("?avsnitt=crime")


def test_two_people_may_write_different_sections_at_the_same_moment(client, merging_page, joint, anna):
    page = client.get(f"/lagesbilder/{joint.pk}/for-samman/?avsnitt=places").context["text_form"]
    hidden = {name: page[name].value() for name in ("was", "revision")}
    other = Client()
    other.force_login(anna)
    write(other, joint, "times", "Kvällar.")
    client.post(f"/lagesbilder/{joint.pk}/for-samman/places/", {"places": "Torget.", **hidden})
    joint.refresh_from_db()

    assert (joint.places, joint.times) == ("Torget.", "Kvällar.")


def test_two_people_saving_the_same_section_see_each_others_text(client, merging_page, joint, anna):
    page = client.get(f"/lagesbilder/{joint.pk}/for-samman/?avsnitt=crime").context["text_form"]
    hidden = {name: page[name].value() for name in ("was", "revision")}
    other = Client()
    other.force_login(anna)
    address = f"/lagesbilder/{joint.pk}/for-samman/crime/"
    client.post(address, {"crime": "Polisens formulering.", **hidden})
    response = other.post(address, {"crime": "Kommunens formulering.", "difference": "Skiljer.", **hidden})
    joint.refresh_from_db()

    assert response.status_code == 422
    assert "samtidigt som du skrev" in response.text
    assert "Polisens formulering." in response.text
    assert "Kommunens formulering." in response.text
    assert joint.crime == "Polisens formulering."
    assert not joint.differing.exists()


def test_problems_are_no_text_to_save(client, merging_page, joint):
    address = f"/lagesbilder/{joint.pk}/for-samman/problems/"

    assert client.post(address, {"problems": "x"}).status_code == 404


def test_a_choice_that_was_taken_back_is_told(client, merging_page, joint):
    Picture.objects.filter(pk=joint.pk).update(municipality_picture=None)
    response = client.post(f"/lagesbilder/{joint.pk}/for-samman/crime/", {"crime": "070-123 45 67", "revision": 1})

    assert response.status_code == 409
    assert "Välj dem igen." in response.text


def test_a_source_that_was_corrected_is_not_taken_again(client, merging_page, joint, both):
    joint.sources.exclude(taken_from=None).update(period="Hösten 2025")
    before = joint.sources.count()
    data = {"police_picture": both[0].pk, "municipality_picture": both[1].pk, "revision": joint.revision}
    response = client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data)

    assert response.status_code == 302
    assert joint.sources.count() == before


def test_what_is_made_of_something_partly_secret_is_so_too(client, joint, own_police, own_municipality, both, bo):
    secret = factories.PictureFactory(
        kind="own_police",
        owner=own_police.owner,
        partnership=joint.partnership,
        cycle=joint.cycle,
        status="ready",
        shared_at=timezone.now(),
        shared_by=bo,
        information_class="partly_secret",
    )
    client.force_login(bo)
    data = {"police_picture": secret.pk, "municipality_picture": both[1].pk, "revision": joint.revision}
    client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data)
    joint.refresh_from_db()

    assert joint.information_class == "partly_secret"


def test_a_municipalitys_own_problem_stays_its_own(client, merging_page, joint, both, lycksele):
    own = both[1].problems.get()
    Problem.objects.filter(pk=own.pk).update(municipality=lycksele)
    client.post(f"/lagesbilder/{joint.pk}/for-samman/problem/{own.pk}/", {"into": ""})

    assert Problem.objects.get(picture=joint).municipality == lycksele


def test_a_difference_must_be_answered_for_before_the_picture_is_ready(client, merging_page, joint, bo):
    difference = note(client, joint)
    assert "ställningstagande till 1 skillnad" in " ".join(rules.missing_for_ready(joint))
    with pytest.raises(Refused):
        actions.mark_ready(joint, by=bo)

    client.post(f"/lagesbilder/skillnader/{difference.pk}/fraga/", {"reason": "Vi frågar på trygghetsvandringen."})
    difference.refresh_from_db()

    assert (difference.status, difference.outcome) == ("question", "Vi frågar på trygghetsvandringen.")
    assert rules.missing_for_ready(joint) == []


def test_an_answer_without_words_is_refused(client, merging_page, joint):
    difference = note(client, joint)
    response = client.post(f"/lagesbilder/skillnader/{difference.pk}/utredd/", {"reason": ""})
    difference.refresh_from_db()

    assert response.status_code == 200
    assert difference.status == "open"
    with pytest.raises(IntegrityError), transaction.atomic():
        Difference.objects.filter(pk=difference.pk).update(status="resolved")


def test_a_difference_can_be_taken_up_again(client, merging_page, joint):
    difference = note(client, joint)
    client.post(f"/lagesbilder/skillnader/{difference.pk}/utredd/", {"reason": "Olika perioder."})
    client.post(f"/lagesbilder/skillnader/{difference.pk}/igen/")
    difference.refresh_from_db()

    assert (difference.status, difference.outcome) == ("open", "")


def test_differences_are_frozen_with_the_picture(client, merging_page, joint, bo):
    difference = note(client, joint)
    merging.settle(rules.RESOLVE, difference, by=bo, reason="Olika perioder.")
    actions.mark_ready(joint, by=bo)
    actions.establish(joint, by=bo)
    joint.refresh_from_db()

    assert [one["outcome"] for one in joint.frozen["differing"]] == ["Olika perioder."]
    with pytest.raises(NotAllowed):
        merging.settle(rules.REOPEN_DIFFERENCE, difference, by=bo, reason="")


def test_a_problem_is_taken_once_alone_or_into_another(client, merging_page, joint, both):
    police, municipality = (own.problems.get() for own in both)
    address = f"/lagesbilder/{joint.pk}/for-samman/problem/"
    for _ in range(2):
        client.post(f"{address}{police.pk}/", {"into": ""})
    taken = Problem.objects.get(picture=joint)
    client.post(f"{address}{municipality.pk}/", {"into": taken.pk})

    assert Problem.objects.filter(picture=joint).count() == 1
    assert set(taken.taken_from.all()) == {police, municipality}
    assert "som Problem own_police" in merging_page("problems").text


def test_only_the_chosen_pictures_problems_are_taken(client, merging_page, joint):
    other = factories.ProblemFactory(partnership=joint.partnership, cycle=joint.cycle)

    assert client.post(f"/lagesbilder/{joint.pk}/for-samman/problem/{other.pk}/", {"into": ""}).status_code == 404


def test_the_own_pictures_stand_frozen_behind(merging_page, both):
    for own in both:
        for change in ({"crime": "Omskriven."}, {"status": "draft"}, {"title": "Annan"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Picture.objects.filter(pk=own.pk).update(**change)


def test_a_neighbour_and_a_stranger_do_not_merge(client, merging_page, joint, cast):
    for first, status in (("eva", 404), ("fia", 404)):
        client.force_login(cast[first])
        assert client.get(f"/lagesbilder/{joint.pk}/for-samman/").status_code == status


def test_an_own_picture_is_not_a_place_to_merge(client, both, bo):
    client.force_login(bo)
    assert client.get(f"/lagesbilder/{both[0].pk}/for-samman/").status_code == 404


def test_an_unknown_section_is_not_found(client, merging_page, joint):
    assert client.post(f"/lagesbilder/{joint.pk}/for-samman/frozen/", {"frozen": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_as_many_queries_however_many_problems(client, merging_page, joint, both, count, django_assert_max_num_queries):
    factories.ProblemFactory.create_batch(count, picture=both[0], cycle=joint.cycle, partnership=joint.partnership)

    with django_assert_max_num_queries(20):
        merging_page("problems")


@pytest.mark.parametrize(
    ("kinds", "mark"),
    [
        ([], "utan källa"),
        (["citizen_dialogue"], "en enda svag källa"),
        (["ntu"], ""),
        (["citizen_dialogue", "staff_dialogue"], ""),
    ],
)
def test_a_statement_says_how_it_is_carried(client, joint, bo, kinds, mark):
    finding = factories.FindingFactory(picture=joint, created_by=bo)
    finding.sources.set([factories.SourceFactory(picture=joint, kind=kind, period="2025") for kind in kinds])
    client.force_login(bo)
    page = client.get(f"/lagesbilder/{joint.pk}/")

    marks = [one["mark"] for one in page.context["content"]["findings"]]
    assert marks == [mark]
    assert not mark or mark in page.text
