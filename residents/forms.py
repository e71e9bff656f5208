"""The one thing a visitor types here."""

from django import forms

from municipalities.alphabet import alphabetical
from municipalities.models import County


class PlaceForm(forms.Form):
    """The public search."""

    sok = forms.CharField(label="Kommun eller ort", required=False, max_length=80)
    lan = forms.ModelChoiceField(
        County.objects.order_by(alphabetical("name")),
        label="Län",
        required=False,
        empty_label="Alla län",
        to_field_name="code",
    )
