"""A lägesbild as a document: its frozen content as plain JSON values, and what the template draws from it.

Stored with the order as a `PictureReport` and never recomputed. Dates are ISO strings, `tone` is one of the colours of
states, a missing text is "" and an empty part an empty list: the template says what is missing and why it matters.
What people have typed is kept as they typed it; `paragraphs` makes it print.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from lib import charts, swedish
from lib import situation_report as shape
from lib.series import alike, places_of

MOST_BESIDE = 4, 3  # columns that fit beside a chart: of figures, and of figures with intervals
MARGIN_WORDS = 60


class Text(TypedDict):
    """A free text under its label."""

    label: str
    text: str


class Written(Text):
    """A part of the picture, with what carries it, and what a reader must know when that is too little."""

    sources: list[str]
    mark: str


class Section(TypedDict):
    """A heading of the picture; `missing` is what to say when nothing is written under it."""

    heading: str
    texts: list[Written]
    missing: str


class Problem(TypedDict):
    """`sources` are numbers in the list of sources."""

    title: str
    description: str
    place: str
    time: str
    crime_types: str
    groups: str
    extent: str
    insecurity: str
    sources: list[int]
    trend_word: str
    tone: str


class Choice(TypedDict):
    """What was decided about a problem, why, and the day it was written in the book (None where that is not told)."""

    title: str
    place: str
    state_word: str
    tone: str
    reason: str
    day: str | None


class Answer(TypedDict):
    """What was thought of a problem on a ground."""

    word: str
    tone: str


class GroundRow(TypedDict):
    """A ground with its weight, and an answer for each problem."""

    ground: str
    weight: int
    answers: list[Answer]


class Matrix(TypedDict):
    """Problems weighed against each other, as many as fit across a page, and the sum of each ("14 av 22")."""

    problems: list[str]
    rows: list[GroundRow]
    sums: list[str]


class Weighing(TypedDict):
    """A decision as its own frozen record tells it, and the matrix that it was made on."""

    record: list[Text]
    problems: list[str]
    matrices: list[Matrix]


class Prioritisation(TypedDict):
    """The chosen in their order, those put aside with reasons, and how many nobody has decided about.

    `told` says whose decision it is and which day is shown; `decisions` are the deciding bodies' own records, where
    they are kept, each with the problems that it was the last to decide about.
    """

    told: str
    decisions: list[Weighing]
    chosen: list[Choice]
    put_aside: list[Choice]
    waiting: int


class Cause(TypedDict):
    """A cause with those that lie behind it; `facts` are category, nature, support and who can influence it."""

    text: str
    facts: list[str]
    chosen: bool
    behind: list["Cause"]


class Analysis(TypedDict):
    """Why a prioritised problem is there; without causes or meeting where nobody has asked yet.

    `chain` is the events in the order in which they happen, `conclusion` the causes that the parties go for, in order.
    """

    problem: str
    state_word: str
    tone: str
    meeting: list[Text]
    answers: list[Text]
    chain: list[str]
    conclusion: list[str]
    causes: list[Cause]


class Difference(TypedDict):
    section: str
    text: str
    state_word: str
    tone: str
    outcome: str


class LawPart(TypedDict):
    title: str
    met: bool


class Decision(TypedDict):
    """That a municipality has made the picture its own by the law, and when the law wants the next."""

    municipality: str
    decided_on: str
    body: str
    reference: str
    renewed_by: str


class Law(TypedDict):
    """What lag (2023:196) demands of a municipality's lägesbild; the clock runs from a decision or the establishing."""

    parts: list[LawPart]
    decisions: list[Decision]
    established_on: str | None
    renewed_by: str | None


class Finding(TypedDict):
    """A statement with the sources that carry it; `mark` is what a reader must know when they are too few."""

    text: str
    sources: list[str]
    mark: str


class Source(TypedDict):
    name: str
    kind: str
    owner: str
    period: str
    coverage: str
    uncertainty: str
    fetched_on: str | None
    area: str
    response_rate: str
    openness: str
    link: str
    informant: str
    files: list[str]


class File(TypedDict):
    """A file that figures came from: `checksum` its first letters, `organisation` for whom it was read in.

    `covers` says which of the indicator's figures stand in it: an area with its periods in each ("Riket 2019–2024").
    """

    name: str
    checksum: str
    read_on: str
    organisation: str
    covers: list[str]


class Origin(TypedDict):
    """Where an indicator's figures come from."""

    title: str
    unit: str
    source: str
    files: list[File]


class Figure(shape.Indicator):
    """An indicator, with the places on the axis whose figures may still change."""

    preliminary: list[str]


class PictureReport(TypedDict):
    """Everything the document says. `mark` is what every page must carry ("Utkast"), or ""."""

    place: str
    title: str
    kind: str
    owner: str
    cover: list[Text]
    period: shape.Period
    version: int
    status: str
    mark: str
    warning: str
    made_on: str
    information_class: str
    demo: bool
    conclusions: list[str]
    sections: list[Section]
    problems: list[Problem]
    indicators: list[Figure]
    prioritisation: Prioritisation
    analyses: list[Analysis]
    analyses_told: str
    joint: bool
    differences: str
    differing: list[Difference]
    knowledge_gaps: str
    findings: list[Finding]
    sources: list[Source]
    limits: list[str]
    law: Law | None
    making: list[str]
    origins: list[Origin]


