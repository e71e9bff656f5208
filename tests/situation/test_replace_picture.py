"""A new version begins where the established one ended, and takes its place when it is established itself."""

import pytest

from journal.steps import NotAllowed
from situation import actions
from situation.models import Picture, Problem
from tests import factories
from tests.approving import establish


@pytest.fixture
def newer(established, bo):
    return actions.new_version(established, by=bo)


def ready_and_establish(picture, by):
    actions.mark_ready(picture, by=by)
    establish(picture, by)
    picture.refresh_from_db()


def test_the_draft_has_everything_that_was_typed_and_nothing_that_was_decided(established, newer):
    assert (newer.version, newer.replaces, newer.status) == (2, established, "draft")
    assert (newer.title, newer.summary, newer.analysis) == (established.title, "Läget i korthet.", "Torget är värst.")
    assert (newer.frozen, newer.checksum, newer.established_at, newer.released_at) == (None, "", None, None)
    assert newer.information_class == Picture.InformationClass.WORKING


def test_sources_and_findings_are_copied_with_their_ties(ready, bo):
    finding = factories.FindingFactory(picture=ready, created_by=bo)
    finding.sources.set(ready.sources.all())
    establish(ready, bo)

    newer = actions.new_version(ready, by=bo)

    copied = newer.findings.get()
    assert copied.text == finding.text
    assert list(copied.sources.all()) == list(newer.sources.all())
    assert ready.sources.count() == newer.sources.count() == 1


@pytest.mark.parametrize("kind", ["ready", "own_police"])
def test_problems_rest_on_the_new_versions_copies_of_their_sources(request, kind, bo):
    picture = request.getfixturevalue(kind)
    picture.problems.get().sources.set(picture.sources.all())
    if picture.is_draft:
        actions.mark_ready(picture, by=bo)
    establish(picture, bo)
    picture.refresh_from_db()

    newer = actions.new_version(picture, by=bo)

    assert list(newer.problems.get().sources.all()) == list(newer.sources.all())
    assert picture.frozen["problems"][0]["sources"] == [1]


def test_who_made_it_goes_with_it_but_not_the_day(established, newer):
    assert (established.prepared_by, newer.prepared_by) == ("Samordnare", "Samordnare")
    assert (bool(established.prepared_on), newer.prepared_on) == (True, None)


def test_a_joint_pictures_problems_go_with_it(established, newer):
    assert [problem.title for problem in newer.problems.all()] == ["Otrygghet i centrum"]
    assert Problem.objects.count() == 1
    assert established.frozen["problems"][0]["title"] == "Otrygghet i centrum"


def test_an_own_pictures_problems_are_copied_so_that_what_was_shared_stays(shared, bo):
    establish(shared, bo)

    newer = actions.new_version(shared, by=bo)

    assert shared.problems.count() == newer.problems.count() == 1
    assert not newer.is_common
    assert Problem.objects.common().get().picture == shared


def test_problems_of_an_earlier_cycle_stay_there(established, bo):
    later = factories.CycleFactory(partnership=established.partnership, status="closed", closed_on="2030-01-01")

    newer = actions.new_version(established, by=bo, cycle=later)

    assert (established.problems.get().cycle, newer.problems.get().cycle) == (established.cycle, later)


def test_asked_twice_the_same_draft_is_given(established, newer, anna):
    assert actions.new_version(established, by=anna) == newer


def test_the_button_is_gone_once_there_is_a_draft(go, bo, established):
    address = f"/lagesbilder/{established.pk}/ny-version/"
    assert address in go(bo, established.get_absolute_url()).content.decode()

    actions.new_version(established, by=bo)

    assert address not in go(bo, established.get_absolute_url()).content.decode()


def test_only_an_established_version_has_a_successor(bo, ready):
    with pytest.raises(NotAllowed):
        actions.new_version(ready, by=bo)


def test_the_old_one_holds_until_the_new_is_established(established, newer, bo):
    assert established.status == "established"

    ready_and_establish(newer, bo)

    established.refresh_from_db()
    assert (established.status, newer.status) == ("replaced", "established")


def test_the_replaced_version_still_shows_what_it_said(go, established, newer, bo, form):
    go(bo, f"/lagesbilder/{newer.pk}/andra/", form(newer, summary="Ett helt annat läge."))
    newer.refresh_from_db()
    ready_and_establish(newer, bo)

    page = go(bo, f"/lagesbilder/{established.pk}/").content.decode()

    assert "Läget i korthet." in page
    assert "Ett helt annat läge." not in page
    assert f"/lagesbilder/{newer.pk}/" in page


def test_a_shared_versions_page_does_not_tell_of_an_unshared_successor(go, shared, anna, bo):
    establish(shared, bo)
    newer = actions.new_version(shared, by=bo)

    assert f"/lagesbilder/{newer.pk}/" not in go(anna, f"/lagesbilder/{shared.pk}/").content.decode()
    assert f"/lagesbilder/{newer.pk}/" in go(bo, f"/lagesbilder/{shared.pk}/").content.decode()


def test_the_button_leads_to_the_draft(go, bo, established):
    answer = go(bo, f"/lagesbilder/{established.pk}/ny-version/", {})

    assert answer.url == Picture.objects.get(version=2).get_absolute_url()
