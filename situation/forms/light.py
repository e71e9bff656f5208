"""What a person may type in the light lägesbild: twelve answers."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from indicators.series import IndicatorSeries
from journal.edits import RecordForm
from lib.form_parts import dress, rows
from situation.models import Picture, Source
from situation.questions import NEW_PROBLEMS, NO_FIGURES, QUESTIONS, TEXTS, TOPICS, USUAL_SOURCES, told_by


class LightForm(RecordForm):
    """The twelve questions. What stands in the draft already is shown; figures fill in what is empty."""

    counts_people = True
    # Not called `sources`: that is the picture's own, and the book would tell that they were changed.
    usual_sources = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Picture
        fields = [*TEXTS, "prepared_by"]

    def __init__(self, *args: Any, figures: Sequence[IndicatorSeries], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(self.instance.sources.values_list("kind", flat=True))
        self._ask_for_sources(there)
        told = told_by(figures)
        if not self.is_bound and not self.instance.revision:  # never changed: what is deleted later stays away
            self.initial.update({name: text for name, text in told.items() if not self.initial.get(name)})
        for name, question, hint in QUESTIONS:
            if name in self.fields:
                self.fields[name].label, self.fields[name].help_text = question, hint
            if name in TEXTS:
                self.fields[name].widget = rows(9 if name in TOPICS else 3)
            if name in TOPICS and not told[name]:
                self.fields[name].help_text = NO_FIGURES
        self._ask_for_problems()
        problems = [f"{part}_{number}" for number in range(1, NEW_PROBLEMS + 1) for part in ("problem", "place")]
        named = {name: question for name, question, _ in QUESTIONS}
        layout = [Fieldset(named[name], *problems) if name == "problems" else name for name in named]
        asked = (one for one in layout if one != "usual_sources" or "usual_sources" in self.fields)
        dress(self, *asked, "prepared_by", "revision")

    def _ask_for_sources(self, there: set[str]) -> None:
        # A source that somebody else has added meanwhile may still be ticked on a page: it is there, and no fault.
        usual = [(kind, Source.Kind(kind).label) for kind in USUAL_SOURCES if self.is_bound or kind not in there]
        self.fields["usual_sources"].choices = usual  # type: ignore[attr-defined]  # it is a choice field
        if not usual:
            del self.fields["usual_sources"]

    def _ask_for_problems(self) -> None:
        for number in range(1, NEW_PROBLEMS + 1):
            self.fields[f"problem_{number}"] = forms.CharField(
                label=f"Problem {number}: vad", required=False, max_length=200
            )
            self.fields[f"place_{number}"] = forms.CharField(
                label=f"Problem {number}: var", required=False, max_length=200
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for number in range(1, NEW_PROBLEMS + 1):
            if self.cleaned_data.get(f"place_{number}") and not self.cleaned_data.get(f"problem_{number}"):
                self.add_error(f"problem_{number}", "Skriv vad problemet är, inte bara var.")
        return cleaned

    @property
    def new_problems(self) -> list[tuple[str, str]]:
        """What and where, of those that were written."""
        numbers = range(1, NEW_PROBLEMS + 1)
        written = [(self.cleaned_data[f"problem_{n}"], self.cleaned_data[f"place_{n}"]) for n in numbers]
        return [(what, where) for what, where in written if what]
