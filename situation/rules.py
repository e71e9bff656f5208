"""The tables of steps for pictures and problems, and who may what.

An own picture belongs to one party: only that party's people move it. A joint one belongs to all parties.
"""

import datetime as dt
from collections.abc import Callable

from accounts.models import Role, User
from accounts.roles import COORDINATORS, COORDINATORS_AND_SIGNATORIES, PARTY_ROLES
from journal.steps import Step
from partnerships.models import Partnership, Party
from partnerships.rules import parties_of, roles_about, roles_of, roles_through
from situation import approving
from situation.demands import law_parts as law_parts  # reports asks it here
from situation.models import CauseAnalysis, Difference, Picture, Prioritisation, Problem

DRAFT, READY, ESTABLISHED, REPLACED = Picture.Status

MARK_READY = Step("mark_ready", "Markera som klar", (DRAFT,), READY, COORDINATORS, told="Markerad som klar")
BACK_TO_DRAFT = Step("back_to_draft", "Öppna för ändring", (READY,), DRAFT, COORDINATORS, told="Öppnad för ändring")
ESTABLISH = Step(
    "establish",
    "Fastställ",
    (READY,),
    ESTABLISHED,
    COORDINATORS_AND_SIGNATORIES,
    warning="En fastställd version kan aldrig ändras.",
    told="Fastställd",
)
# A joint one is established by the last of these: one from each side, on exactly the same text.
APPROVE = Step(
    "approve",
    "Godkänn",
    (READY,),
    "",
    COORDINATORS_AND_SIGNATORIES,
    warning="När båda sidor har godkänt samma innehåll är lägesbilden fastställd och kan aldrig ändras.",
    told="Godkänd",
)
# Taken by the establishing of the version that replaces, never by a button.
REPLACE = Step("replace", "Ersatt av en nyare version", (ESTABLISHED,), REPLACED, COORDINATORS_AND_SIGNATORIES)
PICTURE_STEPS = [MARK_READY, BACK_TO_DRAFT, ESTABLISH, REPLACE]

# Acts leave the status as it is. Sharing, releasing and establishing are three separate decisions, each in the book
# with its day: what another authority can read is an allmän handling there (tryckfrihetsförordningen 2 kap.).
SHARE = Step(
    "share",
    "Dela med övriga parter",
    (READY, ESTABLISHED),
    "",
    COORDINATORS,
    warning="Delningen kan inte tas tillbaka.",
    told="Delad med övriga parter",
)
RELEASE = Step(
    "release",
    "Visa för länsstyrelsen och Brå",
    (ESTABLISHED, REPLACED),
    "",
    COORDINATORS_AND_SIGNATORIES,
    warning="Det kan inte tas tillbaka.",
    told="Visad för länsstyrelsen och Brå",
)
LEADERSHIP_READ = Step(
    "leadership_read",
    "Ledningen har tagit del av den",
    (READY, ESTABLISHED),
    "",
    COORDINATORS_AND_SIGNATORIES,
    warning="Ange vilken dag er ledning tog del av lägesbilden.",
)
NEW_VERSION = Step(
    "new_version",
    "Gör en ny version",
    (ESTABLISHED,),
    "",
    COORDINATORS,
    warning="Den fastställda versionen gäller tills ni fastställer den nya.",
    told="Ny version påbörjad",
)
PICTURE_ACTS = [APPROVE, SHARE, LEADERSHIP_READ, RELEASE, NEW_VERSION]

_Problem = Problem.Status
PRIORITISE = Step(
    "prioritise",
    "Prioritera",
    (_Problem.IDENTIFIED, _Problem.WATCHED, _Problem.DISMISSED),
    _Problem.PRIORITISED,
    COORDINATORS,
    warning="Skriv gärna vem som beslutade och när, till exempel styrgruppen den 12 mars.",
    told="Prioriterat",
)
WATCH = Step(
    "watch",
    "Bevaka",
    (_Problem.IDENTIFIED, _Problem.PRIORITISED),
    _Problem.WATCHED,
    COORDINATORS,
    asks_reason=True,
    warning="Problemet följs men får inga åtgärder i samverkan nu.",
    told="Bevakas",
)
DISMISS = Step(
    "dismiss",
    "Avskriv",
    (_Problem.IDENTIFIED, _Problem.PRIORITISED, _Problem.WATCHED),
    _Problem.DISMISSED,
    COORDINATORS,
    asks_reason=True,
    warning="Problemet läggs åt sidan. Skriv varför, så att nästa samverkansomgång förstår beslutet.",
    told="Avskrivet",
)
SOLVE = Step(
    "solve",
    "Markera som löst",
    (_Problem.PRIORITISED, _Problem.WATCHED),
    _Problem.SOLVED,
    COORDINATORS,
    warning="Skriv gärna vad som visar att problemet är löst.",
    told="Markerat som löst",
)
RECONSIDER = Step(
    "reconsider",
    "Ta upp igen",
    (_Problem.DISMISSED, _Problem.SOLVED),
    _Problem.IDENTIFIED,
    COORDINATORS,
    warning="Problemet blir identifierat igen och kan prioriteras på nytt.",
    told="Upptaget igen",
)
PROBLEM_STEPS = [PRIORITISE, WATCH, DISMISS, SOLVE, RECONSIDER]

