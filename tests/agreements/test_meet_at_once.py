"""Two people at the same moment, on a database where they really meet."""

import datetime as dt

import pytest

from agreements import actions
from agreements.forms import AgreementForm
from agreements.models import Agreement, Prolongation
from journal.steps import NotAllowed
from tests import factories
from tests.agreements.conftest import DAY, needs_row_locks

pytestmark = [needs_row_locks, pytest.mark.django_db(transaction=True)]
ROUNDS = 20


@pytest.fixture
def fresh(partnership, cycle, police, municipality_party, bo):
    """One more agreement that is open for signing."""

    def made():
        agreement = factories.AgreementFactory(
            partnership=partnership, cycle=cycle, purpose="Syfte", areas="Område", created_by=bo
        )
        agreement.parties.set([police, municipality_party])
        actions.propose(agreement, by=bo)
        agreement.refresh_from_db()
        return agreement

    return made


def test_both_parties_sign_at_once_and_it_is_always_signed(at_once, fresh, sign, cecilia, david):
    """Counted without the agreement's lock, each would see only its own signature, and it would wait for ever."""
    for _ in range(ROUNDS):
        agreement = fresh()
        answers = at_once(
            lambda agreement=agreement: sign(Agreement.objects.get(pk=agreement.pk), david, "police"),
            lambda agreement=agreement: sign(Agreement.objects.get(pk=agreement.pk), cecilia, "municipality"),
        )
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        agreement.refresh_from_db()
        assert (agreement.status, agreement.signatures.count()) == ("signed", 2)


def test_two_sign_for_the_same_party_and_one_is_told(at_once, fresh, sign, anna, cecilia):
    for _ in range(ROUNDS):
        agreement = fresh()
        answers = at_once(
            *[
                lambda by=by, agreement=agreement: sign(Agreement.objects.get(pk=agreement.pk), by, "municipality")
                for by in (anna, cecilia)
            ]
        )
        told = [answer for answer in answers if isinstance(answer, NotAllowed)]
        assert len(told) == 1
        assert "har redan undertecknat" in str(told[0])
        assert agreement.signatures.count() == 1


def test_one_signs_while_another_takes_the_text_back(at_once, fresh, sign, bo, cecilia):
    """Never a draft with a signature on it."""
    for _ in range(ROUNDS):
        agreement = fresh()
        answers = at_once(
            lambda agreement=agreement: sign(Agreement.objects.get(pk=agreement.pk), cecilia, "municipality"),
            lambda agreement=agreement: actions.withdraw(Agreement.objects.get(pk=agreement.pk), by=bo),
        )
        agreement.refresh_from_db()
        assert len([answer for answer in answers if isinstance(answer, NotAllowed)]) == 1, answers
        assert (agreement.status, agreement.signatures.count()) in [("draft", 0), ("proposed", 1)]


def test_two_drafts_are_not_made_each_others_parent(at_once, partnership, bo, anna, form, police, municipality_party):
    for _ in range(ROUNDS):
        one, two = (factories.AgreementFactory(partnership=partnership, created_by=bo) for _ in range(2))
        for agreement in (one, two):
            agreement.parties.set([police, municipality_party])

        def adopt(child, parent, by):
            filled = AgreementForm(
                form(child, parent=parent.pk),
                instance=Agreement.objects.get(pk=child.pk),
                partnership=partnership,
                user=by,
            )
            assert filled.is_valid(), filled.errors
            return actions.save_draft(filled, by=by)

        answers = at_once(
            lambda one=one, two=two, adopt=adopt: adopt(one, two, bo),
            lambda one=one, two=two, adopt=adopt: adopt(two, one, anna),
        )
        assert sorted(answers) == [False, True]


def test_both_parties_consent_at_once_and_it_is_always_prolonged(
    at_once, fresh, sign, cecilia, david, police, municipality_party, bo
):
    for _ in range(5):
        agreement = fresh()
        sign(agreement, david, "police")
        sign(agreement, cecilia, "municipality")
        asked = agreement.prolongations.create(ends=dt.date(2031, 12, 31), reason="Mer tid.", created_by=bo)
        said = {"function": "Chef", "name": "Person Påhittad", "given_on": DAY, "day": DAY}
        answers = at_once(
            lambda asked=asked, said=said: actions.consent(
                Prolongation.objects.get(pk=asked.pk), party=police, by=david, **said
            ),
            lambda asked=asked, said=said: actions.consent(
                Prolongation.objects.get(pk=asked.pk), party=municipality_party, by=cecilia, **said
            ),
        )
        assert not [answer for answer in answers if isinstance(answer, Exception)]
        agreement.refresh_from_db()
        assert agreement.prolonged_to == dt.date(2031, 12, 31)


def test_two_who_add_local_parts_or_revise_at_once_make_one(at_once, fresh, sign, cecilia, david, bo, anna, lycksele):
    for _ in range(5):
        agreement = fresh()
        sign(agreement, david, "police")
        sign(agreement, cecilia, "municipality")
        made = at_once(
            *[
                lambda by=by, pk=agreement.pk: actions.add_local_parts(Agreement.objects.get(pk=pk), [lycksele], by=by)
                for by in (bo, anna)
            ]
        )
        revised = at_once(
            *[
                lambda by=by, pk=agreement.pk: actions.revise(
                    Agreement.objects.get(pk=pk), by=by, reason="Nytt.", day=DAY
                )
                for by in (bo, anna)
            ]
        )
        assert sorted(map(len, made)) == [0, 1]
        assert len([answer for answer in revised if isinstance(answer, NotAllowed)]) == 1
        assert Agreement.objects.filter(replaces=agreement).count() == 1


def test_two_in_the_same_section_at_once_and_one_is_told(at_once, draft, bo, anna):
    was = actions.sign_of(draft.purpose)
    answers = at_once(
        *[
            lambda by=by: actions.write_section(
                Agreement.objects.get(pk=draft.pk), "purpose", f"{by.name}s syfte.", was=was, by=by
            )
            for by in (bo, anna)
        ]
    )

    assert sorted(map(bool, answers)) == [False, True]
