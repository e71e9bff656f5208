"""Text that people paste, made safe for a PDF: characters that no file may hold, and words that no line can."""

import re
from xml.etree.ElementTree import Element

# Word's line break and page break, and its bullet from a private font.
_REPLACED = str.maketrans({"\v": " ", "\f": " ", "\uf0b7": "•"})
# Control characters that XML (and so the PDF's metadata) forbids, halves of characters, and private characters,
# which mean nothing outside the font they were typed in.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\uf8ff\ufffe\uffff]")

LONGEST_WORD = 60
_LONG_WORD = re.compile(rf"(\S{{{LONGEST_WORD + 1},}})")
NO_LANGUAGE = "zxx"  # ISO 639-2: no linguistic content
BREAK_HERE = "\N{ZERO WIDTH SPACE}"


def clean(html: str) -> str:
    """Without the characters that a PDF cannot hold."""
    return _FORBIDDEN.sub("", html.translate(_REPLACED))


def break_long_words(body: Element) -> None:
    """Cuts words longer than any Swedish word into pieces that a line may end after.

    Hyphenating a word takes time by the cube of its length: a pasted string of a thousand characters would keep a
    worker busy for a minute. The pieces are marked as having no language, so they are not hyphenated at all.
    """
    for element in list(body.iter()):
        if str(element.tag).startswith(("{", "<")):
            continue  # drawings, whose texts are cut to fit, and comments, whose tag is a function
        for index in reversed(range(len(element))):
            child = element[index]
            if child.tail and _LONG_WORD.search(child.tail):
                child.tail, pieces = _in_pieces(child.tail)
                element[index + 1 : index + 1] = pieces
        if element.text and _LONG_WORD.search(element.text):
            element.text, pieces = _in_pieces(element.text)
            element[0:0] = pieces


def _in_pieces(text: str) -> tuple[str, list[Element]]:
    """The text before the first long word, and the pieces with the texts that follow them."""
    before, *rest = _LONG_WORD.split(text)
    pieces: list[Element] = []
    for word, following in zip(rest[::2], rest[1::2], strict=True):
        for start in range(0, len(word), LONGEST_WORD):
            piece = Element("span", {"lang": NO_LANGUAGE})
            piece.text = word[start : start + LONGEST_WORD] + BREAK_HERE
            pieces.append(piece)
        pieces[-1].tail = following
    return before, pieces
