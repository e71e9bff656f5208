"""Files that people send in: how much is read, and how a file that cannot be used is refused."""

from typing import Any, Protocol

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

CHUNK = 64 * 1024
MOST_AT_ONCE = 200 * 1024 * 1024  # of all files that are sent in together


class FileRefused(ValueError):
    """A file that cannot be used. The message tells the person who sent it what is wrong and what to do."""


class Readable(Protocol):
    """An uploaded file, a stored file, or one that a command has opened."""

    def read(self, size: int = ..., /) -> bytes: ...


def in_megabytes(size: int) -> str:
    """Whole megabytes, at least one: 20971520 → "20 MB"."""
    return f"{max(1, round(size / 1024 / 1024))} MB"


def read_limited(file: Readable, *, limit: int | None = None) -> bytes:
    """The file's bytes, never read past the limit (settings.MAX_UPLOAD_BYTES). Raises FileRefused."""
    limit = settings.MAX_UPLOAD_BYTES if limit is None else limit
    size: int = getattr(file, "size", None) or 0
    chunks: list[bytes] = []
    received = 0
    while size <= limit and (chunk := file.read(CHUNK)):
        received += len(chunk)
        size = max(size, received)
        chunks.append(chunk)
    if size > limit:
        raise FileRefused(
            f"Filen är för stor. Den får vara högst {in_megabytes(limit)}. Kontrollera att det är rätt fil."
        )
    if not received:
        raise FileRefused("Filen är tom. Hämta den på nytt och försök igen.")
    return b"".join(chunks)


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Writes nothing to disk past the limit for a file, nor past the limit for all that is sent in at once.

    The form still learns the whole size of a file that was cut, to refuse it.
    """

    received = 0
    is_cut = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.is_cut = False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.received += len(raw_data)
        if start + len(raw_data) <= settings.MAX_UPLOAD_BYTES and self.received <= MOST_AT_ONCE:
            super().receive_data_chunk(raw_data, start)
        else:
            self.is_cut = True

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """One that was cut because of the others counts as too large by itself."""
        return super().file_complete(max(file_size, settings.MAX_UPLOAD_BYTES + 1) if self.is_cut else file_size)
