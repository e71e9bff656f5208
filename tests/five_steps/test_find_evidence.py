"""What proves each line of the five steps, and how much is still lacking."""

import datetime as dt

import pytest
from django.utils import timezone

from citizen_promises.actions import close, give_feedback, settle
from five_steps.evidence import BY_HAND, FINDERS, collect
from five_steps.facts import gather
from five_steps.handbook import LINES
from five_steps.proof import Strength, seen_by
from tests import factories
from tests.five_steps.conftest import DAY
from tests.promising import approve

pytestmark = pytest.mark.django_db


def test_a_new_cycle_proves_nothing(cycle):
    found = collect(gather([cycle], DAY)[cycle.pk])

    assert {evidence.strength for evidence in found.values()} == {Strength.NONE}


def test_every_line_is_either_proven_by_a_room_or_by_hand():
    assert {code for code, line in LINES.items() if not line.by_hand} == set(FINDERS)


@pytest.mark.parametrize("code", [code for code, line in LINES.items() if line.by_hand])
def test_a_line_without_a_room_says_that_it_is_confirmed_by_hand(evidence, code):
    assert evidence(code) == BY_HAND


# --- Step 1


def test_the_organisation_is_proven_by_steering_group_and_both_functions(evidence, partnership, seat):
    factories.GroupFactory(partnership=partnership)
    seat("municipal_police")
    seat("coordinator")

    assert evidence("S1.3").strength == Strength.PROVEN
    assert evidence("S1.3").summary == "Styrgrupp finns, kommunpolis tillsatt, samordnare tillsatt."


def test_a_vacant_function_leaves_the_organisation_unproven(evidence, partnership, seat):
    factories.GroupFactory(partnership=partnership)
    seat("municipal_police")
    seat("coordinator", held=False)

    assert evidence("S1.3").strength == Strength.PARTIAL
    assert evidence("S1.3").missing == "Saknas: samordnare."


def test_somebody_who_has_left_does_not_hold_the_function(evidence, seat):
    made = seat("communication", held=False)
    factories.HoldingFactory(seat=made, ends=DAY - dt.timedelta(days=1))

    assert evidence("S1.4").strength == Strength.PARTIAL


def test_a_holder_of_the_communication_function_proves_the_line(evidence, seat):
    seat("communication")

    assert evidence("S1.4").strength == Strength.PROVEN


# --- Step 2


@pytest.mark.parametrize("status", ["ready", "established"])
def test_an_own_picture_that_is_ready_proves_the_partys_line(evidence, own_picture, police, bo, status):
    frozen = {"established_at": timezone.now(), "established_by": bo, "checksum": "c", "frozen": {}}
    own_picture(police, status=status, **(frozen if status == "established" else {}))

    assert evidence("S2.1P").strength == Strength.PROVEN
    assert evidence("S2.1K").strength == Strength.NONE


def test_a_draft_is_a_beginning(evidence, own_picture, municipality_party):
    picture = own_picture(municipality_party)

    assert evidence("S2.1K").strength == Strength.PARTIAL
    assert list(evidence("S2.1K").lacking) == [picture]


def test_every_municipality_needs_its_own_picture(evidence, own_picture, partnership, municipality_party):
    factories.PartyFactory(partnership=partnership)
    own_picture(municipality_party, status="ready")

    assert evidence("S2.1K").strength == Strength.PARTIAL
    assert evidence("S2.1K").summary == "1 av 2 kommuner har en klar egen lägesbild."


def test_a_new_version_under_way_takes_nothing_back(evidence, own_picture, police):
    first = own_picture(police, status="ready")
    own_picture(police, version=2, replaces=first)

    assert evidence("S2.1P").strength == Strength.PROVEN


def test_the_leadership_has_read_when_there_is_a_day(evidence, own_picture, police):
    picture = own_picture(police, status="ready")
    assert evidence("S2.3P").strength == Strength.NONE

    picture.leadership_read_on = DAY
    picture.save(update_fields=["leadership_read_on"])

    assert evidence("S2.3P").strength == Strength.PROVEN


