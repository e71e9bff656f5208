"""What happens beside a signed text: decisions, prolongation with consent, and the next version."""

import datetime as dt

import pytest

from agreements import actions, rules
from agreements.models import Agreement
from journal.models import Event
from tests import factories

D = dt.date


def decision(agreement, party, **changes):
    data = {
        "party": party.pk,
        "body": "Kommunstyrelsen",
        "decided_on": "2026-02-10",
        "reference": "§ 12",
        "checksum": agreement.checksum,
    }
    return data | changes


def consent(party, **changes):
    data = {"party": party.pk, "function": "Ordförande", "name": "Person Påhittad", "given_on": "2026-02-20"}
    return data | changes


@pytest.fixture
def prolongation(signed, go, bo):
    go(bo, f"/overenskommelser/{signed.pk}/forlang/", {"ends": "2030-12-31", "reason": "Vi hinner inte klart."})
    return signed.prolongations.get()


def test_a_partys_decision_on_the_frozen_text(go, anna, proposed, municipality_party):
    go(anna, f"/overenskommelser/{proposed.pk}/beslut/", decision(proposed, municipality_party))

    made = proposed.decisions.get()
    assert (made.party, made.checksum) == (municipality_party, proposed.checksum)
    assert rules.undecided(proposed) == ["Polisen, lokalpolisområde Södra Lappland"]
    assert "Kommunstyrelsen, 10 februari 2026, § 12" in Event.objects.about(proposed).first().note


def test_decided_is_what_all_main_parties_have_and_signing_does_not_need_it(
    go, anna, bo, proposed, police, municipality_party
):
    page = go(bo, f"/overenskommelser/{proposed.pk}/").content.decode()
    assert "Beslut saknas från" in page

    go(anna, f"/overenskommelser/{proposed.pk}/beslut/", decision(proposed, municipality_party))
    go(bo, f"/overenskommelser/{proposed.pk}/beslut/", decision(proposed, police, body="Lokalpolisområdeschefen"))

    page = go(bo, f"/overenskommelser/{proposed.pk}/").content.decode()
    assert "Beslutad" in page
    assert "Beslut saknas" not in page


def test_a_decision_on_another_wording_does_not_count(go, anna, bo, proposed, municipality_party):
    read = decision(proposed, municipality_party)
    actions.withdraw(proposed, by=bo)
    Agreement.objects.filter(pk=proposed.pk).update(purpose="Något annat.")
    actions.propose(proposed, by=bo)

    page = go(anna, f"/overenskommelser/{proposed.pk}/beslut/", read).content.decode()

    assert "Texten är inte längre den du läste" in page
    assert not proposed.decisions.exists()


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("eva", 404), ("fia", 404)])
def test_others_register_no_decision(go, cast, proposed, municipality_party, who, code):
    answer = go(cast[who], f"/overenskommelser/{proposed.pk}/beslut/", decision(proposed, municipality_party))
    assert answer.status_code == code


def test_nobody_decides_for_another_party(go, anna, proposed, police):
    answer = go(anna, f"/overenskommelser/{proposed.pk}/beslut/", decision(proposed, police))

    assert "party" in answer.context["form"].errors


def test_a_prolongation_holds_when_every_main_party_has_consented(
    go, anna, bo, signed, prolongation, police, municipality_party, day
):
    go(bo, f"/overenskommelser/forlangningar/{prolongation.pk}/samtyck/", consent(police))
    signed.refresh_from_db()
    assert signed.prolonged_to is None

    go(anna, f"/overenskommelser/forlangningar/{prolongation.pk}/samtyck/", consent(municipality_party))

    signed.refresh_from_db()
    prolongation.refresh_from_db()
    assert (signed.prolonged_to, prolongation.status) == (D(2030, 12, 31), "agreed")
    assert signed.last_day_on(day) == D(2030, 12, 31)
    assert Event.objects.about(signed).first().changes["prolonged_to"]["from"] == "31 december 2029"


def test_a_prolongation_waits_for_the_party_that_has_not_consented(go, anna, bo, prolongation, police):
    go(bo, f"/overenskommelser/forlangningar/{prolongation.pk}/samtyck/", consent(police))

    assert "Väntar på samtycke" in go(anna, "/").content.decode()
    assert "Väntar på samtycke" not in go(bo, "/").content.decode()


def test_a_prolongation_to_an_earlier_day_is_refused(go, bo, signed):
    page = go(bo, f"/overenskommelser/{signed.pk}/forlang/", {"ends": "2029-12-31", "reason": "Fel."}).content.decode()

    assert "Ange en dag efter den nuvarande sista dagen, 31 december 2029." in page
    assert not signed.prolongations.exists()


