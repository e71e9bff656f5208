"""Signing: each party registers its own signature of exactly the text that was read."""

import datetime as dt

import pytest

from agreements import actions, rules
from agreements.models import Agreement, Signature
from journal.models import Event
from journal.steps import NotAllowed, Refused
from lib.dates import today
from tests import factories

DAY = dt.date(2026, 2, 16)


def test_the_page_says_what_happens_and_shows_the_very_text(go, cecilia, proposed):
    page = go(cecilia, f"/overenskommelser/{proposed.pk}/underteckna/").content.decode()

    assert proposed.checksum in page
    assert "kan aldrig ändras" in page
    assert "Minska otryggheten." in page
    assert "För Lycksele kommun." in page


def test_one_signature_does_not_make_it_signed(go, cecilia, proposed, municipality_party, signature):
    go(cecilia, f"/overenskommelser/{proposed.pk}/underteckna/", signature(proposed, municipality_party))

    proposed.refresh_from_db()
    given = proposed.signatures.get()
    assert (given.party, given.registered_by, given.checksum) == (municipality_party, cecilia, proposed.checksum)
    assert (proposed.status, proposed.signed_on) == ("proposed", None)


def test_the_last_main_party_makes_it_signed_on_the_latest_day(proposed, sign, cecilia, david):
    sign(proposed, cecilia, "municipality", signed_on=DAY + dt.timedelta(days=3))
    sign(proposed, david, "police")

    proposed.refresh_from_db()
    assert (proposed.status, proposed.signed_on) == ("signed", dt.date(2026, 2, 19))
    assert [event.verb for event in Event.objects.about(proposed)][:2] == ["sign", "signed_by_party"]


def test_a_coordinator_may_register_what_was_signed_on_paper(go, bo, proposed, police, signature):
    go(bo, f"/overenskommelser/{proposed.pk}/underteckna/", signature(proposed, police))

    assert proposed.signatures.get().party == police


def test_nobody_registers_for_another_party(go, cecilia, proposed, police, signature):
    answer = go(cecilia, f"/overenskommelser/{proposed.pk}/underteckna/", signature(proposed, police))

    assert "party" in answer.context["form"].errors
    assert not Signature.objects.exists()


def test_a_text_that_changed_after_it_was_read_is_not_signed(go, cecilia, bo, proposed, municipality_party, signature):
    read = signature(proposed, municipality_party)
    actions.withdraw(proposed, by=bo)
    Agreement.objects.filter(pk=proposed.pk).update(purpose="Något annat.")
    actions.propose(proposed, by=bo)

    page = go(cecilia, f"/overenskommelser/{proposed.pk}/underteckna/", read).content.decode()

    assert "Texten har ändrats sedan du öppnade sidan" in page
    assert "Cecilia Ceder" in page
    assert not Signature.objects.exists()


def test_a_text_that_was_taken_back_cannot_be_signed(go, cecilia, bo, proposed, municipality_party, signature):
    read = signature(proposed, municipality_party)
    actions.withdraw(proposed, by=bo)

    go(cecilia, f"/overenskommelser/{proposed.pk}/underteckna/", read)

    assert not Signature.objects.exists()


def test_the_second_to_sign_for_the_same_party_is_told(
    go, anna, cecilia, proposed, sign, signature, municipality_party
):
    page = go(anna, f"/overenskommelser/{proposed.pk}/underteckna/")
    sign(proposed, cecilia, "municipality")

    with pytest.raises(Refused, match="har redan undertecknat"):
        sign(proposed, anna, "municipality")
    late = go(anna, f"/overenskommelser/{proposed.pk}/underteckna/", signature(proposed, municipality_party))

    assert (page.status_code, late.status_code) == (200, 409)
    assert "Din part har redan undertecknat." in late.content.decode()
    assert proposed.signatures.count() == 1


def test_a_signature_cannot_be_dated_tomorrow(go, cecilia, proposed, municipality_party, signature):
    tomorrow = (today() + dt.timedelta(days=1)).isoformat()

    answer = go(
        cecilia,
        f"/overenskommelser/{proposed.pk}/underteckna/",
        signature(proposed, municipality_party, signed_on=tomorrow),
    )

    assert "signed_on" in answer.context["form"].errors


