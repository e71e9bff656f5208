"""What waits for a person: due, vacant, expiring, unsigned, unconfirmed. Gathered anew each time, never stored."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from django.db.models import Q
from django.urls import reverse

from accounts.models import Role, User
from accounts.roles import PARTY_ROLES
from agreements.models import ActionPlan, Agreement, Measure, Prolongation, Validity
from agreements.queries import bound_parties, that_counts, with_common
from citizen_promises.models import Promise, PromiseDocument
from five_steps.places import address_for, line_url
from five_steps.status import Board, ShownLine, boards
from lib.dates import add_months
from lib.swedish import date as sv_date
from lib.swedish import number, plural
from overview.heard import dialogues
from overview.item import Item
from partnerships.models import Cycle, Partnership, Party
from partnerships.queries import vacancies
from situation.models import LegalDecision

OF_A_KIND = 3  # more of the same in a partnership become one line with their count
GROUPS_PER_PAGE = 6
WARNINGS = (3, 6, 9)  # months before an agreement ends: the time that a renewal takes


@dataclass
class Group:
    """A partnership with what waits in it, the most urgent first."""

    partnership: Partnership
    cycle: Cycle | None = None
    items: list[Item] = field(default_factory=list)
    board: Board | None = None
    next_line: Item | None = None

    @property
    def sentence(self) -> str:
        """How far the partnership has come, and that nothing waits where that is so."""
        if not self.board:
            return "Ingen samverkansomgång är öppen."
        current = self.board.current
        done = f"Steg {current.step.number}, {current.step.title.lower()}: {current.note.lower()}."
        return done if self.items else f"{done} Inget brådskar just nu."

    @property
    def shown(self) -> list[Item]:
        """What waits, and last the line to go on with, which is no hurry."""
        return [*self.items, self.next_line] if self.next_line else self.items

    @property
    def urgency(self) -> tuple[int, dt.date]:
        return min(((item.urgency, item.since) for item in self.items), default=(99, dt.date.max))


def groups(user: User, day: dt.date) -> list[Group]:
    """The person's partnerships with their urgent matters, the most urgent first. As many queries, however many."""
    mine = list(Partnership.objects.of(user).order_by("name"))
    found = {partnership.pk: Group(partnership) for partnership in mine}
    for cycle in Cycle.objects.open().main().filter(partnership__in=found):
        found[cycle.partnership_id].cycle = cycle
    waiting: dict[int, list[Item]] = defaultdict(list)
    here = _here(user)
    sources = (
        _signatures(user, found),
        _drafts(user, found, day),
        _prolongations(user, found, day),
        _agreements(found, here, day),
        _law(found, here, day),
        _vacancies(mine, day),
        _work(found, here, day),
        _plans(user, found, here),
        dialogues(user, found, here, day),
    )
    for partnership, item in chain(*sources):
        waiting[partnership].append(item)
    for pk, group in found.items():
        group.items = _shortened(waiting[pk], pk)
        if group.cycle is None:
            group.items.append(_no_cycle(group.partnership, day))
    return sorted(found.values(), key=lambda group: group.urgency)


def _here(user: User) -> Q:
    """What is common or in the person's own municipality; everything for those who act in no municipality's name."""
    own = [m.organisation.municipality_id for m in user.memberships_now if m.role in PARTY_ROLES]
    return Q() if None in own else Q(municipality=None) | Q(municipality__in=own)


def add_steps(shown: Sequence[Group], day: dt.date) -> None:
    """For the groups on the page: their five steps, and the lines to settle.

    Fourteen queries, and one more where dialogues were held.
    """
    by_cycle = boards([group.cycle for group in shown if group.cycle], day)
    for group in shown:
        if not group.cycle:
            continue
        group.board = by_cycle[group.cycle.pk]
        open_lines = [line for line in group.board.current.lines if not line.is_settled]
        ready = [
            _line(line, group.cycle, line.evidence.summary, day) for line in open_lines if line.awaits_confirmation
        ]
        group.items += ready
        if open_lines and not ready:
            line = open_lines[0]
            told = f"{line.evidence.missing} Raden bekräftas av: {line.line.who}.".strip()
            group.next_line = replace(_line(line, group.cycle, told, day), word="Nästa rad", tone="idle")


