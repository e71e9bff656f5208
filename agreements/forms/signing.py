"""What a person may type when a text is signed, and at the steps before and after."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements.models import Agreement, Signature
from journal.steps import Step
from lib.dates import today
from lib.form_parts import day_field, day_input, dress, name_empty_choice, narrow, not_in_future
from lib.person_data import NoPersonData
from lib.swedish import date
from partnerships.models import Party


class SignatureForm(NoPersonData, forms.ModelForm):
    """A party's signature, with the checksum of the text that was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Signature
        fields = ["party", "function", "acting", "name", "way", "place", "signed_on"]
        widgets = {"signed_on": day_input()}

    def __init__(self, *args: Any, agreement: Agreement, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "party", agreement.partnership.parties.filter(pk__in=[party.pk for party in parties]))
        if len(parties) == 1:
            self.fields["party"].initial = parties[0]
            self.fields["party"].empty_label = None  # type: ignore[attr-defined]
        self.fields["checksum"].initial = agreement.checksum
        self.fields["signed_on"].initial = today()
        self.fields["way"].required = True
        name_empty_choice(self.fields["way"])
        self.fields["function"].widget.attrs["list"] = "functions"  # suggestions on the page
        self.fields["acting"].help_text = "Kryssa i om personen är tillförordnad (t.f.)."
        dress(self)

    def clean_signed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["signed_on"]
        not_in_future(day)
        return day


class StepForm(NoPersonData, forms.Form):
    """The page before a step: a reason where the step asks for one, otherwise only the button."""

    reason = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step and not step.asks_reason:
            del self.fields["reason"]
        dress(self)


class TerminationForm(StepForm):
    """When the agreement ends, and why."""

    day = day_field("Gäller till och med", "Överenskommelsens sista dag.")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.order_fields(["day", "reason"])

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        first = max(filter(None, [self.agreement.starts, self.agreement.signed_on]))
        if day < first:
            raise ValidationError(f"Ange tidigast {date(first)}: då började överenskommelsen gälla mellan parterna.")
        last = self.agreement.last_day_on(today())
        if last and day > last and not self.agreement.goes_on:
            raise ValidationError(f"Överenskommelsen löper ändå ut {date(last)}. Ange en tidigare dag.")
        return day
