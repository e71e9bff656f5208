"""Ordering an agreement for signing or an action plan as PDF: in the same queue, only by who may read the thing."""

import pytest

from agreements import actions as agreement_actions
from agreements import plan_content
from agreements.models import ActionPlan
from lib import canonical
from reports import actions, documents
from reports.models import Report
from tests import factories
from tests.agreements.conftest import draft, measure, problem, proposed, sign, signed  # noqa: F401  fixtures
from tests.reports.conftest import DAY

PARTIES = Report.Audience.PARTIES


@pytest.fixture
def plan(cycle, measure):  # noqa: F811
    made = factories.ActionPlanFactory(cycle=cycle, title="Åtgärdsplan 2026")
    made.measures.add(measure)
    type(measure).objects.filter(pk=measure.pk).update(without_cause_reason="Kommunens eget uppdrag.")
    return made


@pytest.fixture
def adopted(plan, partnership, bo):
    group = factories.GroupFactory(partnership=partnership)
    read = canonical.checksum(plan_content.of(plan))
    agreement_actions.adopt_plan(plan, by=bo, read=read, adopted_on=DAY, reference="§ 7", group=group)
    plan.refresh_from_db()
    return plan


@pytest.fixture
def statutory(cycle, lycksele):
    return factories.ActionPlanFactory(cycle=cycle, kind="statutory", municipality=lycksele)


def html(subject, by, audience=PARTIES):
    report, _ = actions.order_document(subject, by=by, day=DAY, audience=audience)
    return documents.html(report)


def address(subject):
    return f"/lagesrapporter/{'atgardsplan' if isinstance(subject, ActionPlan) else 'overenskommelse'}/{subject.pk}/"


@pytest.mark.parametrize("what", ["draft", "plan"])
def test_the_page_leads_there_and_a_worker_is_woken(
    request, client, hans, what, woken, django_capture_on_commit_callbacks
):
    subject = request.getfixturevalue(what)
    client.force_login(hans)
    assert f'href="{address(subject)}"' in client.get(subject.get_absolute_url()).text

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(address(subject))

    report = Report.objects.get()
    assert (report.subject, report.status, report.title) == (subject, "queued", subject.title)
    assert response.url == f"/lagesrapporter/{report.pk}/"
    assert woken == [report.pk]
    assert client.get(response.url).status_code == 200
    assert client.get(f"{response.url}forhandsvisning/").status_code == 200


@pytest.mark.parametrize("person", ["eva", "fia", "greta", "lisa", "ove"])
@pytest.mark.parametrize("what", ["draft", "proposed", "plan"])
def test_nobody_orders_what_they_may_not_read(request, client, cast, what, person):
    client.force_login(cast[person])

    assert client.post(address(request.getfixturevalue(what))).status_code == 404
    assert not Report.objects.exists()


def test_a_document_of_the_draft_never_reaches_overseers(client, fia, draft, bo, cecilia, david, sign):  # noqa: F811
    report, _ = actions.order_document(draft, by=bo, day=DAY, audience=PARTIES)
    agreement_actions.propose(draft, by=bo)
    draft.refresh_from_db()
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")
    client.force_login(fia)

    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(f"/lagesrapporter/{report.pk}/").status_code == 404


def test_an_overseer_orders_a_signed_one_without_names(client, fia, signed):  # noqa: F811
    client.force_login(fia)

    response = client.post(address(signed))

    page = client.get(f"{response.url}forhandsvisning/").text
    assert Report.objects.get().audience == "released"
    assert "Namnet visas för parterna" in page
    assert "Person Påhittad" not in page


def test_a_draft_is_marked_and_has_no_checksum(draft, bo):  # noqa: F811
    page = html(draft, bo)

    assert 'data-mark="UTKAST"' in page
    assert 'data-sum="Utan kontrollsumma"' in page


def test_what_is_out_for_signing_has_a_field_for_each_party(proposed, david, sign, bo):  # noqa: F811
    sign(proposed, david, "police")

    page = html(proposed, bo)

    assert f'data-sum="Textens kontrollsumma {proposed.checksum}"' in page
    assert 'data-mark=""' in page
    assert page.count('class="signing"') == 2
    assert page.count("Namnförtydligande") == 1
    assert "Person Påhittad" in page


