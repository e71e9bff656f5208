"""Small workbooks in Excel's old binary format, record by record: none of the project's tools writes them."""

import struct

SECTOR = 512
END, FAT, FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def record(kind, content=b""):
    return struct.pack("<HH", kind, len(content)) + content


def text(words, *, wide=2):
    """A string as BIFF8 has it: its length, a flag for two bytes a letter, the letters."""
    return struct.pack("<H" if wide == 2 else "<B", len(words)) + b"\x01" + words.encode("utf-16-le")


def old_workbook(rows, *, name="Blad1", extra=b"", contained=True):
    """An .xls of one sheet; `extra` records stand among those of the whole workbook."""
    return in_container(stream(rows, name, extra)) if contained else stream(rows, name, extra)


def stream(rows, name, extra):
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0, 1997, 0, 0))
    whole = begin + extra + record(0x85, struct.pack("<IH", 0, 0) + text(name, wide=1)) + record(0x0A)
    # Where the sheet begins stands in its line among the workbook's records.
    place = whole.index(struct.pack("<H", 0x85), len(begin) + len(extra)) + 4
    whole = whole[:place] + struct.pack("<I", len(whole)) + whole[place + 4 :]
    sheet = [record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 1997, 0, 0))]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", number, column, 0)
            if isinstance(cell, str):
                sheet.append(record(0x204, at + text(cell)))
            elif cell is not None:
                sheet.append(record(0x203, at + struct.pack("<d", cell)))
    return b"".join([whole, *sheet, record(0x0A)])


def in_container(content):
    """The stream in an OLE container of its own."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // SECTOR)
    tables = 1
    while tables * 128 < sectors + tables + 1:
        tables += 1
    chain = [*range(1, sectors), END, END, *[FAT] * tables]
    chain += [FREE] * (tables * 128 - len(chain))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, tables, sectors, 0, 4096, END, 0, END, 0)
    first = sectors + 1
    head += b"".join(struct.pack("<I", first + one if one < tables else FREE) for one in range(109))
    folder = entry("Root Entry", 5, child=1) + entry("Workbook", 2, start=0, size=len(content)) + entry("", 0) * 2
    body = content.ljust(sectors * SECTOR, b"\0") + folder + b"".join(struct.pack("<I", one) for one in chain)
    return head + body


def entry(name, kind, *, child=FREE, start=END, size=0):
    """A line of the container's directory."""
    words = (name + "\0").encode("utf-16-le") if name else b""
    line = words.ljust(64, b"\0") + struct.pack("<HBB", len(words), kind, 1)
    return line + struct.pack("<III", FREE, FREE, child) + b"\0" * 36 + struct.pack("<III", start, size, 0)