def test_a_dialogue_with_the_staff_of_each_party_proves_the_line(
    evidence, own_picture, dialogue, police, municipality_party
):
    first = own_picture(police, status="ready")
    dialogue(first, "staff_dialogue")
    assert evidence("S2.2").strength == Strength.PARTIAL
    assert evidence("S2.2").summary == "1 av 2 parter har en medarbetardialog bakom en klar egen lägesbild."

    second = own_picture(municipality_party, status="ready")
    dialogue(second, "staff_dialogue")

    assert evidence("S2.2").strength == Strength.PROVEN
    assert set(evidence("S2.2").proof) == {first, second}


def test_a_dialogue_ticked_as_a_source_is_only_a_beginning(evidence, own_picture, dialogue, police, municipality_party):
    pictures = [own_picture(party, status="ready") for party in (police, municipality_party)]
    for picture in pictures:
        dialogue(picture, "staff_dialogue", carries=False)

    assert evidence("S2.2").strength == Strength.PARTIAL
    assert evidence("S2.2").missing == "Skriv vad dialogen gav som iakttagelse eller problem, och gör lägesbilden klar."
    assert (list(evidence("S2.2").proof), list(evidence("S2.2").lacking)) == ([], pictures)


def test_a_dialogue_in_a_draft_is_only_a_beginning(evidence, own_picture, dialogue, police, municipality_party):
    for party in (police, municipality_party):
        dialogue(own_picture(party), "staff_dialogue")

    assert evidence("S2.2").strength == Strength.PARTIAL
    assert list(evidence("S2.2").proof) == []


def test_a_dialogue_in_the_joint_picture_is_nobodys_own(evidence, cycle, dialogue):
    joint = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, status="ready")
    dialogue(joint, "staff_dialogue")

    assert evidence("S2.2").strength == Strength.NONE


# --- Step 3


def test_a_joint_picture_is_proven_when_it_is_ready_and_made_from_both(
    evidence, cycle, own_picture, police, municipality_party
):
    joint = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, status="ready")
    joint.own_pictures.set([own_picture(police), own_picture(municipality_party)])

    assert evidence("S3.1").strength == Strength.PROVEN


def test_a_joint_picture_of_nothing_is_only_a_beginning(evidence, cycle):
    factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, status="ready")

    assert evidence("S3.1").strength == Strength.PARTIAL
    assert evidence("S3.1").missing == "Koppla den till båda parternas egna lägesbilder."


def test_only_the_steering_groups_decision_proves_the_priorities(evidence, cycle, decided):
    chosen = factories.ProblemFactory(cycle=cycle, status="prioritised")
    aside = factories.ProblemFactory(cycle=cycle, status="watched", reason="Få drabbas.")
    assert evidence("S3.2").strength == Strength.PARTIAL
    assert evidence("S3.2").summary == "1 av 2 problem är prioriterade, utan styrgruppens beslut."
    assert evidence("S3.2").missing == "För in styrgruppens beslut."

    decided({chosen: "chosen", aside: "watched"})

    assert evidence("S3.2").strength == Strength.PROVEN
    assert evidence("S3.2").summary == "Styrgruppen prioriterade 1 av 2 problem den 20 mars 2026."


def test_a_problem_prioritised_beside_the_decision_is_lacking(evidence, cycle, decided):
    decided({factories.ProblemFactory(cycle=cycle, status="prioritised"): "chosen"})
    beside = factories.ProblemFactory(cycle=cycle, status="prioritised")

    assert evidence("S3.2").strength == Strength.PARTIAL
    assert evidence("S3.2").missing == "1 prioriterat problem saknar styrgruppens beslut."
    assert list(evidence("S3.2").lacking) == [beside]


def test_the_latest_decision_about_a_problem_holds(evidence, cycle, decided):
    first, second = (factories.ProblemFactory(cycle=cycle, status="prioritised") for _ in range(2))
    decided({first: "chosen", second: "chosen"})
    decided({second: "watched"}, day=dt.date(2026, 5, 4))

    assert evidence("S3.2").summary == "Styrgruppen prioriterade 1 av 2 problem, senast den 4 maj 2026."
    assert list(evidence("S3.2").lacking) == [second]


def test_a_weighing_under_way_is_where_one_goes_on(evidence, cycle):
    factories.ProblemFactory(cycle=cycle)
    weighing = factories.PrioritisationFactory(cycle=cycle)

    assert evidence("S3.2").strength == Strength.PARTIAL
    assert list(evidence("S3.2").lacking) == [weighing]


