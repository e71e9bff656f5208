"""The situation report: its frozen content as plain JSON values, and what the template draws from it.

A report is stored as a `SituationReport` and never recomputed, so the same report gives the same file whatever has
happened in the database since. Dates are ISO strings; texts are ready to read; `tone` is one of "ok", "warn", "bad",
"idle" and "brand", the colours of states. A missing figure is None, an empty part an empty list: the template says
what is missing and why it matters.
"""

from dataclasses import dataclass
from typing import TypedDict

from lib import charts, swedish

CHART_WIDTH = 302  # two beside each other on a page
CHART_HEIGHT = 176
FITS_ACROSS = 62  # letters of figures that fit beside a name on one line of the appendix

Period = TypedDict("Period", {"from": str | None, "to": str | None})


class StepRing(TypedDict):
    """How many steps are done, and the number of the one under way."""

    done: int
    now: int | None


class Step(TypedDict):
    """One of the five steps; `state` is "done", "now" or "todo", `note` a short fact ("3 av 5 rader klara")."""

    number: int
    title: str
    state: str
    note: str


class StepLine(TypedDict):
    """A line of a step: what proves it, and who confirmed it when (empty when nobody has)."""

    code: str
    title: str
    state_word: str
    tone: str
    evidence: str
    confirmed: str


class StepLines(TypedDict):
    """The lines of one step."""

    number: int
    title: str
    lines: list[StepLine]


class IndicatorSeries(TypedDict):
    """One line: points as [place on the axis, figure or None]; `ci` as [low, high] or None per point, or no list."""

    name: str
    emphasis: bool
    points: list[list[str | float | None]]
    ci: list[list[float] | None] | None


class Indicator(TypedDict):
    """Figures over time with what one must know to read them; an empty `sentence` is made from the figures.

    `breaks` names the places on the axis from which the figures are made in a new way.
    """

    title: str
    unit: str
    source: str
    note: str
    sentence: str
    breaks: list[str]
    series: list[IndicatorSeries]


class Problem(TypedDict):
    """A prioritised problem: how many causes an analysis that is done has found, its measures, and how it develops.

    `causes` is None where no analysis is done.
    """

    title: str
    place: str
    status_word: str
    tone: str
    causes: int | None
    measures: int
    trend: str


class Signature(TypedDict):
    """Who signs for whom; no date means not signed yet."""

    role: str
    organisation: str
    date: str | None


class Agreement(TypedDict):
    """The cooperation agreement that is in force, or the one that is on its way.

    `state` is "not_signed", "coming", "in_force", "expiring", "expired" or "replaced".
    `valid` ends when it really does.
    """

    title: str
    valid: Period
    state: str
    state_word: str
    tone: str
    purpose: str
    areas: list[str]
    signatures: list[Signature]


class Measure(TypedDict):
    """A measure of the agreement; `progress` in percent, or None when nobody has said."""

    title: str
    problem: str
    party: str
    function: str
    period: Period
    status_word: str
    tone: str
    progress: int | None


class Promise(TypedDict):
    """A promise to the citizens; `count` is what was promised in figures ("2 pass i veckan")."""

    text: str
    promiser: str
    period: Period
    count: str
    status_word: str
    tone: str
    feedback: str


class FollowUp(TypedDict):
    """A follow-up of a measure or a promise; without a date it is planned and not done."""

    subject: str
    kind: str
    planned: str | None
    date: str | None
    outcome: str
    assessment: str
    tone: str
    decision: str


class Seat(TypedDict):
    """A function and who holds it; `vacant_days` when nobody does."""

    function: str
    organisation: str
    holder: str | None
    since: str | None
    vacant_days: int | None


class Source(TypedDict):
    """What the picture builds on, and how far it can be trusted."""

    name: str
    owner: str
    period: str
    coverage: str
    uncertainty: str


class SituationReport(TypedDict):
    """Everything a report says. `kind` is "municipality" or "partnership", `status` "utkast" or "fastställd"."""

    kind: str
    title: str
    subtitle: str
    period: Period
    version: int
    status: str
    established_on: str | None
    made_on: str
    parties: list[str]
    basis: str
    information_class: str
    demo: bool
    ring: StepRing
    conclusions: list[str]
    steps: list[Step]
    step_lines: list[StepLines]
    indicators: list[Indicator]
    problems: list[Problem]
    agreement: Agreement | None
    measures: list[Measure]
    promises: list[Promise]
    follow_ups: list[FollowUp]
    seats: list[Seat]
    sources: list[Source]
    limits: list[str]
    making: list[str]


