"""What happens in the light lägesbild: begun with its figures, and answered."""

import datetime as dt
from collections.abc import Sequence
from itertools import chain

from django.db import transaction

from accounts.models import User
from indicators.models import Indicator, Observation
from indicators.series import IndicatorSeries
from journal.edits import RecordForm, save_edit
from journal.models import Record
from journal.steps import lock, record
from lib.dates import today
from lib.swedish import DASH, listing
from partnerships.models import Cycle, Holding, Partnership, Party, Seat
from partnerships.queries import open_cycle
from situation.actions.pictures import LOCKED
from situation.models import PartSource, Picture, Problem, Source
from situation.questions import USUAL_SOURCES, figures_for, tellers

OWNER_LENGTH = Source._meta.get_field("owner").max_length
KOLADA_AND_SKR = {Observation.Source.KOLADA.label, Observation.Source.SKR.label}
NO_CYCLE = (
    "Ett problem hör till en samverkansomgång, och ingen är öppen. Öppna en omgång och spara igen, eller ta bort "
    "problemen så länge. Inget är sparat än, men det du skrev står kvar här."
)


@transaction.atomic
def begin(partnership: Partnership, kind: str, owner: Party, *, by: User, day: dt.date | None = None) -> Picture:
    """A draft about the last whole year with its figures as sources; the one there is, if one has been begun."""
    year = (day or today()).year - 1
    municipality = owner.organisation.municipality if kind == Picture.Kind.OWN_MUNICIPALITY else None
    lock(partnership)
    begun = Picture.objects.filter(owner=owner, kind=kind, status=Picture.Status.DRAFT, period_to=dt.date(year, 12, 31))
    if first := begun.first():
        return first
    picture = Picture.objects.create(
        partnership=partnership,
        cycle=open_cycle(partnership, municipality),
        municipality=municipality,
        kind=kind,
        owner=owner,
        title=f"Lägesbild {year + 1}",
        period_from=dt.date(year, 1, 1),
        period_to=dt.date(year, 12, 31),
        prepared_by=_function_of(by, owner),
        created_by=by,
    )
    record(picture, "created", "Skapad, enkel lägesbild", by=by)
    _add_figure_sources(figures_for(picture), picture, by)
    return picture


def _function_of(by: User, owner: Party) -> str:
    """The function that the person holds for the party, to be corrected on the page; nothing if none is known."""
    held = Holding.objects.on(today()).filter(user=by, seat__partnership=owner.partnership_id)
    seat = Seat.objects.filter(holdings__in=held, organisation=owner.organisation_id).first()
    return (seat.title or seat.get_function_display()) if seat else ""


def _add_figure_sources(figures: Sequence[IndicatorSeries], picture: Picture, by: User) -> None:
    """A source for each publication that the figures come from, with its files, under the answers that it fills in."""
    made_of: dict[str, list[IndicatorSeries]] = {}
    for one in figures:
        made_of.setdefault(_kind_of(one), []).append(one)
    sources = {kind: _source_of(kind, found, picture, by) for kind, found in made_of.items()}
    # No change of the picture's: its answers are filled in as long as nobody has changed it.
    told = {(name, _kind_of(one)) for name, found in tellers(figures).items() for one in found}
    PartSource.objects.bulk_create(
        PartSource(picture=picture, section=name, source=sources[kind]) for name, kind in sorted(told)
    )


def _kind_of(one: IndicatorSeries) -> str:
    if not one.indicator.source.startswith("Brå"):
        return Source.Kind.KOLADA if one.indicator.source in KOLADA_AND_SKR else Source.Kind.OTHER
    return Source.Kind.REPORTED_CRIME if one.indicator.topic == Indicator.Topic.REPORTED else Source.Kind.NTU


def _source_of(kind: str, made_of: Sequence[IndicatorSeries], picture: Picture, by: User) -> Source:
    """Its years reach from the first to the last of all its figures, and every caution among them is told once."""
    years = [one.years for one in made_of]
    owners = dict.fromkeys(one.indicator.source for one in made_of)
    source = Source.objects.create(
        picture=picture,
        kind=kind,
        name=Source.Kind(kind).label,
        owner=listing(list(owners))[:OWNER_LENGTH],
        area=made_of[0].lines[0].name,
        period=spanned(min(first for first, _ in years), max(last for _, last in years)),
        coverage="Hela kommunen, jämförd med länet och riket",
        uncertainty="\n".join(dict.fromkeys(one.indicator.caution for one in made_of if one.indicator.caution)),
        openness=Source.Openness.LIMITED if kind == Source.Kind.OTHER else Source.Openness.PUBLIC,
        created_by=by,
    )
    source.batches.set({one.batch for one in chain.from_iterable(series.figures for series in made_of)})
    _in_book(source, by)
    return source


def spanned(first: int, last: int) -> str:
    """Years in words: "2019", or "2016–2025"."""
    return f"{first}" if first == last else f"{first}{DASH}{last}"


def answer(form: RecordForm, problems: Sequence[tuple[str, str]], picture: Picture, *, by: User) -> bool:
    """Save the twelve answers: texts, the sources that were ticked, the problems that were named. All or nothing."""
    with transaction.atomic():
        held = lock(picture)
        if not held.is_draft:
            form.add_error(None, LOCKED)
            return False
        own = picture.cycle if picture.cycle and picture.cycle.status == Cycle.Status.OPEN else None
        cycle = own or open_cycle(picture.partnership, picture.municipality)
        if problems and cycle is None:
            form.add_error("problem_1", NO_CYCLE)
            return False
        if not save_edit(form, by=by):
            return False
        _add_sources(form.cleaned_data.get("usual_sources", []), picture, by)
        there = set(picture.problems.values_list("title", "place"))  # a page that is sent again adds nothing
        for what, where in dict.fromkeys(problems):
            if (what, where) in there:
                continue
            _add_problem(what, where, picture, cycle, by)
    return True


def _add_sources(kinds: Sequence[str], picture: Picture, by: User) -> None:
    there = set(picture.sources.values_list("kind", flat=True))
    for kind in kinds:
        if kind not in there:
            label = Source.Kind(kind).label
            year = f"{picture.period_to.year}"
            _in_book(
                Source.objects.create(
                    picture=picture,
                    kind=kind,
                    name=label,
                    owner=str(picture.owner or ""),
                    period=year,
                    uncertainty=USUAL_SOURCES[kind],
                    created_by=by,
                ),
                by,
            )


def _add_problem(what: str, where: str, picture: Picture, cycle: Cycle | None, by: User) -> None:
    assert cycle
    problem = Problem.objects.create(
        partnership=picture.partnership,
        cycle=cycle,
        municipality=picture.municipality,
        picture=picture,
        title=what,
        place=where,
        created_by=by,
    )
    _in_book(problem, by)


def _in_book(made: Record, by: User) -> None:
    record(made, "created", "Skapad i den enkla lägesbilden", by=by)