def _line(line: ShownLine, cycle: Cycle, text: str, day: dt.date) -> Item:
    return Item(6, day, "line", line.line.short, line_url(line.line, cycle), text, line.word, line.tone)


def _signatures(user: User, partnerships: Iterable[int]) -> Iterator[tuple[int, Item]]:
    """Texts that wait for the person's own party."""
    signatory, coordinator = (set(user.organisation_ids(role)) for role in (Role.SIGNATORY, Role.COORDINATOR))
    own = signatory | coordinator
    proposed = Agreement.objects.filter(
        partnership__in=partnerships, status=Agreement.Status.PROPOSED, parties__organisation__in=own
    )
    unsigned = proposed.exclude(signatures__party__organisation__in=own).distinct()
    for agreement in unsigned.only("partnership", "title", "starts"):
        text = "Din part har inte undertecknat."
        word = "Underteckna" if signatory else "Väntar på underskrift"
        yield (
            agreement.partnership_id,
            Item(0, agreement.starts, "sign", agreement.title, agreement.get_absolute_url(), text, word, "bad"),
        )


def _drafts(user: User, partnerships: Iterable[int], day: dt.date) -> Iterator[tuple[int, Item]]:
    """Drafts that are on referral: everybody may comment, and a coordinator ends it when the day has passed."""
    coordinates = bool(user.organisation_ids(Role.COORDINATOR))
    referred = Agreement.objects.filter(partnership__in=partnerships, status=Agreement.Status.REFERRED)
    for agreement in referred.only("partnership", "title", "referral_until").order_by("referral_until", "pk"):
        until = agreement.referral_until or day
        url, told = agreement.get_absolute_url(), f"Synpunkter senast {sv_date(until)}."
        if until >= day:
            yield agreement.partnership_id, Item(4, until, "draft", agreement.title, url, told, "På remiss", "warn")
        elif coordinates:
            told = f"Synpunkterna skulle komma {sv_date(until)}. Avsluta remissen och besvara dem."
            yield (
                agreement.partnership_id,
                Item(4, until, "draft", agreement.title, url, told, "Remissen är slut", "warn"),
            )


def _prolongations(user: User, partnerships: Iterable[int], day: dt.date) -> Iterator[tuple[int, Item]]:
    """Proposed prolongations that the person's own party has not consented to."""
    own = set(user.organisation_ids(Role.SIGNATORY, Role.COORDINATOR))
    asked = Prolongation.objects.filter(status=Prolongation.Status.PROPOSED, agreement__partnership__in=partnerships)
    found = list(asked.exclude(consents__party__organisation__in=own).select_related("agreement"))
    bound = bound_parties([one.agreement for one in found], day) if found else {}
    mine = (
        set(Party.objects.filter(organisation__in=own, kind=Party.Kind.MAIN).values_list("pk", flat=True))
        if found
        else set()
    )
    for one in found:
        if bound[one.agreement_id] & mine:
            text = f"Din part har inte samtyckt till förlängning till {sv_date(one.ends)}."
            item = Item(
                4, one.ends, "sign", one.agreement.title, one.get_absolute_url(), text, "Väntar på samtycke", "warn"
            )
            yield one.agreement.partnership_id, item


def _agreements(partnerships: Iterable[int], here: Q, day: dt.date) -> Iterator[tuple[int, Item]]:
    """The agreement that counts in each place, if it has run out or will within nine months and nothing follows.

    A yearly one or one for a district beside the common one is renewed on its own; a whole one and a first part stand
    for each other. A local part that follows its common agreement is renewed with it: one renewal is one thing to do.
    """
    signed = Agreement.objects.filter(here, partnership__in=partnerships, status__in=Agreement.SIGNED_STATUSES)
    by_place: dict[tuple[int, int | None, str, str], list[Agreement]] = defaultdict(list)
    found = list(signed.only(*Agreement.CALENDAR, "area").order_by("-starts", "-pk"))
    with_common(found, among=found)
    followed = {agreement.replaces_id for agreement in found}
    for agreement in found:
        if agreement.pk not in followed and not _renewed_with_common(agreement, day):
            kind = Agreement.Kind.WHOLE if agreement.kind == Agreement.Kind.STRATEGIC else agreement.kind
            where = agreement.partnership_id, agreement.municipality_id
            by_place[(*where, kind, agreement.area.casefold())].append(agreement)
    for (partnership, *_), agreements in by_place.items():
        holding = that_counts(agreements, day)
        if holding is None or any(agreement.starts > day for agreement in agreements):
            continue
        last = None if holding.goes_on else holding.last_day_on(day)
        item = _to_confer(holding, day) or (_ending(holding, last, day) if last else None)
        if item:
            yield partnership, item


