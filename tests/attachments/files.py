"""Files as people have them, and files as they are not allowed to be; made here, none of them anybody's."""

import io
import zipfile

from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"
TYPES = '<?xml version="1.0"?><Types><Override ContentType="application/vnd.{}"/></Types>'
POSITION = 34853  # the EXIF tag for where a picture was taken


def package(*names, types="openxmlformats-officedocument.wordprocessingml.document.main+xml", **parts):
    """A zip of these parts, as Office makes them; `mimetype` makes it one of OpenDocument's."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if "mimetype" not in parts:
            archive.writestr("[Content_Types].xml", TYPES.format(types))
        for name in names:
            archive.writestr(name, "<x/>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def picture(kind="JPEG", size=(60, 40), **extra):
    """A picture that knows where it was taken, by whom, and which way up the camera was held."""
    drawn = Image.new("RGB", size, "teal")
    exif = drawn.getexif()
    exif[0x0112], exif[0x013B] = 6, "Anna Andersson"
    exif.get_ifd(POSITION)[1] = "N"
    out = io.BytesIO()
    drawn.save(out, kind, exif=exif, **extra)
    return out.getvalue()


def let_go(answer):
    """Close the file that was sent; not the whole answer, which on PostgreSQL would take the connection with it."""
    for close in answer._resource_closers:
        close()


DOCX = package("word/document.xml")
XLSX = package("xl/workbook.xml")
PPTX = package("ppt/presentation.xml")
ODT = package("content.xml", mimetype="application/vnd.oasis.opendocument.text")
ODS = package("content.xml", mimetype="application/vnd.oasis.opendocument.spreadsheet")
TEXT = "Möte den 3 mars.\r\nNärvarande: kommunpolis och samordnare.".encode()
