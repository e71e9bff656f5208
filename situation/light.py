"""The light lägesbild: twelve questions and the figures filled in, for somebody who has an afternoon.

It writes an ordinary draft: the same picture can be opened in full, shared and merged. Which questions are asked, and
where each answer goes, is our own choice from the handbook's fields (process: kartläggning och lägesbild).
"""

import datetime as dt
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.db import transaction

from accounts.models import User
from indicators.models import Indicator, Observation
from indicators.series import IndicatorSeries, series_for
from journal.edits import RecordForm, save_edit
from journal.models import Record
from journal.steps import lock, record
from lib.dates import today
from lib.form_parts import dress, rows
from lib.series import describe
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from partnerships.queries import open_cycle
from situation.actions import LOCKED
from situation.models import Picture, Problem, Source

TOPICS = {
    "crime": (Indicator.Topic.REPORTED,),
    "safety": (Indicator.Topic.EXPOSURE, Indicator.Topic.WORRY, Indicator.Topic.NUISANCE),
}
TOLD = 4  # figures in each prefilled answer: what one reads in a minute
NEW_PROBLEMS = 3
NO_FIGURES = "Inga siffror är ifyllda: de finns på kommunens sida när någon har läst in dem. Skriv det ni vet."
KOLADA_AND_SKR = {Observation.Source.KOLADA.label, Observation.Source.SKR.label}
NO_CYCLE = (
    "Ett problem hör till en samverkansomgång, och ingen är öppen. Öppna en omgång och spara igen, eller ta bort "
    "problemen så länge. Inget är sparat än, men det du skrev står kvar här."
)

# The twelve questions in the order in which one answers them: (field, question, help).
QUESTIONS: tuple[tuple[str, str, str], ...] = (
    ("usual_sources", "1. Vad bygger ni på, utöver siffrorna?", "Varje val blir en källa som ni kan fylla på."),
    ("crime", "2. Hur har brotten utvecklats?", "Siffrorna är ifyllda. Stryk och skriv till det ni vet."),
    ("safety", "3. Hur trygga är invånarna?", "Siffrorna är ifyllda. Skriv till vad ni hör och ser."),
    ("places", "4. Var händer det?", "Torg, parkeringar, skolgårdar. Aldrig någons hem."),
    ("times", "5. När händer det?", "Årstid, veckodag och tid på dygnet."),
    ("groups", "6. Vilka drabbas eller är utsatta för risk?", "Grupper, aldrig enskilda."),
    ("consequences", "7. Vilka blir följderna?", "För människor, platser och kostnader. Krävs av lagen."),
    ("other_information", "8. Vad mer spelar roll?", "Byggplaner, evenemang, nedläggningar. Krävs av lagen."),
    ("problems", "9. Vilka är de viktigaste problemen?", "Ett till tre. Skriv kort vad, och var."),
    ("knowledge_gaps", "10. Vad vet ni inte?", "Det styr vad ni frågar invånare och medarbetare om."),
    ("analysis", "11. Vad är er samlade bedömning?", "Varför ser det ut så här, och vad väger tyngst? Krävs av lagen."),
    ("summary", "12. Vad ska ledningen läsa först?", "Några meningar."),
)
TEXTS = tuple(name for name, _, _ in QUESTIONS if name in Picture.TEXTS)

# What is usually to hand in a small municipality, with what each cannot tell: filled in, to be corrected.
USUAL_SOURCES: dict[str, str] = {
    Source.Kind.STAFF_DIALOGUE: "Visar vad medarbetarna möter, inte hur vanligt det är.",
    Source.Kind.CITIZEN_DIALOGUE: "De som deltar är sällan ett tvärsnitt av invånarna.",
    Source.Kind.SAFETY_SURVEY: "Se till svarsfrekvensen och hur många som svarade.",
    Source.Kind.POLICE_SYSTEMS: "Beror på vad som anmäls och på polisens egna insatser.",
    Source.Kind.SCHOOL: "Gäller elever och skolans område, och bara det som rapporteras.",
    Source.Kind.SOCIAL_SERVICES: "Bara sammanställda uppgifter. Visar ärenden, inte hela behovet.",
    Source.Kind.DAMAGE_COSTS: "Gäller kommunens egna fastigheter.",
    Source.Kind.RESCUE_SERVICE: "Gäller bara utryckningar.",
    Source.Kind.BUSINESS: "Några få röster. Pröva dem mot andra källor.",
}


