"""What a person may ask Kolada for."""

from typing import Any

from django import forms

from indicators.extents import Extent
from indicators.models import KoladaKpi
from lib.dates import today
from lib.form_parts import ManyChoices, dress
from lib.swedish import number

FIRST_YEAR = 1990
USUAL_FIRST_YEAR = 2015  # reported crimes are counted in a new way from then on
# What can be looked through and read in at once: eight key figures for all municipalities in four years.
MOST_FIGURES = 10_000


class FetchForm(forms.Form):
    kpis = ManyChoices(
        KoladaKpi.objects.none(),
        label="Nyckeltal",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst ett nyckeltal.", "invalid_choice": "Välj bland nyckeltalen i listan."},
    )
    extent = forms.ChoiceField(
        label="Kommuner",
        help_text="Rikets siffror följer alltid med.",
        error_messages={"required": "Välj kommuner.", "invalid_choice": "Välj kommuner ur listan."},
    )
    year_from = forms.IntegerField(label="Från och med år", error_messages={"invalid": "Skriv året med fyra siffror."})
    year_to = forms.IntegerField(label="Till och med år", error_messages={"invalid": "Skriv året med fyra siffror."})

    def __init__(self, *args: Any, extents: list[Extent], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"year_from": USUAL_FIRST_YEAR, "year_to": today().year}} | kwargs)
        self.extents = {one.key: one for one in extents}
        kpis, extent = self.fields["kpis"], self.fields["extent"]
        assert isinstance(kpis, ManyChoices)
        assert isinstance(extent, forms.ChoiceField)
        kpis.queryset = KoladaKpi.objects.offered()
        extent.choices = [(one.key, one.name) for one in extents]
        dress(self)

    def clean_extent(self) -> Extent:
        return self.extents[self.cleaned_data["extent"]]

    def clean(self) -> None:
        """The years in order and within reason, and no more at once than can be looked through."""
        first, last = self.cleaned_data.get("year_from"), self.cleaned_data.get("year_to")
        for name, year in (("year_from", first), ("year_to", last)):
            if year is not None and not FIRST_YEAR <= year <= today().year:
                self.add_error(name, f"Ange ett år mellan {FIRST_YEAR} och {today().year}.")
        if first is not None and last is not None and last < first:
            self.add_error("year_to", "Det sista året ligger före det första. Byt plats på dem.")
        if not self.errors:
            self._limit(self.cleaned_data)

    def _limit(self, asked: dict[str, Any]) -> None:
        places, years = len(asked["extent"].codes) + 1, asked["year_to"] - asked["year_from"] + 1
        figures = len(asked["kpis"]) * places * years
        if figures > MOST_FIGURES:
            self.add_error(
                None,
                f"Det blir upp till {number(figures)} siffror, och högst {number(MOST_FIGURES)} kan hämtas på en gång. "
                "Välj färre nyckeltal, kommuner eller år.",
            )
