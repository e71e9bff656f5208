"""Who takes part in a measure: functions of the cooperation, with a task and hours."""

from typing import Any

from agreements.forms.change_of_part import ChangeOfPartForm
from agreements.forms.measure_choices import SeatField
from agreements.models import Measure, Participant
from lib.dates import today
from lib.form_parts import dress, narrow
from partnerships.models import Seat


class ParticipantForm(ChangeOfPartForm):
    """A function of the partnership that takes part."""

    class Meta:
        model = Participant
        fields = ["seat", "task", "hours"]
        field_classes = {"seat": SeatField}

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, measure=measure, **kwargs)
        self.instance.measure = measure
        existing = Seat.objects.existing(today()).filter(partnership=measure.partnership_id)
        if self.instance.pk:
            existing = Seat.objects.filter(pk=self.instance.seat_id)
        else:
            taking_part = measure.participants.filter(ended_on=None, seat__isnull=False)
            existing = existing.exclude(pk__in=taking_part.values("seat"))
        narrow(self, "seat", existing.select_related("organisation", "municipality").order_by("organisation__name"))
        self.fields["seat"].required = True
        self.fields["hours"].widget.attrs["inputmode"] = "numeric"
        dress(self)