def _renewed_with_common(agreement: Agreement, day: dt.date) -> bool:
    """Whether it is a local part that ends with its common agreement, or because the municipality has left that."""
    if not agreement.is_local_part:
        return False
    own = agreement.own_last_day_on(day)
    return agreement.common is None or agreement.follows or agreement.last_day_on(day) != own


def _to_confer(agreement: Agreement, day: dt.date) -> Item | None:
    """The day to confer by, from a month before until the agreement ends; then it is the end that is told."""
    by, last = agreement.consult_by(day), agreement.last_day_on(day)
    near = add_months(day, WARNINGS[0])
    if not by or not last or day < add_months(by, -1) or day > last or (not agreement.goes_on and last <= near):
        return None
    text = f"Gäller till {sv_date(last)}. Samråd om vad som kommer sedan senast {sv_date(by)}."
    word, tone = (f"Senast {sv_date(by)}", "warn") if day <= by else ("Samrådsdagen har passerat", "bad")
    return Item(4, by, "agreement", agreement.title, agreement.get_absolute_url(), text, word, tone)


def _ending(agreement: Agreement, last: dt.date, day: dt.date) -> Item | None:
    validity = agreement.validity(day)
    url, tone = agreement.get_absolute_url(), validity.tone
    if validity == Validity.EXPIRED:
        text = f"Gällde till {sv_date(last)}. Förnya den eller skriv en ny."
        return Item(1, last, "agreement", agreement.title, url, text, validity.label, tone)
    months = next((months for months in WARNINGS if last <= add_months(day, months)), None)
    if months is None:
        return None
    text = f"Gäller till {sv_date(last)}. En förnyelse tar tid: börja nu."
    urgency = 4 if months == WARNINGS[0] else 7
    return Item(urgency, last, "agreement", agreement.title, url, text, f"Inom {months} månader", tone)


def _law(partnerships: Iterable[int], here: Q, day: dt.date) -> Iterator[tuple[int, Item]]:
    """The law's lägesbild, when the two years have passed or soon will; only the latest of each municipality."""
    decisions = LegalDecision.objects.filter(here, picture__partnership__in=partnerships).newest_first()
    seen: set[int] = set()
    for one in decisions.select_related("municipality", "picture"):
        if one.municipality_id in seen:
            continue
        seen.add(one.municipality_id)
        due = one.renewed_by
        if not one.is_due_soon(day):
            continue
        passed = due < day
        text = f"Beslutad {sv_date(one.decided_on)}. Lagen vill ha en ny senast {sv_date(due)}."
        word, tone = ("Två år har gått", "bad") if passed else (f"Senast {sv_date(due)}", "warn")
        title = f"Lägesbild enligt lagen, {one.municipality}"
        # Not the lägesbild itself: a municipality need not have shared it with those who are told that it is due.
        url = reverse("overview:municipality", args=[one.municipality.slug])
        yield (
            one.picture.partnership_id,
            Item(2 if passed else 7, due, "law", title, url, text, word, tone),
        )


def _vacancies(partnerships: list[Partnership], day: dt.date) -> Iterator[tuple[int, Item]]:
    for view in vacancies(partnerships, day):
        text = f"Ingen har funktionen hos {view.seat.organisation}."
        url = view.seat.get_absolute_url()
        yield view.seat.partnership_id, Item(3, view.since, "seat", str(view.seat), url, text, view.label, "bad")


