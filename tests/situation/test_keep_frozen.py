"""What has been established never changes: no door leads to it, and the database refuses whoever finds one."""

import pytest
from django.db import DatabaseError, transaction

from situation import actions, content
from situation.models import Picture
from tests import factories
from tests.approving import establish


def unchanged(picture):
    before = (picture.frozen, picture.checksum, picture.summary)
    picture.refresh_from_db()
    return before == (picture.frozen, picture.checksum, picture.summary) and content.is_intact(picture)


def test_the_long_form_does_not_reach_it(go, bo, established, form):
    go(bo, f"/lagesbilder/{established.pk}/andra/", form(established, summary="Omskrivet."))

    assert unchanged(established)


@pytest.mark.parametrize("part", ["kallor", "iakttagelser"])
def test_no_source_or_finding_is_added(go, bo, established, part):
    data = {"kind": "ntu", "name": "Ny", "text": "Ny iakttagelse"}

    page = go(bo, f"/lagesbilder/{established.pk}/{part}/ny/", data).content.decode()

    assert "är inte längre ett utkast" in page
    assert (established.sources.count(), established.findings.count()) == (1, 1)


def test_no_source_or_finding_is_changed_or_removed(go, bo, established):
    source, finding = established.sources.get(), established.findings.get()

    go(bo, f"/lagesbilder/kallor/{source.pk}/andra/", {"kind": "ntu", "name": "Ny", "revision": 0})
    go(bo, f"/lagesbilder/kallor/{source.pk}/ta-bort/", {})
    go(bo, f"/lagesbilder/iakttagelser/{finding.pk}/ta-bort/", {})

    assert established.sources.get().name == "NTU 2025"
    assert established.findings.exists()


def test_no_problem_is_added_or_rewritten(go, bo, established):
    problem = established.problems.get()
    data = {"title": "Nytt", "trend": "unknown", "revision": 0}

    go(bo, f"/lagesbilder/problem/ny/?lagesbild={established.pk}", data)
    go(bo, f"/lagesbilder/problem/{problem.pk}/andra/", data)

    assert established.problems.get().title == "Otrygghet i centrum"


@pytest.mark.parametrize("verb", ["klar", "oppna", "faststall", "dela"])
def test_no_step_leads_back(go, bo, established, verb):
    go(bo, f"/lagesbilder/{established.pk}/{verb}/", {})

    assert unchanged(established)
    assert established.status == "established"


@pytest.mark.parametrize("address", ["change/", "delete/"])
def test_the_operators_drawer_only_shows_it(go, ove, established, address):
    path = f"/admin/situation/picture/{established.pk}/{address}"

    code = go(ove, path, {"summary": "Omskrivet.", "post": "yes"}).status_code

    assert code == 403
    assert unchanged(established)


@pytest.mark.parametrize("change", [{"summary": "Ny"}, {"frozen": {}}, {"checksum": "0" * 64}, {"status": "draft"}])
def test_the_database_refuses_to_change_it(established, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        Picture.objects.filter(pk=established.pk).update(**change)

    assert unchanged(established)


def test_the_database_refuses_to_delete_it(established):
    with pytest.raises(DatabaseError), transaction.atomic():
        Picture.objects.filter(pk=established.pk)._raw_delete("default")

    assert Picture.objects.filter(pk=established.pk).exists()


@pytest.mark.parametrize("change", ["add", "clear"])
def test_the_database_refuses_to_change_what_its_problems_rest_on(ready, bo, change):
    problem, source = ready.problems.get(), ready.sources.get()
    if change == "clear":
        problem.sources.add(source)
    establish(ready, bo)

    with pytest.raises(DatabaseError), transaction.atomic():
        getattr(problem.sources, change)(*([source] if change == "add" else []))


def test_what_is_decided_later_is_not_what_the_picture_said(go, bo, established):
    go(bo, f"/lagesbilder/problem/{established.problems.get().pk}/prioritera/", {"reason": ""})

    established.refresh_from_db()
    assert established.problems.get().status == "prioritised"
    assert established.frozen["problems"][0]["status"] == "identified"


def test_a_content_that_does_not_give_its_checksum_is_told(go, bo, joint):
    """Such a row can only come from outside; it is written here before the database guards it."""
    picture = factories.PictureFactory(
        partnership=joint.partnership,
        status="established",
        established_at="2026-03-12T10:00Z",
        established_by=bo,
        frozen=content.of(joint),
        checksum="0" * 64,
        created_by=bo,
    )

    assert "stämmer inte med kontrollsumman" in go(bo, f"/lagesbilder/{picture.pk}/").content.decode()


def test_an_intact_content_is_not_complained_of(go, bo, established):
    assert "stämmer inte" not in go(bo, f"/lagesbilder/{established.pk}/").content.decode()


def test_the_same_content_gives_the_same_checksum(joint, bo):
    first = content.of(joint)
    actions.mark_ready(joint, by=bo)

    assert content.of(Picture.objects.get(pk=joint.pk)) == first


def test_a_draft_has_no_checksum_to_complain_of(go, bo, joint):
    assert "stämmer inte" not in go(bo, f"/lagesbilder/{joint.pk}/").content.decode()
