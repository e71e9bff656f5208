"""Both sides' yes to a joint picture: who speaks for which side, and what is still lacking.

What the parties share is settled by both (process.md 17): one of the police's people and one of a municipality's.
"""

from accounts.models import User
from lib.dates import today
from partnerships.models import Party
from partnerships.rules import parties_of
from situation.content import checksum_of
from situation.models import Approval, Picture

Side = Approval.Side


def given(picture: Picture) -> list[Approval]:
    """The approvals of what the picture says now; earlier ones of other words do not count."""
    return list(picture.approvals.filter(checksum=checksum_of(picture)).select_related("approved_by"))


def lacking(picture: Picture, approvals: list[Approval]) -> list[Side]:
    """The sides that have not approved: those that the partnership has."""
    parties = picture.partnership.parties.current(today()).select_related("organisation")
    sides = {side for party in parties if (side := _side_of(party, picture))}
    return [side for side in Side if side in sides - {one.side for one in approvals}]


def sides_of(user: User, picture: Picture, roles: frozenset[str]) -> list[Side]:
    """The sides that the person may approve for, by the roles."""
    organisations = user.organisation_ids(*roles)
    mine = [party for party in parties_of(user, picture.partnership) if party.organisation_id in organisations]
    found = {_side_of(party, picture) for party in mine}
    return [side for side in Side if side in found]


def _side_of(party: Party, picture: Picture) -> Side | None:
    """The side that a party stands on; a municipality only in what is about it or about all."""
    if party.is_police:
        return Side.POLICE
    is_about = picture.municipality_id in (None, party.organisation.municipality_id)
    return Side.MUNICIPALITY if party.is_municipality and is_about else None
