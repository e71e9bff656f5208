"""What is pasted from a document: the words stay, what nobody sees goes."""

import pytest

from lib.texts import clean


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Torget\x00", "Torget"),
        ("första raden\vandra raden", "första raden\nandra raden"),
        ("första\N{LINE SEPARATOR}andra\N{PARAGRAPH SEPARATOR}tredje\x0cfjärde", "första\nandra\ntredje\nfjärde"),
        ("\N{ZERO WIDTH NO-BREAK SPACE}Tor\N{ZERO WIDTH SPACE}get\N{SOFT HYPHEN}", "Torget"),
        ("kl. 21\x1e02 \x1fvarje\x07 helg", "kl. 21-02 varje helg"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}tegrot", "tegrot"),
        ("•\tEn punkt\r\n•\tTvå\n", "•\tEn punkt\r\n•\tTvå\n"),
        ("1\N{NO-BREAK SPACE}200 \N{EN DASH} å ä ö ”så”", "1\N{NO-BREAK SPACE}200 \N{EN DASH} å ä ö ”så”"),
        ("", ""),
    ],
)
def test_the_words_stay_and_what_nobody_sees_goes(pasted, kept):
    assert clean(pasted) == kept
    assert clean(kept) == kept