def test_another_cycles_decision_proves_nothing(evidence, cycle, decided):
    decided({factories.ProblemFactory(): "chosen"})
    factories.ProblemFactory(cycle=cycle, status="prioritised")

    assert evidence("S3.2").strength == Strength.PARTIAL


def test_a_decision_on_an_empty_matrix_is_lacking(evidence, cycle, decided):
    decided({factories.ProblemFactory(cycle=cycle, status="prioritised"): "chosen"}, judged="unknown")

    assert evidence("S3.2").strength == Strength.PARTIAL
    assert evidence("S3.2").missing == "1 problem är inte bedömt på någon grund i matrisen."


def test_the_decision_is_the_steering_groups(evidence, cycle, decided):
    problem = factories.ProblemFactory(cycle=cycle, status="prioritised")
    decided({problem: "chosen"}, body_name="Ett möte")

    assert evidence("S3.2").strength == Strength.PARTIAL
    assert evidence("S3.2").summary == "En annan instans än styrgruppen prioriterade 1 av 1 problem den 20 mars 2026."
    assert evidence("S3.2").missing == "1 beslut är infört utan att styrgruppen är vald som beslutsorgan."

    decided({problem: "chosen"}, day=dt.date(2026, 4, 1))

    assert evidence("S3.2").strength == Strength.PROVEN


def test_a_finding_from_a_dialogue_with_citizens_proves_the_line(evidence, cycle, dialogue):
    joint = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, status="ready")
    dialogue(joint)
    dialogue(joint, carries=False)

    assert evidence("S3.3").strength == Strength.PROVEN
    assert evidence("S3.3").summary == "1 medborgardialog är källa till iakttagelser eller problem."
    assert list(evidence("S3.3").proof) == [joint]


def test_a_problem_that_a_dialogue_showed_proves_the_line(evidence, cycle, dialogue):
    joint = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, status="ready")
    factories.ProblemFactory(cycle=cycle, picture=joint).sources.add(dialogue(joint, carries=False))

    assert evidence("S3.3").strength == Strength.PROVEN


def test_a_dialogue_without_a_result_is_a_beginning(evidence, cycle, dialogue):
    joint = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, status="ready")
    dialogue(joint, carries=False)

    assert evidence("S3.3").strength == Strength.PARTIAL
    assert evidence("S3.3").missing == "Skriv vad dialogen gav som iakttagelser eller problem i lägesbilden."


def test_a_result_in_a_draft_is_a_beginning(evidence, cycle, dialogue):
    joint = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle)
    dialogue(joint)

    assert evidence("S3.3").strength == Strength.PARTIAL
    assert (evidence("S3.3").missing, list(evidence("S3.3").lacking)) == ("Gör lägesbilden klar.", [joint])


def test_a_dialogue_in_a_picture_that_is_not_shared_proves_nothing(evidence, own_picture, dialogue, police):
    dialogue(own_picture(police, status="ready"))

    assert evidence("S3.3").strength == Strength.NONE


def test_problems_that_nobody_has_weighed_are_a_beginning(evidence, cycle):
    factories.ProblemFactory(cycle=cycle)

    assert evidence("S3.2").strength == Strength.PARTIAL


def test_a_signed_agreement_proves_the_line(evidence, cycle, police, municipality_party, bo):
    where = {"partnership": cycle.partnership, "cycle": cycle, "parties": [police, municipality_party]}
    agreement = factories.AgreementFactory(status="signed", signed_on=DAY, checksum="c", frozen={}, **where)
    for party in (police, municipality_party):
        agreement.signatures.create(party=party, function="Chef", name="N", checksum="c", registered_by=bo)

    assert evidence("S3.5").strength == Strength.PROVEN
    assert evidence("S3.5").summary == "Undertecknad av 2 av 2 parter."


def test_a_proposal_tells_how_many_have_signed(evidence, cycle, police, municipality_party, bo):
    where = {"partnership": cycle.partnership, "cycle": cycle, "parties": [police, municipality_party]}
    agreement = factories.AgreementFactory(status="proposed", checksum="c", frozen={}, **where)
    agreement.signatures.create(party=police, function="Chef", name="N", checksum="c", registered_by=bo)

    assert evidence("S3.5").strength == Strength.PARTIAL
    assert evidence("S3.5").summary == "1 av 2 parter har undertecknat."


