"""Who may do what in a partnership. Every room above asks here."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Organisation, Role, User
from accounts.roles import COORDINATORS, OVERSEERS, PARTY_ROLES
from journal.steps import Step
from municipalities.models import Municipality
from partnerships.models import Cycle, Holding, Partnership, Party

OPEN = (Cycle.Status.OPEN,)
CLOSE = Step("close", "Avsluta omgången", OPEN, Cycle.Status.CLOSED, COORDINATORS, asks_reason=True, told="Avslutad")
CANCEL = Step(
    "cancel", "Avbryt omgången", OPEN, Cycle.Status.CANCELLED, COORDINATORS, asks_reason=True, told="Avbruten"
)
STEPS = [CLOSE, CANCEL]

TONE: dict[str, str] = {
    Cycle.Status.OPEN: "brand",
    Cycle.Status.CLOSED: "idle",
    Cycle.Status.CANCELLED: "warn",
}

# Organisations that may be parties. County boards and Brå read, they are not parties.
PARTY_KINDS: tuple[str, ...] = (
    Organisation.Kind.MUNICIPALITY,
    Organisation.Kind.POLICE,
    Organisation.Kind.OTHER,
)
# Without one of each there is no cooperation between police and municipality.
NEEDED_KINDS: dict[str, str] = {
    Organisation.Kind.MUNICIPALITY: "en kommun",
    Organisation.Kind.POLICE: "polisen",
}

_FIRST, _ALL = "_parties_of_first_partnership", "_parties_by_partnership"


def parties_of(user: User, partnership: Partnership) -> list[Party]:
    """The current parties that the person acts for: usually one, none for a stranger or an overseer.

    Most pages are about one partnership, and only its own are fetched; whoever asks about another one gets all: two
    queries for a list of any length. They are remembered on the user object. The next request has a new one, so
    nobody keeps a right; `forget` is for who changes parties.
    """
    known = vars(user)
    if _ALL not in known:
        if _FIRST not in known:
            known[_FIRST] = partnership.pk, _own_parties(user, Q(partnership=partnership))
        first, parties = known[_FIRST]
        if first == partnership.pk:
            return list(parties[first])
        known[_ALL] = _own_parties(user, Q())
    return list(known[_ALL][partnership.pk])


def _own_parties(user: User, which: Q) -> dict[int, list[Party]]:
    own = {m.organisation_id: m.organisation for m in user.memberships_now if m.role in PARTY_ROLES}
    found: dict[int, list[Party]] = defaultdict(list)
    if own:
        for party in Party.objects.of(user, *PARTY_ROLES).filter(which).order_by("kind", "pk"):
            party.organisation = own[party.organisation_id]  # the memberships brought it already
            found[party.partnership_id].append(party)
    return found


def forget(user: User) -> None:
    """Ask the database again next time: the person has just changed who is a party."""
    vars(user).pop(_FIRST, None)
    vars(user).pop(_ALL, None)


def roles_of(user: User, partnership: Partnership) -> set[str]:
    """The person's roles through the parties of this partnership. Overseers have none: they only read."""
    return roles_through(user, {party.organisation_id for party in parties_of(user, partnership)})


def roles_through(user: User, organisations: set[int]) -> set[str]:
    """The person's roles in these organisations, as far as they count in a partnership."""
    return {m.role for m in user.memberships_now if m.organisation_id in organisations and m.role in PARTY_ROLES}


def roles_about(user: User, partnership: Partnership, municipality_id: int | None) -> set[str]:
    """The person's roles towards what concerns one municipality, or all if None.

    In a partnership of several municipalities a neighbour reads what is another one's own, but does not write it.
    """
    if municipality_id is None:
        return roles_of(user, partnership)
    concerned = {
        party.organisation_id
        for party in parties_of(user, partnership)
        if party.organisation.municipality_id in (None, municipality_id)
    }
    return roles_through(user, concerned)


def municipalities_to_write(user: User, partnership: Partnership) -> list[int]:
    """The municipalities of the partnership about which the person may write on their own: the police about all."""
    found = partnership.municipalities().values_list("pk", flat=True)
    return [pk for pk in found if Role.COORDINATOR in roles_about(user, partnership, pk)]


def places_to_write(user: User, partnership: Partnership, *, also: int | None = None) -> QuerySet[Municipality]:
    """The same as rows to choose among; `also` is what the record says already, though that party may have left."""
    keys = [*municipalities_to_write(user, partnership), *([also] if also else [])]
    return Municipality.objects.filter(pk__in=keys).order_by("sort_order")


def is_member(user: User, partnership: Partnership) -> bool:
    """Acts for a party: sees everything shared inside, the holders' names among it."""
    return bool(roles_of(user, partnership))


def may(user: User, step: Step, cycle: Cycle) -> bool:
    """The common cycle is every party's; a municipality's own is the municipality's and the police's."""
    return bool(step.roles & roles_about(user, cycle.partnership, cycle.municipality_id))


def may_edit_cycle(user: User, cycle: Cycle) -> bool:
    return Role.COORDINATOR in roles_about(user, cycle.partnership, cycle.municipality_id)


def next_steps(user: User, cycle: Cycle) -> list[Step]:
    return [step for step in STEPS if cycle.status in step.old and may(user, step, cycle)]


def may_edit(user: User, partnership: Partnership) -> bool:
    """Coordinators of a party keep the partnership's own facts: parties, groups, seats, cycles."""
    return Role.COORDINATOR in roles_of(user, partnership)


def may_start(user: User) -> bool:
    """A coordinator of any municipality or police organisation may start a partnership."""
    return Role.COORDINATOR in user.roles


def may_end_for(user: User, parties: Iterable[Party], day: dt.date) -> set[int]:
    """Ids of the parties whose leaving the person may register.

    Parties are equals: one that has a coordinator speaks for itself. A party added today by mistake may be
    taken back at once.
    """
    parties = list(parties)
    spoken_for = set(
        Membership.objects.current(day)
        .filter(organisation__in={p.organisation_id for p in parties}, role=Role.COORDINATOR, user__is_active=True)
        .values_list("organisation", flat=True)
    )
    own = set(user.organisation_ids(Role.COORDINATOR))
    return {
        party.pk
        for party in parties
        if party.left is None
        and may_edit(user, party.partnership)
        and (
            party.organisation_id in own
            or party.organisation_id not in spoken_for
            or timezone.localdate(party.created_at) == day
        )
    }


def may_edit_party(user: User, party: Party, day: dt.date) -> bool:
    """Whether the party is main decides if it must sign, so none decides it for another that speaks for itself."""
    return party.pk in may_end_for(user, [party], day)


def is_overseer(user: User) -> bool:
    return bool(OVERSEERS & user.roles)


def may_correct(user: User, holding: Holding) -> bool:
    """Who is tied to an account is corrected by the own organisation, or name and account would come to disagree."""
    return holding.user_id is None or acts_for(user, holding.seat.organisation)


def acts_for(user: User, organisation: Organisation) -> bool:
    """Whether the person is among the organisation's own: only they choose among its users by name."""
    return organisation.pk in user.organisation_ids(*PARTY_ROLES)
