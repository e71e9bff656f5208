"""Steps and acts of a picture: where each begins, who may, and what it demands."""

import datetime as dt

import pytest

from journal.models import Event
from journal.steps import NotAllowed, Refused
from lib import canonical
from lib.dates import today
from situation import actions, demands, rules
from situation.models import Picture
from tests.approving import approve, establish

ADDRESS = {
    "mark_ready": "klar",
    "back_to_draft": "oppna",
    "approve": "godkann",
    "establish": "faststall",
    "share": "dela",
    "release": "slapp",
    "leadership_read": "ledningen",
    "new_version": "ny-version",
}
COORDINATORS = {"anna", "bo"}
SIGNATORIES = {"cecilia", "david"}
# Who may take each step of a joint picture, written a second time.
JOINT = {
    "mark_ready": COORDINATORS,
    "back_to_draft": COORDINATORS,
    "approve": COORDINATORS | SIGNATORIES,
    "release": COORDINATORS | SIGNATORIES,
    "new_version": COORDINATORS,
}
# And of the police's own, shared one.
OWN = {
    "mark_ready": {"bo"},
    "back_to_draft": {"bo"},
    "establish": {"bo", "david"},
    "share": {"bo"},
    "release": {"bo", "david"},
    "leadership_read": {"bo", "david"},
    "new_version": {"bo"},
}
FROM = {
    "mark_ready": {"draft"},
    "back_to_draft": {"ready"},
    "establish": {"ready"},
    "share": {"ready", "established"},
    "release": {"established", "replaced"},
    "leadership_read": {"ready", "established"},
    "new_version": {"established"},
}


def bring(picture, status, by):
    """Take the picture all the way to the status."""
    if status != "draft":
        actions.mark_ready(picture, by=by)
    if status in ("established", "replaced"):
        establish(picture, by)
    if status == "replaced":
        newer = actions.new_version(picture, by=by)
        actions.mark_ready(_sourced(newer), by=by)
        establish(newer, by)
    picture.refresh_from_db()
    return picture


def _sourced(picture):
    assert picture.sources.count() == 1
    return picture


@pytest.mark.parametrize("status", Picture.Status.values)
def test_each_step_begins_where_the_table_says(own_police, bo, status):
    bring(own_police, status, bo)

    steps = {step.verb for step in [*rules.PICTURE_STEPS, *rules.PICTURE_ACTS] if rules.is_open(step, own_police)}

    assert steps == {verb for verb, statuses in FROM.items() if status in statuses}


@pytest.mark.parametrize("verb", OWN)
def test_a_step_from_elsewhere_is_refused_and_changes_nothing(own_police, bo, verb):
    wrong = next(status for status in ("draft", "replaced", "ready") if status not in FROM[verb])
    bring(own_police, wrong, bo)
    more = {"day": today(), "function": "LPO-chef"} if verb == "leadership_read" else {}
    before = Event.objects.count()

    if not (verb == "new_version" and wrong == "replaced"):
        with pytest.raises(NotAllowed):
            actions.PICTURE_ACTIONS[verb](own_police, by=bo, **more)
    own_police.refresh_from_db()
    assert own_police.status == wrong
    assert Event.objects.count() == before


@pytest.mark.parametrize("who", ["anna", "bo", "cecilia", "david", "hans", "fia", "greta", "eva", "lisa", "ove"])
def test_only_they_may_move_a_joint_one(cast, joint, who):
    may = {verb for verb in JOINT if rules.may(cast[who], STEP[verb], joint)}

    assert may == {verb for verb, people in JOINT.items() if who in people}


@pytest.mark.parametrize("who", ["anna", "bo", "cecilia", "david", "hans", "fia", "greta", "eva", "lisa", "ove"])
def test_only_the_owners_people_may_move_an_own_one(cast, shared, who):
    may = {verb for verb in OWN if rules.may(cast[who], STEP[verb], shared)}

    assert may == {verb for verb, people in OWN.items() if who in people}


@pytest.mark.parametrize("verb", OWN)
def test_the_door_asks_the_rule(go, anna, eva, shared, verb):
    address = f"/lagesbilder/{shared.pk}/{ADDRESS[verb]}/"

    assert go(anna, address, {}).status_code == 403
    assert go(eva, address, {}).status_code == 404


STEP = {step.verb: step for step in [*rules.PICTURE_STEPS, *rules.PICTURE_ACTS]}


def test_the_page_before_a_step_says_what_will_happen(go, bo, ready):
    page = go(bo, f"/lagesbilder/{ready.pk}/godkann/").content.decode()

    assert "kan aldrig ändras" in page
    assert "kontrollsumma" in page


def test_sharing_says_that_it_becomes_an_official_document(go, bo, own_police):
    actions.mark_ready(own_police, by=bo)

    assert "allmän handling" in go(bo, f"/lagesbilder/{own_police.pk}/dela/").content.decode()


@pytest.mark.parametrize(
    ("field", "word"), [("summary", "sammanfattning"), ("analysis", "analys"), ("sources", "minst en källa")]
)
def test_a_picture_is_not_ready_without_what_the_handbook_requires(go, bo, joint, field, word):
    if field == "sources":
        joint.sources.all().delete()
    else:
        Picture.objects.filter(pk=joint.pk).update(**{field: ""})

    answer = go(bo, f"/lagesbilder/{joint.pk}/klar/", {})

    joint.refresh_from_db()
    page = go(bo, answer.url).content.decode()
    assert joint.status == "draft"
    assert f"Det saknas: {word}." in page