_Analysis = CauseAnalysis.Status
CONCLUDE = Step(
    "conclude",
    "Markera analysen som klar",
    (_Analysis.ONGOING,),
    _Analysis.DONE,
    COORDINATORS,
    told="Analysen klar",
)
CONTINUE = Step(
    "continue",
    "Fortsätt analysen",
    (_Analysis.DONE,),
    _Analysis.ONGOING,
    COORDINATORS,
    asks_reason=True,
    told="Analysen öppnad igen",
)
ANALYSIS_STEPS = [CONCLUDE, CONTINUE]

_Difference = Difference.Status
RESOLVE = Step(
    "resolve",
    "Markera som utredd",
    (_Difference.OPEN,),
    _Difference.RESOLVED,
    COORDINATORS,
    asks_reason=True,
    warning="Skriv vad ni kom fram till och vad som visar det.",
    told="Skillnaden utredd",
)
KEEP_AS_QUESTION = Step(
    "keep_as_question",
    "Behåll som fråga",
    (_Difference.OPEN,),
    _Difference.QUESTION,
    COORDINATORS,
    asks_reason=True,
    warning="Skriv frågan, och hur ni tar reda på svaret.",
    told="Skillnaden kvar som fråga",
)
REOPEN_DIFFERENCE = Step(
    "reopen_difference",
    "Ta upp igen",
    (_Difference.RESOLVED, _Difference.QUESTION),
    _Difference.OPEN,
    COORDINATORS,
    told="Skillnaden upptagen igen",
)
DIFFERENCE_STEPS = [RESOLVE, KEEP_AS_QUESTION, REOPEN_DIFFERENCE]
# Taken in the merging of two pictures, while the joint one is a draft.
TAKE_PROBLEM = Step("take_problem", "Ta med problemet", (DRAFT,), "", COORDINATORS)

_Prioritisation = Prioritisation.Status
SETTLE_PRIORITIES = Step(
    "settle_priorities",
    "För in styrgruppens beslut",
    (_Prioritisation.ONGOING,),
    _Prioritisation.DECIDED,
    COORDINATORS_AND_SIGNATORIES,
    told="Styrgruppens beslut infört",
)
PRIORITISATION_STEPS = [SETTLE_PRIORITIES]

MANY_PROBLEMS = 5  # agreements that work have three to six; more is told, never forbidden

_OPEN: dict[Step, Callable[[Picture], bool]] = {
    BACK_TO_DRAFT: lambda picture: picture.is_joint or picture.shared_at is None,
    ESTABLISH: lambda picture: not picture.is_joint,
    APPROVE: lambda picture: picture.is_joint,
    REPLACE: lambda picture: False,
    SHARE: lambda picture: not picture.is_common,
    LEADERSHIP_READ: lambda picture: not picture.is_joint,
    RELEASE: lambda picture: picture.released_at is None,
    NEW_VERSION: lambda picture: not Picture.objects.filter(replaces=picture).exists(),
}


def roles_in(user: User, picture: Picture) -> set[str]:
    """The person's roles towards a picture: through its owner if it is one party's own, else through the parties."""
    if picture.owner is None:
        return roles_about(user, picture.partnership, picture.municipality_id)
    return roles_through(user, {picture.owner.organisation_id})


def may(user: User, step: Step, picture: Picture) -> bool:
    return bool(step.roles & roles_in(user, picture))


def may_edit(user: User, picture: Picture) -> bool:
    """Coordinators write; whether the text is still open is the status' question."""
    return Role.COORDINATOR in roles_in(user, picture)


def may_read_note(user: User, picture: Picture) -> bool:
    """The note that is never shared: those who act for the picture's owner, nobody else."""
    return picture.owner is not None and bool(PARTY_ROLES & roles_in(user, picture))


def is_open(step: Step, picture: Picture) -> bool:
    """Whether the step begins where the picture stands."""
    demand = _OPEN.get(step)
    return picture.status in step.old and (demand is None or demand(picture))


def next_steps(user: User, picture: Picture) -> list[Step]:
    found = [s for s in [*PICTURE_STEPS, *PICTURE_ACTS] if is_open(s, picture) and may(user, s, picture)]
    return [s for s in found if s != APPROVE or may_approve_now(user, picture)]