def test_signing_after_the_first_day_is_told_and_allowed(go, cecilia, proposed, municipality_party, signature):
    answer = go(cecilia, f"/overenskommelser/{proposed.pk}/underteckna/", signature(proposed, municipality_party))

    assert proposed.signatures.exists()
    assert "gäller från 1 januari 2026 men undertecknas senare" in go(cecilia, answer.url).content.decode()


def test_a_missing_usual_function_is_told(go, bo, proposed, sign, david):
    sign(proposed, david, "police", function="Biträdande regionpolischef")

    page = go(bo, f"/overenskommelser/{proposed.pk}/").content.decode()

    assert "Vanligen undertecknar också chefen för lokalpolisområdet och kommunstyrelsens ordförande." in page


@pytest.mark.parametrize(
    "functions",
    [
        ("Chef för lokalpolisområdet", "Kommunstyrelsens ordförande"),
        ("t.f. LPO-chef", "KS ordförande"),
        ("Lokalpolisområdeschef", "Kommunstyrelseordförande"),
    ],
)
def test_the_usual_pair_is_known_by_its_many_names(functions):
    assert rules.missing_pair([Signature(function=function) for function in functions]) == []


def test_a_third_party_is_not_waited_for_and_may_sign_afterwards(draft, bo, david, cecilia, sign, partnership):
    company = factories.OrganisationFactory(name="Bostadsbolaget", kind="other")
    third = factories.PartyFactory(partnership=partnership, organisation=company, kind="other", created_by=bo)
    draft.parties.add(third)
    actions.propose(draft, by=bo)
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")
    draft.refresh_from_db()
    assert draft.status == "signed"

    sign(draft, bo, "police", party=third, signed_on=DAY + dt.timedelta(days=30))

    draft.refresh_from_db()
    assert (draft.signatures.count(), draft.signed_on) == (3, DAY)


def test_all_of_several_municipalities_are_waited_for(draft, bo, david, cecilia, eva, sign, neighbour):
    draft.parties.add(neighbour)
    actions.propose(draft, by=bo)
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")
    draft.refresh_from_db()
    assert draft.status == "proposed"

    sign(draft, eva, "municipality", party=neighbour)

    draft.refresh_from_db()
    assert draft.status == "signed"


def test_a_party_not_in_the_text_cannot_sign(proposed, eva, sign, neighbour):
    with pytest.raises(Refused):
        sign(proposed, eva, "municipality", party=neighbour)


def test_a_signature_is_taken_back_while_others_are_waited_for(go, david, anna, proposed, sign):
    given = sign(proposed, david, "police")

    assert go(anna, f"/overenskommelser/underskrifter/{given.pk}/aterta/").status_code == 403
    go(david, f"/overenskommelser/underskrifter/{given.pk}/aterta/", {"reason": "Fel datum."})

    event = Event.objects.about(proposed).first()
    assert not proposed.signatures.exists()
    assert event.verb == "signature_revoked"
    assert "Fel datum." in event.note
    assert "Chef för lokalpolisområdet, Person Påhittad, 16 februari 2026" in event.note


def test_a_signature_of_a_signed_agreement_is_never_taken_back(go, david, signed, police):
    given = signed.signatures.get(party=police)

    go(david, f"/overenskommelser/underskrifter/{given.pk}/aterta/", {"reason": "Ångrar mig."})
    with pytest.raises(NotAllowed):
        actions.revoke_signature(given, by=david, reason="Ångrar mig.")

    assert signed.signatures.count() == 2


def test_a_strangers_signature_is_not_found(go, eva, fia, proposed, sign, david):
    given = sign(proposed, david, "police")

    assert go(eva, f"/overenskommelser/underskrifter/{given.pk}/aterta/").status_code == 404
    assert go(fia, f"/overenskommelser/underskrifter/{given.pk}/aterta/").status_code == 404
