"""Police and municipalities lay their pictures side by side: one joint text, and every difference answered for."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from journal.models import Event
from journal.steps import NotAllowed, Refused
from situation import actions, demands, rules
from situation.actions import merging
from situation.forms.merging import ChooseForm, DifferenceForm
from situation.models import Difference, Picture, Problem
from tests import factories
from tests.approving import establish
from tests.partnerships.conftest import needs_row_locks


@pytest.fixture
def joint(joint):
    """Before any problem has been taken into it."""
    joint.problems.all().delete()
    return joint


@pytest.fixture
def both(own_police, own_municipality, bo, anna):
    """Both own pictures, shared: each with a text, a finding and a problem of its own."""
    own_municipality.sources.update(kind="staff_dialogue", name="Medarbetardialog")
    texts = {own_police.pk: "Fler inbrott i centrum.", own_municipality.pk: "Unga kvinnor undviker torget."}
    for own, person in ((own_police, bo), (own_municipality, anna)):
        Picture.objects.filter(pk=own.pk).update(crime=texts[own.pk])
        finding = factories.FindingFactory(picture=own, created_by=person)
        finding.sources.set(own.sources.all())
        own.problems.update(title=f"Problem {own.kind}", municipality=own.municipality)
        actions.mark_ready(own, by=person)
        actions.share(own, by=person)
        own.refresh_from_db()
    return own_police, own_municipality


@pytest.fixture
def merging_page(client, joint, both, bo):
    """The page, once the pictures have been chosen."""
    client.force_login(bo)
    data = {"own_pictures": [own.pk for own in both], "revision": joint.revision}
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
    before = joint.sources.count()
    data = {"own_pictures": [own.pk for own in both], "revision": joint.revision}
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
    data = {"own_pictures": [own_police.pk, own_municipality.pk], "revision": joint.revision}
    assert client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data).status_code == 200
    joint.refresh_from_db()
    assert not joint.own_pictures.exists()


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
    joint.own_pictures.clear()
    response = client.post(f"/lagesbilder/{joint.pk}/for-samman/crime/", {"crime": "070-123 45 67", "revision": 1})

    assert response.status_code == 409
    assert "Välj dem igen." in response.text


def test_a_source_that_was_corrected_is_not_taken_again(client, merging_page, joint, both):
    joint.sources.exclude(taken_from=None).update(period="Hösten 2025")
    before = joint.sources.count()
    data = {"own_pictures": [own.pk for own in both], "revision": joint.revision}
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
    data = {"own_pictures": [secret.pk, both[1].pk], "revision": joint.revision}
    client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data)
    joint.refresh_from_db()

    assert joint.information_class == "partly_secret"


def test_a_municipalitys_own_problem_stays_its_own(client, merging_page, joint, both, lycksele):
    own = both[1].problems.get()
    client.post(f"/lagesbilder/{joint.pk}/for-samman/problem/{own.pk}/", {"into": ""})

    assert Problem.objects.get(picture=joint).municipality == lycksele


def test_a_difference_must_be_answered_for_before_the_picture_is_ready(client, merging_page, joint, bo):
    difference = note(client, joint)
    assert "ställningstagande till 1 skillnad" in " ".join(demands.missing_for_ready(joint))
    with pytest.raises(Refused):
        actions.mark_ready(joint, by=bo)

    client.post(f"/lagesbilder/skillnader/{difference.pk}/fraga/", {"reason": "Vi frågar på trygghetsvandringen."})
    difference.refresh_from_db()

    assert (difference.status, difference.outcome) == ("question", "Vi frågar på trygghetsvandringen.")
    assert demands.missing_for_ready(joint) == ["minst ett problem"]


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


def test_differences_are_frozen_with_the_picture(client, merging_page, joint, both, bo):
    merging.take_problem(both[0].problems.get(), joint, by=bo)
    difference = note(client, joint)
    merging.settle(rules.RESOLVE, difference, by=bo, reason="Olika perioder.")
    actions.mark_ready(joint, by=bo)
    establish(joint, bo)
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


SAID = {
    "crime_types": "Skadegörelse",
    "groups": "Resenärer och personal",
    "extent": "43 anmälningar",
    "insecurity": "Färre väntar inne.",
    "time": "Fredagar efter 22",
}


def test_what_the_problems_say_stands_beside_each_other(
    client, partnership, cycle, own_police, own_municipality, joint, bo
):
    """Shown alike on both sides, and also where one of them knows nothing."""
    own_police.problems.update(**SAID)
    for own in (own_police, own_municipality):
        Picture.objects.filter(pk=own.pk).update(status="ready", shared_at=timezone.now(), shared_by=bo)
    joint.own_pictures.set([own_police, own_municipality])
    client.force_login(bo)
    page = client.get(f"/lagesbilder/{joint.pk}/for-samman/?avsnitt=problems").text
    polices, municipalitys = page.split('<section aria-labelledby="sida-')[1:3]

    assert all(words in polices for words in SAID.values())
    for label in ("Brottstyper", "Berörda grupper", "Omfattning", "Otrygghet", "Källor"):
        assert f"<dt>{label}</dt>" in polices
        assert f"<dt>{label}</dt><dd>uppgift saknas" in municipalitys


def test_those_who_made_the_own_ones_are_taken_to_make_the_joint_one(client, joint, both, bo):
    Picture.objects.filter(pk=joint.pk).update(prepared_by="")
    client.force_login(bo)
    client.post(
        f"/lagesbilder/{joint.pk}/for-samman/valj/",
        {"own_pictures": [own.pk for own in both], "revision": joint.revision},
    )

    joint.refresh_from_db()
    assert joint.prepared_by == "Samordnare"
    assert Event.objects.about(joint).filter(label__startswith="Framtagen av").exists()


def test_a_problem_that_is_taken_rests_on_the_joint_pictures_own_copies(
    client, joint, own_police, own_municipality, bo
):
    for own in (own_police, own_municipality):
        own.problems.get().sources.set(own.sources.all())
        Picture.objects.filter(pk=own.pk).update(status="ready", shared_at=timezone.now(), shared_by=bo)
    client.force_login(bo)
    both = [own_police.pk, own_municipality.pk]
    client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", {"own_pictures": both, "revision": joint.revision})
    taken = merging.take_problem(own_police.problems.get(), joint, by=bo)
    merging.take_problem(own_municipality.problems.get(), joint, by=bo, into=taken)

    assert taken.sources.count()
    assert {source.picture for source in taken.sources.all()} == {joint}


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


@pytest.mark.parametrize("count", [1, 200])
def test_as_many_queries_however_many_problems(client, merging_page, joint, both, count, django_assert_max_num_queries):
    factories.ProblemFactory.create_batch(count, picture=both[0], cycle=joint.cycle, partnership=joint.partnership)

    with django_assert_max_num_queries(21):
        merging_page("problems")


@pytest.mark.parametrize("count", [2, 200])
def test_as_many_queries_however_many_have_been_taken(merging_page, joint, both, count, django_assert_max_num_queries):
    """Half of the police's problems are in the joint picture; each of the others may go into any of those."""
    given = {"cycle": joint.cycle, "partnership": joint.partnership}
    own = factories.ProblemFactory.create_batch(count, picture=both[0], **given)
    for number, problem in enumerate(own[::2]):
        factories.ProblemFactory(picture=joint, title=f"Gemensamt {number}", **given).taken_from.add(problem)

    with django_assert_max_num_queries(21):
        page = merging_page("problems")

    assert page.status_code == 200
    assert page.text.count(">Ångra<") == count // 2
    assert page.text.count(">Ta med<") == count // 2 + len(both)


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


