"""Both sides' yes to the very text that residents will read: who speaks for which side, and what is still lacking.

A side that promises something approves. Where only the police promise, they do so alone; what is promised together, or
by another party, needs both.
"""

from collections.abc import Iterable

from accounts.models import User
from citizen_promises.models import Approval, Promise, PromiseDocument
from lib.dates import today
from partnerships.models import Party
from partnerships.rules import parties_of

Side = Approval.Side
_ALONE = {Promise.Promiser.POLICE: Side.POLICE, Promise.Promiser.MUNICIPALITY: Side.MUNICIPALITY}


def needed(document: PromiseDocument, promisers: Iterable[str]) -> list[Side]:
    """The sides whose approval the promises need, of those that the partnership has."""
    promising: set[Side] = set()
    for promiser in promisers:
        alone = _ALONE.get(Promise.Promiser(promiser))
        promising |= {alone} if alone else set(Side)
    parties = document.partnership.parties.current(today()).select_related("organisation")
    there = {_side_of(party, document) for party in parties}
    return [side for side in Side if side in promising & there]


def given(document: PromiseDocument, checksum: str) -> list[Approval]:
    """The approvals of the text with the checksum; earlier ones of other words do not count."""
    return list(document.approvals.filter(checksum=checksum).select_related("approved_by"))


def lacking(document: PromiseDocument, checksum: str) -> list[Side]:
    """The sides that have not approved the text."""
    promisers = document.promises.values_list("promiser", flat=True)
    approved = {one.side for one in given(document, checksum)}
    return [side for side in needed(document, promisers) if side not in approved]


def sides_of(user: User, document: PromiseDocument, roles: frozenset[str]) -> list[Side]:
    """The sides that the person may approve for, by the roles."""
    organisations = user.organisation_ids(*roles)
    mine = [party for party in parties_of(user, document.partnership) if party.organisation_id in organisations]
    found = {_side_of(party, document) for party in mine}
    return [side for side in Side if side in found]


def _side_of(party: Party, document: PromiseDocument) -> Side | None:
    """The side that a party stands on; a neighbouring municipality stands on none."""
    if party.is_police:
        return Side.POLICE
    is_own = party.organisation.municipality_id == document.municipality_id
    return Side.MUNICIPALITY if party.is_municipality and is_own else None
