"""A joint agreement: common text, local parts, who joins and leaves; counted once, and each municipality once."""

import datetime as dt

import pytest

from agreements import actions
from agreements.actions.agreements import COMMON_FIRST
from agreements.models import Adherence, Agreement
from agreements.queries import agreements_of, bound_parties, local_parts, municipalities_of, of_place, that_counts
from five_steps.evidence import collect
from five_steps.facts import gather
from five_steps.proof import Strength
from overview.nation import statuses
from tests import factories
from tests.agreements.joint import NAMES, adherence, put_in_force

D = dt.date


def line(cycle, day):
    """What proves that the agreement is signed by all."""
    return collect(gather([cycle], day)[cycle.pk])["S3.5"]


def test_local_parts_are_made_for_all_at_once_and_not_twice(go, bo, common, six):
    chosen = {"municipalities": [party.organisation.municipality_id for party in six]}

    go(bo, f"/overenskommelser/{common.pk}/lokala-delar/", chosen)
    actions.add_local_parts(common, [party.organisation.municipality for party in six], by=bo)

    made = local_parts(common)
    assert sorted(str(part.municipality) for part in made) == sorted(["Lycksele", *NAMES])
    assert {part.parties.count() for part in made} == {2}
    assert {(part.kind, part.parent_id, part.status) for part in made} == {("local", common.pk, "draft")}


def test_one_municipality_may_have_its_part_first(go, bo, common, six):
    place = six[0].organisation.municipality

    go(bo, f"/overenskommelser/{common.pk}/lokala-delar/", {"municipalities": [place.pk]})

    assert [part.municipality for part in local_parts(common)] == [place]
    page = go(bo, f"/overenskommelser/{common.pk}/").content.decode()
    assert "Saknar lokal del: Dorotea" in page


def test_the_local_part_shows_the_common_text_and_does_not_change_it(go, bo, common, six):
    (part,) = actions.add_local_parts(common, [six[0].organisation.municipality], by=bo)

    page = go(bo, f"/overenskommelser/{part.pk}/").content.decode()

    assert "Gemensam text" in page
    assert "Varje halvår." in page
    assert "Den kan inte ändras här." in page


def test_an_adaptation_stands_beside_the_common_section_with_its_reason(go, bo, common, six):
    (part,) = actions.add_local_parts(common, [six[0].organisation.municipality], by=bo)
    url = f"/overenskommelser/{part.pk}/anpassning/uppfoljning/"
    go(bo, url, {"text": "Varje tertial.", "reason": "Så går vår budgetprocess."})

    page = go(bo, f"/overenskommelser/{part.pk}/").content.decode()
    assert "Varje halvår." in page
    assert "Varje tertial." in page
    assert "Så går vår budgetprocess." in page
    common.refresh_from_db()
    assert common.follow_up == "Varje halvår."


def test_an_adaptation_needs_a_reason_and_is_frozen_with_the_part(go, bo, common, six):
    (part,) = actions.add_local_parts(common, [six[0].organisation.municipality], by=bo)
    url = f"/overenskommelser/{part.pk}/anpassning/uppfoljning/"

    go(bo, url, {"text": "Varje tertial.", "reason": ""})
    assert not part.adaptations.exists()
    go(bo, url, {"text": "Varje tertial.", "reason": "Budgeten."})
    put_in_force(part, bo, list(part.parties.all()))

    assert part.frozen["adaptations"][0]["reason"] == "Budgeten."
    assert part.frozen["parent"]["checksum"] == common.checksum
    go(bo, url, {"text": "Varje vecka.", "reason": "Nytt."})
    assert part.adaptations.get().text == "Varje tertial."


def test_a_local_part_waits_for_the_common_signatures(partnership, cycle, police, six, bo):
    draft = factories.AgreementFactory(partnership=partnership, purpose="S", areas="O", created_by=bo)
    draft.parties.set([police, *six])
    (part,) = actions.add_local_parts(draft, [six[0].organisation.municipality], by=bo)

    with pytest.raises(Exception, match=COMMON_FIRST):
        actions.propose(part, by=bo)


