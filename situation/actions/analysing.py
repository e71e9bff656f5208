"""What happens in a cause analysis: begun for a problem, filled with causes, concluded, opened again.

The analysis' row is held while causes change, so that nothing slips in after it is called done.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, ProtectedError

from accounts.models import User
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import Refused, Step, lock, record, take
from lib.swedish import in_words, listing
from partnerships.models import Cycle
from situation import rules
from situation.causes import MOST_LEVELS, leads_back, levels_with, missing_for_done
from situation.models import Cause, CauseAnalysis, Problem

GONE = "gone"  # the code of the fault, for the page to ask about
DONE = "Analysen är klar. Öppna den igen för att ändra. Det du skrev är inte sparat."
CLOSED = "Samverkansomgången är inte öppen, så analysen kan inte ändras. Det du skrev är inte sparat."
BEHIND_ITSELF = "Orsaken skulle då ligga bakom sig själv. Välj en annan."
REMOVED = (
    "Någon tog bort orsaken medan du skrev. Det du skrev står kvar här: lägg till det som en ny orsak, om det ska med."
)
THERE = "Orsaken finns redan på samma plats i trädet, som nummer {number}. Ändra den i stället."
PARENT_REMOVED = "Någon tog bort den orsaken medan du skrev. Välj en annan."
TOO_DEEP = f"Orsakerna skulle då ligga i fler än {in_words(MOST_LEVELS)} led. Lägg den närmare problemet."
OUT_OF_DATE = "Problemet är avskrivet eller löst, så analysen är inaktuell. Ta upp problemet igen först."
IN_USE = (
    "Orsaken är det som ska påverkas av: {}. Därför kan den inte tas bort. Välj en annan orsak där först, eller låt "
    "den stå kvar."
)
HAS_CAUSES = "Andra orsaker ligger bakom den här. Flytta eller ta bort dem först."


@transaction.atomic
def begin(problem: Problem, *, by: User) -> CauseAnalysis:
    """The problem's analysis; asked twice, the same one is given back."""
    cycle, held = lock(problem.cycle), lock(problem)
    analysis = CauseAnalysis.objects.filter(problem=held).first()
    if analysis is None:
        if cycle.status != Cycle.Status.OPEN:
            raise Refused(rules.CONCLUDE, held, CLOSED)
        analysis = CauseAnalysis.objects.create(problem=held, partnership=held.partnership, created_by=by)
        record(analysis, "created", "Orsaksanalys påbörjad", by=by)
    return analysis


def save_answers(form: RecordForm, analysis: CauseAnalysis, *, by: User) -> bool:
    """Save the answers and the meeting; False, with a sentence in the form, if they may not be changed."""
    with transaction.atomic():
        if lock(analysis.problem.cycle).status != Cycle.Status.OPEN:
            form.add_error(None, CLOSED)
            return False
        return save_edit(form, by=by)


def save_cause(form: RecordForm, analysis: CauseAnalysis, *, by: User) -> bool:
    """Save a cause of an ongoing analysis; False, with a sentence in the form, if it may not stand there."""
    with transaction.atomic():
        cycle, held = lock(analysis.problem.cycle), lock(analysis)
        if not held.is_ongoing or cycle.status != Cycle.Status.OPEN:
            form.add_error(None, CLOSED if held.is_ongoing else DONE)
            return False
        if not _may_stand(form, analysis):
            return False
        if form.instance.pk:
            return _save_edited(form, analysis, by)
        if there := _same(form, analysis):
            return _is_sent_again(form, there)
        moved = _make_room(form, analysis)
        last = analysis.causes.aggregate(last=Max("number"))["last"] or 0
        save_new(form, by=by, label="Orsak tillagd", analysis=analysis, number=last + 1)
        _put_in_order(moved, by)
    return True


def _save_edited(form: RecordForm, analysis: CauseAnalysis, by: User) -> bool:
    """Save a cause that is there; the others keep their places if it could not be saved."""
    with transaction.atomic():
        moved = _make_room(form, analysis)
        if save_edit(form, by=by, label="Orsak ändrad"):
            _put_in_order(moved, by)
            return True
        transaction.set_rollback(True)
    return False


