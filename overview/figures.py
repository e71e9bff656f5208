"""A municipality's figures beside those of other areas: a few on its page, all on a page of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from indicators.medians import LEAST
from indicators.models import ImportBatch, Indicator
from indicators.series import IndicatorSeries, count_code, series_for
from lib import swedish
from lib.charts import STAR, Chart, Row, line_chart
from lib.series import Interval, Series, alike, places_of, unbroken
from municipalities.models import Municipality
from municipalities.similar import Similar, similar_to

# Shown on the municipality's page, where there are figures: the whole, what is seen, what is done, what is felt.
PREVIEW = (
    "totalt-anmalda-per-100000",
    "skadegorelsebrott-anmalda-per-100000",
    "vald-utomhus-vuxna-anmalda-per-100000",
    "otrygghet-utomhus-ntu-andel",
)
SMALL = (262.0, 136.0)
LARGE = (320.0, 190.0)
MOST_FILES = 3
WORD_JOINER = "\N{WORD JOINER}"
KEPT_DRAWINGS = 600  # some twenty pages, about fifteen megabytes
MEDIAN = (
    f"Linjen Liknande är medianen: hälften av dem ligger högre och hälften lägre. Den visas bara för år då minst "
    f"{swedish.in_words(LEAST)} av dem har en siffra."
)
NO_MEDIAN = (
    f"Ingen linje för liknande kommuner visas, eftersom färre än {swedish.in_words(LEAST)} av dem har siffror inlästa "
    "för samma år."
)
MAIN_LINE = "Den kraftiga linjen är {}. De andra linjerna är streckade och har sitt namn där de slutar."
BAND = (
    "Det skuggade fältet runt en linje är osäkerheten: det rätta värdet ligger troligen i fältet. När två fält går in "
    "i varandra kan skillnaden bero på slumpen."
)
BREAK = (
    "En lodrät prickad linje visar att siffrorna tas fram på ett nytt sätt från det året. Jämför inte åren före linjen "
    "med åren efter."
)
PRELIMINARY = f"En stjärna ({STAR}) efter årtalet visar att siffror är preliminära och kan komma att ändras."
GAP = "Ett uppehåll i en linje visar att uppgiften saknas eller att källan inte lämnar ut den."
UNKNOWN_TOPIC = "Ämnet finns inte bland kommunens siffror. Här visas alla ämnen."


class Facts(NamedTuple):
    """All that a chart and its table are made of. Equal facts give the same drawing."""

    title: str
    unit: str
    series: tuple[Series, ...]
    breaks: tuple[str, ...]
    preliminary: tuple[str, ...]
    comparable: bool
    few: str


@dataclass(frozen=True)
class Table:
    """The table behind a chart."""

    columns: Sequence[str]
    rows: Sequence[Row]

    @property
    def body(self) -> SafeString:
        """The rows as HTML, in one piece: the page has some thousand cells."""
        rows = []
        for row in self.rows:
            cells = "".join([f'<td class="num">{escape(cell)}</td>' for cell in row.cells])
            rows.append(f'<tr><th scope="row">{escape(row.label)}</th>{cells}</tr>')
        return mark_safe("".join(rows))


class File(NamedTuple):
    """A file that figures were read from, for those who may open the import."""

    name: str
    address: str
    day: str


@dataclass(frozen=True)
class Figure:
    """An indicator as a chart, with the table behind it and what one must know to read it."""

    indicator: Indicator
    chart: Chart
    table: Table
    source: str
    few: str


@dataclass(frozen=True)
class FullFigure:
    """An indicator on the page of all figures: the chart with sentence and table is one ready piece of the page."""

    indicator: Indicator
    unit: str
    drawing: str
    source: str
    notes: Sequence[str]
    files: Sequence[File]


@dataclass(frozen=True)
class Topic:
    """The figures of one subject."""

    code: str
    title: str
    figures: Sequence[FullFigure]


@dataclass(frozen=True)
class Option:
    """A topic to choose."""

    code: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Page:
    """Every figure of a municipality, or those of the chosen topic."""

    topics: Sequence[Topic]
    options: Sequence[Option]
    warning: str
    is_filtered: bool
    similar: Similar
    similar_words: str
    legend: Sequence[str]


def preview(municipality: Municipality) -> list[Figure]:
    """A few, without similar municipalities: three queries."""
    return [_figure(one, SMALL) for one in series_for(municipality, PREVIEW)]


def page(municipality: Municipality, user: User, query: QueryDict) -> Page:
    """Every indicator that has figures for the municipality, by subject; `amne` in the address chooses one.

    Six queries, however many figures: the register, the figures with indicators and imports, those of similar
    municipalities, and which of the imports the person may open.
    """
    similar = similar_to(municipality)
    by_topic = _by_topic(_shown(series_for(municipality, similar=similar.codes)))
    asked = query.get("amne", "")
    chosen = {asked: by_topic[asked]} if asked in by_topic else by_topic
    files = _files(user, [one for found in chosen.values() for one in found])
    topics = [
        Topic(code, Indicator.Topic(code).label, [_full_figure(one, files) for one in found])
        for code, found in chosen.items()
    ]
    drawn = [one for found in chosen.values() for one in found]
    return Page(
        topics=topics,
        options=[Option(code, Indicator.Topic(code).label, code == asked) for code in by_topic],
        warning=UNKNOWN_TOPIC if asked and asked not in by_topic and by_topic else "",
        is_filtered=asked in by_topic,
        similar=similar,
        similar_words=MEDIAN if any(one.similar for one in drawn) else NO_MEDIAN,
        legend=_legend(municipality, drawn),
    )


def _shown(found: Sequence[IndicatorSeries]) -> list[IndicatorSeries]:
    """Counts that have a rate stand in its table; other counts, such as inhabitants, have a chart of their own."""
    in_tables = {count_code(one.indicator.code) for one in found}
    return [one for one in found if one.indicator.is_comparable or one.indicator.code not in in_tables]


def _by_topic(found: Iterable[IndicatorSeries]) -> dict[str, list[IndicatorSeries]]:
    """In the topics' order; within each, in the catalogue's."""
    topics: dict[str, list[IndicatorSeries]] = {topic.value: [] for topic in Indicator.Topic}
    for one in found:
        topics[one.indicator.topic].append(one)
    return {topic: series for topic, series in topics.items() if series}


def _figure(series: IndicatorSeries, size: tuple[float, float]) -> Figure:
    facts = _facts(series)
    chart = _chart(facts, size)
    return Figure(series.indicator, chart, _table(facts, chart), series.source_line, series.few_note)


def _full_figure(series: IndicatorSeries, files: dict[int, File]) -> FullFigure:
    return FullFigure(
        indicator=series.indicator,
        unit=unbroken(series.indicator.get_unit_display()),
        drawing=drawing(_facts(series)),
        source=series.source_line,
        notes=[note for note in series.notes if note != series.few_note],  # that one stands beside the sentence
        files=[files[pk] for pk in _batches(series) if pk in files][:MOST_FILES],
    )


def _facts(series: IndicatorSeries) -> Facts:
    return Facts(
        title=series.indicator.title,
        unit=series.indicator.get_unit_display(),
        series=tuple(
            replace(one, points=tuple(one.points), intervals=tuple(one.intervals)) for one in series.chart_series()
        ),
        breaks=tuple(series.breaks),
        preliminary=tuple(series.preliminary),
        comparable=series.indicator.is_comparable,
        few=series.few_note,
    )


@lru_cache(maxsize=KEPT_DRAWINGS)
def drawing(facts: Facts) -> SafeString:
    """The chart, its sentence and its table as HTML. It is kept by the facts, so it is never out of date."""
    chart = _chart(facts, LARGE)
    return render_to_string(
        "overview/_figure_drawing.html", {"chart": chart, "few": facts.few, "table": _table(facts, chart)}
    )


def _chart(facts: Facts, size: tuple[float, float]) -> Chart:
    width, height = size
    return line_chart(
        facts.title,
        facts.series,
        unit=facts.unit,
        breaks=facts.breaks,
        preliminary=facts.preliminary,
        width=width,
        height=height,
    )


def _table(facts: Facts, chart: Chart) -> Table:
    """The chart's own table with intervals, with what is preliminary, and with the counts beside their rates."""
    counted = [index for index, one in enumerate(facts.series) if one.counts] if facts.comparable else []
    columns = list(chart.columns)
    for place in counted:
        columns.insert(place + 1, f"{columns[place]}, antal")
    places = places_of(value for one in facts.series for _, value in one.known)
    rows = []
    for index, row in enumerate(chart.table):
        intervals = [_interval(one.interval(index), places) for one in facts.series]
        cells = [f"{cell}{interval}" for cell, interval in zip(row.cells, intervals, strict=True)]
        for place in counted:
            cells.insert(place + 1, swedish.number(facts.series[place].counts[index]))
        rows.append(Row(f"{row.label} (preliminär)" if row.label in facts.preliminary else row.label, cells))
    return Table(columns, rows)