def test_no_local_parts_under_a_municipalitys_own(go, bo, common, six, lycksele):
    own = factories.AgreementFactory(partnership=common.partnership, municipality=lycksele, created_by=bo)

    assert go(bo, f"/overenskommelser/{own.pk}/lokala-delar/").status_code == 403


def test_a_municipality_joins_and_is_bound_from_its_day(go, cast, common, neighbour, six, police, day):
    landskrona = neighbour.organisation.municipality_id
    before, after = D(2026, 5, 31), D(2026, 6, 1)

    go(cast["eva"], f"/overenskommelser/{common.pk}/anslut/", adherence(common, neighbour, after))

    assert Adherence.objects.get().checksum == common.checksum
    assert landskrona not in municipalities_of([common], before)[common.pk]
    assert landskrona in municipalities_of([common], after)[common.pk]
    assert bound_parties([common], after)[common.pk] == {police.pk, neighbour.pk, *(party.pk for party in six)}
    assert common in agreements_of(common.partnership, neighbour.organisation.municipality, after)
    assert common not in agreements_of(common.partnership, neighbour.organisation.municipality, before)


def test_a_municipality_leaves_after_its_last_day_and_the_others_go_on(go, anna, common, six, lycksele):
    last = D(2026, 9, 30)

    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], last))

    assert lycksele.pk in municipalities_of([common], last)[common.pk]
    bound = municipalities_of([common], last + dt.timedelta(days=1))[common.pk]
    assert lycksele.pk not in bound
    assert len(bound) == 5
    common.refresh_from_db()
    assert common.status == "signed"
    assert "utträdd, sista dag 30 september 2026" in go(anna, f"/overenskommelser/{common.pk}/").content.decode()


def test_who_left_may_join_again(go, anna, common, six, lycksele):
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 3, 31)))
    go(anna, f"/overenskommelser/{common.pk}/anslut/", adherence(common, six[0], D(2026, 8, 1)))

    days = (D(2026, 3, 31), D(2026, 4, 1), D(2026, 7, 31), D(2026, 8, 1))
    assert [lycksele.pk in municipalities_of([common], one)[common.pk] for one in days] == [True, False, False, True]


def test_the_last_of_a_side_terminates_instead(go, bo, common, police):
    page = go(bo, f"/overenskommelser/{common.pk}/lamna/", adherence(common, police, D(2026, 9, 30))).content.decode()

    assert "Säg upp överenskommelsen i stället." in page
    assert not Adherence.objects.exists()


def test_nobody_joins_another_text_than_was_read_or_for_another(go, eva, anna, common, neighbour):
    other = adherence(common, neighbour, D(2026, 6, 1), checksum="f" * 64)
    assert "inte längre den du läste" in go(eva, f"/overenskommelser/{common.pk}/anslut/", other).content.decode()

    answer = go(anna, f"/overenskommelser/{common.pk}/anslut/", adherence(common, neighbour, D(2026, 6, 1)))
    assert "party" in answer.context["form"].errors
    assert not Adherence.objects.exists()


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("fia", 403), ("greta", 403), ("lisa", 404)])
@pytest.mark.parametrize("verb", ["anslut", "lamna"])
def test_others_register_no_act(go, cast, common, six, who, code, verb):
    url = f"/overenskommelser/{common.pk}/{verb}/"
    assert go(cast[who], url, adherence(common, six[0], D(2026, 6, 1))).status_code == code


def test_a_joint_agreement_with_six_local_parts_is_one_in_the_list(go, bo, common, parts):
    page = go(bo, f"/overenskommelser/?samverkan={common.partnership_id}")

    assert len(parts) == 6
    assert page.context["page"].paginator.count == 1
    assert [len(row[-1]) for row in page.context["rows"]] == [6]