class LightForm(RecordForm):
    """The twelve questions. What stands in the draft already is shown; figures fill in what is empty."""

    counts_people = True
    # Not called `sources`: that is the picture's own, and the book would tell that they were changed.
    usual_sources = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Picture
        fields = list(TEXTS)

    def __init__(self, *args: Any, figures: Sequence[IndicatorSeries], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(self.instance.sources.values_list("kind", flat=True))
        self._ask_for_sources(there)
        told = told_by(figures)
        if not self.is_bound and not self.instance.revision:  # never changed: what is deleted later stays away
            self.initial.update({name: text for name, text in told.items() if not self.initial.get(name)})
        for name, question, hint in QUESTIONS:
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = question, hint
            if name in TEXTS:
                self.fields[name].widget = rows(9 if name in TOPICS else 3)
            if name in TOPICS and not told[name]:
                self.fields[name].help_text = NO_FIGURES
        self._ask_for_problems()
        problems = [f"{part}_{number}" for number in range(1, NEW_PROBLEMS + 1) for part in ("problem", "place")]
        named = {name: question for name, question, _ in QUESTIONS}
        layout = [Fieldset(named[name], *problems) if name == "problems" else name for name in named]
        dress(self, *(one for one in layout if one != "usual_sources" or "usual_sources" in self.fields), "revision")

    def _ask_for_sources(self, there: set[str]) -> None:
        # A source that somebody else has added meanwhile may still be ticked on a page: it is there, and no fault.
        usual = [(kind, Source.Kind(kind).label) for kind in USUAL_SOURCES if self.is_bound or kind not in there]
        self.fields["usual_sources"].choices = usual  # type: ignore[attr-defined]  # it is a choice field
        if not usual:
            del self.fields["usual_sources"]

    def _ask_for_problems(self) -> None:
        for number in range(1, NEW_PROBLEMS + 1):
            self.fields[f"problem_{number}"] = forms.CharField(
                label=f"Problem {number}: vad", required=False, max_length=200
            )
            self.fields[f"place_{number}"] = forms.CharField(
                label=f"Problem {number}: var", required=False, max_length=200
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for number in range(1, NEW_PROBLEMS + 1):
            if self.cleaned_data.get(f"place_{number}") and not self.cleaned_data.get(f"problem_{number}"):
                self.add_error(f"problem_{number}", "Skriv vad problemet är, inte bara var.")
        return cleaned

    @property
    def new_problems(self) -> list[tuple[str, str]]:
        """What and where, of those that were written."""
        numbers = range(1, NEW_PROBLEMS + 1)
        written = [(self.cleaned_data[f"problem_{n}"], self.cleaned_data[f"place_{n}"]) for n in numbers]
        return [(what, where) for what, where in written if what]


def told_by(figures: Sequence[IndicatorSeries]) -> dict[str, str]:
    """What the figures say, a sentence each, under the questions that they answer."""
    told = {}
    for name, topics in TOPICS.items():
        known = [[one for one in figures if one.indicator.topic == topic and _is_known(one)] for topic in topics]
        in_turn = [one for round_ in zip_longest(*known) for one in round_ if one]
        told[name] = "\n".join(_sentence(one) for one in in_turn[:TOLD])
    return told


def _is_known(one: IndicatorSeries) -> bool:
    return one.indicator.is_comparable and any(line.emphasis and line.known for line in one.chart_series())


def _sentence(one: IndicatorSeries) -> str:
    return describe(one.indicator.title, one.chart_series(), one.indicator.get_unit_display())


def figures_for(picture: Picture) -> list[IndicatorSeries]:
    """The figures of the municipality that the picture is about, or of the only one there is."""
    place = picture.municipality or _only(list(picture.partnership.municipalities()[:2]))
    return series_for(place) if place else []


def _only(places: list[Municipality]) -> Municipality | None:
    return places[0] if len(places) == 1 else None


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
        created_by=by,
    )
    record(picture, "created", "Skapad, enkel lägesbild", by=by)
    for source in _sources_of(figures_for(picture), picture, by):
        source.save()
        _in_book(source, by)
    return picture


def _sources_of(figures: Sequence[IndicatorSeries], picture: Picture, by: User) -> list[Source]:
    """One source for each publication that the figures come from, with the years and what it cannot tell."""
    found: dict[str, Source] = {}
    for one in figures:
        kind = Source.Kind.REPORTED_CRIME if one.indicator.topic == Indicator.Topic.REPORTED else Source.Kind.NTU
        if not one.indicator.source.startswith("Brå"):
            kind = Source.Kind.KOLADA if one.indicator.source in KOLADA_AND_SKR else Source.Kind.OTHER
        source = found.setdefault(
            kind, Source(picture=picture, kind=kind, name=kind.label, owner=one.indicator.source, created_by=by)
        )
        first, last = one.periods[0], one.periods[-1]
        source.period = source.period or (first if first == last else f"{first}–{last}")
        source.coverage = source.coverage or "Hela kommunen, jämförd med länet och riket"
        source.uncertainty = source.uncertainty or one.indicator.caution
    return list(found.values())


def answer(form: LightForm, picture: Picture, *, by: User) -> bool:
    """Save the twelve answers: texts, the sources that were ticked, the problems that were named. All or nothing."""
    with transaction.atomic():
        held = lock(picture)
        if not held.is_draft:
            form.add_error(None, LOCKED)
            return False
        own = picture.cycle if picture.cycle and picture.cycle.status == Cycle.Status.OPEN else None
        cycle = own or open_cycle(picture.partnership, picture.municipality)
        if form.new_problems and cycle is None:
            form.add_error("problem_1", NO_CYCLE)
            return False
        if not save_edit(form, by=by):
            return False
        _add_sources(form.cleaned_data.get("usual_sources", []), picture, by)
        there = set(picture.problems.values_list("title", "place"))  # a page that is sent again adds nothing
        for what, where in dict.fromkeys(form.new_problems):
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