def _work(partnerships: Iterable[int], here: Q, day: dt.date) -> Iterator[tuple[int, Item]]:
    """Measures that are stuck or past their end, and promises whose time is over without any feedback."""
    waiting = Measure.objects.waiting(day).filter(here, partnership__in=partnerships)
    for measure in waiting.only("partnership", "title", "status", "ends").order_by("ends", "pk"):
        yield measure.partnership_id, _stuck(measure, day) if measure.is_stuck else _overdue(measure, day)
    documents = PromiseDocument.objects.filter(here, partnership__in=partnerships)
    untold = Promise.objects.missing_feedback(day).filter(document__in=documents)
    until = ("document__partnership", "document__ends", "document__replaced_from")
    for promise in untold.select_related("document").only("text", *until):
        ended = promise.document.last_day or day
        text = f"Löftet gällde till {sv_date(ended)}. Berätta för invånarna hur det gick."
        yield (
            promise.document.partnership_id,
            Item(2, ended, "promise", str(promise), promise.get_absolute_url(), text, "Återkoppling saknas", "bad"),
        )


def _plans(user: User, partnerships: Iterable[int], here: Q) -> Iterator[tuple[int, Item]]:
    """Action plans that are written and wait for a decision; the municipality's own wait for its own people."""
    own = [m.organisation.municipality_id for m in user.memberships_now if m.organisation.municipality_id]
    whose = Q(kind=ActionPlan.Kind.JOINT) | Q(municipality__in=own)
    drafts = ActionPlan.objects.visible_to(user).filter(here & whose, partnership__in=partnerships)
    waiting = drafts.filter(status=ActionPlan.Status.DRAFT, measures__isnull=False).distinct()
    for plan in waiting.only("partnership", "kind", "status", "title", "starts").order_by("starts", "pk"):
        who = "kommunens beslut" if plan.is_statutory else "styrgruppens beslut"
        url, text = plan.get_absolute_url(), f"Utkast. Väntar på {who}."
        yield plan.partnership_id, Item(5, plan.starts, "plan", plan.title, url, text, "Inte antagen", "warn")


def _stuck(measure: Measure, day: dt.date) -> Item:
    url, text = measure.get_absolute_url(), "Den som utför åtgärden kommer inte vidare. Läs loggen och hjälp till."
    return Item(4, measure.ends or day, "stuck", measure.title, url, text, "Har kört fast", "bad")


def _overdue(measure: Measure, day: dt.date) -> Item:
    ended = measure.ends or day
    late = plural((day - ended).days, "dag", "dagar")
    text = f"Skulle ha varit klar {sv_date(ended)}. Avsluta den eller flytta slutet."
    return Item(5, ended, "measure", measure.title, measure.get_absolute_url(), text, f"{late} sen", "warn")


def _no_cycle(partnership: Partnership, day: dt.date) -> Item:
    text = "Utan öppen omgång finns inga steg att följa."
    url = reverse("partnerships:cycles", args=[partnership.pk])
    return Item(6, day, "cycle", "Öppna en samverkansomgång", url, text, "Ingen öppen omgång", "warn")


# Kinds that may be many: the words after their count, and where they all stand.
MANY = {
    "measure": ("åtgärder till har passerat sitt slut", "agreements:measures?samverkan"),
    "stuck": ("åtgärder till har kört fast", "agreements:measures?visa=fast&samverkan"),
    "promise": ("löften till saknar återkoppling", "citizen_promises:documents?samverkan"),
    "dialogue": ("dialoger till saknar återkoppling", "dialogues:index?samverkan"),
    "reply": ("dialoger till har svar att granska", "dialogues:index?samverkan"),
    "seat": ("funktioner till är vakanta", "partnerships:organisation"),
}


def _shortened(items: list[Item], partnership: int) -> list[Item]:
    """The most urgent first, and at most a few of each kind; the rest of a kind as one line with their count."""
    kept: list[Item] = []
    rest: dict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda item: (item.urgency, item.since)):
        same = [other for other in kept if other.kind == item.kind]
        (rest[item.kind] if item.kind in MANY and len(same) >= OF_A_KIND else kept).append(item)
    for kind, left in rest.items():
        words, address = MANY[kind]
        title = f"{number(len(left))} {words}"
        kept.append(replace(left[0], title=title, url=address_for(address, partnership), text="", word="Fler"))
    return sorted(kept, key=lambda item: item.urgency)