@dataclass(frozen=True)
class Part:
    """A numbered part of the report and its template."""

    number: str
    title: str
    slug: str

    @property
    def anchor(self) -> str:
        """The heading's id, in words: PDF readers may read a link's target aloud."""
        return self.title.replace(" ", "-")

    @property
    def template(self) -> str:
        return f"pdf/situation_report/_{self.slug}.html"


PARTS = [
    Part("1", "De fem stegen", "steps"),
    Part("2", "Brottslighet och trygghet", "figures"),
    Part("3", "Prioriterade problem", "problems"),
    Part("4", "Samverkansöverenskommelse", "agreement"),
    Part("5", "Åtgärder", "measures"),
    Part("6", "Medborgarlöften", "promises"),
    Part("7", "Uppföljning", "follow_ups"),
    Part("8", "Vem har vilken funktion", "seats"),
    Part("9", "Källor och deras gränser", "sources"),
    Part("10", "Så gjordes rapporten", "making"),
    Part("Bilaga", "Siffrorna bakom diagrammen", "appendix"),
]


@dataclass(frozen=True)
class Figure:
    """An indicator with its chart; `across` turns the table behind it, when its figures fit on one line."""

    number: int
    indicator: Indicator
    chart: charts.Chart
    across: list[charts.Row]


def context(report: SituationReport) -> dict[str, object]:
    """What templates/pdf/situation_report.html needs: the report itself, its drawings, and the words on every page."""
    figures = [_figure(number, indicator) for number, indicator in enumerate(report["indicators"], start=1)]
    return {
        "report": report,
        "ring": charts.ring(report["ring"]["done"], report["ring"]["now"]),
        "parts": PARTS if figures else PARTS[:-1],
        "figures": figures,
        "figure_rows": [figures[first : first + 2] for first in range(0, len(figures), 2)],
        "measures": [(measure, _bar(measure)) for measure in report["measures"]],
        "document_title": f"{_shortened('Lägesrapport · ' + report['title'])} · version {report['version']}",
        "running_title": _shortened(f"Lägesrapport · {report['title']}"),
        "running_class": _shortened(report["information_class"]),
        "running_version": f"Version {report['version']} · {_state(report)}",
        "version_line": f"{report['version']}, {_state(report)}",
        "parties": swedish.listing(report["parties"]),
        "title_size": "long" if len(report["title"]) > 40 else "middle" if len(report["title"]) > 16 else "short",
    }


def _state(report: SituationReport) -> str:
    if report["established_on"]:
        return f"{report['status']} {swedish.date(report['established_on'])}"
    return report["status"]


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _bar(measure: Measure) -> charts.Bar | None:
    return None if measure["progress"] is None else charts.bar(measure["progress"])


def _figure(number: int, indicator: Indicator) -> Figure:
    chart = charts.line_chart(
        indicator["title"],
        [series_of(one) for one in indicator["series"]],
        unit=indicator["unit"],
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        breaks=indicator["breaks"],
        sentence=indicator["sentence"],
    )
    return Figure(number, indicator, chart, _across(chart))


def series_of(one: IndicatorSeries) -> charts.Series:
    """The line as the charts and their sentences take it."""
    return charts.Series(
        name=one["name"],
        points=[(str(place), None if value is None else float(value)) for place, value in one["points"]],
        emphasis=one["emphasis"],
        intervals=[(interval[0], interval[1]) if interval else None for interval in one["ci"] or []],
    )


def _across(chart: charts.Chart) -> list[charts.Row]:
    """One row per series instead of one per year, when the columns fit on the page."""
    columns = [[row.label, *row.cells] for row in chart.table]
    if sum(max(map(len, column)) + 1 for column in columns) > FITS_ACROSS:
        return []
    return [charts.Row(name, [row.cells[index] for row in chart.table]) for index, name in enumerate(chart.columns)]
