"""Questions that other rooms ask about pictures and problems.

They answer for the partnership as a whole and know no reader: what is shown of a picture to a person goes through
`Picture.objects.visible_to`, for status and dates are everybody's, titles and texts are not.
"""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership
from partnerships.queries import concerning
from situation.models import CauseAnalysis, LegalDecision, Picture, Problem, SecrecyAssessment

_HOLDS = {Picture.Status.ESTABLISHED: 0, Picture.Status.READY: 1, Picture.Status.DRAFT: 2, Picture.Status.REPLACED: 3}


def latest_pictures(
    partnership: Partnership, municipality: Municipality | None = None, *, cycle: Cycle | None = None
) -> dict[str, Picture]:
    """The picture that holds, by kind: established before ready before draft, then the latest. One query, no texts."""
    found = Picture.objects.filter(concerning(municipality), partnership=partnership).without_content()
    if cycle:
        found = found.filter(cycle=cycle)
    newest_first = found.order_by("-period_to", "-version", "-pk")
    latest: dict[str, Picture] = {}
    for picture in sorted(newest_first, key=lambda one: _HOLDS[Picture.Status(one.status)]):
        latest.setdefault(picture.kind, picture)
    return latest


def legal_decisions(municipalities: Iterable[Municipality] | QuerySet[Municipality]) -> dict[int, LegalDecision]:
    """Each municipality's latest decision on the law's lägesbild, by its id; day and body are nobody's secret.

    Lag (2023:196) 6 §: `renewed_by` is the day by which the law wants the next. One query.
    """
    found: dict[int, LegalDecision] = {}
    for one in LegalDecision.objects.filter(municipality__in=municipalities).newest_first():
        found.setdefault(one.municipality_id, one)
    return found


def prioritised_problems(cycle: Cycle, municipality: Municipality | None = None) -> QuerySet[Problem]:
    """The cycle's prioritised problems in the order that was decided; only what every party may read."""
    return Problem.objects.filter(concerning(municipality), cycle=cycle).common().prioritised()


def analysed_causes(cycle: Cycle) -> dict[int, int]:
    """How many causes each problem of the cycle has in an analysis that is done, by the problem's id. One query."""
    done = CauseAnalysis.objects.done().filter(problem__cycle=cycle)
    return dict(done.order_by().annotate(found=Count("causes")).values_list("problem", "found"))


def secrecy_at_sharing(picture: Picture) -> SecrecyAssessment | None:
    """How secrecy was judged when the picture was handed over; None for what nobody has shared."""
    return SecrecyAssessment.objects.filter(picture=picture).first() if picture.shared_at else None