def may_approve_now(user: User, picture: Picture) -> bool:
    """Whether the person's side has not said yes yet, and this person not for another side."""
    approvals = approving.given(picture)
    if any(one.approved_by_id == user.pk for one in approvals):
        return False
    return bool(set(approving.sides_of(user, picture, APPROVE.roles)) & set(approving.lacking(picture, approvals)))


def history_since(user: User, picture: Picture | None) -> dt.datetime | None:
    """From when the book may be read; None is from the beginning.

    Of another party's own picture from its sharing: before that the book says what the drafts said.
    """
    if picture is None or picture.is_joint or roles_in(user, picture):
        return None
    return picture.shared_at


def owners(user: User, partnership: Partnership, kind: str) -> list[Party]:
    """The parties for which the person may keep an own picture of the kind: usually one."""
    coordinated = set(user.organisation_ids(Role.COORDINATOR))
    mine = [party for party in parties_of(user, partnership) if party.organisation_id in coordinated]
    fits = {Picture.Kind.OWN_POLICE: "is_police", Picture.Kind.OWN_MUNICIPALITY: "is_municipality"}
    return [party for party in mine if getattr(party, fits[Picture.Kind(kind)])]


def kinds_to_create(user: User, partnership: Partnership) -> list[Picture.Kind]:
    """Police keep the police's picture, a municipality its own; a joint one is any coordinator's."""
    if Role.COORDINATOR not in roles_of(user, partnership):
        return []
    own = [kind for kind in (Picture.Kind.OWN_POLICE, Picture.Kind.OWN_MUNICIPALITY) if owners(user, partnership, kind)]
    return [*own, Picture.Kind.JOINT]


def may_create_problem(user: User, partnership: Partnership, picture: Picture | None) -> bool:
    return may_edit(user, picture) if picture else Role.COORDINATOR in roles_of(user, partnership)


def may_decide(user: User, step: Step, problem: Problem) -> bool:
    """The parties decide together about what all of them may read; before that it is its owner's alone."""
    return bool(step.roles & _roles_towards(user, problem))


def is_open_problem(step: Step, problem: Problem) -> bool:
    """A problem is prioritised among all parties' problems, so its picture must be shared first."""
    return problem.status in step.old and (problem.is_common or step != PRIORITISE)


def next_problem_steps(user: User, problem: Problem) -> list[Step]:
    return [s for s in PROBLEM_STEPS if is_open_problem(s, problem) and may_decide(user, s, problem)]


def may_write(user: User, problem: Problem) -> bool:
    """Those who write the picture write its problems; without a picture, those whom the problem concerns."""
    roles = roles_in(user, problem.picture) if problem.picture else _roles_towards(user, problem)
    return Role.COORDINATOR in roles


def may_edit_problem(user: User, problem: Problem) -> bool:
    """The text of a problem changes only while its picture is a draft."""
    return may_write(user, problem) and (problem.picture is None or problem.picture.is_draft)


def _roles_towards(user: User, problem: Problem) -> set[str]:
    if problem.picture and not problem.is_common:
        return roles_in(user, problem.picture)
    return roles_about(user, problem.partnership, problem.municipality_id)


def municipalities_to_adopt(user: User, picture: Picture) -> list[int]:
    """The municipalities in whose name the person may note that the picture is the law's lägesbild, ids.

    An established picture with the law's three parts, not the police's own; each municipality decides for itself.
    """
    if picture.status not in (ESTABLISHED, REPLACED) or picture.kind == Picture.Kind.OWN_POLICE:
        return []
    if not all(there for _, there in law_parts(picture)):
        return []
    roles = (Role.COORDINATOR, Role.SIGNATORY)
    mine = [party.organisation for party in parties_of(user, picture.partnership) if party.is_municipality]
    able = [one.municipality_id for one in mine if one.pk in user.organisation_ids(*roles) and one.municipality_id]
    return [pk for pk in able if picture.municipality_id in (None, pk)]


def may_analyse(user: User, problem: Problem) -> bool:
    """Coordinators of the parties that the problem concerns, once all of them may read it."""
    return problem.is_common and Role.COORDINATOR in _roles_towards(user, problem)


def next_analysis_steps(user: User, analysis: CauseAnalysis) -> list[Step]:
    if analysis.is_out_of_date or not may_analyse(user, analysis.problem):
        return []
    return [step for step in ANALYSIS_STEPS if analysis.status in step.old]


def may_weigh(user: User, partnership: Partnership, municipality_id: int | None) -> bool:
    """Coordinators fill the matrix together; what is one municipality's own only that one's and the police's."""
    return Role.COORDINATOR in roles_about(user, partnership, municipality_id)


def may_settle(user: User, prioritisation: Prioritisation, places: set[int | None]) -> bool:
    """Who notes the steering group's decision acts for all whose problems it moves (ids of municipalities)."""
    found = [roles_about(user, prioritisation.partnership, place) for place in places]
    return bool(found) and all(SETTLE_PRIORITIES.roles & roles for roles in found)
