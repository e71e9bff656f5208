"""The parts of a measure: what is done along the way, and the occasions on their days."""

from typing import Any

from agreements.forms.change_of_part import ChangeOfPartForm
from agreements.models import Measure, Part
from lib.form_parts import day_input, dress


class PartForm(ChangeOfPartForm):
    """One part: what, when, and which function."""

    class Meta:
        model = Part
        fields = ["kind", "text", "day", "function", "order"]
        widgets = {"day": day_input()}

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, measure=measure, **kwargs)
        if not self.instance.pk:
            last = measure.parts.order_by("-order").values_list("order", flat=True).first() or 0
            self.fields["order"].initial = last + 1
        dress(self)