def _make_room(form: RecordForm, analysis: CauseAnalysis) -> list[tuple[Cause, int]]:
    """Give the form's cause its place in the order; the others that get another one for that, without place so far.

    A chosen cause that is given no place is put last: the parties have chosen it, so it has one.
    """
    others = list(analysis.causes.exclude(pk=form.instance.pk).exclude(priority=None).order_by("priority"))
    place, last = form.cleaned_data["priority"], len(others) + 1
    if place is None and form.cleaned_data["chosen"]:
        place = last
    if place is not None:
        place = min(place, last)
        form.cleaned_data["priority"] = form.instance.priority = place
    free = (number for number in range(1, last + 1) if number != place)
    moved = [(cause, number) for cause, number in zip(others, free, strict=False) if cause.priority != number]
    Cause.objects.filter(pk__in=[cause.pk for cause, _ in moved]).update(priority=None)
    return moved


def _put_in_order(moved: list[tuple[Cause, int]], by: User) -> None:
    for cause, number in moved:
        Cause.objects.filter(pk=cause.pk).update(priority=number, revision=F("revision") + 1)
        change = {"label": "prioritet", "from": str(cause.priority), "to": str(number)}
        record(cause, "ranked", "Flyttad i prioritet", by=by, priority=change)


def _same(form: RecordForm, analysis: CauseAnalysis) -> Cause | None:
    """A cause in the same words behind the same one: sent twice, or written by two at the same moment."""
    said = {"text": form.cleaned_data["text"], "parent": form.cleaned_data["parent"]}
    return analysis.causes.filter(**said).first()


def _is_sent_again(form: RecordForm, there: Cause) -> bool:
    """What is the same in everything is there already, and no fault; what differs is told, not thrown away."""
    said = ("category", "nature", "support", "picture_source", "source", "influence", "chosen")
    if any(getattr(there, name) != form.cleaned_data[name] for name in said):
        form.add_error("text", THERE.format(number=there.number))
        return False
    form.instance = there
    return True


def _may_stand(form: RecordForm, analysis: CauseAnalysis) -> bool:
    """Asked while the analysis is held, of the stored causes: the form was read before somebody else was done."""
    parents = dict(analysis.causes.values_list("pk", "parent"))
    cause, parent = form.instance.pk, form.cleaned_data["parent"]
    if cause and cause not in parents:
        form.add_error(None, ValidationError(REMOVED, code=GONE))
    elif parent and parent.pk not in parents:
        form.add_error("parent", PARENT_REMOVED)
    elif cause and leads_back(cause, parent.pk if parent else None, parents):
        form.add_error("parent", BEHIND_ITSELF)
    elif parent and parents.get(cause) != parent.pk and levels_with(cause, parent.pk, parents) > MOST_LEVELS:
        form.add_error("parent", TOO_DEEP)
    return not form.errors


@transaction.atomic
def remove_cause(cause: Cause, *, by: User) -> None:
    """Take a cause out of an ongoing analysis; the book keeps what it said."""
    _hold_cycle(rules.CONTINUE, cause.analysis)
    analysis = lock(cause.analysis)
    if not analysis.is_ongoing:
        raise Refused(rules.CONTINUE, analysis, DONE)
    if not analysis.causes.filter(pk=cause.pk).exists():
        return
    if cause.children.exists():
        raise Refused(rules.CONTINUE, analysis, HAS_CAUSES)
    told = {"label": "orsak", "from": str(cause), "to": ""}
    try:
        cause.delete()
    except ProtectedError as used:
        named = listing(sorted({str(one) for one in used.protected_objects}))
        raise Refused(rules.CONTINUE, analysis, IN_USE.format(named)) from used
    record(analysis, "removed", "Orsak borttagen", by=by, cause=told)


@transaction.atomic
def conclude(analysis: CauseAnalysis, *, by: User) -> None:
    """Call it done, if it has what the handbook asks of a cause analysis."""
    _hold_cycle(rules.CONCLUDE, analysis)
    if lock(analysis.problem).status in CauseAnalysis.PUT_ASIDE:
        raise Refused(rules.CONCLUDE, analysis, OUT_OF_DATE)
    missing = missing_for_done(lock(analysis), analysis.causes.select_related("picture_source"))
    if missing:
        raise Refused(rules.CONCLUDE, analysis, f"Analysen är inte klar än. Det saknas: {listing(missing)}.")
    take(rules.CONCLUDE, analysis, by=by)


@transaction.atomic
def move(step: Step, analysis: CauseAnalysis, *, by: User, reason: str) -> None:
    """Take the analysis along the step, while its cycle is open."""
    _hold_cycle(step, analysis)
    take(step, analysis, by=by, note=reason)


def _hold_cycle(step: Step, analysis: CauseAnalysis) -> None:
    """Nothing changes in the analysis of a problem whose cycle is not open."""
    if lock(analysis.problem.cycle).status != Cycle.Status.OPEN:
        raise Refused(step, analysis, CLOSED)
