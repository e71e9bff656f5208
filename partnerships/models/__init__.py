"""Who cooperates: partnerships, their parties, groups, seats with holders over time, and cycles."""

from partnerships.models.cycle import Cycle, CycleQuerySet
from partnerships.models.partnership import Partnership, PartnershipQuerySet, Party, PartyQuerySet
from partnerships.models.seat import Group, GroupQuerySet, Holding, HoldingQuerySet, Seat, SeatQuerySet

__all__ = [
    "Cycle",
    "CycleQuerySet",
    "Group",
    "GroupQuerySet",
    "Holding",
    "HoldingQuerySet",
    "Partnership",
    "PartnershipQuerySet",
    "Party",
    "PartyQuerySet",
    "Seat",
    "SeatQuerySet",
]
