"""What speaks for a line of the five steps: how far it carries, in words, and the records behind it.

Summaries hold counts and functions only, never titles or names: county boards and Brå read them, and they are
stored when a line is settled. The records themselves are for the partnership's members.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db.models import Model

from accounts.models import User
from accounts.roles import PARTY_ROLES
from dialogues.models import Dialogue
from five_steps.facts import Facts
from situation.models import Picture, Problem


class Strength(StrEnum):
    """How far the evidence carries."""

    NONE = "none"
    PARTIAL = "partial"
    PROVEN = "proven"


@dataclass(frozen=True)
class Evidence:
    """What speaks for a line, what is still lacking, and the records behind both."""

    strength: Strength
    summary: str
    missing: str = ""
    proof: Sequence[Model] = ()
    lacking: Sequence[Model] = ()

    @property
    def is_proven(self) -> bool:
        return self.strength == Strength.PROVEN

    @property
    def is_partial(self) -> bool:
        return self.strength == Strength.PARTIAL

    def counts_only(self) -> "Evidence":
        """The same without records, for those who may not read titles."""
        return replace(self, proof=(), lacking=())

    def without_unshared(self, mine: set[int]) -> "Evidence":
        """The same without what other parties than `mine` (ids) have not shared yet."""
        return replace(
            self,
            proof=[record for record in self.proof if is_readable(record, mine)],
            lacking=[record for record in self.lacking if is_readable(record, mine)],
        )


def share(done: int, total: int) -> Strength:
    """Proven when all is done, partial when something is; nothing to do proves nothing."""
    if total and done >= total:
        return Strength.PROVEN
    return Strength.PARTIAL if done else Strength.NONE


def seen_by(user: User, facts: Facts, *, member: bool) -> Callable[[Evidence], Evidence]:
    """Makes evidence what the person may see: counts for overseers, nothing unshared of other parties."""
    if not member:
        return Evidence.counts_only
    mine = parties_of_reader(user, facts)
    return lambda evidence: evidence.without_unshared(mine)


def parties_of_reader(user: User, facts: Facts) -> set[int]:
    """Ids of the parties that the person acts for, among those of the cycle."""
    organisations = set(user.organisation_ids(*PARTY_ROLES))
    return {party.pk for party in facts.parties if party.organisation_id in organisations}


def is_readable(record: Model, mine: set[int]) -> bool:
    """An own picture stays inside its party until it is shared, and so do the problems it shows.

    A dialogue with staff stays inside the parties that held it.
    """
    if isinstance(record, Dialogue) and not record.is_with_residents and record.shared_at is None:
        return bool({party.pk for party in record.organisers.all()} & mine)
    picture = _others_picture(record, mine)
    return picture is None or picture.shared_at is not None


def shared_with(record: Model, mine: set[int]) -> dt.datetime | None:
    """When another party shared the own picture that the record is or belongs to; None for all else."""
    picture = _others_picture(record, mine)
    return picture.shared_at if picture else None


def _others_picture(record: Model, mine: set[int]) -> Picture | None:
    picture = record.picture if isinstance(record, Problem) else record
    if not isinstance(picture, Picture) or picture.owner_id is None or picture.owner_id in mine:
        return None
    return picture
