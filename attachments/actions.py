"""How a file comes in and how it goes.

First it is examined: how large it is, what it is, whether it is infected. Then it is stored, once under its checksum.
A file whose bytes have been erased leaves its row, so that it can be told that it was here.
"""

import hashlib
import logging
import os
import unicodedata
import uuid
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import User
from attachments.kinds import Kind, recognise
from attachments.models import Attachment
from attachments.photos import redraw
from journal.steps import record
from lib import virus_scan
from lib.dates import now
from lib.person_data import has_personal_number
from lib.uploads import FileRefused, Readable, read_limited

logger = logging.getLogger(__name__)

LONGEST_NAME = 120
# A scanned page keeps its small print at this size; a photo in a log asks for less.
LONGEST_SIDE = 4000
IMAGE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
INFECTED = "Filen innehåller skadlig kod och har inte sparats. Hör av dig till it-avdelningen hos dig."
NOT_SCANNED = "Filen kunde inte virussökas just nu och har därför inte sparats. Försök igen om en stund."
NUMBER_IN_NAME = "Filnamnet ser ut att innehålla ett personnummer. Byt namn på filen och skicka den igen."


@dataclass(frozen=True)
class Examined:
    """A file that may be kept: its clean name, its bytes as they will be stored, and what they are."""

    name: str
    content: bytes
    kind: Kind
    scan: str

    @property
    def is_image(self) -> bool:
        return self.kind.is_image

    @property
    def checksum(self) -> str:
        """Of the bytes as they will be stored."""
        return hashlib.sha256(self.content).hexdigest()


def keep(file: Readable, name: str, *, by: User, longest: int = LONGEST_SIDE) -> Attachment:
    """Examine a file and store it. Raises FileRefused, with a sentence for the person who sent it."""
    return store(examine(file, name, by=by, longest=longest), by=by)


def examine(file: Readable, name: str, *, by: User, longest: int = LONGEST_SIDE) -> Examined:
    """Whether the file may be kept, decided by its content. Nothing is stored. Raises FileRefused."""
    content = read_limited(file)
    kind = recognise(content)
    name = _named(name, kind)
    scan = _scanned(content, name, by=by)
    if kind.is_image:
        content = redraw(content, kind, longest=longest)
    return Examined(name, content, kind, scan)


@transaction.atomic
def store(examined: Examined, *, by: User) -> Attachment:
    """Write the file once under its checksum, and a row that says who sent it and under what name."""
    checksum = examined.checksum
    _same(checksum)  # held, so that nobody erases the same bytes meanwhile
    return Attachment.objects.create(
        name=examined.name,
        content_type=examined.kind.content_type,
        size=len(examined.content),
        sha256=checksum,
        file=_write(examined.content, checksum),
        scan=examined.scan,
        created_by=by,
    )


@transaction.atomic
def erase(attachment: Attachment, *, by: User) -> None:
    """Let go of the bytes, unless somebody else has attached the same file. The row stays and says when and by whom."""
    _same(attachment.sha256)  # waits for who is storing the same; what it saw may be old when it comes back
    Attachment.objects.filter(pk=attachment.pk, erased_at=None).update(erased_at=now(), erased_by=by)
    attachment.refresh_from_db()
    others = Attachment.objects.filter(sha256=attachment.sha256, erased_at=None).exclude(pk=attachment.pk)
    if not others.exists():
        default_storage.delete(str(attachment.file.name))


def _same(checksum: str) -> list[Attachment]:
    return list(Attachment.objects.select_for_update().filter(sha256=checksum).order_by("pk"))


def _write(content: bytes, checksum: str) -> str:
    """Whole or not at all, under its content's name: the same content is never two files."""
    name = f"attachments/{checksum[:2]}/{checksum}"
    path = Path(default_storage.path(name))
    if path.exists():
        return name
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{uuid.uuid4()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return name


def _scanned(content: bytes, name: str, *, by: User) -> str:
    """What is to be said of the search. An infected file is refused, and who tried stands in the person's journal."""
    if not virus_scan.is_on():
        return Attachment.Scan.NOT_SET_UP
    try:
        found = virus_scan.found_in(content)
    except virus_scan.NotScanned as error:
        logger.error("the virus scanner gave no answer: %s", error)
        raise FileRefused(NOT_SCANNED) from error
    if not found:
        return Attachment.Scan.CLEAN
    what = {"label": f"{name}: {found}"[:200], "from": "", "to": hashlib.sha256(content).hexdigest()}
    record(by, "infected", "Fil med skadlig kod stoppad", by=by, file=what)
    raise FileRefused(INFECTED)


def _named(name: str, kind: Kind) -> str:
    """A name that is what it looks like, with the ending of its kind. Raises FileRefused where they contradict."""
    letters = unicodedata.normalize("NFC", name)
    shown = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in letters)
    last = PurePosixPath(" ".join(shown.replace("\\", "/").split())).name.lstrip(". ")
    stem, dot, ending = last.rpartition(".")
    ending = f".{ending.lower()}" if dot else ""
    if not stem or not ending[1:].isalnum() or len(ending) > 6:
        stem, ending = last, kind.endings[0]  # no ending at all: it gets one
    if has_personal_number(stem):
        raise FileRefused(NUMBER_IN_NAME)
    if ending not in kind.endings and kind.is_image and ending in IMAGE_ENDINGS:
        ending = kind.endings[0]  # phones do name a PNG .jpg
    if ending not in kind.endings:
        told = f"Filnamnet slutar på {ending}, men innehållet är något annat: {kind.label}."
        raise FileRefused(f"{told} Byt namn på filen om det är rätt fil, och skicka den igen.")
    return f"{stem.rstrip('. ')[: LONGEST_NAME - len(ending)] or 'fil'}{ending}"