def test_an_agreement_of_another_cycle_proves_nothing(evidence, cycle):
    factories.AgreementFactory(partnership=cycle.partnership, status="signed", signed_on=DAY, checksum="c", frozen={})

    assert evidence("S3.5").strength == Strength.NONE


# --- Step 4


def test_approved_promises_prove_that_they_are_drafted_and_signatures_are_told(evidence, promise, bo, police):
    document = promise(published=False).document
    approve(document, by=bo)
    assert evidence("S4.5a").strength == Strength.PROVEN
    assert evidence("S4.5a").summary == "Löftena är godkända av dem som lovar."
    document.signatures.create(party=police, function="Chef", name="D", checksum=document.checksum, registered_by=bo)

    assert evidence("S4.5a").summary == "Löftena är godkända av dem som lovar. 1 underskrift."
    assert evidence("S4.5b").strength == Strength.NONE


def test_promises_are_known_when_published_and_told_in_both_organisations(evidence, promise, bo):
    document = promise().document
    assert evidence("S4.5b").strength == Strength.PARTIAL
    document.channels.create(kind="police_staff", created_by=bo)
    assert evidence("S4.5b").missing == "Registrera hur löftena har gjorts kända internt, hos både polis och kommun."
    document.channels.create(kind="municipal_staff", created_by=bo)

    assert evidence("S4.5b").strength == Strength.PROVEN
    assert evidence("S4.5b").summary == "Löftena är publicerade och kända i båda organisationerna."


def test_closed_promises_still_prove_their_lines(evidence, promise, bo):
    made = promise()
    settle(made, by=bo, status="kept")
    give_feedback(made, by=bo, text="Det blev av.", day=DAY)
    close(made.document, by=bo)

    assert [evidence(code).strength for code in ("S4.5a", "S5.5")] == [Strength.PROVEN, Strength.PROVEN]


def test_draft_promises_are_a_beginning_that_nobody_knows_of(evidence, promise):
    promise(published=False)

    assert evidence("S4.5a").strength == Strength.PARTIAL
    assert evidence("S4.5b").strength == Strength.NONE


def test_measures_are_proven_when_ended_and_logged(evidence, measure):
    factories.MeasureLogFactory(measure=measure(status="done"))
    measure(status="cancelled")

    assert evidence("S4.7").strength == Strength.PROVEN
    assert evidence("S4.7").summary == "2 av 2 åtgärder är avslutade."


def test_a_measure_without_notes_is_lacking(evidence, measure):
    silent = measure(status="done")

    assert list(evidence("S4.7").lacking) == [silent]
    assert evidence("S4.7").missing == "1 saknar anteckningar."


def test_measures_that_only_wait_prove_nothing(evidence, measure):
    measure()

    assert evidence("S4.7").strength == Strength.NONE


def test_each_prioritised_problem_needs_a_goal_of_effect(evidence, cycle):
    first, second = (factories.ProblemFactory(cycle=cycle, status="prioritised") for _ in range(2))
    assert evidence("S4.1").strength == Strength.NONE

    goal = factories.GoalFactory(problem=first)
    factories.GoalFactory(problem=second, kind="production")
    factories.GoalFactory(problem=second, status="dropped")
    assert evidence("S4.1").summary == "1 av 2 prioriterade problem har ett effektmål."
    assert (list(evidence("S4.1").proof), list(evidence("S4.1").lacking)) == ([goal], [second])

    factories.GoalFactory(problem=second)
    assert evidence("S4.1").strength == Strength.PROVEN


def test_a_goal_of_another_kind_is_a_beginning(evidence, cycle):
    factories.GoalFactory(problem=factories.ProblemFactory(cycle=cycle, status="prioritised"), kind="process")

    assert evidence("S4.1").strength == Strength.PARTIAL


