"""Any file with a table, whatever it is called: Excel of either age, a saved web page, or text with separators."""

from pathlib import Path

from lib.old_workbooks import read_old_workbook
from lib.spreadsheets import Sheet, Workbook, decode, is_workbook, read_table, read_workbook
from lib.uploads import FileRefused
from lib.web_tables import is_web_page, read_web_page
from lib.workbook_guard import OLE

EXCEL = {".xlsx", ".xlsm", ".xls"}
BROKEN = "Filen går inte att läsa som Excel. Den kan ha skadats: hämta den på nytt och försök igen."


def ending(content: bytes) -> str:
    """What the file is, by its contents, as the ending of its name: "xlsx", "xls", "html" or "csv".

    Raises FileRefused for what is certainly none of them.
    """
    if is_workbook(content):
        return "xls" if content.startswith(OLE) else "xlsx"
    return "html" if is_web_page(decode(content)) else "csv"


def read_any(content: bytes, name: str = "") -> Workbook:
    """The file's sheets; text and web pages have one, without a name. Raises FileRefused.

    A name that says Excel of what is neither Excel nor a web page is a broken file: Brå's database saves web pages
    under such names, nobody saves text so.
    """
    form = ending(content)
    if form == "xlsx":
        return read_workbook(content)
    if form == "xls":
        return read_old_workbook(content)
    if form == "html":
        return read_web_page(decode(content))
    if Path(name).suffix.lower() in EXCEL:
        raise FileRefused(BROKEN)
    return Workbook([Sheet("", [tuple(row) for row in read_table(content)])])