def test_it_stands_once_for_the_whole_and_once_for_each_municipality(common, parts, six, day):
    found = list(agreements_of(common.partnership))

    assert len(found) == 7
    assert of_place(found, None) == [common]
    assert that_counts(of_place(found, None), day) == common
    for party, part in zip(six, sorted(parts, key=lambda one: one.municipality_id), strict=True):
        place = party.organisation.municipality
        seen = agreements_of(common.partnership, place)
        assert set(seen) == {common, next(one for one in parts if one.municipality_id == place.pk)}
        assert that_counts(seen, day).municipality_id == place.pk, part


def test_each_municipality_is_counted_once_in_the_nation(cast, common, parts, day):
    found = statuses(cast["fia"], day)

    assert len(found) == 6
    assert {status.validity for status in found.values()} == {"in_force"}


def test_who_has_left_is_not_covered_in_the_nation(cast, common, six, anna, day):
    Adherence.objects.create(
        agreement=common, party=six[0], kind="left", day=D(2026, 3, 31), reason="Beslut.", function="KSO", name="P",
        checksum=common.checksum, created_by=anna,
    )  # fmt: skip

    found = statuses(cast["fia"], day)

    covered = [pk for pk, status in found.items() if status.validity == "in_force"]
    assert (len(found), len(covered)) == (6, 5)
    assert six[0].organisation.municipality_id not in covered


def test_the_expiry_of_all_seven_is_one_thing_to_do(go, cast, bo, partnership, cycle, police, six, day):
    ends = day + dt.timedelta(days=40)
    common = factories.AgreementFactory(
        partnership=partnership, purpose="S", areas="O", starts=D(2023, 1, 1), ends=ends, created_by=bo
    )
    common.parties.set([police, *six])
    put_in_force(common, bo, [police, *six])
    for part in actions.add_local_parts(common, [party.organisation.municipality for party in six], by=bo):
        put_in_force(part, bo, list(part.parties.all()))

    page = go(bo, "/").content.decode()

    assert page.count("Inom 3 månader") == 1


def test_step_line_is_proven_when_all_parties_are_bound_and_lacking_parts_are_told(common, six, cycle, bo, day):
    proven = line(cycle, day)
    assert (proven.strength, proven.summary) == (Strength.PROVEN, "Undertecknad av 7 av 7 parter.")

    (part,) = actions.add_local_parts(common, [six[0].organisation.municipality], by=bo)
    put_in_force(part, bo, list(part.parties.all()))

    told = line(cycle, day)
    assert told.strength == Strength.PROVEN
    assert "Undertecknad lokal del saknas för Dorotea kommun, Sorsele kommun" in told.summary
    assert "Lycksele kommun" not in told.summary


def test_step_line_is_not_proven_while_a_party_is_not_bound(common, neighbour, cycle, eva, day):
    lacking = line(cycle, day)
    assert lacking.strength == Strength.PARTIAL
    assert "Binder inte Landskrona stad." in lacking.missing

    Adherence.objects.create(
        agreement=common, party=neighbour, kind="joined", day=D(2026, 6, 1), reason="Beslut.", function="KSO", name="P",
        checksum=common.checksum, created_by=eva,
    )  # fmt: skip

    assert line(cycle, day).strength == Strength.PROVEN


def test_a_local_part_is_revised_onto_the_newest_common_text(common, parts, six, police, bo):
    newer = actions.revise(common, by=bo, reason="Nytt.", day=D(2026, 6, 1))
    put_in_force(newer, bo, [police, *six])

    part = actions.revise(parts[0], by=bo, reason="Följer den gemensamma.", day=D(2026, 7, 1))

    assert part.parent == newer
    assert len(local_parts(newer)) == 7  # six that hold, and the draft that will replace one of them
    assert Agreement.objects.get(pk=parts[0].pk).parent == common
