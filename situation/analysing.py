"""What happens in a cause analysis: begun for a problem, filled with causes, concluded, opened again.

The analysis' row is held while causes change, so that nothing slips in after it is called done.
"""

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import Refused, lock, record, take
from lib.swedish import listing
from situation import rules
from situation.causes import leads_back, missing_for_done
from situation.models import Cause, CauseAnalysis, Problem

DONE = "Analysen är klar. Öppna den igen för att ändra. Det du skrev är inte sparat."
BEHIND_ITSELF = "Orsaken skulle då ligga bakom sig själv. Välj en annan."
REMOVED = "Någon tog bort orsaken medan du skrev. Det du skrev står kvar här, men kan inte sparas."
PARENT_REMOVED = "Någon tog bort den orsaken medan du skrev. Välj en annan."
HAS_CAUSES = "Andra orsaker ligger bakom den här. Flytta eller ta bort dem först."


@transaction.atomic
def begin(problem: Problem, *, by: User) -> CauseAnalysis:
    """The problem's analysis; asked twice, the same one is given back."""
    held = lock(problem)
    analysis = CauseAnalysis.objects.filter(problem=held).first()
    if analysis is None:
        analysis = CauseAnalysis.objects.create(problem=held, partnership=held.partnership, created_by=by)
        record(analysis, "created", "Orsaksanalys påbörjad", by=by)
    return analysis


def save_cause(form: RecordForm, analysis: CauseAnalysis, *, by: User) -> bool:
    """Save a cause of an ongoing analysis; False, with a sentence in the form, if it may not stand there."""
    with transaction.atomic():
        if not lock(analysis).is_ongoing:
            form.add_error(None, DONE)
            return False
        if not _may_stand(form, analysis):
            return False
        if form.instance.pk:
            return save_edit(form, by=by, label="Orsak ändrad")
        last = analysis.causes.aggregate(last=Max("number"))["last"] or 0
        save_new(form, by=by, label="Orsak tillagd", analysis=analysis, number=last + 1)
    return True


def _may_stand(form: RecordForm, analysis: CauseAnalysis) -> bool:
    """Asked while the analysis is held, of the stored causes: the form was read before somebody else was done."""
    parents = dict(analysis.causes.values_list("pk", "parent"))
    cause, parent = form.instance.pk, form.cleaned_data["parent"]
    if cause and cause not in parents:
        form.add_error(None, REMOVED)
    elif parent and parent.pk not in parents:
        form.add_error("parent", PARENT_REMOVED)
    elif cause and leads_back(cause, parent.pk if parent else None, parents):
        form.add_error("parent", BEHIND_ITSELF)
    return not form.errors


@transaction.atomic
def remove_cause(cause: Cause, *, by: User) -> None:
    """Take a cause out of an ongoing analysis; the book keeps what it said."""
    analysis = lock(cause.analysis)
    if not analysis.is_ongoing:
        raise Refused(rules.CONTINUE, analysis, DONE)
    if not analysis.causes.filter(pk=cause.pk).exists():
        return
    if cause.children.exists():
        raise Refused(rules.CONTINUE, analysis, HAS_CAUSES)
    record(analysis, "removed", "Orsak borttagen", by=by, cause={"label": "orsak", "from": str(cause), "to": ""})
    cause.delete()


@transaction.atomic
def conclude(analysis: CauseAnalysis, *, by: User) -> None:
    """Call it done, if it has what the handbook asks of a cause analysis."""
    missing = missing_for_done(lock(analysis), analysis.causes.all())
    if missing:
        raise Refused(rules.CONCLUDE, analysis, f"Analysen är inte klar än. Det saknas: {listing(missing)}.")
    take(rules.CONCLUDE, analysis, by=by)
