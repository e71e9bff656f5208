"""The cards of a partnership's page: ready strings from gathered facts, so that templates only lay them out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from agreements.models import Agreement, Measure, Validity
from agreements.queries import of_place, that_counts
from citizen_promises.models import Promise, PromiseDocument
from citizen_promises.rules import TONE as PROMISE_TONE
from five_steps.facts import Facts
from lib.swedish import date as sv_date
from lib.swedish import number, plural
from municipalities.models import Municipality
from partnerships.models import Seat
from situation.models import LegalDecision, Problem

SOFT_HYPHEN = "\N{SOFT HYPHEN}"


@dataclass(frozen=True)
class ProblemRow:
    """A prioritised problem: its measures in words, and how it develops."""

    title: str
    url: str
    measures: str
    word: str
    tone: str


@dataclass(frozen=True)
class SeatRow:
    """A function and whether somebody has it: never who."""

    name: str
    text: str
    is_vacant: bool


@dataclass(frozen=True)
class PromiseRow:
    """A promise with its progress; without a planned count `max` is 0 and no bar is drawn."""

    title: str
    value: int
    max: int
    text: str
    word: str
    tone: str


@dataclass(frozen=True)
class AgreementRow:
    """An agreement and what the calendar says of it."""

    title: str
    url: str
    text: str
    word: str
    tone: str


def concerns(row: Problem | Measure | Seat | Agreement, municipality: Municipality | None) -> bool:
    """What is the municipality's own or common; everything when no municipality is asked for.

    A common agreement concerns only the municipalities that are parties to it.
    """
    if municipality is None or row.municipality_id == municipality.pk:
        return True
    if isinstance(row, Agreement):
        return row.municipality_id is None and municipality.pk in row.of_municipalities  # type: ignore[attr-defined]
    return row.municipality_id is None


def problem_rows(problems: Sequence[Problem], measures: Sequence[Measure]) -> list[ProblemRow]:
    """One row per problem, with how many measures it has and how many of them are under way."""
    rows = []
    for problem in problems:
        own = [measure for measure in measures if measure.problem_id == problem.pk]
        ongoing = sum(measure.status == Measure.Status.ONGOING for measure in own)
        count = number(len(own)) + (f" · {ongoing} {'påbörjad' if ongoing == 1 else 'påbörjade'}" if ongoing else "")
        word, tone = problem.get_trend_display(), problem.trend_tone
        if problem.status == Problem.Status.SOLVED:
            word, tone = problem.get_status_display(), "ok"
        rows.append(ProblemRow(problem.title, problem.get_absolute_url(), count, word, tone))
    return rows


def work_in_counts(problems: Sequence[Problem], measures: Sequence[Measure]) -> list[tuple[str, str]]:
    """The same for those who may not read titles."""
    by_status = {status: sum(measure.status == status for measure in measures) for status in Measure.Status}
    done = by_status[Measure.Status.DONE] + by_status[Measure.Status.PARTLY]
    return [
        ("Prioriterade problem", number(len(problems))),
        ("Åtgärder", number(len(measures))),
        ("Pågår", number(by_status[Measure.Status.ONGOING])),
        ("Genomförda, helt eller delvis", number(done)),
    ]


def seat_rows(seats: Sequence[Seat], day: dt.date, places: dict[int, str]) -> list[SeatRow]:
    """The functions in their order. Where many have the same, one row counts them and only vacant ones are listed.

    `places` names the municipality of those that have one.
    """
    rows = []
    for function in Seat.Function:
        same = [seat for seat in seats if seat.function == function]
        listed = same
        if len(same) > 1 and function != Seat.Function.OTHER:
            listed = [seat for seat in same if seat.holding_on(day) is None]
            count = len(same) - len(listed)
            text = f"alla {len(same)} tillsatta" if not listed else f"{count} av {len(same)} tillsatta"
            rows.append(SeatRow(_breakable(function.label), text, is_vacant=False))
        rows += [_seat(seat, day, places.get(seat.municipality_id or 0, "")) for seat in listed]
    return rows


def _seat(seat: Seat, day: dt.date, place: str) -> SeatRow:
    name = _breakable(f"{seat}, {place}" if place else str(seat))
    holding = seat.holding_on(day)
    if holding is None:
        days = (day - (seat.vacant_since(day) or day)).days
        text = f"Vakant {plural(days, 'dag', 'dagar')}" if days else "Vakant från i dag"
        return SeatRow(name, text, is_vacant=True)
    share = f", {holding.share} %" if holding.share else ""
    word = "tillförordnad" if holding.acting else "tillsatt"
    return SeatRow(name, f"{word} sedan {holding.starts.year}{share}", is_vacant=False)


def _breakable(name: str) -> str:
    """A long function breaks in the right place beside its state."""
    return name.replace("sansvarig", f"s{SOFT_HYPHEN}ansvarig")


def promise_rows(promises: Sequence[Promise]) -> list[PromiseRow]:
    """One row per promise, in the order that residents read them."""
    rows = []
    for promise in promises:
        told = f"återkoppling {sv_date(promise.feedback_on)}" if promise.feedback_on else ""
        done, planned = promise.outcome_count or 0, promise.planned_count or 0  # type: ignore[attr-defined]
        count = f"{number(done)} av {number(planned)} {promise.unit}" if planned else ""
        rows.append(
            PromiseRow(
                title=promise.text,
                value=min(done, planned),
                max=planned,
                text=" · ".join(filter(None, [count, told])),
                word=promise.get_status_display(),
                tone=PROMISE_TONE[promise.status],
            )
        )
    return rows


def agreement_rows(facts: Facts, municipality: Municipality | None, *, member: bool) -> list[AgreementRow]:
    """What holds, and what is being made: the newest signed one and the cycle's own that is not signed yet."""
    seen = of_place((a for a in facts.agreements if concerns(a, municipality)), municipality)
    unsigned = [a for a in facts.own_agreements if a in seen and a.status not in Agreement.SIGNED_STATUSES]
    shown = [a for a in (that_counts(seen, facts.day), *unsigned[:1]) if a]
    return [_agreement(agreement, facts.day) for agreement in shown if member or agreement.signed_on]


