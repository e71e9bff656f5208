"""Who opens the PDF of a lägesbild: exactly those who may read the picture, as far as what was frozen reaches."""

import importlib

import pytest
from django.apps import apps

from reports import actions
from reports.models import Report
from tests import factories
from tests.reports.pictures import DAY, establish, release, share

EVERYBODY = ["anna", "bo", "cecilia", "david", "hans", "eva", "fia", "greta", "lisa", "ove"]
POLICE = {"bo", "david"}
PARTIES = {"anna", "bo", "cecilia", "david", "hans"}
OVERSEERS = {"fia", "greta", "ove"}  # the administrator reads what they read


@pytest.fixture
def own(partnership, cycle, police):
    return factories.PictureFactory(partnership=partnership, cycle=cycle, kind="own_police", owner=police)


@pytest.fixture
def joint(partnership, cycle):
    return factories.PictureFactory(partnership=partnership, cycle=cycle)


@pytest.fixture
def readers(client, cast):
    """Those of the cast who find the report behind each of its doors; the doors must agree."""

    def find(report):
        found = []
        for door in ("", "framsteg/", "forhandsvisning/"):
            found.append(set())
            for person in EVERYBODY:
                client.force_login(cast[person])
                if client.get(f"/lagesrapporter/{report.pk}/{door}").status_code == 200:
                    found[-1].add(person)
        assert found[0] == found[1] == found[2]
        return found[0]

    return find


def order(picture, by, audience):
    return actions.order_picture(picture, by=by, day=DAY, audience=Report.Audience(audience))[0]


def test_of_a_joint_draft_the_parties(readers, joint, bo):
    assert readers(order(joint, bo, "parties")) == PARTIES


def test_of_an_own_draft_only_the_own_party(readers, own, bo):
    assert readers(order(own, bo, "owner")) == POLICE


def test_what_was_made_before_the_sharing_is_not_widened_by_it(readers, own, bo):
    before = order(own, bo, "owner")
    share(own, bo)

    assert readers(before) == POLICE
    assert readers(order(own, bo, "parties")) == PARTIES


def test_what_was_made_before_the_release_is_not_widened_by_it(readers, joint, bo):
    before = order(joint, bo, "parties")
    establish(joint, bo)
    established = order(joint, bo, "parties")
    release(joint, bo)

    assert readers(before) == readers(established) == PARTIES
    assert readers(order(joint, bo, "released")) == PARTIES | OVERSEERS


def test_an_own_picture_released_but_not_shared_is_the_party_s_and_the_overseers(readers, own, bo):
    establish(own, bo)
    release(own, bo)

    assert readers(order(own, bo, "released")) == POLICE | OVERSEERS


def test_who_becomes_a_party_later_opens_what_is_for_the_parties(client, eva, joint, bo, partnership, organisations):
    report = order(joint, bo, "parties")
    factories.PartyFactory(partnership=partnership, organisation=organisations["landskrona"])
    client.force_login(eva)

    assert client.get(f"/lagesrapporter/{report.pk}/").status_code == 200


@pytest.mark.parametrize("page", ["", "?q=S%C3%B6dra+Lappland", "{pk}/change/", "{pk}/history/"])
def test_the_operator_does_not_see_what_a_picture_is_called(client, ove, partnership, cycle, police, bo, page):
    own = factories.PictureFactory(
        partnership=partnership, cycle=cycle, kind="own_police", owner=police, title="Spaningar i maj"
    )
    report = order(own, bo, "owner")
    client.force_login(ove)

    response = client.get(f"/admin/reports/report/{page.format(pk=report.pk)}")

    assert response.status_code == 200
    assert "Spaningar" not in response.text


def test_the_operator_does_not_guess_a_title_by_searching(client, ove, partnership, cycle, police, bo):
    own = factories.PictureFactory(
        partnership=partnership, cycle=cycle, kind="own_police", owner=police, title="Spaningar i maj"
    )
    order(own, bo, "owner")
    client.force_login(ove)

    counts = [
        client.get("/admin/reports/report/", {"q": typed}).context["cl"].result_count
        for typed in ("Spaningar", partnership.name)
    ]
    assert counts == [0, 1]


def test_the_earlier_version_is_refused_while_it_would_show_pictures_to_more(own, bo):
    order(own, bo, "owner")
    migration = importlib.import_module("reports.migrations.0002_order_pictures")

    with pytest.raises(RuntimeError, match="There are 1 PDFs of lägesbilder"):
        migration.back_to_their_places(apps, None)


def test_the_file_itself_is_behind_the_same_door(client, cast, own, bo):
    report = order(own, bo, "owner")
    actions.make(report.pk)

    client.force_login(bo)
    response = client.get(f"/lagesrapporter/{report.pk}/pdf/")
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    for person in ("anna", "fia"):
        client.force_login(cast[person])
        assert client.get(f"/lagesrapporter/{report.pk}/pdf/").status_code == 404


def test_the_list_shows_what_may_be_opened(client, cast, own, bo):
    order(own, bo, "owner")

    for person, count in (("bo", 1), ("anna", 0), ("fia", 0)):
        client.force_login(cast[person])
        assert len(client.get("/lagesrapporter/").context["page"].object_list) == count


def test_an_overseer_does_not_see_who_ordered_it(client, fia, anna, joint, bo):
    establish(joint, bo)
    release(joint, bo)
    report = order(joint, bo, "released")
    texts = []
    for person in (fia, anna):
        client.force_login(person)
        texts.append(client.get(f"/lagesrapporter/{report.pk}/").text)

    assert [bo.name in text for text in texts] == [False, True]
