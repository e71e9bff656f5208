"""Ordering a lägesbild as PDF: from the picture's page, in the same queue, for whom it may reach."""

import pytest

from reports import actions
from reports.models import Report
from tests import factories
from tests.reports.pictures import DAY, establish, release, share


@pytest.fixture
def joint(partnership, cycle):
    return factories.PictureFactory(partnership=partnership, cycle=cycle, title="Gemensam bild")


@pytest.fixture
def own(partnership, cycle, police):
    return factories.PictureFactory(partnership=partnership, cycle=cycle, kind="own_police", owner=police)


def address(picture):
    return f"/lagesrapporter/lagesbild/{picture.pk}/"


def test_the_picture_s_page_leads_there(client, hans, joint):
    client.force_login(hans)

    assert f'href="{address(joint)}"' in client.get(f"/lagesbilder/{joint.pk}/").text


def test_an_ordered_lagesbild_is_queued_and_a_worker_woken(
    client, hans, joint, woken, django_capture_on_commit_callbacks
):
    client.force_login(hans)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(joint))

    report = Report.objects.get()
    assert (report.kind, report.status, report.picture, report.title) == ("picture", "queued", joint, "Gemensam bild")
    assert response.url == f"/lagesrapporter/{report.pk}/"
    assert woken == [report.pk]


@pytest.mark.parametrize("person", ["eva", "fia", "greta", "lisa", "ove"])
def test_nobody_orders_what_they_may_not_read(client, cast, joint, person):
    client.force_login(cast[person])

    assert client.post(address(joint)).status_code == 404
    assert not Report.objects.exists()


def test_the_other_party_does_not_order_an_unshared_picture(client, anna, own):
    client.force_login(anna)

    assert client.post(address(own)).status_code == 404


def test_what_is_ordered_before_sharing_is_for_the_own_party(client, bo, own):
    client.force_login(bo)
    client.post(address(own))
    share(own, bo)
    client.post(address(own))

    assert [one.audience for one in Report.objects.order_by("number")] == ["owner", "parties"]


def test_members_choose_for_whom_when_the_picture_is_released(client, bo, joint):
    establish(joint, bo)
    release(joint, bo)
    client.force_login(bo)

    for audience in ("parties", "released"):
        client.post(address(joint), {"audience": audience})

    assert [one.audience for one in Report.objects.order_by("number")] == ["parties", "released"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({}, "Välj vilka som ska kunna öppna dokumentet."), ({"audience": "owner"}, "Välj ett av alternativen.")],
)
def test_an_odd_choice_gets_a_sentence(client, bo, joint, sent, sentence):
    establish(joint, bo)
    release(joint, bo)
    client.force_login(bo)

    response = client.post(address(joint), sent)

    assert sentence in response.text
    assert not Report.objects.exists()


def test_an_overseer_orders_a_released_picture_for_all_its_readers(client, fia, bo, joint):
    establish(joint, bo)
    release(joint, bo)
    client.force_login(fia)

    client.post(address(joint))

    assert Report.objects.get().audience == "released"


def test_three_clicks_are_one_document(client, bo, joint, woken, django_capture_on_commit_callbacks):
    client.force_login(bo)

    with django_capture_on_commit_callbacks(execute=True):
        responses = [client.post(address(joint)) for _ in range(3)]

    report = Report.objects.get()
    assert {response.url for response in responses} == {report.get_absolute_url()}
    assert "Det dokumentet är redan beställt. Här är det." in client.get(report.get_absolute_url()).text
    assert woken == [report.pk]


@pytest.mark.parametrize("what", ["settled", "person", "audience", "written"])
def test_what_is_not_the_same_order_is_another_document(client, bo, hans, joint, what):
    establish(joint, bo)
    release(joint, bo)
    client.force_login(bo)
    client.post(address(joint), {"audience": "parties"})

    if what == "settled":
        Report.objects.update(status="failed")
    if what == "person":
        client.force_login(hans)
    if what == "written":
        Report.objects.update(content_checksum="0" * 64)
    client.post(address(joint), {"audience": "released" if what == "audience" else "parties"})

    assert Report.objects.count() == 2


def test_the_page_says_who_opens_it_later_too(client, bo, joint):
    client.force_login(bo)

    page = client.get(address(joint)).text

    assert "Den som hör dit senare kan också öppna dokumentet, till exempel en ny part" in page
    assert "kan inte öppna ett dokument som är gjort innan dess" not in page


def test_numbers_run_per_picture_beside_those_of_the_reports(partnership, joint, own, bo, hans):
    actions.order(partnership, by=bo, day=DAY)
    made = [
        actions.order_picture(picture, by=by, day=DAY, audience=Report.Audience.PARTIES)
        for picture, by in ((joint, bo), (joint, hans), (own, bo))
    ]

    assert [(report.number, is_new) for report, is_new in made] == [(1, True), (2, True), (1, True)]
    assert actions.order(partnership, by=bo, day=DAY).number == 2


def test_a_made_lagesbild_is_a_file_and_made_again_the_same(joint, bo, hans, folder):
    reports = [
        actions.order_picture(joint, by=person, day=DAY, audience=Report.Audience.PARTIES)[0] for person in (bo, hans)
    ]
    Report.objects.update(content=reports[0].content)
    for report in reports:
        assert actions.make(report.pk)
        report.refresh_from_db()

    assert reports[0].checksum == reports[1].checksum != ""
    assert reports[0].pages > 2


def test_a_failed_lagesbild_is_tried_again_by_who_may_read_it(client, fia, bo, joint):
    establish(joint, bo)
    release(joint, bo)
    report, _ = actions.order_picture(joint, by=bo, day=DAY, audience=Report.Audience.RELEASED)
    Report.objects.update(status="failed", error="Rapporten kunde inte göras.", attempts=3)
    client.force_login(fia)

    client.post(f"/lagesrapporter/{report.pk}/igen/")

    report.refresh_from_db()
    assert report.status == "queued"
