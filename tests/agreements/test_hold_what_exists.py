"""What agreements look like in the country (process.md, section 20), held by the model: one test for each point.

Elsewhere stand: several promises with counts per term (line 6, tests/citizen_promises), dialogues (line 8,
tests/dialogues), vacant functions (line 11, tests/partnerships/test_find_vacancies.py) and the reading in of old rounds
(line 12, test_import_workbook.py). EST weeks (line 13) and public pages in other languages (line 16) belong to rooms
that are not built.
"""

import datetime as dt

import pytest

from agreements import actions, content, rules
from agreements.models import Agreement, Signature, Validity
from agreements.queries import agreements_of, municipalities_of, that_counts
from citizen_promises.models import PromiseDocument
from five_steps import actions as steps
from municipalities.models import Coverage, LocalPoliceArea
from tests import factories

D = dt.date
SIGNED_ON = D(2026, 1, 10)


def put_in_force(agreement, by, day=SIGNED_ON, functions=None):
    """Every party signs, in the functions given or as the usual pair."""
    actions.propose(agreement, by=by)
    for party in agreement.parties.select_related("organisation"):
        function = (functions or {}).get(party.pk, "Ordförande")
        actions.sign(
            agreement,
            by=by,
            party=party,
            checksum=agreement.checksum,
            function=function,
            name="Person Påhittad",
            signed_on=day,
        )
    agreement.refresh_from_db()
    return agreement


@pytest.fixture
def lawful(partnership, cycle, police, municipality_party, bo):
    def made(*parties, **fields):
        agreement = factories.AgreementFactory(
            partnership=partnership, cycle=cycle, purpose="Syfte", areas="Område", created_by=bo, **fields
        )
        agreement.parties.set(parties or [police, municipality_party])
        return agreement

    return made


def municipality(partnership, name, by):
    organisation = factories.OrganisationFactory(
        name=f"{name} kommun", municipality=factories.MunicipalityFactory(name=name)
    )
    return factories.PartyFactory(partnership=partnership, organisation=organisation, created_by=by)


def test_one_police_and_six_municipalities_and_one_municipality_with_several(
    partnership, lawful, police, municipality_party, lycksele, bo
):
    others = [municipality(partnership, f"Kommun {number}", bo) for number in range(5)]
    joint = put_in_force(lawful(police, municipality_party, *others), bo)
    own = put_in_force(lawful(municipality=lycksele, kind="yearly", ends=D(2026, 12, 31)), bo)

    assert len(municipalities_of([joint], D(2026, 6, 1))[joint.pk]) == 6
    found = agreements_of(partnership, lycksele, D(2026, 6, 1))
    assert {one.pk for one in found} == {joint.pk, own.pk}
    assert {one.validity(D(2026, 2, 1)) for one in found} == {"in_force"}


def test_strategic_for_four_years_with_an_operative_for_one(lawful, bo):
    strategic = put_in_force(lawful(kind="strategic"), bo)
    yearly = put_in_force(lawful(kind="yearly", parent=strategic, ends=D(2026, 12, 31)), bo)

    assert rules.overlapping(yearly, D(2026, 6, 1)) == []
    assert list(strategic.children.all()) == [yearly]
    assert (yearly.validity(D(2027, 2, 1)), strategic.validity(D(2027, 2, 1))) == ("expired", "in_force")


def test_other_functions_acting_ones_and_third_parties_sign(partnership, lawful, police, municipality_party, bo):
    company = factories.OrganisationFactory(name="Bostadsbolaget", kind="other")
    third = factories.PartyFactory(partnership=partnership, organisation=company, kind="other", created_by=bo)
    functions = {police.pk: "t.f. polisområdeschef", municipality_party.pk: "Stadsdirektör", third.pk: "Vd"}

    agreement = put_in_force(lawful(police, municipality_party, third), bo, functions=functions)

    assert agreement.is_signed
    assert set(Signature.objects.values_list("function", flat=True)) == set(functions.values())
    assert len(rules.missing_pair(agreement.signatures.all())) == 2


def test_promises_may_have_another_period_than_the_agreement(lawful, cycle, lycksele, bo):
    agreement = put_in_force(lawful(), bo)
    document = factories.PromiseDocumentFactory(
        cycle=cycle, municipality=lycksele, agreement=agreement, starts=D(2026, 7, 1), ends=None
    )

    document.full_clean(exclude=["created_by"])

    assert PromiseDocument.objects.get().ends is None


def test_signed_after_the_first_day_keeps_both_days(lawful, bo):
    agreement = put_in_force(lawful(), bo, day=D(2026, 4, 21))

    assert (agreement.starts, agreement.signed_on) == (D(2026, 1, 1), D(2026, 4, 21))
    assert rules.late_advice(agreement, agreement.signed_on)


