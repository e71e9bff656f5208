"""The one thing to do next in a cycle, for the person who asks."""

from dataclasses import dataclass

from accounts.models import Role, User
from five_steps.facts import Facts
from five_steps.places import line_url, place_of
from five_steps.rules import concerns
from five_steps.status import Board, ShownLine


@dataclass(frozen=True)
class NextStep:
    """A sentence with the matter in bold, and a button; `is_mine` when the person may settle the line."""

    before: str
    matter: str
    after: str
    button: str
    url: str
    is_mine: bool


def next_step(board: Board, facts: Facts, user: User) -> NextStep | None:
    """The first line of the current step that the person can settle, or else the first that waits for others."""
    open_lines = [line for line in board.current.lines if not line.is_settled]
    if not open_lines:
        return None
    mine = [line for line in open_lines if _is_mine(line, facts, user)]
    chosen = next((line for line in mine if line.awaits_confirmation), next(iter(mine), None))
    return _told(chosen, facts, is_mine=True) if chosen else _told(open_lines[0], facts, is_mine=False)


def _is_mine(shown: ShownLine, facts: Facts, user: User) -> bool:
    organisations = set(user.organisation_ids(Role.COORDINATOR))
    return any(
        party.organisation_id in organisations and concerns(shown.line, facts.cycle, party) for party in facts.parties
    )


def _told(shown: ShownLine, facts: Facts, *, is_mine: bool) -> NextStep:
    line, evidence, url = shown.line, shown.evidence, line_url(shown.line, facts.cycle)
    matter, missing = line.short.lower(), evidence.missing
    if not is_mine:
        return NextStep("Nästa rad:", matter, f"Raden bekräftas av: {line.who}.", "Se raden", url, False)
    if shown.awaits_confirmation:
        return NextStep("Underlag finns. Nästa rad:", matter, "Läs igenom och bekräfta.", "Bekräfta raden", url, True)
    if evidence.is_partial:
        if len(evidence.lacking) == 1:
            url = evidence.lacking[0].get_absolute_url()  # type: ignore[attr-defined]  # all have pages
        return NextStep("Pågår. Nästa rad:", matter, missing, f"Fortsätt med {line.noun}", url, True)
    place = place_of(line, facts.cycle.partnership_id) or url
    told = missing or "Bekräfta raden när det är gjort."
    return NextStep("Nästa rad:", matter, told, line.verb, place, True)
