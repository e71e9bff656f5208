"""What a cycle holds that can prove a line, fetched when asked for: as many queries for a hundred cycles as for one."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Sum

from agreements.models import ActionPlan, Agreement, Aim, Goal, Measure
from agreements.queries import municipalities_of, with_common
from citizen_promises.models import Channel, Promise, PromiseDocument
from dialogues.models import Dialogue
from dialogues.queries import heard_in
from followup.models import FollowUp
from partnerships.models import Cycle, Group, Holding, Party, Seat
from situation.models import CauseAnalysis, Cell, Choice, Finding, Picture, Prioritisation, Problem
from situation.models import Source as KnowledgeSource

DIALOGUES = (KnowledgeSource.Kind.STAFF_DIALOGUE, KnowledgeSource.Kind.CITIZEN_DIALOGUE)
READY = (Picture.Status.READY, Picture.Status.ESTABLISHED, Picture.Status.REPLACED)

# What is fetched of each kind: long texts and frozen contents stay in the database.
FIELDS: dict[type[Model], str] = {
    Picture: "partnership cycle municipality kind owner version title status period_to shared_at released_at "
    "established_at leadership_read_on",
    KnowledgeSource: "kind picture picture__cycle picture__kind picture__owner picture__status picture__title "
    "picture__version picture__shared_at",
    Dialogue: "cycle municipality kind title status shared_at",
    CauseAnalysis: "status problem__cycle problem__title",
    Problem: "cycle municipality title status trend rank picture__owner picture__shared_at",
    Prioritisation: "cycle municipality__name status decided_on body__kind",
    Goal: "cycle municipality problem kind text status",
    Measure: "cycle municipality problem title status starts ends planned_count unit without_cause_reason",
    ActionPlan: "cycle kind municipality title status adopted_on",
    Agreement: " ".join((*Agreement.CALENDAR, "cycle", "signed_on")),
    PromiseDocument: "partnership cycle municipality title starts ends status published_at publish_at replaced_from",
    Promise: "document order text promiser planned_count unit status feedback_on",
    FollowUp: "cycle municipality kind period_to steering_group_on change measure__problem measure__title "
    "promise__text",
    Holding: "seat starts ends share acting",
}


@dataclass(frozen=True)
class Facts:
    """What a cycle holds on a day, each list in the order in which it is shown."""

    cycle: Cycle
    day: dt.date
    source: "Source"

    @property
    def parties(self) -> list[Party]:
        return self.source.of("parties", self.cycle)

    @property
    def groups(self) -> list[Group]:
        return self.source.of("groups", self.cycle)

    @property
    def seats(self) -> list[Seat]:
        return self.source.of("seats", self.cycle)

    @property
    def pictures(self) -> list[Picture]:
        return self.source.of("pictures", self.cycle)

    @property
    def dialogues(self) -> list[KnowledgeSource]:
        """Sources that are dialogues with staff or citizens, with `carries`: a finding or a problem rests on it."""
        return self.source.of("dialogues", self.cycle)

    @property
    def held_dialogues(self) -> list[Dialogue]:
        """Dialogues that were held and gave at least one theme, with their organisers."""
        return self.source.of("held_dialogues", self.cycle)

    @property
    def analyses(self) -> list[CauseAnalysis]:
        return self.source.of("analyses", self.cycle)

    @property
    def problems(self) -> list[Problem]:
        return self.source.of("problems", self.cycle)

    @property
    def prioritisations(self) -> list[Prioritisation]:
        """The weighings of the cycle's problems, the latest decision first, each with what it chose and weighed."""
        return self.source.of("prioritisations", self.cycle)

    @property
    def agreements(self) -> list[Agreement]:
        """The partnership's, whichever cycle they were made in."""
        return self.source.of("agreements", self.cycle)

    @property
    def measures(self) -> list[Measure]:
        return self.source.of("measures", self.cycle)

    @property
    def plans(self) -> list[ActionPlan]:
        """The parties' action plans; a municipality's own by law is no line of the five steps."""
        return self.source.of("plans", self.cycle)

    @property
    def goals(self) -> list[Goal]:
        """Those that stand: proposed and adopted."""
        return self.source.of("goals", self.cycle)

    @property
    def documents(self) -> list[PromiseDocument]:
        return self.source.of("documents", self.cycle)

    @property
    def promises(self) -> list[Promise]:
        return self.source.of("promises", self.cycle)

    @property
    def follow_ups(self) -> list[FollowUp]:
        """The finished ones."""
        return self.source.of("follow_ups", self.cycle)

    @property
    def police(self) -> list[Party]:
        return [party for party in self.parties if party.is_police]

    @property
    def municipal(self) -> list[Party]:
        return [party for party in self.parties if party.is_municipality]

    @property
    def own_agreements(self) -> list[Agreement]:
        """The agreements made in this cycle."""
        return [agreement for agreement in self.agreements if agreement.cycle_id == self.cycle.pk]

    @property
    def prioritised(self) -> list[Problem]:
        """The problems that the cycle took on, solved ones included, in the order that was decided."""
        taken = (Problem.Status.PRIORITISED, Problem.Status.SOLVED)
        return [problem for problem in self.problems if problem.status in taken]

    @property
    def published(self) -> list[Promise]:
        """The promises that residents read, closed ones among them."""
        return [promise for promise in self.promises if promise.document.is_public]