# --- What was done by mistake, or twice


def take(client, joint, own, into=""):
    return client.post(f"/lagesbilder/{joint.pk}/for-samman/problem/{own.pk}/", {"into": into})


def undo(client, joint, own):
    return client.post(f"/lagesbilder/{joint.pk}/for-samman/problem/{own.pk}/angra/")


def test_a_problem_that_was_taken_by_mistake_is_taken_back(client, merging_page, joint, both):
    own = both[0].problems.get()
    take(client, joint, own)
    assert "Ångra" in merging_page("problems").text
    undo(client, joint, own)

    assert not joint.problems.exists()
    assert Problem.objects.filter(pk=own.pk).exists()
    assert take(client, joint, own).status_code == 302
    assert joint.problems.count() == 1


def test_taking_back_one_of_two_leaves_the_other_where_it_is(client, merging_page, joint, both):
    police, municipality = (own.problems.get() for own in both)
    take(client, joint, police)
    taken = joint.problems.get()
    take(client, joint, municipality, taken.pk)
    undo(client, joint, municipality)

    assert list(taken.taken_from.all()) == [police]


def test_a_problem_that_was_rewritten_or_decided_about_stays(client, merging_page, joint, both):
    for own, change in zip(both, ({"title": "Omskrivet"}, {"status": "watched", "reason": "Avvaktar."}), strict=True):
        problem = own.problems.get()
        take(client, joint, problem)
        joint.problems.filter(taken_from=problem).update(**change)
        undo(client, joint, problem)

    assert joint.problems.count() == 2
    assert not joint.problems.filter(taken_from__isnull=False).exists()


