"""What a person chooses when ordering a report or a lägesbild."""

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from accounts.models import User
from lib import swedish
from lib.form_parts import dress
from municipalities.models import Municipality
from partnerships.models import Partnership
from reports.models import Report
from situation.models import Picture


class OrderForm(forms.Form):
    """Which municipality (or all), and which knowledge: as it stands today, or a frozen established version."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label="Gäller",
        required=False,
        empty_label="Hela samverkan",
        help_text="En kommun får bara med sitt eget och det som är gemensamt.",
    )
    picture = forms.ModelChoiceField(
        Picture.objects.none(),
        label="Underlag",
        required=False,
        empty_label="Läget i dag",
        help_text="Innehållet fryses när rapporten beställs. På en fastställd lägesbild blir den likadan varje gång.",
    )

    def __init__(self, *args: object, partnership: Partnership, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["municipality"].queryset = partnership.municipalities()  # type: ignore[attr-defined]
        pictures = Picture.objects.visible_to(user).filter(partnership=partnership, kind=Picture.Kind.JOINT)
        field = self.fields["picture"]
        field.queryset = pictures.filter(status__in=["established", "replaced"])  # type: ignore[attr-defined]
        field.label_from_instance = _label  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout("municipality", "picture")


def _label(picture: Picture) -> str:
    return f"{picture.title}, version {picture.version}, fastställd {swedish.date(picture.established_at)}"


class OrderPictureForm(forms.Form):
    """For whom the document is made. Asked only where there is something to choose."""

    LABELS: ClassVar[dict[Report.Audience, str]] = {
        Report.Audience.OWNER: "Bara vår egen part: allt som står i den nu",
        Report.Audience.PARTIES: "Parterna: allt, också prioriteringen och orsakerna som de står nu",
        Report.Audience.RELEASED: "Alla som får läsa den, också länsstyrelsen och Brå: den fastställda versionen, "
        "utan orsaksanalyser",
    }
    audience = forms.ChoiceField(
        label="Vilka ska kunna öppna den?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Välj vilka som ska kunna öppna dokumentet.",
            "invalid_choice": "Välj ett av alternativen.",
        },
    )

    def __init__(self, *args: Any, audiences: Sequence[Report.Audience], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.audiences = audiences
        choice = self.fields["audience"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(one.value, self.LABELS[one]) for one in audiences]
        choice.initial = audiences[0].value
        if len(audiences) == 1:
            del self.fields["audience"]
        dress(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if len(self.audiences) == 1:
            return {"audience": self.audiences[0]}
        return {name: Report.Audience(value) for name, value in given.items()}
