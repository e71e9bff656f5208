"""What WeasyPrint leaves open of PDF/UA-1, mended in the finished object tree before the file is written.

Working on the objects in memory instead of reading the written file again costs a few milliseconds instead of a
tenth of the whole rendering. What is mended:

- header cells get a scope, so that a screen reader can say which column and row a figure belongs to (ISO 14289-1 §7.5);
- running heads and feet become pagination artifacts, so that they are not read aloud on every page (§7.8);
- figures get their place in the page's own coordinates (ISO 32000-1 §14.8.5.4.3), not in those of the style sheet;
- links get the print flag, without which a checker counts them as invisible.
"""

from dataclasses import dataclass, field
from typing import Any

PRINTED = 4  # the third bit of an annotation's flags
POINTS_PER_PIXEL = 0.75


class PdfFault(Exception):
    """The document could not be made as it must be: a file it names is missing, or an image has no alternative text."""


def make_accessible(document: Any, pdf: Any) -> None:
    """A finisher for WeasyPrint's write_pdf: mends `pdf`, a tagged pydyf.PDF, in place.

    Raises PdfFault for a figure without alternative text, which nobody but the template's author can give.
    """
    tree = _Tree(pdf)
    for table in tree.tables:
        table.scope_headers()
    for figure in tree.figures:
        if "Alt" not in figure:
            raise PdfFault("A drawing has no <title> as its first child, or an image no alt")
        _place_in_page(figure, tree.target(figure["Pg"]))
    owners = tree.target(tree.root["ParentTree"])["Nums"]
    for number, reference in enumerate(pdf.page_references):
        page, read_aloud = tree.target(reference), tree.marks.get(reference, set())
        _silence(tree.target(page["Contents"]).stream, read_aloud)
        _disown(owners[2 * number + 1], read_aloud)
        for annotation in page.get("Annots", ()):
            tree.target(annotation)["F"] = PRINTED


@dataclass
class _Table:
    """The cells of a table on one page: a table over several pages is one table on each."""

    headers: list[tuple[Any, bool]] = field(default_factory=list)
    figures: list[Any] = field(default_factory=list)

    def scope_headers(self) -> None:
        """Headers above and beside the figures, told apart.

        A piece of only a row or two has more headers than figures. There is little to tell apart, and checkers take
        it for broken headings: its row headers are told as data.
        """
        beside = [cell for cell, in_head in self.headers if not in_head]
        if len(self.headers) > len(self.figures):
            demoted = {id(cell.pop("ID", None)) for cell in beside}
            for cell in beside:
                cell["S"] = "/TD"
            for cell in self.figures:
                named = cell["A"].get("Headers", [])
                named[:] = [header for header in named if id(header) not in demoted]
        for cell, in_head in self.headers:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Column" if in_head else "/Row"


class _Tree:
    """The structure tree that is read aloud: its tables, its figures, and the marked content it owns on each page."""

    def __init__(self, pdf: Any) -> None:
        self.objects = pdf.objects
        self.root = self.target(pdf.catalog["StructTreeRoot"])
        self.tables: list[_Table] = []
        self.figures: list[Any] = []
        self.marks: dict[bytes, set[int]] = {}
        self._walk()

    def target(self, reference: bytes) -> Any:
        """The object behind "12 0 R"."""
        return self.objects[int(reference.split()[0])]

    def _walk(self) -> None:
        outside = _Table()
        waiting = [(self.target(reference), outside, False) for reference in self.root["K"]]
        while waiting:
            element, table, in_head = waiting.pop()
            kind = element.get("S")
            if kind == "/Table":
                table, in_head = _Table(), False
                self.tables.append(table)
            self._note(element, kind, table, in_head)
            for kid in element.get("K", ()):
                if isinstance(kid, int):
                    self.marks.setdefault(element["Pg"], set()).add(kid)
                else:
                    waiting.append((self.target(kid), table, in_head or kind == "/THead"))

    def _note(self, element: Any, kind: str, table: _Table, in_head: bool) -> None:
        if kind == "/TH":
            table.headers.append((element, in_head))
        elif kind == "/TD":
            table.figures.append(element)
        elif kind == "/Figure":
            self.figures.append(element)


def _place_in_page(figure: Any, page: Any) -> None:
    """From pixels below the page's top to points above its bottom."""
    left, top, right, bottom = figure["A"]["BBox"]
    height = page["MediaBox"][3]
    box = (left, height / POINTS_PER_PIXEL - bottom, right, height / POINTS_PER_PIXEL - top)
    figure["A"]["BBox"][:] = [round(edge * POINTS_PER_PIXEL, 2) for edge in box]


def _silence(stream: list[Any], read_aloud: set[int]) -> None:
    """Turns marked content that no element of the tree owns into pagination artifacts."""
    for place, token in enumerate(stream):
        if token == b"BDC" and stream[place - 1]["MCID"] not in read_aloud:
            stream[place - 2] = "/Artifact"
            stream[place - 1] = "<</Type /Pagination>>"


def _disown(owners: list[Any], read_aloud: set[int]) -> None:
    """Artifacts have no owner in the page's list of owners by mark."""
    for mark in range(len(owners)):
        if mark not in read_aloud:
            owners[mark] = "null"
