"""Who may plan, document, answer and close dialogues, from where, and what stands in the way."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Role, User
from accounts.roles import COORDINATORS
from dialogues.models import Dialogue, DialogueResult, Reply, Theme
from journal.steps import Step
from lib.swedish import date, plural
from municipalities.models import Municipality
from partnerships.models import Partnership, Party
from partnerships.rules import municipalities_to_write, parties_of, roles_about, roles_of, roles_through

PLANNED, HELD = Dialogue.Status.PLANNED, Dialogue.Status.HELD
CLOSED, CANCELLED = Dialogue.Status.CLOSED, Dialogue.Status.CANCELLED
OPEN = (PLANNED, HELD)
WAITING, ACCEPTED, REFUSED = Reply.Status.WAITING, Reply.Status.ACCEPTED, Reply.Status.REFUSED

HOLD = Step("hold", "Dialogen är genomförd", (PLANNED,), HELD, COORDINATORS, told="Genomförd")
CLOSE = Step("close", "Avsluta dialogen", (HELD,), CLOSED, COORDINATORS, told="Avslutad")
CANCEL = Step("cancel", "Ställ in dialogen", (PLANNED,), CANCELLED, COORDINATORS, asks_reason=True, told="Inställd")
REOPEN = Step("reopen", "Öppna dialogen igen", (CLOSED,), HELD, COORDINATORS, asks_reason=True, told="Öppnad igen")
STEPS = [HOLD, CLOSE, REOPEN, CANCEL]

ACCEPT = Step("accept", "Ta med svaret", (WAITING, REFUSED), ACCEPTED, COORDINATORS, True, told="Svaret är med")
REFUSE = Step(
    "refuse", "Ta inte med svaret", (WAITING, ACCEPTED), REFUSED, COORDINATORS, True, told="Svaret är inte med"
)
REPLY_STEPS = [ACCEPT, REFUSE]

# No moves, but the same two questions: who may, and in which status of the dialogue.
WRITE = Step("write", "Skriv i dialogen", OPEN, HELD, COORDINATORS)
MODERATE = Step("moderate", "Granska svaren", OPEN, HELD, COORDINATORS)
READ = Step("read", "Läs svaren", (*OPEN, CLOSED, CANCELLED), HELD, COORDINATORS)
PUBLISH = Step("publish", "Publicera resultatet", (HELD, CLOSED), HELD, COORDINATORS)
ERASE = Step("erase", "Gallra svaren", (CLOSED,), CLOSED, COORDINATORS)
SHARE = Step("share", "Dela i samverkan", (PLANNED, HELD, CLOSED), HELD, COORDINATORS)

TONE: dict[str, str] = {
    PLANNED: "brand",
    HELD: "warn",
    CLOSED: "ok",
    CANCELLED: "idle",
    WAITING: "warn",
    ACCEPTED: "ok",
    REFUSED: "idle",
    Theme.Outcome.PROMISE: "promise",
    Theme.Outcome.ELSEWHERE: "brand",
    Theme.Outcome.NOT_NOW: "idle",
    Theme.Outcome.DONE: "ok",
    "": "bad",
}
# After so many days somebody who took part should have heard something.
FEEDBACK_DAYS = 30


def may(user: User, step: Step, dialogue: Dialogue) -> bool:
    """Whether the person has the step's role through the police or the municipality whose residents were asked.

    A dialogue with staff is the affair of the parties that hold it.
    """
    if dialogue.is_with_residents:
        return bool(step.roles & roles_about(user, dialogue.partnership, dialogue.municipality_id))
    return bool(step.roles & roles_through(user, _holding(user, dialogue)))


def _holding(user: User, dialogue: Dialogue) -> set[int]:
    """The organisations among the organisers that the person acts for."""
    organisers = {party.pk for party in dialogue.organisers.all()}
    return {party.organisation_id for party in parties_of(user, dialogue.partnership) if party.pk in organisers}


def may_create(user: User, partnership: Partnership) -> bool:
    """A coordinator of any party may plan one, about the municipalities that the form then offers."""
    return Role.COORDINATOR in roles_of(user, partnership)


def municipalities_for(user: User, partnership: Partnership) -> QuerySet[Municipality]:
    """Those whose residents the person may ask: all for the police, else the person's own."""
    return partnership.municipalities().filter(pk__in=municipalities_to_write(user, partnership))


