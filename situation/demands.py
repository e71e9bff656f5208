"""What a picture must have before it is called ready, and what the law asks of a municipality's."""

from lib.swedish import plural
from situation.models import Picture

NO_SIDES = "parternas egna lägesbilder att föra samman, eller skälet till att de inte finns"


def missing_for_ready(picture: Picture) -> list[str]:
    """What the picture lacks before it can be called ready (the required fields of process.md 6.3)."""
    demands = {
        "sammanfattning": bool(picture.summary),
        "analys": bool(picture.analysis),
        "vilken funktion som har tagit fram den": bool(picture.prepared_by.strip()),
        "minst en källa": picture.sources.exists(),
        "minst ett problem": picture.problems.exists(),
        NO_SIDES: has_sides(picture),
    }
    missing = [word for word, there in demands.items() if not there]
    open_ones = picture.differing.open().count() if picture.is_joint else 0
    return [*missing, f"ställningstagande till {plural(open_ones, 'skillnad', 'skillnader')}"] if open_ones else missing


def has_sides(picture: Picture) -> bool:
    """Whether a joint picture has own ones behind it, or says why it has not.

    The handbook makes the joint one of the parties' own. Some are honestly made together from the beginning: the weekly
    one of EST, one of a small place where the same two people would have written both, one from before the system. Then
    the reader is told so, in the parties' own words.
    """
    return not picture.is_joint or bool(picture.made_without.strip()) or picture.own_pictures.exists()


def law_parts(picture: Picture) -> list[tuple[str, bool]]:
    """The parts that the law demands of a municipality's lägesbild (2023:196, 4 §), and whether they are there."""
    return [
        ("Brottsligheten, dess omfattning och konsekvenser", bool(picture.crime and picture.consequences)),
        ("Annan information av betydelse", bool(picture.other_information)),
        ("Analys av båda", bool(picture.analysis)),
    ]