def validity_sentence(agreement: Agreement | None, cycle_id: int | None, day: dt.date) -> str:
    """What the page's heading says of the agreement."""
    if agreement is None:
        return "Ingen överenskommelse är undertecknad."
    last, validity = agreement.last_day_on(day), agreement.validity(day)
    name = "Överenskommelsen" if agreement.cycle_id == cycle_id else "Föregående överenskommelse"
    if validity == Validity.COMING:
        return f"{name} börjar gälla {sv_date(agreement.starts)}."
    if last is None:
        return f"{name} gäller tills vidare."
    if agreement.goes_on:
        return f"{name} gäller till {sv_date(last)} och förlängs sedan automatiskt."
    return f"{name} {'gällde' if validity == Validity.EXPIRED else 'gäller'} till {sv_date(last)}."


def _agreement(agreement: Agreement, day: dt.date) -> AgreementRow:
    (word, tone), last = agreement.state(day), agreement.last_day_on(day)
    if agreement.signed_on:
        text = f"Till och med {sv_date(last)}" if last else "Tills vidare"
    else:
        count = f"{agreement.signature_count} av {agreement.party_count}"  # type: ignore[attr-defined]  # annotated
        text = f"{count} parter har undertecknat" if agreement.status == Agreement.Status.PROPOSED else "Nästa"
    return AgreementRow(agreement.title, agreement.get_absolute_url(), text, word, tone)


def documents_for(facts: Facts, municipality: Municipality | None, *, member: bool) -> list[PromiseDocument]:
    """The promise documents of the place: drafts are for members only."""
    return [
        document
        for document in facts.documents
        if (municipality is None or document.municipality_id == municipality.pk)
        and (member or document.is_public)
        and document.status != PromiseDocument.Status.WITHDRAWN
    ]


@dataclass(frozen=True)
class LawRow:
    """Where the municipality stands with the law's lägesbild; the address is for members."""

    word: str
    tone: str
    text: str
    url: str = ""


def law_row(decided: LegalDecision | None, day: dt.date, *, reads: bool) -> LawRow:
    """Lag (2023:196) 6 §: at least every second year."""
    if decided is None:
        return LawRow("Inget beslut", "warn", "Inget beslut om lagens lägesbild är noterat.")
    due = decided.renewed_by
    text = f"Beslutad av {decided.body} {sv_date(decided.decided_on)}. En ny ska finnas senast {sv_date(due)}."
    url = decided.get_absolute_url() if reads else ""
    if due < day:
        return LawRow("Två år har gått", "bad", text, url)
    if decided.is_due_soon(day):
        return LawRow("Snart två år", "warn", text, url)
    return LawRow("Aktuell", "ok", text, url)