def test_measures_aim_at_causes_or_say_why_not(evidence, measure):
    aimless, aimed, told = measure(), measure(), measure(without_cause_reason="Gammal åtgärd.")
    measure(status="cancelled")
    aimed.causes.add(factories.CauseFactory(analysis__problem=aimed.problem))

    assert evidence("S4.3").strength == Strength.PARTIAL
    assert evidence("S4.3").missing == "1 saknar både orsak och skäl."
    assert list(evidence("S4.3").lacking) == [aimless]

    aimless.causes.add(factories.CauseFactory(analysis__problem=aimless.problem))
    assert evidence("S4.3").strength == Strength.PROVEN
    assert (
        evidence("S4.3").summary == "2 av 3 åtgärder riktar sig mot en analyserad orsak. 1 har skäl att inte göra det."
    )
    assert told in evidence("S4.3").proof


# --- Step 5


def test_each_prioritised_problem_needs_a_follow_up_of_effect(evidence, cycle, finished):
    finished("effect")
    assert evidence("S5.1").strength == Strength.PROVEN

    unexamined = factories.ProblemFactory(cycle=cycle, status="prioritised")

    assert evidence("S5.1").summary == "1 av 2 prioriterade problem har en effektuppföljning."
    assert list(evidence("S5.1").lacking) == [unexamined]


def test_a_cancelled_measure_has_nothing_to_be_judged(evidence, finished, measure):
    finished("production")
    measure(status="cancelled")

    assert evidence("S5.2").strength == Strength.PROVEN


def test_each_measure_and_promise_needs_to_be_judged(evidence, finished, promise):
    finished("production")
    made = promise()
    assert evidence("S5.2").summary == "1 av 2 åtgärder och löften är bedömda."

    finished("production", promise=made)

    assert evidence("S5.2").strength == Strength.PROVEN


def test_a_follow_up_of_process_proves_its_line(evidence, finished):
    finished("process")

    assert evidence("S5.3").strength == Strength.PROVEN


def test_a_draft_follow_up_proves_nothing(evidence, measure):
    factories.FollowUpFactory(measure=measure())

    assert evidence("S5.2").strength == Strength.NONE


def test_the_steering_group_must_have_had_every_follow_up(evidence, finished):
    finished("process", steering_group_on=DAY)
    assert evidence("S5.4").strength == Strength.PROVEN

    finished("process")

    assert evidence("S5.4").summary == "Styrgruppen har fått 1 av 2 uppföljningar."


def test_each_published_promise_needs_feedback(evidence, promise):
    promise(feedback="Vi gick alla pass.", feedback_on=DAY)
    assert evidence("S5.5").strength == Strength.PROVEN

    promise()

    assert evidence("S5.5").strength == Strength.PARTIAL


# --- All of it


def test_a_local_cycle_leaves_out_other_municipalities(evidence, partnership, lycksele, own_picture):
    factories.PartyFactory(partnership=partnership)
    local = factories.CycleFactory(partnership=partnership, municipality=lycksele)

    assert evidence("S2.1K", of=local).summary == "Ingen lägesbild är påbörjad."


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_one_cycle_as_for_three(count, django_assert_num_queries, promise, measure, decided):
    promise()
    measure()
    cycles = [factories.CycleFactory() for _ in range(count)]
    for one in cycles:
        factories.SeatFactory(partnership=one.partnership)
        factories.PictureFactory(partnership=one.partnership, cycle=one)
        factories.PromiseFactory(document__cycle=one)
        decided({factories.ProblemFactory(cycle=one, status="prioritised"): "chosen"})

    with django_assert_num_queries(18):
        for facts in gather(cycles, DAY).values():
            dict(collect(facts))


def test_each_prioritised_problem_needs_an_analysis_that_is_done(evidence, cycle):
    first, second = (factories.ProblemFactory(cycle=cycle, status="prioritised") for _ in range(2))
    assert evidence("S3.4").strength == Strength.NONE

    factories.CauseAnalysisFactory(problem=first, status="done")
    assert evidence("S3.4").summary == "1 av 2 prioriterade problem är analyserade."
    assert list(evidence("S3.4").lacking) == [second]

    factories.CauseAnalysisFactory(problem=second, status="done")
    assert evidence("S3.4").strength == Strength.PROVEN


# --- S4.4: the steering group's plans


