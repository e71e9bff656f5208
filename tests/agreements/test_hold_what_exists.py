"""What agreements look like in the country (process.md, section 20), held by the model: one test for each point."""

import datetime as dt

import pytest

from agreements import actions, content, rules
from agreements.models import Agreement, Signature
from agreements.queries import agreements_of, municipalities_of, that_counts
from citizen_promises.models import PromiseDocument
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


@pytest.mark.parametrize("name", ["parent", "replaces"])
def test_no_agreement_stands_above_itself(lawful, name):
    agreement = lawful()
    setattr(agreement, name, agreement)

    with pytest.raises(Exception, match="sig själv"):
        agreement.full_clean(exclude=["created_by"])
