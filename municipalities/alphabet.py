"""Swedish letters where the database has no Swedish: searching without marks, and å ä ö last in the alphabet.

SQLite knows upper and lower case only for a–z, and a PostgreSQL database may have any collation. Both are
asked through the same chain of plain replacements, so that they answer alike.
"""

from django.db.models import Expression, F, Value
from django.db.models.functions import Lower, Replace

# Letter, without its mark, and where it belongs in the alphabet ("zz" comes after every other letter).
_LETTERS = (("å", "a", "zza"), ("ä", "a", "zzb"), ("ö", "o", "zzc"), ("é", "e", "e"), ("ü", "u", "y"))


def fold(text: str) -> str:
    """The text as it is searched: lower case, without marks, one space between words ("Åsele " → "asele")."""
    text = " ".join(text.lower().replace("\0", "").split())
    for letter, plain, _ in _LETTERS:
        text = text.replace(letter, plain)
    return text


def folded(field: str) -> Expression:
    """The column as `fold` would write it."""
    return _replaced(field, [(letter, plain) for letter, plain, _ in _LETTERS])


def alphabetical(field: str) -> Expression:
    """The column as a key to order by, in the order of the Swedish alphabet."""
    return _replaced(field, [(letter, place) for letter, _, place in _LETTERS])


def _replaced(field: str, pairs: list[tuple[str, str]]) -> Expression:
    expression: Expression = Lower(F(field))
    for letter, other in pairs:
        for variant in (letter, letter.upper()):
            expression = Replace(expression, Value(variant), Value(other))
    return expression