def test_undertakings_adaptations_and_annexes_stand_in_it(draft, police, bo):  # noqa: F811
    factories.UndertakingFactory(agreement=draft, party=police, text="Går patruller.", hours_per_month=40)
    factories.AdaptationFactory(agreement=draft, section="follow_up", text="Varje tertial.", reason="Vår budget.")
    kept = factories.AttachmentFactory(name="karta.pdf", sha256="f" * 64)
    draft.files.create(attachment=kept, title="Karta", created_by=bo)

    page = html(draft, bo)

    for words in ("Går patruller.", "40 timmar per månad", "Varje tertial.", "Vår budget.", "Karta", "f" * 64):
        assert words in page


def test_a_local_part_holds_the_common_text_that_it_rests_on(signed, lycksele, bo):  # noqa: F811
    (part,) = agreement_actions.add_local_parts(signed, [lycksele], by=bo)
    factories.AdaptationFactory(agreement=part, section="areas", text="Bara centrum.", created_by=bo)
    agreement_actions.propose(part, by=bo)

    document = html(part, bo)

    assert "Ur Överenskommelse 2026–2029." in document
    assert f"Den gemensamma textens kontrollsumma: {signed.checksum}" in document
    assert document.count("Minska otryggheten.") == 1
    assert document.count("Gäller med den anpassning som står nedan.") == 1
    assert document.index("Minska otryggheten.") < document.index("Bara centrum.")


def test_the_goals_of_the_text_stand_in_it_with_their_measures(draft, problem, police, bo):  # noqa: F811
    factories.GoalFactory(problem=problem, responsible=police, agreement=draft)

    document = html(draft, bo)

    assert "Anmälda våldsbrott på torget ska minska." in document
    assert "40 → 30 anmälda brott per år senast 31 december 2027" in document


def test_a_plan_draft_is_marked(plan, bo):
    assert 'data-mark="UTKAST"' in html(plan, bo)


def test_an_adopted_plan_is_what_was_adopted_with_today_beside_it(adopted, bo, measure):  # noqa: F811
    type(measure).objects.filter(pk=measure.pk).update(title="Något annat", status="ongoing")

    page = html(adopted, bo)

    assert "Något annat" not in page
    assert "Pågår" in page
    assert "20 november 2026, § 7" in page
    assert adopted.checksum in page


def test_a_municipality_s_own_draft_stays_with_it_and_the_police(client, anna, bo, eva, organisations, statutory):
    client.force_login(anna)
    where = client.post(address(statutory)).url
    factories.PartyFactory(partnership=statutory.partnership, organisation=organisations["landskrona"])
    client.force_login(bo)
    assert client.get(where).status_code == 200
    client.force_login(eva)
    assert client.get(where).status_code == 404

    picture = factories.PictureFactory(partnership=statutory.partnership)
    decided = {"adopted_on": DAY, "body": "Kommunstyrelsen", "picture": picture, "checksum": "e" * 64}
    frozen = plan_content.of(statutory)
    ActionPlan.objects.filter(pk=statutory.pk).update(status="adopted", frozen=frozen, **decided)

    assert client.get(statutory.get_absolute_url()).status_code == 200
    assert client.get(where).status_code == 404  # that was of the draft
    client.post(address(statutory))
    assert Report.objects.latest("pk").audience == "parties"


@pytest.mark.parametrize("what", ["draft", "plan"])
def test_three_clicks_are_one_document(request, client, bo, what, woken, django_capture_on_commit_callbacks):
    subject = request.getfixturevalue(what)
    client.force_login(bo)

    with django_capture_on_commit_callbacks(execute=True):
        responses = [client.post(address(subject)) for _ in range(3)]

    assert len({response.url for response in responses}) == 1
    assert len(woken) == 1


@pytest.mark.parametrize("what", ["proposed", "adopted"])
def test_made_again_it_is_the_same_byte_for_byte(request, bo, hans, what):
    subject = request.getfixturevalue(what)
    reports = [actions.order_document(subject, by=by, day=DAY, audience=PARTIES)[0] for by in (bo, hans)]
    Report.objects.update(content=reports[0].content)

    for report in reports:
        assert actions.make(report.pk)
        report.refresh_from_db()

    assert reports[0].checksum == reports[1].checksum != ""


def test_the_file_has_a_name_that_says_what_it_is(client, hans, plan, bo):
    report, _ = actions.order_document(plan, by=bo, day=DAY, audience=PARTIES)
    actions.make(report.pk)
    client.force_login(hans)

    response = client.get(f"/lagesrapporter/{report.pk}/pdf/")

    assert f'filename="atgardsplan-{plan.pk}-samverkan-{plan.partnership_id}-1.pdf"' in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"%PDF")
