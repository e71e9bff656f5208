"""Sources with their limits, and findings tied to them, while the picture is a draft."""

import pytest

from journal.models import Event
from situation import actions
from tests import factories

SOURCE = {"kind": "staff_dialogue", "name": "Dialog med fältare", "uncertainty": "Bara kvällar.", "revision": ""}


def test_a_source_is_added_with_what_it_cannot_say(go, bo, joint):
    go(bo, f"/lagesbilder/{joint.pk}/kallor/ny/", SOURCE)

    source = joint.sources.get(kind="staff_dialogue")
    assert (source.uncertainty, source.created_by) == ("Bara kvällar.", bo)
    assert Event.objects.about(source).get().verb == "created"


def test_a_source_is_changed(go, anna, joint):
    source = joint.sources.get()

    go(anna, f"/lagesbilder/kallor/{source.pk}/andra/", SOURCE | {"revision": source.revision})

    source.refresh_from_db()
    assert source.name == "Dialog med fältare"


def test_the_second_to_change_a_source_is_told(go, anna, bo, joint):
    source = joint.sources.get()
    go(anna, f"/lagesbilder/kallor/{source.pk}/andra/", SOURCE | {"revision": 0})

    page = go(bo, f"/lagesbilder/kallor/{source.pk}/andra/", SOURCE | {"name": "Bos källa", "revision": 0})

    source.refresh_from_db()
    assert source.name == "Dialog med fältare"
    assert "Inget har skrivits över" in page.content.decode()


def test_a_finding_is_tied_to_sources_and_shown_with_their_numbers(go, bo, joint):
    source = joint.sources.get()

    go(bo, f"/lagesbilder/{joint.pk}/iakttagelser/ny/", {"text": "Fler undviker torget.", "sources": [source.pk]})

    assert list(joint.findings.get().sources.all()) == [source]
    assert "Källa 1" in go(bo, f"/lagesbilder/{joint.pk}/").content.decode()


def test_another_pictures_source_cannot_carry_a_finding(go, bo, joint, own_municipality):
    stranger = own_municipality.sources.get()

    answer = go(bo, f"/lagesbilder/{joint.pk}/iakttagelser/ny/", {"text": "Text.", "sources": [stranger.pk]})

    assert "sources" in answer.context["form"].errors
    assert not joint.findings.exists()


def test_what_is_removed_stands_in_the_book(go, bo, joint):
    factories.SourceFactory(picture=joint, name="Fel fil", created_by=bo)

    go(bo, f"/lagesbilder/kallor/{joint.sources.get(name='Fel fil').pk}/ta-bort/", {})

    assert [source.name for source in joint.sources.all()] == ["NTU 2025"]
    assert Event.objects.about(joint).first().changes["part"]["from"] == "Fel fil"


def test_a_page_left_open_while_the_picture_was_called_ready_loses_nothing(go, anna, bo, joint):
    actions.mark_ready(joint, by=anna)

    page = go(bo, f"/lagesbilder/{joint.pk}/kallor/ny/", SOURCE).content.decode()

    assert "är inte längre ett utkast" in page
    assert "Dialog med fältare" in page
    assert joint.sources.count() == 1


@pytest.mark.parametrize(("who", "code"), [("anna", 404), ("eva", 404), ("fia", 404), ("david", 403), ("bo", 200)])
def test_only_the_owners_coordinators_write(go, cast, own_police, who, code):
    source = own_police.sources.get()

    assert go(cast[who], f"/lagesbilder/kallor/{source.pk}/andra/").status_code == code
    assert go(cast[who], f"/lagesbilder/{own_police.pk}/iakttagelser/ny/").status_code == code


def test_a_part_is_removed_by_post_only(go, bo, joint):
    assert go(bo, f"/lagesbilder/kallor/{joint.sources.get().pk}/ta-bort/").status_code == 405
