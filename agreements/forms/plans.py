"""What a person may type about an action plan, and about the decision on it."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from agreements import rules
from agreements.models import ActionPlan, Agreement, Measure
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_field, day_input, dress, narrow, not_in_future, offer, rows
from lib.person_data import NoPersonData
from lib.swedish import date
from municipalities.models import Municipality
from partnerships.models import Group, Partnership
from partnerships.queries import concerning
from partnerships.rules import places_to_write
from situation.models import Picture

TITLES: dict[str, str] = {"joint": "Åtgärdsplan", "statutory": "Kommunens åtgärdsplan"}


class PlanForm(RecordForm):
    """A plan: at first what it is about, then also its measures and texts."""

    class Meta:
        model = ActionPlan
        fields = [
            "municipality",
            "title",
            "starts",
            "ends",
            "agreement",
            "picture",
            "needs",
            "measures",
            "documentation",
            "follow_up",
        ]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "measures": forms.CheckboxSelectMultiple,
            "needs": rows(6),
            "documentation": rows(4),
            "follow_up": rows(4),
        }
        field_classes = {"measures": ManyChoices}

    def __init__(self, *args: Any, partnership: Partnership, user: User, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statutory = kind == ActionPlan.Kind.STATUTORY
        agreements = Agreement.objects.filter(partnership=partnership).without_texts()
        narrow(self, "agreement", agreements, "Ingen vald")
        narrow(self, "picture", _pictures(self.instance, partnership, user, statutory=statutory), "Ingen vald")
        if self.instance.pk:
            self._choose_measures()
            self._leave_out("municipality", *([] if statutory else ["needs"]))
        else:
            self._place(partnership, user, statutory=statutory)
            self._leave_out("needs", "measures", "documentation", "follow_up")
        dress(self)

    def _leave_out(self, *names: str) -> None:
        for name in names:
            del self.fields[name]

    def _place(self, partnership: Partnership, user: User, *, statutory: bool) -> None:
        """Whose plan: all the parties' or in one municipality; by law always one municipality's own."""
        if statutory:
            own = Municipality.objects.filter(pk__in=rules.own_municipalities(user, partnership))
            narrow(self, "municipality", own)
            self.fields["municipality"].required = True
            self.fields["municipality"].initial = own.first()
        else:
            narrow(self, "municipality", places_to_write(user, partnership), "Hela samverkan")

    def _choose_measures(self) -> None:
        plan = self.instance
        found = measures_to_choose(plan)
        narrow(self, "measures", found)
        offer(self, "measures", _by_problem(found))
        self.fields["measures"].help_text = "Kryssa i dem som planen ska bestå av."


def measures_to_choose(plan: ActionPlan) -> QuerySet[Measure]:
    """Those of the cycle that concern the place and were not called off, and those that are in it already."""
    off = [Measure.Status.CANCELLED, Measure.Status.NOT_DONE]
    fits = Q(concerning(plan.municipality), cycle=plan.cycle_id) & ~Q(status__in=off)
    chosen = plan.measures.values("pk")
    found = Measure.objects.filter(fits | Q(pk__in=chosen)).select_related("problem")
    return found.order_by("problem__rank", "problem", "starts", "pk")


def _by_problem(measures: Iterable[Measure]) -> list[tuple[str, list[tuple[int, str]]]]:
    return [
        (problem.title, [(one.pk, f"{one.title} ({one.get_status_display().lower()})") for one in some])
        for problem, some in groupby(measures, key=lambda one: one.problem)
    ]


def _pictures(plan: ActionPlan, partnership: Partnership, user: User, *, statutory: bool) -> Any:
    """Established ones: joint, and for the municipality's plan by law also its own."""
    own = Q(owner__organisation__municipality__in=rules.own_municipalities(user, partnership)) if statutory else Q()
    found = Picture.objects.visible_to(user).filter(partnership=partnership)
    found = found.filter(Q(kind=Picture.Kind.JOINT) | own if statutory else Q(kind=Picture.Kind.JOINT))
    fits = Q(status=Picture.Status.ESTABLISHED) | Q(pk=plan.picture_id)
    return found.filter(fits).without_content().order_by("-established_at")


class AdoptionForm(NoPersonData, forms.Form):
    """Who adopted the plan, when, and where it is written; with the checksum of the plan that was read."""

    read = forms.CharField(widget=forms.HiddenInput)
    group = forms.ModelChoiceField(Group.objects.none(), label="Antagen av", empty_label="Välj styrgrupp")
    body = forms.CharField(
        label="Beslutad av",
        max_length=150,
        initial="Kommunstyrelsen",
        help_text="Kommunstyrelsen, eller den nämnd som kommunfullmäktige har bestämt.",
    )
    adopted_on = day_field("Beslutsdag")
    reference = forms.CharField(
        label="Protokoll och paragraf",
        max_length=80,
        help_text="Till exempel protokoll 2/2026, § 7, eller ett diarienummer. Beslutet ska gå att hitta igen.",
    )

    def __init__(self, *args: Any, plan: ActionPlan, read: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields["read"].initial = read
        self.fields["adopted_on"].initial = today()
        groups = rules.steering_groups(plan.partnership, plan.municipality, today())
        self.lacks_group = not plan.is_statutory and not groups
        narrow(self, "group", groups)
        self.fields["group"].initial = groups[0] if len(groups) == 1 else None
        del self.fields["group" if plan.is_statutory else "body"]
        dress(self)

    def clean_adopted_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["adopted_on"]
        not_in_future(day)
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        group, day = self.cleaned_data.get("group"), self.cleaned_data.get("adopted_on")
        if group and day and day < group.starts:
            self.add_error(
                "adopted_on", ValidationError(f"{group} finns från {date(group.starts)}. Ange en dag efter det.")
            )
        return cleaned