def test_one_prolongation_at_a_time_and_it_may_be_taken_back(go, bo, signed, prolongation):
    again = {"ends": "2031-12-31", "reason": "Mer."}
    assert "redan föreslagen" in go(bo, f"/overenskommelser/{signed.pk}/forlang/", again).content.decode()

    go(bo, f"/overenskommelser/forlangningar/{prolongation.pk}/aterta/", {"reason": "Vi skriver en ny."})

    prolongation.refresh_from_db()
    assert prolongation.status == "withdrawn"
    assert go(bo, f"/overenskommelser/{signed.pk}/forlang/", again).status_code == 302


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("eva", 404), ("fia", 403)])
def test_others_neither_prolong_nor_consent(go, cast, signed, prolongation, police, who, code):
    new = {"ends": "2031-12-31", "reason": "Nej."}
    assert go(cast[who], f"/overenskommelser/{signed.pk}/forlang/", new).status_code == code
    url = f"/overenskommelser/forlangningar/{prolongation.pk}/"
    assert go(cast[who], url + "samtyck/", consent(police)).status_code == code
    assert go(cast[who], url + "aterta/", {"reason": "Nej."}).status_code == code


def test_the_next_version_has_all_that_the_signed_one_says(
    request, go, bo, draft, problem, police, municipality_party, day
):
    draft.problems.add(problem)
    signed = request.getfixturevalue("signed")

    answer = go(bo, f"/overenskommelser/{signed.pk}/revidera/", {"reason": "Nya problem i centrum."})

    new = Agreement.objects.get(replaces=signed)
    assert answer.url == f"/overenskommelser/{new.pk}/"
    assert (new.version, new.status, new.revision_reason) == (2, "draft", "Nya problem i centrum.")
    assert (new.purpose, new.areas, new.ends) == (signed.purpose, signed.areas, signed.ends)
    assert set(new.parties.all()) == {police, municipality_party}
    assert list(new.problems.all()) == [problem]
    signed.refresh_from_db()
    assert signed.status == "signed"
    assert signed.validity(day) == "in_force"


def test_undertakings_follow_into_the_next_version(go, bo, draft, sign, cecilia, david, police):
    factories.UndertakingFactory(agreement=draft, party=police, created_by=bo)
    actions.propose(draft, by=bo)
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")

    new = actions.revise(draft, by=bo, reason="Mer tid.", day=D(2026, 6, 1))

    assert new.undertakings.get().hours_per_month == 40
    assert draft.undertakings.count() == 1


def test_the_signed_one_stands_until_the_new_is_signed(bo, signed, sign, cecilia, david):
    new = actions.revise(signed, by=bo, reason="Nytt.", day=D(2026, 6, 1))
    fresh = Agreement.objects.get(pk=signed.pk)
    assert not fresh.is_replaced(D(2026, 7, 1))

    actions.propose(new, by=bo)
    sign(new, david, "police", signed_on=D(2026, 6, 10))
    sign(new, cecilia, "municipality", signed_on=D(2026, 6, 10))

    fresh = Agreement.objects.get(pk=signed.pk)
    assert fresh.frozen == signed.frozen
    assert fresh.is_replaced(D(2026, 7, 1))
    assert not fresh.is_replaced(D(2026, 5, 31))


def test_a_draft_is_compared_with_the_version_it_revises(go, bo, signed):
    new = actions.revise(signed, by=bo, reason="Nytt.", day=D(2026, 6, 1))
    Agreement.objects.filter(pk=new.pk).update(purpose="Minska våldet.")

    page = go(bo, f"/overenskommelser/{new.pk}/jamfor/").content.decode()

    assert "[borttaget: </span>otryggheten." in page
    assert "[tillagt: </span>våldet." in page


def test_a_second_revision_at_once_is_told_of_the_first(go, bo, anna, signed):
    go(bo, f"/overenskommelser/{signed.pk}/revidera/", {"reason": "Nytt."})

    page = go(anna, f"/overenskommelser/{signed.pk}/revidera/", {"reason": "Också nytt."}).content.decode()

    assert "En ny version är redan påbörjad." in page
    assert Agreement.objects.filter(replaces=signed).count() == 1


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404), ("fia", 403)])
def test_only_coordinators_revise(go, cast, signed, who, code):
    assert go(cast[who], f"/overenskommelser/{signed.pk}/revidera/", {"reason": "Nytt."}).status_code == code
    assert not Agreement.objects.filter(replaces=signed).exists()


def test_a_party_that_left_the_partnership_is_told_and_the_agreement_stands(go, bo, signed, municipality_party, day):
    municipality_party.left = day - dt.timedelta(days=10)
    municipality_party.save(update_fields=["left"])

    page = go(bo, f"/overenskommelser/{signed.pk}/").content.decode()

    assert "Lycksele kommun lämnade samverkan" in page
    assert signed.validity(day) == "in_force"
