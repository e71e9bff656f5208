"""Many files in one: a zip that somebody has packed, opened without trusting what it says of itself.

An .xlsx is a zip too; the two are told apart by the list of contents that every workbook has. What lies packed in the
zip is never unpacked again: it is a file like any other, and refused as such.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from lib.uploads import MOST_AT_ONCE, FileRefused, in_megabytes, read_limited
from lib.workbook_guard import DAMAGED, LOCKED, ZIP, is_bloated

MOST_FILES = 300

TOO_MANY = f"Zip-filen innehåller fler än {MOST_FILES} filer. Dela upp den i flera och skicka in dem var för sig."
TOO_MUCH = f"Filerna är tillsammans större än {in_megabytes(MOST_AT_ONCE)}. Skicka in dem i flera omgångar."
PACKED = "Filen är packad orimligt hårt och öppnas inte. Kontrollera att det är rätt fil."
NOTHING = "Zip-filen innehåller inga filer. Kontrollera att det är rätt fil."

_SYSTEM = {"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini"}  # what computers add by themselves


def is_packed(content: bytes) -> bool:
    """Whether the file is a zip of files, and no workbook."""
    if not content.startswith(ZIP):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" not in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False  # refused where it is read, as the damaged workbook that it may be


def unpacked(content: bytes) -> Iterator[tuple[str, bytes | FileRefused]]:
    """Each file's name and bytes, or why it cannot be opened. Raises FileRefused when the zip itself must not be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in _listed(archive):
                yield PurePosixPath(part.filename).name, _opened(archive, part)
    except zipfile.BadZipFile as error:
        raise FileRefused(DAMAGED) from error


def _listed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    found = [
        part for part in archive.infolist() if not part.is_dir() and not _SYSTEM & {*PurePosixPath(part.filename).parts}
    ]
    if not found:
        raise FileRefused(NOTHING)
    if len(found) > MOST_FILES:
        raise FileRefused(TOO_MANY)
    if sum(part.file_size for part in found) > MOST_AT_ONCE:
        raise FileRefused(TOO_MUCH)
    return found


def _opened(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes | FileRefused:
    if part.flag_bits & 0x1:
        return FileRefused(LOCKED)
    if is_bloated(part):
        return FileRefused(PACKED)
    try:
        with archive.open(part) as stream:
            return read_limited(stream)
    except FileRefused as refusal:
        return refusal
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        return FileRefused(DAMAGED)
