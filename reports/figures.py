"""The figures of a report: which ones are shown, what is frozen of them, and the files that they came from."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import cast

from django.utils import timezone

from accounts.models import Membership
from indicators import series
from indicators.models import ImportBatch
from lib import situation_report as shape
from lib import swedish
from lib.series import Series, describe
from municipalities.models import Municipality
from reports import picture_report

COUNTED = "Antal fall bakom kommunens siffror"
FIRST_OF_SUM = 12  # letters of a checksum that tell two files apart


@dataclass(frozen=True)
class Figure:
    """An indicator chosen for a report: the series it is made of, and what is frozen of it."""

    made_of: series.IndicatorSeries
    facts: shape.Indicator


def of(municipalities: Sequence[Municipality], share: int) -> list[Figure]:
    """So many figures of each municipality, against county and nation. Of several, each names its own."""
    found: list[Figure] = []
    for municipality in municipalities:
        for one in _chosen(series.series_for(municipality), share):
            facts = one.as_facts()
            facts["sentence"] = describe(facts["title"], one.chart_series(), facts["unit"])
            facts["title"] = facts["title"] if len(municipalities) == 1 else f"{facts['title']}, {municipality}"
            found.append(Figure(one, cast(shape.Indicator, facts)))
    return found


def _chosen(found: list[series.IndicatorSeries], share: int) -> list[series.IndicatorSeries]:
    """In turn from each subject, so that what people feel stands beside what they report; in the catalogue's order.

    What the municipality has no figure of leaves its place to another.
    """
    subjects: dict[str, list[series.IndicatorSeries]] = {}
    for one in found:
        if one.indicator.is_comparable and one.lines[0].latest:
            subjects.setdefault(one.indicator.topic, []).append(one)
    in_turn = [one for round_ in zip_longest(*subjects.values()) for one in round_ if one]
    taken = {one.indicator.pk for one in in_turn[:share]}
    return [one for one in found if one.indicator.pk in taken]


def that_moved(figures: Sequence[Figure], most: int) -> list[str]:
    """The figures that have moved most over their period, in the sentences that their charts carry."""
    distances = [(movement(one.made_of.chart_series()), one.facts["sentence"]) for one in figures]
    return [sentence for distance, sentence in sorted(distances, key=lambda one: -one[0]) if distance][:most]


def movement(series: Sequence[Series]) -> float:
    """How far the emphasised line has gone from its first comparable figure to its last, as a share of the first.

    A change within the uncertainty is none, however large it looks, and neither is one between few cases.
    """
    main = next((one for one in series if one.emphasis), None)
    if main is None or len(main.known) < 2 or main.stands_within_uncertainty or main.ends_on_few:
        return 0.0
    (_, first), (_, last) = main.comparable[0], main.comparable[-1]
    return abs(last / first - 1) if first else 0.0


def origins(figures: Sequence[Figure]) -> list[picture_report.Origin]:
    """The files behind each figure, newest first, with what of it stands in each. One query for all of them."""
    files = [_files(one.made_of) for one in figures]
    organisations = _organisations([batch for found in files for batch, _ in found])
    return [
        {
            "title": one.facts["title"],
            "unit": one.facts["unit"],
            "source": one.facts["source"],
            "files": [_file(batch, organisations[batch.pk], covers) for batch, covers in found],
        }
        for one, found in zip(figures, files, strict=True)
    ]


def _files(one: series.IndicatorSeries) -> list[tuple[ImportBatch, list[str]]]:
    """Each file with the areas and periods whose figures came from it, the counts behind them too."""
    batches: dict[int, ImportBatch] = {}
    covers: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    lines = [(line.name, line.figures) for line in one.lines]
    for name, found in [*lines, (COUNTED, one.counted)]:
        for figure in found:
            if figure and not (name == COUNTED and figure in lines[0][1]):  # a count builds on itself
                batches[figure.batch.pk] = figure.batch
                covers[figure.batch.pk][name].append(figure.period_label)
    return [
        (batches[key], [f"{name} {_periods(labels)}" for name, labels in covers[key].items()])
        for key in sorted(batches, reverse=True)
    ]


def _periods(labels: Sequence[str]) -> str:
    """Periods in their order, years in a row as one: "2016, 2018–2020"."""
    runs: list[list[str]] = []
    for label in labels:
        follows = runs and label.isdigit() and runs[-1][-1].isdigit() and int(label) == int(runs[-1][-1]) + 1
        runs[-1].append(label) if follows else runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}{swedish.DASH}{run[-1]}" for run in runs)


def _file(batch: ImportBatch, organisation: str, covers: list[str]) -> picture_report.File:
    return {
        "name": batch.original_name,
        "checksum": batch.sha256[:FIRST_OF_SUM],
        "read_on": _read_on(batch).isoformat(),
        "organisation": organisation,
        "covers": covers,
    }


def _read_on(batch: ImportBatch) -> dt.date:
    return timezone.localdate(batch.imported_at or batch.created_at)


def _organisations(batches: Sequence[ImportBatch]) -> dict[int, str]:
    """For whom each file was read in that day, by the import's id: the organisation, never the person."""
    importers = Membership.objects.filter(
        user__in={batch.imported_by_id for batch in batches}, role__in=ImportBatch.IMPORTERS
    ).select_related("organisation")
    by_user = defaultdict(list)
    for membership in importers.order_by("pk"):
        by_user[membership.user_id].append(membership)
    found = {}
    for batch in batches:
        day = _read_on(batch)
        held = [
            one.organisation.name
            for one in by_user[batch.imported_by_id or 0]
            if one.starts <= day and (one.ends is None or day <= one.ends)
        ]
        found[batch.pk] = swedish.listing(list(dict.fromkeys(held)))
    return found
