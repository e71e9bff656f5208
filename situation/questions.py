"""The light lägesbild: twelve questions and the figures filled in, for somebody who has an afternoon.

It writes an ordinary draft: the same picture can be opened in full, shared and merged. Which questions are asked, and
where each answer goes, is our own choice from the handbook's fields (process: kartläggning och lägesbild).
"""

from collections.abc import Sequence
from itertools import zip_longest

from indicators.models import Indicator
from indicators.series import IndicatorSeries, series_for
from lib.series import describe
from municipalities.models import Municipality
from situation.models import Picture, Source

TOPICS = {
    "crime": (Indicator.Topic.REPORTED,),
    "safety": (Indicator.Topic.EXPOSURE, Indicator.Topic.WORRY, Indicator.Topic.NUISANCE),
}
TOLD = 4  # figures in each prefilled answer: what one reads in a minute
NEW_PROBLEMS = 3
NO_FIGURES = "Inga siffror är ifyllda: de finns på kommunens sida när någon har läst in dem. Skriv det ni vet."

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


def told_by(figures: Sequence[IndicatorSeries]) -> dict[str, str]:
    """What the figures say, a sentence each, under the questions that they answer."""
    return {name: "\n".join(map(_sentence, told)) for name, told in tellers(figures).items()}


def tellers(figures: Sequence[IndicatorSeries]) -> dict[str, list[IndicatorSeries]]:
    """The figures that are told under each question."""
    found = {}
    for name, topics in TOPICS.items():
        known = [[one for one in figures if one.indicator.topic == topic and _is_known(one)] for topic in topics]
        in_turn = [one for round_ in zip_longest(*known) for one in round_ if one]
        found[name] = in_turn[:TOLD]
    return found


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
