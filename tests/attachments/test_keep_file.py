"""Files that come in: told apart by what they hold, refused with a sentence, kept once."""

import io
from pathlib import Path

import pytest
from PIL import Image

from attachments import actions
from attachments.models import Attachment
from lib.uploads import FileRefused
from tests.attachments import files

KEPT = {
    "protokoll.pdf": (files.PDF, "application/pdf"),
    "torget.jpg": (files.picture(), "image/jpeg"),
    "karta.png": (files.picture("PNG"), "image/png"),
    "bild.webp": (files.picture("WEBP"), "image/webp"),
    "plan.docx": (files.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "siffror.xlsx": (files.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "visning.pptx": (files.PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    "text.odt": (files.ODT, "application/vnd.oasis.opendocument.text"),
    "blad.ods": (files.ODS, "application/vnd.oasis.opendocument.spreadsheet"),
    "anteckning.txt": (files.TEXT, "text/plain"),
    "lista.csv": ("Kommun;Antal\r\nÅsele;3".encode("cp1252"), "text/plain"),
}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REFUSED = {
    "a program": ("virus.exe", b"MZ\x90\x00" + bytes(200), "program"),
    "a program in a picture's name": ("foto.jpg", b"MZ\x90\x00" + bytes(200), "program"),
    "a shell script": ("kor.txt", b"#!/bin/sh\nrm -rf /", "program"),
    "a page": ("sida.html", b"<!DOCTYPE html><p>Hej", "webbsida"),
    "a page in a pdf's name": ("protokoll.pdf", b"<html><script>alert(1)</script></html>", "webbsida"),
    "a page in a text": ("anteckning.txt", b"Hej\n\n<ScRiPt src=x>", "webbsida"),
    "a drawing with a script": ("logga.svg", SVG, "webbsida"),
    "a drawing in a picture's name": ("logga.png", SVG, "webbsida"),
    "an archive": ("allt.zip", files.package("a.txt", "b.txt"), "arkiv"),
    "an archive of another kind": ("allt.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "arkiv"),
    "an empty archive": ("tom.zip", b"PK\x05\x06" + bytes(18), "arkiv"),
    "macros": ("plan.docx", files.package("word/document.xml", "word/vbaProject.bin"), "makron"),
    "macros by the type": ("plan.docm", files.package("word/document.xml", types="x.macroEnabled.main+xml"), "makron"),
    "old macro sheets": ("bok.xlsx", files.package("xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "makron"),
    "macros in a text": (
        "text.odt",
        files.package("content.xml", "Basic/Standard/m.xml", mimetype="application/vnd.oasis.opendocument.text"),
        "makron",
    ),
    "a program in a document": ("plan.docx", files.package("word/document.xml", "word/embeddings/a.exe"), "makron"),
    "two documents in one": ("plan.docx", files.package("word/document.xml", "xl/workbook.xml"), "arkiv"),
    "old office": ("gammal.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "äldre Officeformat"),
    "heic": ("foto.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
    "half a pdf": ("halv.pdf", files.PDF[:40], "skadad"),
    "half a picture": ("halv.jpg", files.picture()[:300], "skadad"),
    "half a document": ("halv.docx", files.DOCX[:120], "skadad"),
    "nothing but the beginning": ("bild.png", b"\x89PNG\r\n\x1a\n", "skadad"),
    "anything": ("data.bin", bytes(range(256)), "inte kan tas emot"),
    "another document's name": ("plan.pdf", files.DOCX, "Filnamnet slutar på .pdf"),
    "a text called a program": ("protokoll.pdf.exe", files.TEXT, "Filnamnet slutar på .exe"),
    "nothing": ("tom.pdf", b"", "tom"),
    "a personal number": ("19121212-1212.pdf", files.PDF, "personnummer"),
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def keep(content, name, by, **more):
    return actions.keep(io.BytesIO(content), name, by=by, **more)


def look(kept):
    return Image.open(io.BytesIO(Path(kept.file.path).read_bytes()))


@pytest.mark.parametrize("name", KEPT)
def test_what_is_kept(anna, folder, name):
    content, content_type = KEPT[name]

    kept = keep(content, name, anna)

    stored = Path(kept.file.path).read_bytes()
    assert (kept.name, kept.content_type, kept.created_by) == (name, content_type, anna)
    assert (kept.size, kept.scan, stored == content) == (len(stored), "not_set_up", not kept.is_image)
    assert kept.file.name == f"attachments/{kept.sha256[:2]}/{kept.sha256}"


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(anna, folder, what):
    name, content, said = REFUSED[what]

    with pytest.raises(FileRefused, match=said):
        keep(content, name, anna)

    assert (Attachment.objects.count(), list(folder.rglob("*"))) == (0, [])


def test_a_refusal_says_what_can_be_sent(anna):
    with pytest.raises(FileRefused, match="Du kan skicka PDF, bilder"):
        keep(SVG, "logga.svg", anna)


def test_a_file_that_is_too_large(anna, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024

    with pytest.raises(FileRefused, match="högst 1 MB"):
        keep(files.PDF + bytes(1024 * 1024), "stor.pdf", anna)


def test_a_picture_leaves_behind_where_it_was_taken(anna):
    for kind, ending in (("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")):
        sent = files.picture(kind)
        kept = keep(sent, f"torget.{ending}", anna)

        assert dict(Image.open(io.BytesIO(sent)).getexif())
        stored = Path(kept.file.path).read_bytes()
        assert not dict(Image.open(io.BytesIO(stored)).getexif())
        assert b"Anna" not in stored


def test_a_comment_and_what_stands_after_the_picture_are_left_behind(anna):
    kept = keep(files.picture(comment=b"hemligt") + b"<script>alert(1)</script>", "torget.jpg", anna)

    stored = Path(kept.file.path).read_bytes()
    assert (b"hemligt" in stored, b"script" in stored) == (False, False)


def test_a_picture_is_turned_the_right_way_and_made_smaller(anna):
    kept = keep(files.picture(size=(600, 400)), "torget.jpg", anna, longest=300)

    assert look(kept).size == (200, 300)


def test_holes_in_a_picture_stay(anna):
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(out, "PNG")

    kept = keep(out.getvalue(), "logga.png", anna)

    assert look(kept).mode == "RGBA"


def test_a_small_file_with_a_huge_picture(anna):
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(FileRefused, match="för många bildpunkter"):
        keep(out.getvalue(), "stor.png", anna)


def test_the_same_content_is_one_file(anna, bo, folder):
    first, second = keep(files.PDF, "a.pdf", anna), keep(files.PDF, "b.pdf", bo)

    assert first.file.name == second.file.name
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Mina dokument\\Na\u0308rvaro.pdf", "Närvaro.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', 'a"b Set-Cookie: x.pdf'),
        ("gpj.\u202efdp.pdf", "gpj. fdp.pdf"),
        ("protokoll", "protokoll.pdf"),
        (".pdf", "pdf.pdf"),
        ("Dnr 2026.123 A", "Dnr 2026.123 A.pdf"),
        (f"{'x' * 300}.pdf", f"{'x' * 116}.pdf"),
    ],
)
def test_a_name_is_what_it_looks_like(anna, sent, kept):
    assert keep(files.PDF, sent, anna).name == kept


def test_a_picture_gets_the_ending_of_what_it_is(anna):
    assert keep(files.picture("PNG"), "IMG_1.JPG", anna).name == "IMG_1.png"


def test_erased_bytes_are_gone_when_nobody_else_has_them(anna, bo):
    first, second = keep(files.PDF, "a.pdf", anna), keep(files.PDF, "b.pdf", bo)
    path = Path(first.file.path)

    actions.erase(first, by=anna)
    stood = path.exists()
    actions.erase(second, by=bo)

    assert (stood, path.exists(), second.erased_by) == (True, False, bo)


def test_what_was_erased_can_be_sent_again(anna):
    actions.erase(keep(files.PDF, "a.pdf", anna), by=anna)

    assert Path(keep(files.PDF, "a.pdf", anna).file.path).read_bytes() == files.PDF