def gather(cycles: Sequence[Cycle], day: dt.date) -> dict[int, Facts]:
    """The facts of each cycle by its id. Each kind costs a query or two when it is first asked for, for all of them."""
    source = Source(cycles, day)
    return {cycle.pk: Facts(cycle, day, source) for cycle in cycles}


AnyModel = TypeVar("AnyModel", bound=Model)
Row = tuple[Any, Any]  # the record, and what it is sorted by: a municipality (or None) or a cycle


class Source:
    """Fetches what some cycles hold, a kind at a time and once for all of them, when it is first asked for."""

    def __init__(self, cycles: Sequence[Cycle], day: dt.date) -> None:
        self.cycles = {cycle.pk: cycle for cycle in cycles}
        self.partnerships = list({cycle.partnership_id for cycle in cycles})
        self.day = day
        self._fetched: dict[str, dict[int, list[Any]]] = {}

    def of(self, kind: str, cycle: Cycle) -> list[Any]:
        """The cycle's records of a kind of OF_A_CYCLE or OF_A_PARTNERSHIP."""
        if kind not in self._fetched:
            self._fetched[kind] = self._of_partnerships(kind) if kind in OF_A_PARTNERSHIP else self._of_cycles(kind)
        return self._fetched[kind][cycle.pk]

    def _of_cycles(self, kind: str) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {pk: [] for pk in self.cycles}
        for record, cycle in OF_A_CYCLE[kind](self):
            found[cycle].append(record)
        return found

    def _of_partnerships(self, kind: str) -> dict[int, list[Any]]:
        """A cycle has what is common, and if it is one municipality's own, what concerns that one."""
        rows: dict[int, list[Row]] = defaultdict(list)
        for record, municipality in OF_A_PARTNERSHIP[kind](self):
            rows[record.partnership_id].append((record, municipality))
        return {
            pk: [
                record
                for record, municipality in rows[cycle.partnership_id]
                if municipality is None or cycle.municipality_id in (None, municipality)
            ]
            for pk, cycle in self.cycles.items()
        }


def _of(rows: QuerySet[AnyModel]) -> QuerySet[AnyModel]:
    return rows.only(*FIELDS[rows.model].split())


def _parties(source: Source) -> Iterator[Row]:
    parties = Party.objects.current(source.day).filter(partnership__in=source.partnerships)
    for party in parties.select_related("organisation").order_by("kind", "pk"):
        yield party, party.organisation.municipality_id


def _groups(source: Source) -> Iterator[Row]:
    groups = Group.objects.filter(_existing(source.day), partnership__in=source.partnerships)
    for group in groups.order_by("kind", "name"):
        yield group, group.municipality_id


def _seats(source: Source) -> Iterator[Row]:
    seats = Seat.objects.filter(_existing(source.day), partnership__in=source.partnerships)
    for seat in seats.prefetch_related(Prefetch("holdings", _of(Holding.objects.order_by("-starts")))).order_by("pk"):
        yield seat, seat.municipality_id


def _existing(day: dt.date) -> Q:
    return Q(starts__lte=day) & (Q(ends=None) | Q(ends__gte=day))


def _agreements(source: Source) -> Iterator[Row]:
    agreements = _of(Agreement.objects.filter(partnership__in=source.partnerships)).annotate(
        party_count=Count("parties", distinct=True), signature_count=Count("signatures", distinct=True)
    )
    found = list(agreements.order_by("-starts", "-pk"))
    with_common(found, among=found)
    # As `with_successor` asks the database; here all are at hand. The earliest start comes last and stays.
    successors = {newer.replaces_id: newer.starts for newer in found if newer.is_signed}
    places = municipalities_of(found, source.day)
    for agreement in found:
        agreement.successor_starts = successors.get(agreement.pk)  # type: ignore[attr-defined]  # as annotated
        agreement.of_municipalities = places[agreement.pk]  # type: ignore[attr-defined]  # those that are parties to it
        yield agreement, agreement.municipality_id


def _pictures(source: Source) -> Iterator[Row]:
    for picture in _of(Picture.objects.with_sides().filter(cycle__in=source.cycles)).order_by("-version", "-pk"):
        yield picture, picture.cycle_id


def _dialogues(source: Source) -> Iterator[Row]:
    carried = Exists(Finding.sources.through.objects.filter(source=OuterRef("pk")))
    shows = Exists(Problem.sources.through.objects.filter(source=OuterRef("pk")))
    found = KnowledgeSource.objects.filter(picture__cycle__in=source.cycles, kind__in=DIALOGUES)
    for one in _of(found.select_related("picture").annotate(carries=carried | shows)).order_by("pk"):
        yield one, one.picture.cycle_id


