"""Who may do what with an agreement beside its text: decide, prolong, join, leave, revise, add local parts."""

import datetime as dt

from accounts.models import User
from accounts.roles import COORDINATORS_AND_SIGNATORIES
from agreements.models import Agreement, Decision, Prolongation, Validity
from agreements.rules.agreements import PROPOSED, SIGNED, acting_parties, bound_acting, may_edit, parties_asked
from journal.steps import Step
from lib.dates import add_months
from partnerships.models import Party

AGREE = Step(
    "agree",
    "Samtyck till förlängningen",
    (Prolongation.Status.PROPOSED,),
    Prolongation.Status.AGREED,
    COORDINATORS_AND_SIGNATORIES,
    told="Förlängningen gäller",
)
DROP_PROLONGATION = Step(
    "drop",
    "Återta förslaget",
    (Prolongation.Status.PROPOSED,),
    Prolongation.Status.WITHDRAWN,
    COORDINATORS_AND_SIGNATORIES,
    asks_reason=True,
    told="Förslaget återtaget",
)
PROLONGATION_STEPS = [AGREE, DROP_PROLONGATION]
HOLDING = (Validity.COMING, Validity.IN_FORCE, Validity.EXPIRING)


def holds(agreement: Agreement, day: dt.date) -> bool:
    """Whether it is signed, not terminated, run out or replaced: what may be prolonged, joined and revised."""
    return agreement.status == SIGNED and agreement.validity(day) in HOLDING and not agreement.is_replaced(day)


def confer_by(agreement: Agreement, day: dt.date) -> dt.date | None:
    """The last day to confer about what comes after, when it is a month away or has passed, and nothing follows yet."""
    last = agreement.consult_by(day) if holds(agreement, day) else None
    return last if last and day >= add_months(last, -1) and not agreement.replaced_from else None


def may_revise(user: User, agreement: Agreement, day: dt.date) -> bool:
    return holds(agreement, day) and may_edit(user, agreement)


def may_prolong(user: User, agreement: Agreement, day: dt.date) -> bool:
    """An open end needs none, nor does a local part that lasts as long as the common agreement."""
    own = agreement.ends is not None and not agreement.follows
    return own and holds(agreement, day) and bool(bound_acting(user, agreement, day))


def may_divide(user: User, agreement: Agreement) -> bool:
    """Local parts are made under a common agreement, by who writes in it."""
    return agreement.municipality_id is None and may_edit(user, agreement)


def may_publish(user: User, agreement: Agreement) -> bool:
    """What is signed may be made public by who keeps the agreement; how is an act beside the text."""
    return agreement.is_signed and may_edit(user, agreement)


def main_parties(agreement: Agreement) -> list[dict[str, object]]:
    return [party for party in parties_asked(agreement) if party["kind"] == Party.Kind.MAIN]


def deciding_parties(user: User, agreement: Agreement) -> list[Party]:
    """The person's own parties that have not registered a decision on this very text."""
    if agreement.status not in (PROPOSED, SIGNED):
        return []
    decided = {decision.party_id for decision in decisions_on(agreement)}
    return [party for party in acting_parties(user, agreement) if party.pk not in decided]


def decisions_on(agreement: Agreement) -> list[Decision]:
    """The parties' decisions on the text as it is frozen now; those on an earlier wording stay but do not count."""
    return [one for one in agreement.decisions.all() if one.checksum == agreement.checksum]


def undecided(agreement: Agreement) -> list[str]:
    """The main parties that have not decided on the frozen text, by name."""
    decided = {decision.party_id for decision in decisions_on(agreement)}
    return [str(party["name"]) for party in main_parties(agreement) if party["id"] not in decided]


def both_sides(parties: set[int]) -> bool:
    """Whether the police and a municipality are among them: without one of them there is no cooperation."""
    left = list(Party.objects.filter(pk__in=parties).select_related("organisation"))
    return any(party.is_police for party in left) and any(party.is_municipality for party in left)


def gone(agreement: Agreement) -> list[Party]:
    """Parties of the text that have left the partnership since: the agreement stands all the same, but it is told."""
    return list(agreement.parties.exclude(left=None).select_related("organisation"))
