"""A file's figures against those that are stored: what is new, what changes to what, what is the same."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from indicators.models import ImportBatch, Indicator, Observation, Unit
from indicators.readers.results import ReadResult, Row
from lib import swedish
from lib.series import unbroken

SHOWN_ROWS = 12
SHOWN_CHANGES = 200


@dataclass
class Comparison:
    """Rows that are new, that change what is stored (with what they replace), and the count of equal ones."""

    new: list[Row] = field(default_factory=list)
    changed: list[tuple[Observation, Row]] = field(default_factory=list)
    unchanged: int = 0


def compare(kind: str, rows: list[Row]) -> Comparison:
    """Two queries: a file's whole neighbourhood is looked through as plain values, and only what changes is loaded."""
    comparison = Comparison()
    key = ("indicator__code", "area_type", "area_code", "year_from", "year_to", "sex")
    stored = {
        one[1 : len(key) + 1]: (one[0], one[len(key) + 1 :])
        for one in Observation.objects.filter(
            dataset=kind,
            indicator__code__in={row.indicator for row in rows},
            area_code__in={row.area_code for row in rows},
        ).values_list("pk", *key, *Observation.FACTS)
    }
    changed: list[tuple[int, Row]] = []
    for row in rows:
        pk, old = stored.get(row.key, (None, ()))
        if pk is None:
            comparison.new.append(row)
        elif old != tuple(facts(row).values()):
            changed.append((pk, row))
        else:
            comparison.unchanged += 1
    held = Observation.objects.select_related("indicator").in_bulk([pk for pk, _ in changed]) if changed else {}
    comparison.changed = [(held[pk], row) for pk, row in changed]
    return comparison


def facts(one: Observation | Row) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Observation.FACTS}


def difference(old: Observation, new: Row) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts that differ, before and after, as JSON holds them."""
    before, after = facts(old), facts(new)
    names = [name for name in before if before[name] != after[name]]
    return {name: _plain(before[name]) for name in names}, {name: _plain(after[name]) for name in names}


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool) else f"{value.normalize():f}"


def warn(result: ReadResult, comparison: Comparison, sha256: str, year: int | None) -> None:
    """Add what only the database knows: the file came before, or would put preliminary in place of final."""
    earlier = ImportBatch.objects.imported().filter(sha256=sha256, year=year).latest_first().first()
    if earlier and earlier.imported_at:
        day = swedish.date(timezone.localdate(earlier.imported_at))
        result.warnings.insert(0, f"Samma fil lästes in {day} av {earlier.imported_by}.")
    backwards = sum(row.preliminary and not old.preliminary for old, row in comparison.changed)
    if backwards:
        result.warnings.insert(
            0, f"{backwards} siffror som redan är slutliga skulle ersättas av preliminära. Är det rätt fil?"
        )


def describe(result: ReadResult, comparison: Comparison) -> dict[str, Any]:
    """What the page of the file shows, as JSON: names, counts per indicator, the first figures, the changes."""
    titles = {one.code: one.title for one in Indicator.objects.filter(code__in=result.measures)}
    years = [year for row in result.rows for year in (row.year_from, row.year_to)]
    return {
        "description": result.description,
        "places": list(result.places.values()),
        "years": [min(years), max(years)] if years else [],
        "figures": len(result.rows),
        "suppressed": sum(row.suppressed for row in result.rows),
        "warnings": result.warnings,
        "measures": _measures(result, titles),
        "sample": [_named(row, result, titles) | {"shown": in_words(row)} for row in result.rows[:SHOWN_ROWS]],
        "changes": [
            _named(row, result, titles) | {"before": in_words(old), "after": in_words(row)}
            for old, row in comparison.changed[:SHOWN_CHANGES]
        ],
    }


def _measures(result: ReadResult, titles: dict[str, str]) -> list[dict[str, Any]]:
    figures = Counter(row.indicator for row in result.rows)
    return [
        {
            "code": measure.code,
            "title": titles.get(measure.code, measure.title),
            "unit": unbroken(Unit(measure.unit).label),
            "figures": figures[measure.code],
            "known": measure.code in titles,
            "description": measure.description,
        }
        for measure in result.measures.values()
    ]


def _named(row: Row, result: ReadResult, titles: dict[str, str]) -> dict[str, Any]:
    measure = result.measures[row.indicator]
    sex = "" if row.sex == Observation.Sex.ALL else f", {Observation.Sex(row.sex).label.lower()}"
    return {
        "indicator": titles.get(row.indicator, measure.title),
        "unit": unbroken(Unit(measure.unit).label),
        "place": result.places[row.area_type, row.area_code] + sex,
        "period": row.period_label,
    }


def in_words(one: Observation | Row) -> str:
    """A figure as people read it: "2,7 (1,9–3,5), preliminär"; a withheld one says so."""
    if one.suppressed:
        return "lämnas inte ut i källan"
    interval = ""
    if one.ci_low is not None and one.ci_high is not None:
        interval = f" ({swedish.number(one.ci_low)}{swedish.DASH}{swedish.number(one.ci_high)})"
    return f"{swedish.number(one.value)}{interval}{', preliminär' if one.preliminary else ''}"
