"""Who sees what, before and after the three separate acts: sharing, establishing, releasing."""

import pytest

from journal.models import Event
from journal.steps import NotAllowed
from situation import actions
from situation.models import Picture, Problem
from tests.approving import establish

EVERYBODY = ["anna", "bo", "cecilia", "david", "eva", "fia", "greta", "hans", "lisa", "ove"]
POLICE = {"bo", "david"}
MEMBERS = POLICE | {"anna", "cecilia", "hans"}
OVERSEERS = {"fia", "greta", "ove"}


def readers(cast, picture):
    return {who for who in EVERYBODY if Picture.objects.visible_to(cast[who]).filter(pk=picture.pk).exists()}


def test_an_own_draft_is_seen_by_its_party_only(cast, own_police):
    assert readers(cast, own_police) == POLICE


def test_an_own_picture_that_is_ready_or_established_is_still_its_partys_only(cast, own_police, bo):
    actions.mark_ready(own_police, by=bo)
    establish(own_police, bo)

    assert readers(cast, own_police) == POLICE


def test_a_shared_one_is_seen_by_all_parties_and_nobody_else(cast, shared):
    assert readers(cast, shared) == MEMBERS


def test_a_joint_draft_is_seen_by_all_parties(cast, joint):
    assert readers(cast, joint) == MEMBERS


def test_establishing_shows_it_to_nobody_new(cast, established):
    assert readers(cast, established) == MEMBERS


def test_releasing_shows_it_to_county_board_and_bra(cast, released):
    assert readers(cast, released) == MEMBERS | OVERSEERS


def test_another_countys_board_sees_nothing_of_it(released, organisations, greta):
    county = organisations["landskrona"].municipality.county
    organisation = greta.memberships.get().organisation
    organisation.county = county
    organisation.save(update_fields=["county"])

    assert not Picture.objects.visible_to(type(greta).objects.get(pk=greta.pk)).exists()


def test_a_person_whose_role_has_ended_sees_nothing(joint, bo, day):
    bo.memberships.update(ends="2020-02-01")

    assert not Picture.objects.visible_to(type(bo).objects.get(pk=bo.pk)).exists()


@pytest.mark.parametrize("path", ["", "andra/", "klar/", "faststall/", "dela/", "kallor/ny/", "iakttagelser/ny/"])
def test_another_partys_own_picture_is_not_found(go, anna, own_police, path):
    assert go(anna, f"/lagesbilder/{own_police.pk}/{path}").status_code == 404


def test_sharing_writes_the_recipients_in_the_book(shared):
    event = Event.objects.about(shared).first()

    assert (event.verb, event.note) == ("share", "Till: Lycksele kommun")
    assert shared.shared_by


def test_what_has_been_handed_over_is_not_opened_again(go, bo, shared):
    with pytest.raises(NotAllowed):
        actions.back_to_draft(shared, by=bo)

    assert "/oppna/" not in go(bo, f"/lagesbilder/{shared.pk}/").content.decode()


def test_the_other_party_never_reads_what_the_drafts_said(go, anna, bo, own_police, form):
    go(bo, f"/lagesbilder/{own_police.pk}/andra/", form(own_police, crime="Bara för oss."))
    own_police.refresh_from_db()
    go(bo, f"/lagesbilder/{own_police.pk}/andra/", form(own_police, crime="Det ni får läsa."))
    own_police.refresh_from_db()
    actions.mark_ready(own_police, by=bo)
    actions.share(own_police, by=bo)

    theirs = go(anna, f"/lagesbilder/{own_police.pk}/").content.decode()
    assert "Det ni får läsa." in theirs
    assert "Bara för oss." not in theirs
    assert "Bara för oss." in go(bo, f"/lagesbilder/{own_police.pk}/").content.decode()


def test_an_overseer_reads_the_frozen_text_and_no_names(go, fia, released):
    page = go(fia, f"/lagesbilder/{released.pk}/").content.decode()

    assert "Läget i korthet." in page
    assert "Bo Berg" not in page
    assert "Historik" not in page
    assert "/problem/" not in page


def test_problems_of_an_own_picture_follow_it(cast, own_police, bo):
    problem = own_police.problems.get()
    before = {who for who in EVERYBODY if Problem.objects.visible_to(cast[who]).exists()}
    actions.mark_ready(own_police, by=bo)
    actions.share(own_police, by=bo)
    after = {who for who in EVERYBODY if Problem.objects.visible_to(cast[who]).exists()}

    assert (before, after) == (POLICE, MEMBERS)
    assert list(Problem.objects.common()) == [problem]


def test_overseers_never_see_problems(cast, problem):
    assert not any(Problem.objects.visible_to(cast[who]).exists() for who in OVERSEERS)


def test_the_list_tells_an_own_picture_to_nobody_else(go, anna, bo, own_police, partnership):
    address = f"/lagesbilder/?samverkan={partnership.pk}"

    assert "Polisens lägesbild" in go(bo, address).content.decode()
    assert "Polisens lägesbild" not in go(anna, address).content.decode()


def test_releasing_demands_an_established_version(bo, ready):
    with pytest.raises(NotAllowed):
        actions.release(ready, by=bo)