def test_a_problem_that_something_stands_on_stays(client, merging_page, joint, both):
    own = both[0].problems.get()
    take(client, joint, own)
    factories.CauseAnalysisFactory(problem=joint.problems.get())

    assert undo(client, joint, own).status_code == 302
    assert joint.problems.count() == 1


def test_taking_back_what_is_not_there_is_told(client, merging_page, joint, both):
    undo(client, joint, both[0].problems.get())

    assert "inte längre med" in client.get(f"/lagesbilder/{joint.pk}/").text


def test_the_same_difference_sent_twice_becomes_one(client, merging_page, joint):
    for _ in range(2):
        note(client, joint)
    for _ in range(2):
        client.post(f"/lagesbilder/{joint.pk}/for-samman/skillnad/", {"text": "Olika problem."})

    assert [one.section for one in joint.differing.all()] == ["crime", "problems"]


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_two_who_note_the_same_difference_at_the_same_moment_note_one(at_once, joint, anna, bo):
    def noting(person):
        form = DifferenceForm({"text": "Olika problem."})
        assert form.is_valid()
        return lambda: merging.note_difference(form, joint, "problems", by=person)

    assert at_once(noting(anna), noting(bo)) == [True, True]
    assert joint.differing.count() == 1


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_same_problem_at_once_take_one(at_once, merging_page, joint, both, anna, bo):
    own = both[0].problems.get()
    taken = at_once(*(lambda by=person: merging.take_problem(own, joint, by=by).pk for person in (anna, bo)))

    assert taken == [joint.problems.get().pk] * 2


def test_a_difference_that_was_noted_by_mistake_is_removed(client, merging_page, joint):
    difference = note(client, joint)
    for _ in range(2):
        answer = client.post(f"/lagesbilder/skillnader/{difference.pk}/ta-bort/")

    assert answer.status_code == 404
    assert not joint.differing.exists()
    assert difference.text in str([event.changes for event in Event.objects.about(joint)])


def test_a_settled_difference_is_taken_up_again_before_it_is_removed(client, merging_page, joint):
    difference = note(client, joint)
    client.post(f"/lagesbilder/skillnader/{difference.pk}/utredd/", {"reason": "Olika perioder."})
    client.post(f"/lagesbilder/skillnader/{difference.pk}/ta-bort/")

    assert joint.differing.count() == 1


def test_only_those_who_write_remove_a_difference(client, merging_page, joint, eva, cecilia):
    difference = note(client, joint)
    for person, status in ((eva, 404), (cecilia, 403)):
        client.force_login(person)
        assert client.post(f"/lagesbilder/skillnader/{difference.pk}/ta-bort/").status_code == status


