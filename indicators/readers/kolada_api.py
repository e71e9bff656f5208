"""What was fetched from Kolada's API v3, kept as it came beside what was asked for.

The file: {"asked": {"kpis": [KoladaKpi.asked(), …], "places": ["2481", "0000", …], "years": [2015, 2024]},
"answers": [{"address": "/data/kpi/…", "values": [{"kpi", "municipality", "period", "values": [{"gender", "value",
"isdeleted"}, …]}, …]}, …]}. Municipality "0000" is the nation; other codes that begin with 00 are regions.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from indicators.models import Indicator, Observation, Unit
from indicators.models.fetch import without_unit
from indicators.readers.places import Place, Places
from indicators.readers.results import Collector, Measure, Period, ReadResult
from lib.swedish import plural
from lib.uploads import FileRefused

NATION = "0000"
TITLE_LENGTH = 110  # leaves room for where it comes from

NO_ROWS = (
    "Kolada svarade utan rader. Kontrollera att nyckeltalen finns kvar hos Kolada och att de har siffror för de "
    "kommuner och år som du valde."
)
NO_FIGURES = "Kolada svarade med rader, men ingen av dem har ett värde. Välj andra nyckeltal, kommuner eller år."
LACKING = "Kolada svarade med rader som saknar något av det som ska finnas där. Inget har lästs in."
NOT_THIS_FILE = "Filen är inte ett svar som har hämtats från Kolada."


def write(
    kpis: Sequence[dict[str, str]], places: Sequence[str], years: tuple[int, int], answers: Iterable[Any]
) -> bytes:
    """The file's bytes: the same question with the same answers is the same file."""
    asked = {"kpis": list(kpis), "places": list(places), "years": list(years)}
    kept = [{"address": one.address, "values": one.values} for one in answers]
    return json.dumps({"asked": asked, "answers": kept}, ensure_ascii=False, separators=(",", ":")).encode()


def is_fetched(content: bytes) -> bool:
    """Whether the content is such a file; what Kolada lets people download is a workbook."""
    return content.startswith(b'{"asked":')


def read(content: bytes, places: Places, *, last_year: int) -> ReadResult:
    """All figures of the answers. Raises FileRefused: where anything lacks its shape nothing at all is read."""
    try:
        whole = json.loads(content)
        rows = [
            (row, f"svar {number}, rad {line}")
            for number, answer in enumerate(whole["answers"], start=1)
            for line, row in enumerate(answer["values"], start=1)
        ]
        reading = _Reading(whole["asked"], Collector("Kolada", places, last_year=last_year))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise FileRefused(NOT_THIS_FILE) from error
    if not rows:
        raise FileRefused(NO_ROWS)
    try:
        for row, place in rows:
            reading.take(row, place)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FileRefused(LACKING) from error
    return reading.finish()


def measure_of(kpi: dict[str, Any]) -> Measure:
    """A key figure as an indicator: N07403 → "kolada-n07403", "Anmälda våldsbrott (Kolada)"."""
    return Measure(
        f"kolada-{kpi['code'].lower()}",
        f"{without_unit(kpi['title'])[:TITLE_LENGTH]} (Kolada)",
        Unit(kpi["unit"]),
        topic=Indicator.Topic(kpi["topic"]),
        description=f"Nyckeltal {kpi['code']} i Kolada: {kpi['title']}.",
        caution=kpi["caution"],
        averaged_years=kpi.get("averaged_years", 1),  # not in files from before there was such a thing
    )


class _Reading:
    """The rows one by one, with a count of those that hold no figure."""

    def __init__(self, asked: dict[str, Any], collector: Collector) -> None:
        self._measures = {kpi["code"]: measure_of(kpi) for kpi in asked["kpis"]}
        self._places = set(asked["places"])
        first, last = asked["years"]
        self._years = range(first, last + 1)
        self._collector = collector
        self._empty = self._deleted = 0

    def take(self, row: dict[str, Any], place: str) -> None:
        """One row: a key figure in a municipality a year, with a figure for each sex.

        Raises KeyError, TypeError or ValueError where it is no such row.
        """
        kpi, municipality, year, values = row["kpi"], row["municipality"], row["period"], row["values"]
        if not isinstance(municipality, str) or type(year) is not int or not isinstance(values, list):
            raise TypeError
        if municipality.startswith("00") and municipality != NATION:
            return self._collector.leave_out(place, municipality, "Koden är en region, inte en kommun.")
        if kpi not in self._measures or municipality not in self._places or year not in self._years:
            label = f"{kpi}, {municipality}, {year}"
            return self._collector.leave_out(place, label, "Raden ingick inte i det som beställdes.")
        if area := self._collector.find("riket" if municipality == NATION else municipality, place):
            for one in values:
                self._take_figure(one, self._measures[kpi], area, Period(year, year, f"{year}"), place)
        return None

    def _take_figure(self, one: dict[str, Any], measure: Measure, area: Place, period: Period, place: str) -> None:
        value, sex = one["value"], Observation.Sex(one["gender"])
        if value is not None and type(value) not in (int, float):
            raise TypeError
        if one.get("isdeleted"):
            self._deleted += 1
        elif value is None:
            self._empty += 1
        else:
            self._collector.add(measure, area, period, value, place=f"{place}, {sex.label.lower()}", sex=sex)

    def finish(self) -> ReadResult:
        result = self._collector.finish()
        if not (result.rows or result.unmatched):
            raise FileRefused(NO_FIGURES)
        if self._empty:
            counted = plural(self._empty, "uppgift saknar värde", "uppgifter saknar värde")
            result.warnings.append(f"{counted} hos Kolada och ger ingen siffra.")
        if self._deleted:
            counted = plural(self._deleted, "uppgift är borttagen", "uppgifter är borttagna")
            result.warnings.append(f"{counted} hos Kolada och läses inte in.")
        return result
