"""What a person may type about cycles."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from journal.edits import RecordForm
from lib import swedish
from lib.dates import today
from lib.form_parts import day_field, day_input, dress, narrow, not_in_future
from lib.person_data import NoPersonData
from partnerships.models import Cycle, Partnership
from partnerships.rules import places_to_write


class CycleForm(RecordForm):
    class Meta:
        model = Cycle
        fields = ["name", "municipality", "starts", "ends"]
        labels = {"municipality": "Gäller"}
        widgets = {"starts": day_input(), "ends": day_input()}

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "municipality", places_to_write(user, partnership), "Alla, den gemensamma omgången")
        if self.instance.pk:
            del self.fields["municipality"]
        dress(self)


class EarlierCycleForm(RecordForm):
    """A cycle that ended before it was entered here."""

    class Meta:
        model = Cycle
        fields = ["name", "municipality", "starts"]
        labels = {"municipality": "Gällde"}
        widgets = {"starts": day_input()}

    closed_on = day_field("Slutade")
    closed_reason = forms.CharField(label="Hur den slutade", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "municipality", places_to_write(user, partnership), "Alla, den gemensamma omgången")
        dress(self)

    def clean_closed_on(self) -> dt.date:
        closed_on: dt.date = self.cleaned_data["closed_on"]
        not_in_future(closed_on)
        return closed_on


class CloseForm(NoPersonData, forms.Form):
    """The day and the reason when a cycle is closed or cancelled."""

    closed_on = day_field("Avslutad den")
    reason = forms.CharField(
        label="Varför",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Läses av den som öppnar nästa omgång.",
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"closed_on": today()}} | kwargs)
        self.cycle = cycle
        dress(self)

    def clean_closed_on(self) -> dt.date:
        closed_on: dt.date = self.cleaned_data["closed_on"]
        not_in_future(closed_on)
        if closed_on < self.cycle.starts:
            raise ValidationError(f"Omgången började {swedish.date(self.cycle.starts)}. Skriv en senare dag.")
        return closed_on