def test_renewed_with_notice_terminated_and_revised_within_the_period(lawful, bo):
    renewed = put_in_force(lawful(extension="automatic", extension_months=48, consultation_months=6), bo)
    assert renewed.last_day_on(D(2030, 1, 1)) == D(2033, 12, 31)
    assert renewed.consult_by(D(2026, 1, 1)) == D(2029, 6, 30)

    newer = put_in_force(actions.revise(renewed, by=bo, reason="Nytt.", day=D(2027, 5, 1)), bo, day=D(2027, 5, 2))
    assert that_counts([renewed, newer], D(2027, 6, 1)) == newer
    assert that_counts([renewed], D(2027, 6, 1)) == renewed

    actions.terminate(newer, by=bo, day=D(2028, 3, 31), reason="Vi skriver om allt.")
    assert newer.validity(D(2028, 4, 1)) == "expired"


def test_a_district_below_a_municipality(lawful, lycksele, bo):
    whole = put_in_force(lawful(municipality=lycksele), bo)
    district = put_in_force(lawful(municipality=lycksele, kind="district", area="Norrmalm", parent=whole), bo)
    other = lawful(municipality=lycksele, kind="district", area="Furuvik", parent=whole)

    assert content.shown(district)["area"] == "Norrmalm"
    assert rules.overlapping(other, D(2026, 6, 1)) == []


def test_a_new_draft_in_the_same_cycle_after_signing(lawful, cycle, bo):
    """A cycle that goes back to step 2 does not touch what was signed."""
    signed = put_in_force(lawful(), bo)
    draft = actions.revise(signed, by=bo, reason="Lägesbilden gjordes om.", day=D(2026, 9, 1))

    assert (draft.cycle, draft.status) == (cycle, "draft")
    assert Agreement.objects.get(pk=signed.pk).status == "signed"


def test_an_old_agreement_with_an_open_end_and_no_diary_number(lawful, bo):
    old = put_in_force(lawful(starts=D(2008, 3, 1), ends=None), bo, day=D(2008, 3, 1))

    assert old.validity(D(2026, 6, 1)) == "in_force"
    assert content.shown(old)["diary_police"] == ""


def test_two_authorities_diary_numbers_and_a_class_of_information(lawful, bo):
    both = {"diary_municipality": "KS 2026/12", "diary_police": "A123.456/2026", "information_class": "partly_secret"}

    agreement = put_in_force(lawful(**both), bo)

    shown = content.shown(agreement)
    assert (shown["diary_municipality"], shown["diary_police"]) == ("KS 2026/12", "A123.456/2026")


def test_a_municipality_without_an_agreement_has_none(partnership, lycksele):
    assert that_counts(agreements_of(partnership, lycksele), D(2026, 6, 1)) is None


def test_an_outcome_goal_with_its_measures_in_another_plan(go, bo, lawful, cycle, problem, police, lycksele):
    agreement = lawful()
    goal = factories.GoalFactory(problem=problem, responsible=police, agreement=agreement)
    put_in_force(agreement, bo)
    measure = factories.MeasureFactory(problem=problem, responsible=police, municipality=lycksele)
    measure.goals.add(goal)
    plan = factories.ActionPlanFactory(cycle=cycle, municipality=lycksele, agreement=None, title="Lokal plan")
    plan.measures.add(measure)

    assert agreement.measures.count() == 0
    assert measure.title in go(bo, goal.get_absolute_url()).text
    assert goal.text in go(bo, agreement.get_absolute_url()).text
    assert goal.text in go(bo, plan.get_absolute_url()).text


def test_a_goal_without_a_value_from_before_that_cannot_be_assessed(go, bo, problem, police):
    missing = {"baseline": None, "baseline_period": "", "baseline_reason": "Ingen räknade."}
    goal = factories.GoalFactory(problem=problem, responsible=police, status="adopted", **missing)

    told = {"outcome": "not_assessable", "day": "2026-10-01", "reason": "Statistiken lades om under perioden."}
    go(bo, f"/overenskommelser/mal/{goal.pk}/utfall/", told)

    page = go(bo, goal.get_absolute_url()).text
    assert "Utgångsvärde saknas: målet kan inte följas upp." in page
    assert "Kan inte bedömas" in page
    assert "Statistiken lades om under perioden." in page


def test_step_two_is_reopened_after_signing_and_the_signed_text_stands(lawful, cycle, bo):
    signed = put_in_force(lawful(), bo)
    steps.confirm(cycle, "S2.1P", by=bo, note="Gjort i förra omgången.")

    line = steps.reopen(cycle, "S2.1P", by=bo, note="Lägesbilden måste göras om.")

    signed.refresh_from_db()
    line.refresh_from_db()
    assert (line.confirmed_at, signed.status, content.is_intact(signed)) == (None, "signed", True)


