"""A file that somebody sent in: what kind it is, by its contents alone, and its figures.

A table of no known kind has to be pointed out by the person; see indicators.readers.pointed_out.
"""

from dataclasses import replace
from functools import cached_property
from types import ModuleType
from typing import Any

from indicators.models import Dataset
from indicators.readers import (
    bra_workbook,
    bra_yearly,
    cut_off,
    kolada_api,
    kolada_export,
    open_comparisons,
    pointed_out,
    scb_population,
)
from indicators.readers.places import Places
from indicators.readers.results import ReadResult
from lib.spreadsheets import Workbook, decode, sheet_names
from lib.tables import ending, read_any
from lib.uploads import FileRefused

# Tables that are known by their header, in whichever form they come. The first that fits holds.
KNOWN_TABLES: dict[str, ModuleType] = {
    Dataset.OPEN_COMPARISONS: open_comparisons,
    Dataset.KOLADA: kolada_export,
    Dataset.POPULATION: scb_population,
}
# Kinds that may lack their year, which then has to be given.
NEED_YEAR = {Dataset.OPEN_COMPARISONS, Dataset.POPULATION}
# Kinds that are read by what the person has pointed out.
POINTED_OUT = {Dataset.CRIME_DATABASE, Dataset.OWN}
NOT_POINTED_OUT = "Peka först ut tabellens kolumner på filens sida. Sedan kan siffrorna läsas in."
CHANGED = "Filen är inte av det slag som väntades. Kontrollera att det är rätt fil."


class SentFile:
    """The bytes with their name; opened once, and only when the kind asks for it. Everything raises FileRefused.

    What was fetched from Kolada is not found out by its contents: only a fetch hands it in, and says so.
    """

    def __init__(self, content: bytes, name: str = "") -> None:
        self.content, self.name = content, name

    @cached_property
    def ending(self) -> str:
        return ending(self.content)

    @cached_property
    def book(self) -> Workbook:
        book = read_any(self.content, self.name)
        doubt = cut_off.doubt(decode(self.content), book.sheets[0].rows) if self.ending == "csv" else None
        return replace(book, warnings=[*book.warnings, doubt]) if doubt else book

    def kind(self, places: Places) -> str | None:
        """The kind by its contents; None for a table whose columns have to be pointed out."""
        if self.ending == "xlsx" and bra_workbook.fits(sheet_names(self.content)):
            return Dataset.WORKBOOK
        sheets = self.book.sheets
        found = next((kind for kind, reader in KNOWN_TABLES.items() if reader.layout(sheets)), None)
        if found is None and self.ending == "csv" and bra_yearly.fits(sheets[0].rows, places):
            return Dataset.YEARLY
        return found

    def lacks_year(self, kind: str) -> bool:
        """Whether the figures' year stands nowhere in the contents."""
        if kind == Dataset.YEARLY:
            return True
        found = KNOWN_TABLES[kind].layout(self.book.sheets) if kind in NEED_YEAR else None
        return bool(found and found[1].lacks_year)

    def read(
        self, kind: str, places: Places, *, year: int | None, last_year: int, mapping: dict[str, Any] | None = None
    ) -> ReadResult:
        """The file's figures, as that kind."""
        if kind in POINTED_OUT:
            if not mapping:
                raise FileRefused(NOT_POINTED_OUT)
            return pointed_out.read(self.book, pointed_out.Mapping(**mapping), places, last_year=last_year)
        if kind == Dataset.WORKBOOK:
            return bra_workbook.read(self.content, places, last_year=last_year)
        if kind == Dataset.YEARLY and year:
            return self._warned(bra_yearly.read(self.content, places, year=year, last_year=last_year))
        if kind == Dataset.KOLADA and kolada_api.is_fetched(self.content):
            return kolada_api.read(self.content, places, last_year=last_year)
        return self._read_table(kind, places, year, last_year)

    def _read_table(self, kind: str, places: Places, year: int | None, last_year: int) -> ReadResult:
        reader = KNOWN_TABLES.get(kind)
        found = reader.layout(self.book.sheets) if reader else None
        if reader is None or found is None:
            raise FileRefused(CHANGED)
        sheet, layout = found
        given = {"year": year} if kind in NEED_YEAR else {}
        result: ReadResult = reader.read(sheet, layout, places, last_year=last_year, **given)
        if not (result.rows or result.unmatched):
            raise FileRefused("Filen har inga siffror att läsa in.")
        return self._warned(result)

    def _warned(self, result: ReadResult) -> ReadResult:
        """The result, with what is to be said of the file itself before what is to be said of its figures."""
        result.warnings[:0] = self.book.warnings
        return result