def coordinated(user: User, partnership: Partnership) -> list[Party]:
    """The parties for which the person may hold a dialogue with staff."""
    own = set(user.organisation_ids(Role.COORDINATOR))
    return [party for party in parties_of(user, partnership) if party.organisation_id in own]


def stands(step: Step, dialogue: Dialogue) -> bool:
    """Whether the dialogue stands where the step begins."""
    return dialogue.status in step.old


def next_steps(user: User, dialogue: Dialogue) -> list[Step]:
    """The moves that are open to the person now."""
    return [step for step in STEPS if stands(step, dialogue) and may(user, step, dialogue)]


def step_to(status: str) -> Step:
    """The step of a reply that ends in the status."""
    return next(step for step in REPLY_STEPS if step.new == status)


def may_share(dialogue: Dialogue) -> bool:
    """Dialogues with residents are everybody's in the partnership from the beginning."""
    return not dialogue.is_with_residents and dialogue.shared_at is None and stands(SHARE, dialogue)


def is_awaiting_feedback(dialogue: Dialogue, day: dt.date) -> bool:
    """Whether those who took part have waited too long to hear what came of it."""
    late = dialogue.ends + dt.timedelta(days=FEEDBACK_DAYS) < day
    return dialogue.status == HELD and not dialogue.feedback and late


def missing_to_hold(dialogue: Dialogue, day: dt.date) -> str:
    """Why the dialogue cannot have been held yet; nothing if it can."""
    if dialogue.starts > day:
        return f"Dialogen börjar {date(dialogue.starts)}. Ändra dagen om den redan har hållits."
    return ""


def missing_to_close(dialogue: Dialogue, themes: Iterable[Theme], waiting: int) -> list[tuple[str, str]]:
    """What is lacking before the dialogue may be closed: sentences, each with the door where it is put right."""
    themes = list(themes)
    unanswered = [theme for theme in themes if not theme.outcome]
    found = []
    if dialogue.is_answerable:
        found.append(("Frågorna är fortfarande öppna för invånarna. Stäng dem först.", "questions"))
    if waiting:
        found.append((f"{plural(waiting, 'svar', 'svar')} från invånare väntar på granskning.", "replies"))
    if not themes and dialogue.participants != 0:
        found.append(("Inga teman är inskrivna. Skriv minst ett, eller ange att ingen deltog (0).", "document"))
    if unanswered:
        told = plural(len(unanswered), "tema", "teman")
        found.append((f"{told} har inget svar. Varje tema ska få ett innan dialogen avslutas.", "themes"))
    if not dialogue.feedback:
        found.append(("De som deltog har inte fått återkoppling.", "feedback"))
    return found


def missing_to_publish(dialogue: Dialogue, themes: Iterable[Theme]) -> str:
    """Why the result cannot be published yet; nothing if it can."""
    themes = list(themes)
    if not themes:
        return "Det finns inget resultat att publicera ännu. Skriv in minst ett tema först."
    unanswered = sum(not theme.outcome for theme in themes)
    if unanswered:
        told = plural(unanswered, "tema", "teman")
        return f"{told} har inget svar ännu. Besvara alla innan ni publicerar."
    return ""


def may_publish(user: User, dialogue: Dialogue) -> bool:
    """Only what residents said is published for residents."""
    return dialogue.is_with_residents and stands(PUBLISH, dialogue) and may(user, PUBLISH, dialogue)


def may_withdraw(user: User, result: DialogueResult) -> bool:
    """Who may publish may also take down."""
    return result.withdrawn_at is None and may(user, PUBLISH, result.dialogue)