# --- Two who choose at the same moment


@pytest.fixture
def another(both, bo):
    """One more shared picture of the police's, of later months."""
    police = both[0]
    given = {"partnership": police.partnership, "cycle": police.cycle, "title": "Polisens senare lägesbild"}
    found = factories.PictureFactory(kind="own_police", owner=police.owner, **given)
    factories.SourceFactory(picture=found, name="Bara i den senare")
    Picture.objects.filter(pk=found.pk).update(status="ready", shared_at=timezone.now(), shared_by=bo)
    return found


def test_who_chooses_on_an_old_page_is_told_and_overwrites_nothing(client, merging_page, joint, both, another, anna):
    """Anna opened the page before Bo chose; her choice stands ticked on it, and counts when she sends it again."""
    page = Client()
    page.force_login(anna)
    address = f"/lagesbilder/{joint.pk}/for-samman/valj/"
    wanted = [another.pk, both[1].pk]
    answer = page.post(address, {"own_pictures": wanted, "revision": joint.revision - 1})

    assert "Bo" in answer.text
    assert "samtidigt som du skrev" in answer.text
    assert set(joint.own_pictures.all()) == set(both)
    assert not joint.sources.filter(name="Bara i den senare").exists()
    form = answer.context["form"]
    assert [int(pk) for pk in form["own_pictures"].value()] == wanted
    again = page.post(address, {"own_pictures": wanted, "revision": form["revision"].value()})
    assert again.status_code == 302
    assert set(joint.own_pictures.all()) == {another, both[1]}


def test_the_same_choice_again_overwrites_nothing_that_was_written_meanwhile(joint, both, bo):
    def chosen(picture):
        form = ChooseForm({"own_pictures": [own.pk for own in both], "revision": picture.revision}, instance=picture)
        assert form.is_valid()
        return merging.choose(form, picture, by=bo)

    assert chosen(joint)
    Picture.objects.filter(pk=joint.pk).update(prepared_by="")
    opened = Picture.objects.get(pk=joint.pk)
    Picture.objects.filter(pk=joint.pk).update(prepared_by="Samordnare i Lycksele")

    assert chosen(opened)
    assert Picture.objects.get(pk=joint.pk).prepared_by == "Samordnare i Lycksele"


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_at_the_same_moment_one_is_told(at_once, joint, both, another, anna, bo):
    def choosing(police, person):
        opened = Picture.objects.get(pk=joint.pk)
        form = ChooseForm({"own_pictures": [police.pk, both[1].pk], "revision": opened.revision}, instance=opened)
        assert form.is_valid()
        return lambda: (merging.choose(form, opened, by=person), police.pk)

    answers = at_once(choosing(both[0], anna), choosing(another, bo))

    assert sorted(saved for saved, _ in answers) == [False, True]
    won = next(pk for saved, pk in answers if saved)
    assert set(joint.own_pictures.values_list("pk", flat=True)) == {won, both[1].pk}
    assert joint.sources.filter(name="Bara i den senare").exists() == (won == another.pk)


# --- The police and six municipalities


@pytest.fixture
def seven(both, partnership, cycle, bo):
    """Five more municipalities with a shared picture each."""
    found = list(both)
    for name in ("Malå", "Norsjö", "Sorsele", "Storuman", "Vilhelmina"):
        organisation = factories.OrganisationFactory(
            name=f"{name} kommun", municipality=factories.MunicipalityFactory(name=name)
        )
        party = factories.PartyFactory(partnership=partnership, organisation=organisation)
        shared = {"status": "ready", "shared_at": timezone.now(), "shared_by": bo}
        own = factories.PictureFactory(
            partnership=partnership,
            cycle=cycle,
            kind="own_municipality",
            owner=party,
            municipality=organisation.municipality,
            title=f"{name}s lägesbild",
            crime="" if name == "Sorsele" else f"Så är det i {name}.",
            **shared,
        )
        factories.ProblemFactory(picture=own, cycle=cycle, partnership=partnership, title=f"Problem i {name}")
        found.append(own)
    return found


