"""What is typed about outside actors."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import Organisation
from agreements.models import Measure, Participant
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import day_input, dress, narrow


class AddActorForm(RecordForm):
    """An organisation outside the cooperation, among those that the operator has in its register."""

    class Meta:
        model = Participant
        fields = ["organisation", "task"]
        help_texts = {"organisation": "", "task": "Vad organisationen gör i åtgärden."}

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties = measure.partnership.parties.current(today()).values("organisation")
        inside = measure.participants.filter(ended_on=None, organisation__isnull=False).values("organisation")
        others = Organisation.objects.filter(kind=Organisation.Kind.OTHER)
        narrow(self, "organisation", others.exclude(pk__in=parties).exclude(pk__in=inside), "Välj")
        self.fields["organisation"].required = True
        dress(self)


class EndActorForm(RecordForm):
    """The last day that the organisation takes part."""

    class Meta:
        model = Participant
        fields = ["ended_on"]
        widgets = {"ended_on": day_input()}
        labels = {"ended_on": "Sista dag"}
        help_texts = {"ended_on": "Välj gårdagens datum om åtkomsten ska upphöra genast."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = True
        if not self.is_bound:  # proposed, not initial: what is sent unchanged is a change all the same
            self.fields["ended_on"].widget.attrs["value"] = today().isoformat()
        dress(self)

    def clean_ended_on(self) -> dt.date:
        """Who took part on an earlier day has logged that day: it is not undone afterwards."""
        day: dt.date = self.cleaned_data["ended_on"]
        if day < today() - dt.timedelta(days=1):
            raise ValidationError("Sista dag kan vara tidigast i går.")
        return day
