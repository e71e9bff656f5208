"""What a person may type about what is secret: the assessment before sharing, and the note that is never shared."""

from typing import Any

from django import forms

from journal.edits import RecordForm
from journal.steps import Step
from lib.form_parts import dress, rows
from lib.person_data import NoPersonData
from situation.models import Picture, SecrecyAssessment, WithheldNote

Outcome = SecrecyAssessment.Outcome
MARKED = (
    "Lägesbilden är märkt delvis sekretess. Välj att uppgifter kan omfattas av sekretess och skriv varför de får "
    "lämnas ut, eller gå tillbaka och ta bort dem."
)


class ShareForm(NoPersonData, forms.Form):
    """The page before an own picture is handed over: what is secret in it, and why it may be handed over."""

    counts_people = True
    outcome = forms.ChoiceField(
        label="Sekretessbedömning",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Bedöm om något i lägesbilden kan omfattas av sekretess, innan den delas."},
    )
    paragraph = forms.CharField(
        label="Paragraf",
        max_length=150,
        required=False,
        help_text="Paragrafen i offentlighets- och sekretesslagen, och den som gör att uppgifterna får lämnas ut.",
    )
    text = forms.CharField(
        label="Skäl",
        max_length=2000,
        required=False,
        widget=rows(4),
        help_text="Vad som har vägts, aldrig själva uppgifterna. Läses bara av er egen organisation.",
    )

    def __init__(self, *args: Any, step: Step, picture: Picture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.picture = picture
        dress(self)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        outcome = self.cleaned_data.get("outcome")
        if outcome == Outcome.NONE and self.picture.is_partly_secret:
            self.add_error("outcome", MARKED)
        if outcome == Outcome.POSSIBLE:
            for name, sentence in (
                ("paragraph", "Ange vilken paragraf bedömningen gäller."),
                ("text", "Skriv varför uppgifterna får lämnas ut."),
            ):
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return cleaned


class WithheldNoteForm(RecordForm):
    """The owner's own note beside a picture."""

    counts_people = True

    class Meta:
        model = WithheldNote
        fields = ["text"]
        widgets = {"text": rows(8)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = (
            "Läses bara av er egen organisation. Följer inte med när lägesbilden delas, förs samman, fastställs eller "
            "görs till PDF. Aldrig uppgifter om enskilda."
        )
        dress(self)
