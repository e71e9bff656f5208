"""What a person may type about measures and their log."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from agreements.forms.files import WithFiles
from agreements.models import Agreement, Measure, MeasureLog
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import day_input, dress, narrow, not_in_future
from partnerships.models import Cycle, Partnership
from partnerships.rules import municipalities_to_write, places_to_write
from situation.models import Problem

COMMON = "Gemensamt för hela samverkan"


class MeasureForm(RecordForm):
    """A measure under a problem that all parties may read."""

    class Meta:
        model = Measure
        fields = [
            "problem",
            "title",
            "description",
            "municipality",
            "kind",
            "prevention",
            "place",
            "responsible",
            "function",
            "starts",
            "ends",
            "planned_count",
            "unit",
            "agreement",
        ]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writes = municipalities_to_write(user, partnership)
        narrow(self, "problem", problems_to_act_on(partnership, writes, self.instance))
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        narrow(self, "municipality", places, COMMON)
        narrow(self, "responsible", _responsible(self.instance, partnership))
        agreements = Agreement.objects.filter(partnership=partnership).without_texts()
        narrow(self, "agreement", agreements, "Ingen vald")
        dress(self)

    def clean(self) -> dict[str, Any] | None:
        """What is done about one municipality's own problem is that municipality's own measure."""
        cleaned = super().clean()
        problem = self.cleaned_data.get("problem")
        if problem and problem.municipality:
            self.cleaned_data["municipality"] = problem.municipality
        return cleaned


class LogForm(WithFiles, RecordForm):
    """One line of the running log, made for a phone."""

    class Meta:
        model = MeasureLog
        fields = ["text", "count", "day"]
        widgets = {"day": day_input(), "text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Vad gjordes?"
        self.fields["count"].label = f"Antal {measure.unit}" if measure.unit else "Antal"
        self.fields["count"].widget.attrs["inputmode"] = "numeric"
        if not self.instance.pk:
            self.fields["count"].initial = 1 if measure.unit else 0
        dress(self)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        not_in_future(day)
        return day


def problems_to_act_on(partnership: Partnership, municipalities: list[int], measure: Measure | None = None) -> Any:
    """Problems that all parties may read, in a cycle that is open (or the measure's own), common or of one of the
    municipalities that the person writes about; solved and dismissed ones need no more measures."""
    of_all = Problem.objects.common().filter(partnership=partnership)
    found = of_all.filter(Q(municipality=None) | Q(municipality__in=municipalities))
    chosen = measure.problem_id if measure else None
    cycles = Q(cycle=measure.cycle_id) if measure and measure.pk else Q(cycle__status=Cycle.Status.OPEN)
    done_with = [Problem.Status.SOLVED, Problem.Status.DISMISSED]
    return found.filter(cycles & ~Q(status__in=done_with) | Q(pk=chosen)).in_order()


def _responsible(measure: Measure, partnership: Partnership) -> Any:
    current = partnership.parties.current(today()).values("pk")
    return partnership.parties.filter(Q(pk__in=current) | Q(pk=measure.responsible_id)).select_related("organisation")
