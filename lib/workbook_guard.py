"""Is it safe to open this Excel file? Decided from the outside, before any spreadsheet library has seen it.

An .xlsx is a zip of XML. A small one can unpack to gigabytes, hold millions of cells, or a document type
whose entities multiply; one protected by a password is no zip at all. Every refusal is a FileRefused.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from lib.uploads import FileRefused

MEGABYTE = 1024 * 1024
MAX_PARTS = 600
MAX_SHEETS = 120
MAX_UNZIPPED = 60 * MEGABYTE
MAX_SHEET_PART = 30 * MEGABYTE
# Names, styles and shared texts are held in memory as objects, many times their size on disk.
MAX_OTHER_PART = 8 * MEGABYTE
MAX_RATIO = 200
RATIO_COUNTS_FROM = MEGABYTE
MAX_CELLS = 200_000
MAX_FORMULAS = 5_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

DAMAGED = "Filen är skadad eller ofullständig. Hämta den på nytt och försök igen."
NOT_A_WORKBOOK = "Filen är ingen Excelarbetsbok. Spara den som Excelarbetsbok (.xlsx) och försök igen."
LOCKED = "Filen är skyddad med lösenord. Öppna den i Excel, ta bort lösenordet, spara och försök igen."
OLD_EXCEL = "Filen är i det gamla Excelformatet (.xls). Öppna den i Excel, spara som .xlsx och försök igen."
MACROS = "Filen innehåller makron. Spara den som en vanlig Excelarbetsbok (.xlsx) och försök igen."
TOO_LARGE = "Arbetsboken är för stor för att läsas. Kontrollera att det är rätt fil, eller dela upp den i flera."
TOO_MANY_FORMULAS = "Arbetsboken innehåller för många formler. Klistra in den som värden i en ny fil och försök igen."
FOREIGN_XML = "Arbetsboken är inte uppbyggd som Excel gör. Öppna den i Excel, spara den på nytt och försök igen."

# A document type has no place in a workbook; in either of the encodings that XML may use unasked.
_FORBIDDEN = [text.encode(code) for text in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
_LONGEST = max(map(len, _FORBIDDEN))


@dataclass
class Contents:
    """What was counted in the sheets, in the letters of the XML."""

    counts: dict[bytes, int] = field(default_factory=lambda: {b"<c ": 0, b"<c>": 0, b"<row": 0, b"<f": 0})

    @property
    def cells(self) -> int:
        return max(self.counts[b"<c "] + self.counts[b"<c>"], self.counts[b"<row"])

    @property
    def formulas(self) -> int:
        return self.counts[b"<f"]


def inspect(content: bytes) -> Contents:
    """Count the workbook's cells and formulas; raises FileRefused when it must not be opened."""
    _check_container(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
            return _scan(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise FileRefused(DAMAGED) from error


def _check_container(content: bytes) -> None:
    if content.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise FileRefused(LOCKED if locked else OLD_EXCEL)
    if not content.startswith(ZIP):
        raise FileRefused(NOT_A_WORKBOOK)


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 0x1 for part in parts):
        raise FileRefused(LOCKED)
    if "xl/vbaProject.bin" in names:
        raise FileRefused(MACROS)
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileRefused(NOT_A_WORKBOOK)
    if len(names) < len(parts):
        raise FileRefused(FOREIGN_XML)
    sheets = sum(_is_sheet(part) for part in parts)
    unzipped = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or sheets > MAX_SHEETS or unzipped > MAX_UNZIPPED or any(map(_is_bloated, parts)):
        raise FileRefused(TOO_LARGE)


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    return part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")


def _is_bloated(part: zipfile.ZipInfo) -> bool:
    if part.file_size > (MAX_SHEET_PART if _is_sheet(part) else MAX_OTHER_PART):
        return True
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _scan(archive: zipfile.ZipFile) -> Contents:
    """Stream every XML part once: no document types, and not too many sheets, cells or formulas."""
    contents, listed = Contents(), 0  # a list may name one sheet's part thousands of times
    for part in archive.infolist():
        if not part.filename.endswith((".xml", ".rels")):
            continue
        tail = b""
        with archive.open(part) as stream:
            while chunk := stream.read(MEGABYTE):
                text = tail + chunk
                if any(word in text for word in _FORBIDDEN):
                    raise FileRefused(FOREIGN_XML)
                if part.filename == "xl/workbook.xml":
                    listed += text.count(b"sheetId") - tail.count(b"sheetId")
                if listed > MAX_SHEETS:
                    raise FileRefused(TOO_LARGE)
                if _is_sheet(part):
                    _count(contents, text, tail)
                tail = text[-_LONGEST:]
    return contents


def _count(contents: Contents, text: bytes, tail: bytes) -> None:
    for word in contents.counts:
        # What lies wholly in the tail was counted with the chunk before.
        contents.counts[word] += text.count(word) - tail.count(word)
    if contents.cells > MAX_CELLS:
        raise FileRefused(TOO_LARGE)
    if contents.formulas > MAX_FORMULAS:
        raise FileRefused(TOO_MANY_FORMULAS)