def test_ready_and_back_by_pressing_buttons(go, bo, joint):
    go(bo, f"/lagesbilder/{joint.pk}/klar/", {})
    joint.refresh_from_db()
    assert joint.status == "ready"

    go(bo, f"/lagesbilder/{joint.pk}/oppna/", {})
    joint.refresh_from_db()
    assert joint.status == "draft"


def test_establishing_freezes_the_whole_content_with_its_checksum(go, david, established):
    frozen = established.frozen

    assert established.checksum == canonical.checksum(frozen)
    assert [source["name"] for source in frozen["sources"]] == ["NTU 2025"]
    assert [finding["text"] for finding in frozen["findings"]] == ["Fler undviker torget sena kvällar."]
    assert [problem["title"] for problem in frozen["problems"]] == ["Otrygghet i centrum"]
    assert frozen["established_on"] == today().isoformat()


def test_establishing_is_somebodys_act(established, bo):
    assert established.established_by == bo
    assert established.established_at
    assert Event.objects.about(established).first().verb == "establish"


def test_the_day_when_the_leadership_read_it_is_noted_and_may_be_corrected(go, david, shared):
    for day in ("2026-03-11", "2026-03-12"):
        go(david, f"/lagesbilder/{shared.pk}/ledningen/", {"day": day, "function": "Chefen för lokalpolisområdet"})

    shared.refresh_from_db()
    change = Event.objects.about(shared).first().changes["leadership_read_on"]
    assert shared.leadership_read_on == dt.date(2026, 3, 12)
    assert change["from"] == "11 mars 2026"
    assert "12 mars 2026, Chefen för lokalpolisområdet" in go(david, f"/lagesbilder/{shared.pk}/").content.decode()


def test_who_of_the_leadership_read_it_is_asked(go, david, shared):
    page = go(david, f"/lagesbilder/{shared.pk}/ledningen/", {"day": "2026-03-11", "function": ""})

    assert page.context["form"].errors["function"]
    shared.refresh_from_db()
    assert shared.leadership_read_on is None


REQUIRED = {
    "summary": "sammanfattning",
    "analysis": "analys",
    "prepared_by": "vilken funktion som har tagit fram den",
}


@pytest.mark.parametrize("field", REQUIRED)
def test_a_picture_that_lacks_a_required_text_is_not_ready(go, bo, own_police, field):
    Picture.objects.filter(pk=own_police.pk).update(**{field: ""})

    page = go(bo, f"/lagesbilder/{own_police.pk}/klar/", {})
    page = go(bo, page.url).content.decode()

    assert REQUIRED[field] in page
    assert Picture.objects.get(pk=own_police.pk).status == "draft"


@pytest.mark.parametrize(("part", "word"), [("sources", "minst en källa"), ("problems", "minst ett problem")])
def test_a_picture_without_a_source_or_a_problem_is_not_ready(bo, own_police, part, word):
    getattr(own_police, part).all().delete()

    with pytest.raises(Refused, match=word):
        actions.mark_ready(own_police, by=bo)


def test_a_joint_one_with_nothing_behind_it_is_not_ready_until_it_says_why(go, bo, joint):
    Picture.objects.filter(pk=joint.pk).update(made_without="")
    joint.refresh_from_db()

    assert demands.missing_for_ready(joint) == [demands.NO_SIDES]
    with pytest.raises(Refused):
        actions.mark_ready(joint, by=bo)
    Picture.objects.filter(pk=joint.pk).update(made_without="Den skrivs tillsammans varje vecka.")
    actions.mark_ready(joint, by=bo)
    assert "Den skrivs tillsammans varje vecka." in go(bo, f"/lagesbilder/{joint.pk}/").content.decode()


def test_nor_is_one_approved_that_was_ready_before_that_was_asked(anna, ready):
    Picture.objects.filter(pk=ready.pk).update(made_without="")

    with pytest.raises(Refused, match="säger inte varför"):
        approve(ready, anna)


def test_it_was_made_the_day_it_was_ready_unless_another_day_is_told(bo, own_police):
    Picture.objects.filter(pk=own_police.pk).update(prepared_on=None)

    actions.mark_ready(own_police, by=bo)

    assert own_police.prepared_on == today()


def test_the_leadership_cannot_have_read_it_tomorrow(go, david, shared):
    tomorrow = today() + dt.timedelta(days=1)

    answer = go(david, f"/lagesbilder/{shared.pk}/ledningen/", {"day": tomorrow.isoformat()})

    assert "ligger i framtiden" in answer.content.decode()


def test_an_old_page_is_told_that_the_step_is_taken(go, bo, david, own_police):
    actions.mark_ready(own_police, by=bo)
    go(david, f"/lagesbilder/{own_police.pk}/faststall/", {})

    answer = go(bo, f"/lagesbilder/{own_police.pk}/faststall/", {})

    assert "läget har ändrats sedan sidan öppnades" in go(bo, answer.url).content.decode()


def test_own_pictures_are_not_for_sharing_twice(bo, shared):
    with pytest.raises(NotAllowed):
        actions.share(shared, by=bo)


def test_a_joint_one_is_not_for_sharing(go, bo, ready):
    with pytest.raises(NotAllowed):
        actions.share(ready, by=bo)
