"""What a person points out in a table, and says of it."""

from dataclasses import asdict
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from indicators.models import Dataset, Unit
from indicators.pointing import Look
from indicators.readers.labels import LONGEST_TITLE
from indicators.readers.places import Places
from indicators.readers.pointed_out import Mapping
from lib.dates import today
from lib.form_parts import dress, rows
from lib.person_data import NoPersonData

FIRST_YEAR = 1950
MOST_ANSWERS = 10_000_000
IN_HEADINGS, ONE_YEAR, ONE_AREA, NOWHERE = "rubrik", "ett", "ett", "ingen"
WHOLE_NUMBER = {"invalid": "Skriv ett heltal med siffror."}
NO_PLACE = "Skriv namnet på en kommun eller ett län som det står i registret, eller riket."
PUBLISHED = "Siffrorna är redan publicerade, även de små"


class PointOutForm(NoPersonData, forms.Form):
    kind = forms.ChoiceField(
        label="Vad är det för tabell?",
        choices=[
            (Dataset.CRIME_DATABASE, "Ett resultat ur Brås statistikdatabas över anmälda brott (SOL)"),
            (Dataset.OWN, "En egen tabell, till exempel en enkät"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det är för tabell."},
    )
    sheet = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000)
    header = forms.IntegerField(
        label="Rubrikernas sista rad",
        help_text="Radens nummer i tabellen ovan. Skriv 0 om tabellen saknar rubriker.",
        min_value=0,
        max_value=300,
        error_messages=WHOLE_NUMBER | {"required": "Skriv radens nummer, eller 0 om tabellen saknar rubriker."},
    )
    area = forms.ChoiceField(label="Var står området?")
    area_name = forms.CharField(
        label="Områdets namn",
        required=False,
        max_length=80,
        help_text="Behövs bara när hela tabellen gäller ett område: en kommun, ett län eller riket.",
    )
    measure = forms.ChoiceField(
        label="Var står brottstypen eller frågan?",
        help_text="Välj samma kolumn som för området om de står om varandra, det ena som rubrik ovanför det andra.",
    )
    year = forms.ChoiceField(label="Var står året?", help_text="Bara hela år läses in, inte månader och kvartal.")
    one_year = forms.IntegerField(
        label="Året",
        required=False,
        help_text="Behövs bara när hela tabellen gäller ett år.",
        error_messages=WHOLE_NUMBER,
    )
    values = forms.MultipleChoiceField(
        label="I vilka kolumner står siffrorna?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kryssa i minst en kolumn med siffror."},
    )
    unit = forms.ChoiceField(
        label="Enhet", choices=[(IN_HEADINGS, "Den som står i rubrikerna"), *((one, one.label) for one in Unit)]
    )
    title = forms.CharField(
        label="Vad visar tabellen?",
        required=False,
        max_length=LONGEST_TITLE - 40,
        help_text="Blir indikatorns namn. Till exempel: Trygghetsmätning i Lycksele, otrygga i centrum.",
    )
    source = forms.CharField(
        label="Källans namn",
        required=False,
        max_length=120,
        help_text="Står under siffrorna. Till exempel: Lycksele kommun, trygghetsenkät.",
    )
    description = forms.CharField(
        label="Beskrivning",
        required=False,
        max_length=600,
        widget=rows(3),
        help_text="Vem som har frågats, när och hur.",
    )
    answers = forms.IntegerField(
        label="Antal svar (urval)", required=False, min_value=1, max_value=MOST_ANSWERS, error_messages=WHOLE_NUMBER
    )

    def __init__(self, *args: Any, look: Look, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(look.guess)} | kwargs)
        columns = [(str(number), title) for number, title in look.columns]
        self._choose("area", [(ONE_AREA, "Hela tabellen gäller ett område"), *columns])
        self._choose("measure", [(NOWHERE, "Ingenstans, eller i rubrikerna"), *columns])
        years = [(IN_HEADINGS, "Åren står i rubrikerna"), (ONE_YEAR, "Hela tabellen gäller ett år")]
        self._choose("year", [*years, *columns])
        self._choose("values", columns)
        dress(
            self,
            "kind",
            "sheet",
            Fieldset("Kolumnerna", "header", "area", "area_name", "measure", "year", "one_year", "values", "unit"),
            Fieldset("Om tabellen är er egen", "title", "source", "description", "answers"),
        )

    def ask_if_published(self, sentence: str) -> None:
        """One more box, last in the form, for counts so small that they may point somebody out."""
        self.add_error(None, sentence)
        self.fields["published"] = forms.BooleanField(label=PUBLISHED, required=False)
        vars(self)["helper"].layout.append("published")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        if said.get("area") == ONE_AREA and "area_name" not in self.errors:
            name = said.get("area_name", "")
            if not name or Places.load().find(name) is None:
                self.add_error(
                    "area_name", "Skriv namnet på en kommun eller ett län som det står i registret, eller riket."
                )
        if said.get("year") == ONE_YEAR and "one_year" not in self.errors:
            self._check_year(said.get("one_year"))
        if said.get("kind") == Dataset.OWN:
            for field, sentence in (
                ("title", "Skriv vad tabellen visar."),
                ("source", "Skriv vem siffrorna kommer från."),
            ):
                if not said.get(field) and field not in self.errors:
                    self.add_error(field, sentence)
        return cleaned

    def mapping(self) -> Mapping:
        """What was pointed out, where the form is valid."""
        said = self.cleaned_data
        return Mapping(
            kind=said["kind"],
            sheet=said["sheet"],
            header=said["header"],
            area=_column(said["area"]),
            area_name=said["area_name"],
            measure=_column(said["measure"]),
            year=_column(said["year"]),
            one_year=said["one_year"] if said["year"] == ONE_YEAR else None,
            values=[int(one) for one in said["values"]],
            unit="" if said["unit"] == IN_HEADINGS else said["unit"],
            title=said["title"],
            source=said["source"],
            description=said["description"],
            answers=said["answers"],
            published=self.add_prefix("published") in self.data,
        )

    def _check_year(self, year: int | None) -> None:
        if year is None or not FIRST_YEAR <= year <= today().year:
            self.add_error("one_year", f"Ange ett år mellan {FIRST_YEAR} och {today().year}.")

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = "Välj bland tabellens kolumner."


def _column(chosen: str) -> int | None:
    """The column's number; None where no column was chosen but one of the other answers."""
    return int(chosen) if chosen.isdecimal() else None


def _initial(guess: Mapping) -> dict[str, Any]:
    where = ONE_YEAR if guess.one_year is not None else IN_HEADINGS
    return asdict(guess) | {
        "unit": guess.unit or IN_HEADINGS,
        "area": ONE_AREA if guess.area is None else str(guess.area),
        "measure": NOWHERE if guess.measure is None else str(guess.measure),
        "year": where if guess.year is None else str(guess.year),
        "values": [str(one) for one in guess.values],
    }
