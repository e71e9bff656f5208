"""Is it safe to open this Excel file? Decided from the outside, before any spreadsheet library has seen it.

An .xlsx is a zip of XML. A small one can unpack to gigabytes, hold millions of cells, or a document type
whose entities multiply; one protected by a password is no zip at all. Every refusal is a FileRefused.
"""

import io
import zipfile
import zlib

from lib.uploads import FileRefused
from lib.workbook_parts import DAMAGED, FOREIGN_XML, MAX_CELLS, MAX_SHEETS, TOO_LARGE, Contents

__all__ = [
    "DAMAGED",
    "LOCKED",
    "MAX_CELLS",
    "MAX_SHEETS",
    "MEGABYTE",
    "OLE",
    "TOO_LARGE",
    "ZIP",
    "inspect",
    "is_bloated",
]

MEGABYTE = 1024 * 1024
MAX_PARTS = 600
MAX_UNZIPPED = 60 * MEGABYTE
MAX_SHEET_PART = 30 * MEGABYTE
# Names, styles and shared texts are held in memory as objects, many times their size on disk.
MAX_OTHER_PART = 8 * MEGABYTE
MAX_RATIO = 200
RATIO_COUNTS_FROM = MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

NOT_A_WORKBOOK = "Filen är ingen Excelarbetsbok. Spara den som Excelarbetsbok (.xlsx) och försök igen."
LOCKED = "Filen är skyddad med lösenord. Öppna den i Excel, ta bort lösenordet, spara och försök igen."
OLD_EXCEL = "Filen är i det gamla Excelformatet (.xls). Öppna den i Excel, spara som .xlsx och försök igen."
MACROS = "Filen innehåller makron. Spara den som en vanlig Excelarbetsbok (.xlsx) och försök igen."


def inspect(content: bytes) -> Contents:
    """Count what the workbook holds; raises FileRefused when it must not be opened."""
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
    if len({name.lower() for name in names}) < len(parts):
        raise FileRefused(FOREIGN_XML)
    sheets = sum(_is_sheet(part) for part in parts)
    unzipped = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or sheets > MAX_SHEETS or unzipped > MAX_UNZIPPED or any(map(_is_too_large, parts)):
        raise FileRefused(TOO_LARGE)


def _is_sheet(part: zipfile.ZipInfo) -> bool:
    name = part.filename.lower()
    return name.startswith("xl/worksheets/") and name.endswith(".xml")


def _is_too_large(part: zipfile.ZipInfo) -> bool:
    return part.file_size > (MAX_SHEET_PART if _is_sheet(part) else MAX_OTHER_PART) or is_bloated(part)


def is_bloated(part: zipfile.ZipInfo) -> bool:
    """Whether so much is packed in so little that it is no file that somebody has made."""
    return part.file_size > RATIO_COUNTS_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _scan(archive: zipfile.ZipFile) -> Contents:
    """Stream every XML part once."""
    contents = Contents()
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                contents.scan(part.filename, stream)
    contents.check()
    return contents
