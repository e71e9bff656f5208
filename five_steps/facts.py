"""What a cycle holds that can prove a line, fetched once: as many queries for one cycle as for a hundred."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Count, Model, Prefetch, Q, QuerySet, Sum

from agreements.models import Agreement, Measure
from agreements.queries import municipalities_of
from citizen_promises.models import Promise, PromiseDocument
from followup.models import FollowUp
from partnerships.models import Cycle, Group, Holding, Party, Seat
from situation.models import CauseAnalysis, Picture, Problem

READY = (Picture.Status.READY, Picture.Status.ESTABLISHED, Picture.Status.REPLACED)

# What is fetched of each kind: long texts and frozen contents stay in the database.
FIELDS: dict[type[Model], str] = {
    Picture: "partnership cycle municipality kind owner version title status period_to shared_at released_at "
    "established_at leadership_read_on police_picture municipality_picture",
    CauseAnalysis: "status problem__cycle problem__title",
    Problem: "cycle municipality title status trend rank picture__owner picture__shared_at",
    Measure: "cycle municipality problem title status starts ends planned_count unit",
    Agreement: "partnership cycle municipality title kind starts ends status signed_on terminated_on replaces",
    PromiseDocument: "partnership cycle municipality title starts ends status published_at",
    Promise: "document order text promiser planned_count unit status feedback_on",
    FollowUp: "cycle municipality kind period_to steering_group_on change measure__problem measure__title "
    "promise__text",
    Holding: "seat starts ends share acting",
}


@dataclass
class Facts:
    """What a cycle holds on a day, each list in the order in which it is shown."""

    cycle: Cycle
    day: dt.date
    parties: list[Party] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    analyses: list[CauseAnalysis] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    agreements: list[Agreement] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    documents: list[PromiseDocument] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)

    @property
    def police(self) -> list[Party]:
        return [party for party in self.parties if party.is_police]

    @property
    def municipal(self) -> list[Party]:
        return [party for party in self.parties if party.is_municipality]

    @property
    def own_agreements(self) -> list[Agreement]:
        """The agreements made in this cycle; `agreements` holds all of the partnership's."""
        return [agreement for agreement in self.agreements if agreement.cycle_id == self.cycle.pk]

    @property
    def prioritised(self) -> list[Problem]:
        """The problems that the cycle took on, solved ones included, in the order that was decided."""
        taken = (Problem.Status.PRIORITISED, Problem.Status.SOLVED)
        return [problem for problem in self.problems if problem.status in taken]

    @property
    def published(self) -> list[Promise]:
        public = PromiseDocument.Status.PUBLISHED
        return [promise for promise in self.promises if promise.document.status == public]

    def covers(self, municipality_id: int | None) -> bool:
        """Whether something that concerns the municipality (or all, if None) belongs to this cycle."""
        return municipality_id is None or self.cycle.municipality_id in (None, municipality_id)


def gather(cycles: Sequence[Cycle], day: dt.date) -> dict[int, Facts]:
    """The facts of each cycle by its id, in eleven queries."""
    found = {cycle.pk: Facts(cycle, day) for cycle in cycles}
    partnerships: dict[int, list[Facts]] = defaultdict(list)
    for facts in found.values():
        partnerships[facts.cycle.partnership_id].append(facts)
    for name, row, municipality in chain(_organisation(partnerships, day), _agreements(partnerships)):
        for facts in partnerships[row.partnership_id]:
            if facts.covers(municipality):
                getattr(facts, name).append(row)
    for name, row, cycle in chain(_knowledge(found), _work(found), _promises(found)):
        getattr(found[cycle], name).append(row)
    return found


AnyModel = TypeVar("AnyModel", bound=Model)
Row = tuple[str, Any, Any]  # the list it belongs to, the record, and what it is sorted by: a municipality or a cycle


def _of(rows: QuerySet[AnyModel]) -> QuerySet[AnyModel]:
    return rows.only(*FIELDS[rows.model].split())


def _organisation(partnerships: Iterable[int], day: dt.date) -> Iterator[Row]:
    parties = Party.objects.current(day).filter(partnership__in=partnerships).select_related("organisation")
    for party in parties.order_by("kind", "pk"):
        yield "parties", party, party.organisation.municipality_id
    exists = Q(ends=None) | Q(ends__gte=day)
    for group in Group.objects.filter(exists, partnership__in=partnerships, starts__lte=day):
        yield "groups", group, group.municipality_id
    seats = Seat.objects.filter(exists, partnership__in=partnerships, starts__lte=day)
    for seat in seats.prefetch_related(Prefetch("holdings", _of(Holding.objects.all()))):
        yield "seats", seat, seat.municipality_id


def _agreements(partnerships: Iterable[int]) -> Iterator[Row]:
    agreements = _of(Agreement.objects.filter(partnership__in=partnerships).with_successor()).annotate(
        party_count=Count("parties", distinct=True), signature_count=Count("signatures", distinct=True)
    )
    found = list(agreements.order_by("-starts", "-pk"))
    places = municipalities_of(found)
    for agreement in found:
        agreement.of_municipalities = places[agreement.pk]  # type: ignore[attr-defined]  # those that are parties to it
        yield "agreements", agreement, agreement.municipality_id


def _knowledge(cycles: Iterable[int]) -> Iterator[Row]:
    for picture in _of(Picture.objects.filter(cycle__in=cycles)).order_by("-version", "-pk"):
        yield "pictures", picture, picture.cycle_id
    analyses = CauseAnalysis.objects.filter(problem__cycle__in=cycles).select_related("problem")
    for analysis in _of(analyses):
        yield "analyses", analysis, analysis.problem.cycle_id
    problems = Problem.objects.filter(cycle__in=cycles).select_related("picture")
    for problem in _of(problems).order_by("rank", "pk"):
        yield "problems", problem, problem.cycle_id


def _work(cycles: Iterable[int]) -> Iterator[Row]:
    measures = _of(Measure.objects.filter(cycle__in=cycles))
    measures = measures.annotate(log_lines=Count("log"), log_count=Sum("log__count"))
    for measure in measures.order_by("starts", "pk"):
        yield "measures", measure, measure.cycle_id
    follow_ups = FollowUp.objects.finished().filter(cycle__in=cycles).select_related("measure", "promise")
    for follow_up in _of(follow_ups).order_by("-period_to", "-pk"):
        yield "follow_ups", follow_up, follow_up.cycle_id


def _promises(cycles: Iterable[int]) -> Iterator[Row]:
    documents = {}
    for document in _of(PromiseDocument.objects.filter(cycle__in=cycles)).order_by("-starts", "-pk"):
        documents[document.pk] = document
        yield "documents", document, document.cycle_id
    promises = _of(Promise.objects.filter(document__cycle__in=cycles))
    for promise in promises.annotate(outcome_count=Sum("outcomes__count")).order_by("document", "order", "pk"):
        promise.document = documents[promise.document_id]
        yield "promises", promise, promise.document.cycle_id