@pytest.fixture
def adopted(cycle):
    by = {"adopted_on": DAY, "frozen": {}, "checksum": "e" * 64}
    group = factories.GroupFactory(partnership=cycle.partnership)

    def made(*measures, **fields):
        plan = factories.ActionPlanFactory(cycle=cycle, **fields)
        plan.measures.set(measures)
        type(plan).objects.filter(pk=plan.pk).update(status="adopted", group=group, **by)
        return plan

    return made


def test_a_plan_that_holds_what_was_decided_proves_the_line(evidence, adopted, cycle):
    measure = factories.MeasureFactory(problem__cycle=cycle, status="decided")
    factories.MeasureFactory(problem__cycle=cycle, status="proposed")
    plan = adopted(measure)

    found = evidence("S4.4")

    assert (found.strength, list(found.proof)) == (Strength.PROVEN, [plan])
    assert found.summary.startswith("1 åtgärdsplan är antagen av styrgruppen, senast den ")


def test_a_measure_decided_beside_the_plan_is_lacking(evidence, adopted, cycle):
    adopted(factories.MeasureFactory(problem__cycle=cycle, status="decided"))
    beside = factories.MeasureFactory(problem__cycle=cycle, status="ongoing")

    found = evidence("S4.4")

    assert (found.strength, list(found.lacking)) == (Strength.PARTIAL, [beside])
    assert found.missing == "1 beslutad åtgärd står i ingen antagen plan."


def test_a_draft_of_a_plan_is_a_beginning(evidence, cycle):
    plan = factories.ActionPlanFactory(cycle=cycle)

    assert (evidence("S4.4").strength, list(evidence("S4.4").lacking)) == (Strength.PARTIAL, [plan])


def test_the_municipality_s_own_plan_is_not_the_steering_group_s(evidence, cycle, lycksele):
    factories.ActionPlanFactory(cycle=cycle, kind="statutory", municipality=lycksele)

    assert evidence("S4.4").strength == Strength.NONE


# --- Dialogues that were held, whether or not they are a source in a picture


def held(cycle, parties, **fields):
    """Held, and somebody said something."""
    made = factories.DialogueFactory(cycle=cycle, **{"status": "held"} | fields)
    made.organisers.set(parties)
    factories.ThemeFactory(dialogue=made)
    return made


def test_each_party_has_heard_its_staff(evidence, cycle, police, municipality_party):
    staff = {"kind": "staff_what", "method": "staff_meeting", "municipality": None}
    one = held(cycle, [police], **staff)
    assert evidence("S2.2").is_partial
    assert evidence("S2.2").summary == "1 av 2 parter har hållit en medarbetardialog."

    other = held(cycle, [municipality_party], **staff)

    assert evidence("S2.2").is_proven
    assert list(evidence("S2.2").proof) == [one, other]


def test_the_police_have_talked_with_their_staff_about_how(evidence, cycle, police, municipality_party):
    how = {"kind": "staff_how", "method": "staff_meeting", "municipality": None}
    assert evidence("S4.2").strength == "none"
    held(cycle, [municipality_party], **how)
    assert evidence("S4.2").is_partial
    assert evidence("S4.2").summary == "Bara kommunen har hållit dialogen."
    held(cycle, [police], **how)

    assert evidence("S4.2").is_proven


def test_a_dialogue_that_only_was_planned_or_gave_nothing_proves_nothing(evidence, cycle, police):
    held(cycle, [police], status="planned")
    factories.DialogueFactory(cycle=cycle, status="held")

    assert evidence("S3.3").strength == "none"
    assert evidence("S2.2").strength == "none"


@pytest.mark.parametrize("kind", ["citizen", "walk"])
def test_residents_have_been_heard(evidence, cycle, police, kind):
    made = held(cycle, [police], kind=kind)

    assert evidence("S3.3").is_proven
    assert list(evidence("S3.3").proof) == [made]
    assert evidence("S2.2").strength == "none"


def test_a_party_does_not_see_what_another_ones_staff_said(cycle, police, anna, bo):
    made = held(cycle, [police], kind="staff_how", method="staff_meeting")
    facts = gather([cycle], DAY)[cycle.pk]

    assert made in collect(facts, seen_by(bo, facts, member=True))["S2.2"].proof
    assert made not in collect(facts, seen_by(anna, facts, member=True))["S2.2"].proof