def _interval(ends: Interval, places: int) -> str:
    """ " (23,8–26,6)", never broken inside; nothing where there is no interval."""
    return f" ({alike(ends[0], places)}{swedish.DASH}{WORD_JOINER}{alike(ends[1], places)})" if ends else ""


def _batches(series: IndicatorSeries) -> list[int]:
    """The imports that the lines were read from, the newest first."""
    return sorted({one.batch.pk for line in series.lines for one in line.figures if one}, reverse=True)


def _files(user: User, shown: Iterable[IndicatorSeries]) -> dict[int, File]:
    """The imports behind the figures, by id; only those that the person may open, since a file's name is not public."""
    batches = {one.batch.pk: one.batch for series in shown for line in series.lines for one in line.figures if one}
    opens = ImportBatch.objects.visible_to(user).filter(pk__in=batches).values_list("pk", flat=True)
    return {pk: _file(batches[pk]) for pk in opens}


def _file(batch: ImportBatch) -> File:
    day = timezone.localdate(batch.imported_at or batch.created_at)
    return File(batch.original_name, batch.get_absolute_url(), swedish.date(day))


def _legend(municipality: Municipality, drawn: Sequence[IndicatorSeries]) -> list[str]:
    """How the charts are read: a sentence for each sign that is on the page."""
    figures = [figure for one in drawn for line in one.lines for figure in line.figures]
    signs = {
        MAIN_LINE.format(municipality): True,
        BAND: any(one and one.ci_low is not None for one in figures),
        BREAK: any(one.breaks for one in drawn),
        PRELIMINARY: any(one.preliminary for one in drawn),
        GAP: any(one is None or one.value is None for one in figures),
    }
    return [sentence for sentence, is_shown in signs.items() if is_shown]
