"""The kinds of rows in a dialogue's document, each with its form: one place for the pages that write them."""

from typing import Any

from accounts.models import User
from dialogues.forms import HoursForm, PointForm, ProposalForm, QuickFixForm, ThemeForm
from dialogues.models import Dialogue

# slug → what the dialogue calls the rows, the heading, one of them, and the form
SECTIONS: dict[str, tuple[str, str, str, Any]] = {
    "punkt": ("points", "Punkter på vandringen", "punkt", PointForm),
    "tema": ("themes", "Teman", "tema", ThemeForm),
    "forslag": ("proposals", "Förslag", "förslag", ProposalForm),
    "atgardat": ("fixes", "Åtgärdat direkt", "åtgärdat", QuickFixForm),
    "tid": ("hours", "Nedlagd tid", "nedlagd tid", HoursForm),
}
ABOUT = {
    "punkt": "Var ni stannade, vad ni såg och vem som gör något.",
    "tema": "Det som flera sa, med hur många och var. Varje tema får sedan ett svar.",
    "forslag": "Det som någon föreslog.",
    "atgardat": "Det som rättades till genast, utan löfte: en lampa, en häck.",
    "tid": "Timmar för varje part, så att nästa dialog går att planera.",
}


class Section:
    """One kind of rows of a dialogue, with the form for the next one."""

    is_current = False
    form: Any = None

    def __init__(self, slug: str, dialogue: Dialogue, user: User) -> None:
        self.slug, self.dialogue, self.user = slug, dialogue, user
        self.relation, self.heading, self.name, self.form_class = SECTIONS[slug]
        self.about = ABOUT[slug]

    @property
    def rows(self) -> Any:
        """The rows there are."""
        found = getattr(self.dialogue, self.relation)
        return found.select_related("party__organisation") if self.slug == "tid" else found.all()

    def make(self, data: Any = None, files: Any = None, instance: Any = None) -> Any:
        """The form, for a new row or this one."""
        return self.form_class(data, files, instance=instance, dialogue=self.dialogue, user=self.user, prefix=self.slug)

    def begin(self, data: Any = None, files: Any = None, *, here: bool = False) -> None:
        """The form for the next row, as it stands on the page; `here` where the writing goes on."""
        self.form = self.make(data, files)
        self.is_current = here
        if here and data is None:
            self.form.focus()

    @property
    def shown(self) -> list[tuple[Any, str, str]]:
        """Each row with its own words and the rest of what is said of it."""
        return [(row, str(row), self._more(row)) for row in self.rows]

    def _more(self, row: Any) -> str:
        if self.slug == "tid":
            return ""
        place = getattr(row, "place", "") if self.slug != "punkt" else ""
        count = f"{row.mentions} nämnde det" if self.slug in ("tema", "forslag") else ""
        seen = row.get_category_display() if self.slug == "punkt" else ""
        return ", ".join(one for one in (place, count, seen) if one)


def sections_of(dialogue: Dialogue, user: User) -> list[Section]:
    """Those that the dialogue has: a walk begins with its points, the others have none."""
    slugs = [slug for slug in SECTIONS if slug != "punkt" or dialogue.kind == Dialogue.Kind.WALK]
    return [Section(slug, dialogue, user) for slug in slugs]