def _held_dialogues(source: Source) -> Iterator[Row]:
    found = _of(heard_in(source.cycles)).prefetch_related(Prefetch("organisers", Party.objects.only("pk")))
    for dialogue in found.order_by("starts", "pk"):
        yield dialogue, dialogue.cycle_id


def _analyses(source: Source) -> Iterator[Row]:
    analyses = CauseAnalysis.objects.filter(problem__cycle__in=source.cycles).select_related("problem")
    for analysis in _of(analyses).order_by("pk"):
        yield analysis, analysis.problem.cycle_id


def _problems(source: Source) -> Iterator[Row]:
    problems = Problem.objects.filter(cycle__in=source.cycles).select_related("picture")
    for problem in _of(problems).order_by("rank", "pk"):
        yield problem, problem.cycle_id


def _prioritisations(source: Source) -> Iterator[Row]:
    found = Prioritisation.objects.filter(cycle__in=source.cycles).select_related("municipality", "body")
    judged = Cell.objects.filter(prioritisation=OuterRef("prioritisation"), problem=OuterRef("problem"))
    judged = judged.exclude(value=Cell.Value.UNKNOWN)
    choices = Choice.objects.only("prioritisation", "problem", "outcome").annotate(is_weighed=Exists(judged))
    latest_first = _of(found).prefetch_related(Prefetch("choices", choices)).order_by("-decided_on", "-pk")
    for prioritisation in latest_first:
        yield prioritisation, prioritisation.cycle_id


def _measures(source: Source) -> Iterator[Row]:
    measures = _of(Measure.objects.filter(cycle__in=source.cycles))
    adopted = ActionPlan.objects.adopted().filter(kind=ActionPlan.Kind.JOINT, measures=OuterRef("pk"))
    aimed = Aim.objects.filter(measure=OuterRef("pk"))
    measures = measures.annotate(log_lines=Count("log"), log_count=Sum("log__count"))
    measures = measures.annotate(in_plan=Exists(adopted), has_cause=Exists(aimed))
    for measure in measures.order_by("starts", "pk"):
        yield measure, measure.cycle_id


def _plans(source: Source) -> Iterator[Row]:
    plans = ActionPlan.objects.filter(cycle__in=source.cycles, kind=ActionPlan.Kind.JOINT)
    for plan in _of(plans).order_by("-adopted_on", "-pk"):
        yield plan, plan.cycle_id


def _goals(source: Source) -> Iterator[Row]:
    for goal in _of(Goal.objects.live().filter(cycle__in=source.cycles)).order_by("level", "pk"):
        yield goal, goal.cycle_id


def _follow_ups(source: Source) -> Iterator[Row]:
    follow_ups = FollowUp.objects.finished().filter(cycle__in=source.cycles).select_related("measure", "promise")
    for follow_up in _of(follow_ups).order_by("-period_to", "-pk"):
        yield follow_up, follow_up.cycle_id


def _documents(source: Source) -> Iterator[Row]:
    """Each with `signature_count`, and `in_police` and `in_municipality`: whether it was made known inside them."""
    inside = Channel.objects.filter(document=OuterRef("pk"))
    found = PromiseDocument.objects.filter(cycle__in=source.cycles).annotate(
        signature_count=Count("signatures"),
        in_police=Exists(inside.filter(kind=Channel.Kind.POLICE_STAFF)),
        in_municipality=Exists(inside.filter(kind=Channel.Kind.MUNICIPAL_STAFF)),
    )
    for document in _of(found).order_by("-starts", "-pk"):
        yield document, document.cycle_id


def _promises(source: Source) -> Iterator[Row]:
    of_cycles = (source.of("documents", cycle) for cycle in source.cycles.values())
    documents = {document.pk: document for document in chain.from_iterable(of_cycles)}
    promises = _of(Promise.objects.filter(document__in=documents)) if documents else Promise.objects.none()
    for promise in promises.annotate(outcome_count=Sum("outcomes__count")).order_by("document", "order", "pk"):
        promise.document = documents[promise.document_id]
        yield promise, promise.document.cycle_id


OF_A_PARTNERSHIP: dict[str, Callable[[Source], Iterator[Row]]] = {
    "parties": _parties,
    "groups": _groups,
    "seats": _seats,
    "agreements": _agreements,
}
OF_A_CYCLE: dict[str, Callable[[Source], Iterator[Row]]] = {
    "pictures": _pictures,
    "dialogues": _dialogues,
    "held_dialogues": _held_dialogues,
    "analyses": _analyses,
    "problems": _problems,
    "prioritisations": _prioritisations,
    "measures": _measures,
    "plans": _plans,
    "goals": _goals,
    "follow_ups": _follow_ups,
    "documents": _documents,
    "promises": _promises,
}