@dataclass(frozen=True)
class Block:
    """A paragraph, or the points of a list, as they were typed."""

    is_list: bool
    lines: Sequence[str]


@dataclass(frozen=True)
class Part:
    """A numbered part of the document and its template; what stands in a part that is nothing but text."""

    number: str
    title: str
    slug: str
    texts: Sequence[tuple[str, Sequence[Block], Sequence[str], str]] = ()
    missing: str = ""

    @property
    def anchor(self) -> str:
        """The heading's id, in words: PDF readers may read a link's target aloud."""
        return self.title.replace(" ", "-")

    @property
    def template(self) -> str:
        return f"pdf/picture_report/_{self.slug}.html"


@dataclass(frozen=True)
class Drawn:
    """An indicator with its chart and the table of its figures; `wide` tables do not fit beside the chart."""

    indicator: Figure
    chart: charts.Chart
    rows: list[charts.Row]
    wide: bool


def context(report: PictureReport) -> dict[str, object]:
    """What templates/pdf/picture_report.html needs: the content itself, its drawings, and the words on every page."""
    state = report["mark"] or report["status"]
    return {
        "report": report,
        "parts": parts(report),
        "differences": paragraphs(report["differences"]),
        "gaps": paragraphs(report["knowledge_gaps"]),
        "drawn": [_drawn(one) for one in report["indicators"]],
        "document_title": f"{_shortened('Lägesbild · ' + report['place'])} · version {report['version']}",
        "running_title": _shortened(f"Lägesbild · {report['place']} · {report['owner']}"),
        "running_version": f"Version {report['version']} · {state[:1].lower()}{state[1:]}",
        "running_class": report["information_class"],
        "running_mark": f"{report['mark'].upper()}{' · ' if report['demo'] else ''}" if report["mark"] else "",
        "title_size": "long" if len(report["place"]) > 40 else "middle" if len(report["place"]) > 16 else "short",
    }


def parts(report: PictureReport) -> list[Part]:
    """The parts in order. What does not concern this picture is left out; what is missing in it is not."""
    more = [
        ("Problem", "problems", True),
        ("Brott och trygghet i siffror", "figures", True),
        ("Prioritering", "prioritisation", True),
        ("Orsaker till de prioriterade problemen", "causes", True),
        ("Skillnader mellan parternas bilder", "differences", report["joint"]),
        ("Kunskapsluckor", "gaps", True),
        ("Iakttagelser", "findings", True),
        ("Källor och deras gränser", "sources", True),
        ("Lagens tre delar", "law", report["law"] is not None),
        ("Så gjordes lägesbilden", "making", True),
    ]
    found = [_written(str(number), one) for number, one in enumerate(report["sections"], start=1)]
    for title, slug, concerns in more:
        if concerns:
            found.append(Part(str(len(found) + 1), title, slug))
    return [*found, Part("Bilaga", "Varifrån siffrorna kommer", "origins")] if report["origins"] else found


def _written(number: str, section: Section) -> Part:
    # What was frozen before the parts had sources says nothing of them.
    texts = [
        (one["label"], paragraphs(one["text"]), one.get("sources", []), one.get("mark", "")) for one in section["texts"]
    ]
    return Part(number, section["heading"], "section", texts, section["missing"])


# What programs put before a point in a list when it is copied out of them.
_POINT = re.compile(r"\s*(?:[•·▪◦‣●○\uf0b7\uf0a7]\s*|[-\N{EN DASH}*]\s+|o\t\s*)(?=\S)")


def paragraphs(text: str) -> list[Block]:
    """Typed or pasted text as paragraphs and lists: every line is one, for so they come out of a word processor."""
    lines = [line for line in text.splitlines() if line.strip()]
    blocks: list[Block] = []
    for is_list, run in groupby(lines, key=lambda line: bool(_POINT.match(line))):
        if is_list:
            blocks.append(Block(True, [_POINT.sub("", line, count=1).strip() for line in run]))
        else:
            blocks += [Block(False, [line.strip()]) for line in run]
    return blocks


def _shortened(text: str) -> str:
    return text if len(text) <= MARGIN_WORDS else f"{text[: MARGIN_WORDS - 1].rstrip()}…"


def _drawn(indicator: Figure) -> Drawn:
    series = [shape.series_of(one) for one in indicator["series"]]
    chart = charts.line_chart(
        indicator["title"],
        series,
        unit=indicator["unit"],
        width=shape.CHART_WIDTH,
        height=shape.CHART_HEIGHT,
        breaks=indicator["breaks"],
        preliminary=indicator["preliminary"],
        sentence=indicator["sentence"],
    )
    most = MOST_BESIDE[any(one["ci"] for one in indicator["series"])]
    return Drawn(indicator, chart, _with_intervals(chart, series), wide=len(chart.columns) > most)


def _with_intervals(chart: charts.Chart, series: Sequence[charts.Series]) -> list[charts.Row]:
    """The figures with the intervals that they lie in, as "28 (23–35)"."""
    places = places_of(end for one in series for ends in one.intervals if ends for end in ends)

    def told(one: charts.Series, index: int) -> str:
        ends = one.interval(index)
        return f" ({alike(ends[0], places)}{swedish.DASH}{alike(ends[1], places)})" if ends else ""

    return [
        charts.Row(row.label, [cell + told(one, index) for cell, one in zip(row.cells, series, strict=True)])
        for index, row in enumerate(chart.table)
    ]
