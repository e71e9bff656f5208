"""Texts as people paste them: without what no reader sees and no database keeps."""

import re
import unicodedata

# What word processors and web pages put between lines of one paragraph.
_LINE_ENDS = re.compile("[\v\f\x1c\x1d\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
_NON_BREAKING_HYPHEN = "\x1e"  # Word's own
_KEPT = "\t\n\r"
_UNSEEN = {"Cc", "Cf", "Cs"}  # controls (NUL among them), marks without width, halves of characters


def clean(text: str) -> str:
    """The text with ordinary line breaks, without unseen characters. What can be seen stays as it was typed."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text).replace(_NON_BREAKING_HYPHEN, "-")
    return "".join(one for one in text if one in _KEPT or unicodedata.category(one) not in _UNSEEN)
