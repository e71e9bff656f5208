"""What a person chooses when ordering a report."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms

from accounts.models import User
from lib import swedish
from municipalities.models import Municipality
from partnerships.models import Partnership
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
