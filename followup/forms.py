"""What a person may type in a follow-up: only what its kind asks."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from followup import rules
from followup.models import FollowUp
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import day_input, dress, not_in_future, sane_day

ALL_KINDS = ["period_from", "period_to", "planned", "outcome"]
DECISION = ["decision", "decision_why", "steering_group_on"]
LONG = ["carried_out_why", "obstacles", "success_factors", "lessons", "contribution_why", "other_explanations"]
DATES = ["period_from", "period_to", "steering_group_on"]
GROUNDS_HELP = (
    "Bygg helst inte bara på anmälda brott. Hur många som anmäls beror också på hur benägna människor är att anmäla "
    "och på polisens kontroller, till exempel vid narkotikabrott."
)


class FollowUpForm(RecordForm):
    """One follow-up of the given kind; the other kinds' questions are not there at all."""

    class Meta:
        model = FollowUp
        fields = [*ALL_KINDS, *sorted({name for names in rules.FIELDS.values() for name in names}), *DECISION]
        widgets = {
            **{name: forms.Textarea(attrs={"rows": 3}) for name in [*LONG, "side_effects", "decision_why"]},
            **{name: day_input() for name in DATES},
        }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        asked = rules.FIELDS[kind]
        for name in set(self.fields) - {*ALL_KINDS, *asked, *DECISION, "revision"}:
            del self.fields[name]
        for name in rules.REQUIRED[kind]:
            self.fields[name].required = True
        self.fields["steering_group_on"].validators.append(not_in_future)
        if kind == FollowUp.Kind.EFFECT:
            self.fields["grounds"].help_text = GROUNDS_HELP
            self.fields["baseline"].help_text = "Med enhet och period. Skriv uppgift saknas om ni inte mätte före."
        dress(
            self,
            Fieldset("Vad gäller det?", *ALL_KINDS),
            Fieldset(FollowUp.Kind(kind).label, *asked),
            Fieldset("Vad händer nu?", *DECISION, "revision"),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        carried_out = self.cleaned_data.get("carried_out")
        short = carried_out in (FollowUp.CarriedOut.PARTLY, FollowUp.CarriedOut.NO)
        if short and not self.cleaned_data.get("carried_out_why"):
            self.add_error("carried_out_why", "Skriv varför det inte blev helt enligt plan.")
        return cleaned


class SteeringGroupForm(forms.Form):
    """The day on which the steering group got a finished follow-up."""

    day = forms.DateField(label="Styrgruppen fick del av den", widget=day_input(), validators=[sane_day, not_in_future])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = today()
        dress(self)