@pytest.fixture
def of_seven(client, joint, seven, bo):
    client.force_login(bo)
    page = client.get(f"/lagesbilder/{joint.pk}/for-samman/")
    chosen = page.context["form"]["own_pictures"].value()
    assert set(chosen) == {own.pk for own in seven}
    data = {"own_pictures": chosen, "revision": joint.revision}
    client.post(f"/lagesbilder/{joint.pk}/for-samman/valj/", data)
    return f"/lagesbilder/{joint.pk}/for-samman/"


def test_all_who_wrote_stand_beside_each_other(client, of_seven):
    page = client.get(of_seven, {"avsnitt": "crime"})

    assert [side.name for side in page.context["sides"]] == [
        "Polisen",
        "Lycksele",
        "Malå",
        "Norsjö",
        "Storuman",
        "Vilhelmina",
    ]
    assert "men inte Sorsele" in page.text
    assert "Malå: Så är det i Malå." in page.context["text_form"]["crime"].value()


def test_one_chooses_which_to_see_and_keeps_the_choice(client, of_seven, joint, seven):
    chosen = [own.pk for own in (seven[0], seven[4])]
    page = client.get(of_seven, {"avsnitt": "crime", "bredvid": chosen})
    hidden = {name: page.context["text_form"][name].value() for name in ("was", "revision")}
    address = f"{of_seven}crime/?bredvid={chosen[0]}&bredvid={chosen[1]}"
    answer = client.post(address, {"crime": "Gemensam text.", **hidden})

    assert [side.name for side in page.context["sides"]] == ["Polisen", "Sorsele"]
    assert "Visar 2 av 7 lägesbilder" in page.text
    assert answer.url == f"{of_seven}?avsnitt=safety&bredvid={chosen[0]}&bredvid={chosen[1]}"


def test_what_is_no_picture_beside_is_left_aside(client, of_seven):
    page = client.get(of_seven, {"avsnitt": "crime", "bredvid": ["x", "999999", "9" * 40]})

    assert len(page.context["sides"]) == 6


def test_every_municipalitys_problem_is_taken_with_its_municipality(client, of_seven, joint, seven):
    for own in seven:
        take(client, joint, own.problems.get())

    assert joint.problems.count() == 7
    page = client.get(of_seven, {"avsnitt": "problems"}).text
    assert "ur Vilhelmina kommun" in page


def test_one_picture_of_each_owner_and_both_sides(client, joint, seven, bo):
    client.force_login(bo)
    again = factories.PictureFactory(
        partnership=joint.partnership,
        cycle=joint.cycle,
        kind="own_police",
        owner=seven[0].owner,
        status="ready",
        shared_at=timezone.now(),
        shared_by=bo,
    )
    address = f"/lagesbilder/{joint.pk}/for-samman/valj/"
    twice = client.post(address, {"own_pictures": [seven[0].pk, again.pk, seven[1].pk], "revision": joint.revision})
    alone = client.post(address, {"own_pictures": [seven[1].pk, seven[2].pk], "revision": joint.revision})

    assert "inte flera" in twice.text
    assert "Välj också polisens lägesbild." in alone.text
    assert not joint.own_pictures.exists()


def test_a_new_version_is_made_of_the_same_pictures(client, of_seven, joint, seven, bo):
    merging.take_problem(seven[0].problems.get(), joint, by=bo)
    actions.mark_ready(joint, by=bo)
    establish(joint, bo)
    newer = actions.new_version(joint, by=bo)

    assert set(newer.own_pictures.all()) == set(seven)
    assert len(joint.frozen["merged_from"]) == 7


@pytest.mark.parametrize("section", ["crime", "problems"])
def test_seven_pictures_cost_no_more_queries_than_two(client, of_seven, section, django_assert_max_num_queries):
    with django_assert_max_num_queries(21):
        client.get(of_seven, {"avsnitt": section})
