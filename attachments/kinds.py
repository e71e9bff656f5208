"""What a file really is, told from its content alone. Its name and what the browser says of it prove nothing.

Only what is recognised as one of these kinds is kept; everything else is refused with a sentence.
"""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from lib.uploads import FileRefused

MAY_BE_SENT = "Du kan skicka PDF, bilder (JPEG, PNG, WebP), Word, Excel, PowerPoint, ODT, ODS och textfiler."
UNKNOWN = f"Filen är av ett slag som inte kan tas emot. {MAY_BE_SENT}"
PROGRAM = f"Filen är ett program och kan inte tas emot. {MAY_BE_SENT}"
ACTIVE = f"Filen är en webbsida eller ett skript och kan inte tas emot. {MAY_BE_SENT}"
ARCHIVE = f"Filen är ett arkiv med andra filer i. Packa upp det och skicka filerna en och en. {MAY_BE_SENT}"
MACROS = "Filen innehåller makron eller andra program. Spara den utan makron och skicka den igen."
OLD_OFFICE = (
    "Filen är i ett äldre Officeformat eller skyddad med lösenord. "
    "Spara den utan lösenord som .docx, .xlsx eller .pptx och skicka den igen."
)
HEIC = "Bilden är i formatet HEIC, som inte alla kan öppna. Spara den som JPEG och skicka den igen."
DAMAGED = "Filen är skadad eller ofullständig. Öppna den, spara den på nytt och skicka den igen."


@dataclass(frozen=True)
class Kind:
    """A kind of file that is kept. The first ending is the one it gets where its name has none that fits."""

    label: str
    content_type: str
    endings: tuple[str, ...]

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
PDF = Kind("PDF", "application/pdf", (".pdf",))
JPEG = Kind("JPEG-bild", "image/jpeg", (".jpg", ".jpeg"))
PNG = Kind("PNG-bild", "image/png", (".png",))
WEBP = Kind("WebP-bild", "image/webp", (".webp",))
DOCX = Kind("Worddokument", f"{_OFFICE}wordprocessingml.document", (".docx",))
XLSX = Kind("Excelarbetsbok", f"{_OFFICE}spreadsheetml.sheet", (".xlsx",))
PPTX = Kind("PowerPointpresentation", f"{_OFFICE}presentationml.presentation", (".pptx",))
ODT = Kind("ODT-dokument", f"{_OPEN}text", (".odt",))
ODS = Kind("ODS-kalkylblad", f"{_OPEN}spreadsheet", (".ods",))
TEXT = Kind("textfil", "text/plain", (".txt", ".csv"))
KINDS = (PDF, JPEG, PNG, WEBP, DOCX, XLSX, PPTX, ODT, ODS, TEXT)
IMAGES = (JPEG, PNG, WEBP)
# Images first: a phone then offers its camera and its pictures, and turns HEIC into JPEG by itself.
ACCEPT = ",".join(
    [kind.content_type for kind in IMAGES] + [ending for kind in KINDS if not kind.is_image for ending in kind.endings]
)

_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
# The inner part that makes a package a document, and the kind it makes it.
_MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OPEN_TYPES = {kind.content_type: kind for kind in (ODT, ODS)}
_MACRO_PARTS = re.compile(r"vbaproject|macrosheets/|activex/|(^|/)basic/|(^|/)scripts/|\.(exe|dll|js|vbs|bat|cmd|ps1)$")
# What a browser or a machine could take for something to run. Looked for in the whole of a text.
_MARKUP = re.compile(
    rb"<\s*(!doctype|\?xml|\?php|html|head|body|script|svg|iframe|object|embed|img|meta|link|style)\b|javascript:", re.I
)
_MOST_PARTS, _MOST_UNZIPPED, _MOST_TYPES = 3000, 300 * 1024 * 1024, 512 * 1024


def recognise(content: bytes) -> Kind:
    """The kind of the content. Raises FileRefused for all that is not one of KINDS."""
    for starts, sentence in ((_PROGRAMS, PROGRAM), (_ARCHIVES, ARCHIVE), ((_OLE,), OLD_OFFICE)):
        if content.startswith(starts):
            raise FileRefused(sentence)
    if content.startswith(b"%PDF-"):
        if b"%%EOF" not in content[-2048:]:
            raise FileRefused(DAMAGED)
        return PDF
    if content.startswith(_ZIP):
        return _package(content)
    return _image(content) or _text(content)


def _image(content: bytes) -> Kind | None:
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1"):
        raise FileRefused(HEIC)
    return None


def _package(content: bytes) -> Kind:
    """An office document is a zip of parts: which it is, the parts say."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            too_much = sum(part.file_size for part in parts) > _MOST_UNZIPPED
            if len(parts) > _MOST_PARTS or too_much or any(part.flag_bits & 0x1 for part in parts):
                raise FileRefused(DAMAGED)
            return _document(archive, [part.filename for part in parts])
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise FileRefused(DAMAGED) from error


def _document(archive: zipfile.ZipFile, names: list[str]) -> Kind:
    if any(_MACRO_PARTS.search(name.lower()) for name in names):
        raise FileRefused(MACROS)
    if "[Content_Types].xml" in names:
        if b"macroenabled" in _read(archive, "[Content_Types].xml").lower():
            raise FileRefused(MACROS)
        found = {_MAIN_PARTS[name] for name in names if name in _MAIN_PARTS}
    else:
        said = _read(archive, "mimetype").decode("ascii", "replace").strip() if "mimetype" in names else ""
        found = {_OPEN_TYPES[said]} if said in _OPEN_TYPES and "content.xml" in names else set()
    if len(found) != 1:
        raise FileRefused(ARCHIVE)
    return found.pop()


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_MOST_TYPES)


def _text(content: bytes) -> Kind:
    """Letters and line breaks, and nothing that a browser would take for a page."""
    if _MARKUP.search(content) or content.startswith(b"{\\rtf"):
        raise FileRefused(ACTIVE)
    for encoding in ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(letter.isprintable() or letter in "\t\r\n\f\ufeff\u00ad" or letter.isspace() for letter in text):
            return TEXT
        break
    raise FileRefused(UNKNOWN)
