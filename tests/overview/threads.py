"""A cycle whose red thread holds from problem to follow-up, to be broken in one place at a time."""

import datetime as dt
from types import SimpleNamespace

from situation.models import CauseAnalysis
from tests import factories
from tests.promising import publish

SIGNED = {"status": "signed", "checksum": "c", "frozen": {}, "signed_on": dt.date(2026, 1, 2)}
DAY = dt.date(2026, 11, 20)


def whole(cycle, police, municipality, by):
    """Problem, analysis with a chosen cause and one left aside, goal, a finished and an ongoing measure, promise."""
    made = {"created_by": by}
    problem = factories.ProblemFactory(cycle=cycle, status="prioritised", rank=1, title="Otrygghet vid torget", **made)
    analysis = factories.CauseAnalysisFactory(problem=problem, **made)
    cause = factories.CauseFactory(analysis=analysis, number=1, chosen=True, **made)
    aside = factories.CauseFactory(analysis=analysis, number=2, text="Det är mörkt", chosen=False, **made)
    CauseAnalysis.objects.filter(pk=analysis.pk).update(status="done")
    agreement = factories.AgreementFactory(
        partnership=cycle.partnership, cycle=cycle, problems=[problem], **SIGNED, **made
    )
    goal = factories.GoalFactory(problem=problem, responsible=police, status="adopted", **made)
    known = {"baseline_reason": "Ingen har räknat.", "problem": problem, "responsible": police, **made}
    measure = factories.MeasureFactory(title="Fotpatruller på torget", status="ongoing", **known)
    done = factories.MeasureFactory(
        title="Belysning på torget", status="done", assessment="green", assessment_text="Torget är ljust.", **known
    )
    for one in (measure, done):
        one.causes.add(cause)
        one.goals.add(goal)
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=municipality, **made)
    promise = factories.PromiseFactory(document=document, measures=[measure], **made)
    publish(document, by=by)
    follow_up = factories.FollowUpFactory(measure=done, **made)
    return SimpleNamespace(**{name: value for name, value in locals().items() if name not in ("by", "made", "known")})


def put(record, **values):
    """Set columns past every rule: what old data may look like."""
    type(record)._default_manager.filter(pk=record.pk).update(**values)