def test_an_area_that_is_renamed_or_split_is_in_the_signed_text_as_it_was(lawful, police, lycksele, bo):
    signed = put_in_force(lawful(municipality=lycksele, kind="district", area="Norrmalm"), bo)
    organisation = police.organisation
    was = str(organisation)
    type(organisation).objects.filter(pk=organisation.pk).update(name="Polisen, lokalpolisområde Inlandet")

    split = lawful(municipality=lycksele, kind="district", area="Norrmalm norra\nNorrmalm södra", replaces=signed)

    assert content.shown(signed)["area_names"] == ["Norrmalm"]
    assert was in [party["name"] for party in content.shown(Agreement.objects.get(pk=signed.pk))["parties"]]
    assert content.of(split)["area_names"] == ["Norrmalm norra", "Norrmalm södra"]


def test_a_municipality_changes_local_police_area_within_the_period(lawful, lycksele, bo):
    signed = put_in_force(lawful(municipality=lycksele), bo)
    old = factories.LocalPoliceAreaFactory()
    new = factories.LocalPoliceAreaFactory(slug="inlandet", name="Inlandet")
    Coverage.objects.create(local_police_area=old, municipality=lycksele, ends=D(2027, 12, 31))
    Coverage.objects.create(local_police_area=new, municipality=lycksele, starts=D(2028, 1, 1))

    covering = [LocalPoliceArea.objects.covering(lycksele, day).get() for day in (D(2027, 6, 1), D(2028, 6, 1))]

    assert covering == [old, new]
    assert signed.validity(D(2028, 6, 1)) == "in_force"
    assert content.is_intact(signed)


@pytest.mark.parametrize(
    ("rhythm", "words"),
    [
        ("weekly", "Varje vecka"),
        ("quarterly", "Varje kvartal"),
        ("tertial", "Varje tertial"),
        ("half_yearly", "Varje halvår"),
        ("yearly", "Varje år"),
        ("at_end", "När perioden är slut"),
        ("ad_hoc", "När det behövs"),
    ],
)
def test_every_rhythm_of_follow_up_is_told_and_signed(go, bo, lawful, form, rhythm, words):
    agreement = lawful()
    go(bo, f"/overenskommelser/{agreement.pk}/andra/", form(agreement, follow_up_rhythm=rhythm))
    agreement.refresh_from_db()

    put_in_force(agreement, bo)

    assert content.shown(agreement)["following"]["rhythm_label"] == words
    assert words in go(bo, agreement.get_absolute_url()).text


def test_a_municipality_without_council_promise_or_agreement_is_in_the_national_view(go, fia, lycksele, partnership):
    factories.MunicipalityFactory(name="Malå", slug="mala")
    assert not partnership.groups.exists()

    unsigned = go(fia, f"/kommuner/?overenskommelse={Validity.NOT_SIGNED}").text
    unknown = go(fia, "/kommuner/?overenskommelse=okand").text

    assert (">Lycksele<" in unsigned, ">Malå<" in unsigned) == (True, False)
    assert (">Lycksele<" in unknown, ">Malå<" in unknown) == (False, True)
    assert [go(fia, f"/kommuner/{slug}/").status_code for slug in (lycksele.slug, "mala")] == [200, 200]


def test_one_person_in_two_groups_and_a_council_that_is_the_steering_group(go, bo, partnership, organisations):
    """The function sits in both; what is a council in one place is the steering group in another."""
    seat = factories.SeatFactory(partnership=partnership, organisation=organisations["police"], created_by=bo)
    factories.HoldingFactory(seat=seat, name="Kim Påhittad", created_by=bo)
    groups = [
        factories.GroupFactory(partnership=partnership, kind=kind, name=name)
        for kind, name in (("steering", "Trygghetsrådet"), ("working", "Arbetsgrupp centrum"))
    ]
    seat.groups.set(groups)
    council = factories.GroupFactory(name="Trygghetsrådet", kind="council")

    page = go(bo, f"/samverkan/{partnership.pk}/organisation/").text

    assert page.count("Kim Påhittad") >= len(groups)
    assert council.name == groups[0].name
    assert list(rules.steering_groups(partnership, None, D(2026, 6, 1))) == [groups[0]]
    assert not rules.steering_groups(council.partnership, None, D(2026, 6, 1)).exists()


@pytest.mark.parametrize("name", ["parent", "replaces"])
def test_no_agreement_stands_above_itself(lawful, name):
    agreement = lawful()
    setattr(agreement, name, agreement)

    with pytest.raises(Exception, match="sig själv"):
        agreement.full_clean(exclude=["created_by"])
