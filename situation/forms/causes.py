"""What a person may type about why a problem arises: the questions of the meeting, and the causes."""

from typing import Any, ClassVar

from crispy_forms.layout import Fieldset
from django import forms

from journal.edits import RecordForm
from lib.form_parts import ManyChoices, day_input, dress, narrow, not_in_future, rows
from situation.causes import sources_for
from situation.models import Cause, CauseAnalysis


class AnalysisForm(RecordForm):
    """The questions of the meeting, and who was there."""

    counts_people = True

    class Meta:
        model = CauseAnalysis
        fields = [
            *CauseAnalysis.QUESTIONS,
            "chain",
            "sources",
            "basis",
            "participants",
            "police_took_part",
            "municipality_took_part",
            "method",
            "held_on",
        ]
        widgets = {
            "held_on": day_input(),
            **{name: rows(3) for name in [*CauseAnalysis.QUESTIONS, "basis"]},
            "chain": rows(5),
            "sources": forms.CheckboxSelectMultiple,
        }
        field_classes = {"sources": ManyChoices}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participants"].widget = rows(2)
        self.fields["held_on"].validators.append(not_in_future)
        chosen = self.instance.sources.values_list("pk", flat=True)
        narrow(self, "sources", sources_for(self.instance.problem, *chosen))
        self.fields["sources"].help_text = "Kryssa i dem som analysen bygger på."
        if not self.fields["sources"].queryset.exists():  # type: ignore[attr-defined]  # it is a choice of rows
            del self.fields["sources"]
        meeting = (
            *(["sources"] if "sources" in self.fields else []),
            "basis",
            "participants",
            "police_took_part",
            "municipality_took_part",
            "method",
            "held_on",
        )
        dress(self, Fieldset("Frågorna", *CauseAnalysis.QUESTIONS, "chain"), Fieldset("Mötet", *meeting), "revision")


class CauseForm(RecordForm):
    """One cause: short enough to be written while people talk."""

    counts_people = True
    # What is said of a new cause until somebody says otherwise.
    DEFAULTS: ClassVar[dict[str, str]] = {
        "category": Cause.Category.PLACE,
        "nature": Cause.Nature.MIXED,
        "support": Cause.Support.ASSUMPTION,
        "influence": Cause.Influence.BOTH,
    }

    class Meta:
        model = Cause
        fields = [
            "text",
            "parent",
            "category",
            "nature",
            "support",
            "picture_source",
            "source",
            "influence",
            "chosen",
            "priority",
        ]
        error_messages = {"text": {"required": "Skriv orsaken med några ord."}}

    def __init__(self, *args: Any, analysis: CauseAnalysis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.analysis = analysis
        narrow(self, "parent", analysis.causes.exclude(pk=self.instance.pk), "Direkt orsak")
        pointed_at = [self.instance.picture_source_id] if self.instance.picture_source_id else []
        narrow(self, "picture_source", sources_for(analysis.problem, *pointed_at), "Ingen av lägesbildens källor")
        if not self.instance.pk:
            for name, value in self.DEFAULTS.items():
                self.fields[name].required, self.fields[name].initial = False, value
        dress(self)

    def clean_text(self) -> str:
        """One line, however it was pasted: without the bullets, tabs and line breaks of a text document."""
        return " ".join(self.cleaned_data["text"].split()).lstrip("•·▪\N{EN DASH}- ")

    def clean(self) -> dict[str, Any] | None:
        """A new cause needs no more than its words; what it lies behind tells what kind it probably is."""
        cleaned = super().clean()
        if not self.instance.pk:
            parent = self.cleaned_data.get("parent")
            likely = self.DEFAULTS | ({"category": parent.category, "nature": parent.nature} if parent else {})
            for name, value in likely.items():
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.cleaned_data[name] = value
        return cleaned
