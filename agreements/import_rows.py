"""What each row of a workbook would become, and why not, judged against what is there. Nothing is written."""

import datetime as dt
from typing import Any

from accounts.models import User
from agreements.import_columns import UNREAD, Judged, clean, number_of, numbers, value_of
from agreements.import_reading import REQUIRED_COLUMNS, RawRow, plain
from agreements.import_values import Fault
from agreements.models import ActionPlan, ImportedRow, MeasureType
from agreements.rules import own_municipalities
from agreements.sheets import AGREEMENTS, GOALS, MEASURES, PLANS, SheetKind
from lib.swedish import date, listing
from municipalities.models import Municipality
from partnerships.models import Cycle, Partnership, Party
from partnerships.rules import municipalities_to_write
from situation.models import Cause, Problem

REASON = "Inläst i efterhand"
NOT_IN_FILE = "Står inte i den inlästa filen."
NO_BASELINE = f"{REASON}: före-värdet står inte i filen."


class Judge:
    """Knows what the partnership has, and judges row after row; about ten queries for a whole workbook."""

    def __init__(self, partnership: Partnership, reader: User, day: dt.date) -> None:
        self.partnership, self.day = partnership, day
        self.reader, self.own = reader, own_municipalities(reader, partnership)
        self.writes = set(municipalities_to_write(reader, partnership))
        self.places = {plain(one.name): one for one in partnership.municipalities()}
        parties = partnership.parties.select_related("organisation__municipality")
        self.parties = {plain(str(one)): one for one in parties}
        self.cycles = list(partnership.cycles.order_by("starts"))
        self.problems = self._problems()
        self.types = {plain(one.name): one for one in MeasureType.objects.all()}
        self.ids = {kind.title: self._ids(kind) for kind in (AGREEMENTS, GOALS, MEASURES, PLANS)}
        self.same = {kind.title: self._same(kind) for kind in (AGREEMENTS, GOALS, MEASURES, PLANS)}
        done = ImportedRow.objects.filter(partnership=partnership)
        self.imported = dict(done.values_list("checksum", "source__original_name"))
        self.seen: dict[str, int] = {}
        self.coming: list[tuple[dt.date, dt.date]] = []  # periods of cycles that the file itself brings

    def _problems(self) -> dict[tuple[int, str], Problem]:
        found = Problem.objects.common().filter(partnership=self.partnership)
        found = found.select_related("municipality").defer("description")
        return {(one.cycle_id, plain(one.title)): one for one in found}

    def _ids(self, kind: SheetKind) -> set[int]:
        return set(self._there(kind).values_list("pk", flat=True))

    def _there(self, kind: SheetKind) -> Any:
        """What the person may know of: a municipality's own plan is nobody else's before it is decided."""
        found = kind.model._default_manager.filter(partnership=self.partnership)
        return found.visible_to(self.reader) if kind is PLANS else found  # type: ignore[attr-defined]  # its manager's

    def _same(self, kind: SheetKind) -> dict[tuple[str, Any], int]:
        """What there is, by title and first day: the same thing written in another way is still the same."""
        name = "text" if kind is GOALS else "title"
        rows = self._there(kind).values_list(name, "starts", "pk")
        return {(plain(title), starts): pk for title, starts, pk in rows}

    # --- One row -----------------------------------------------------------------------------------------------------

    def judge(self, raw: RawRow) -> Judged:
        row = Judged(raw)
        self._read(row)
        self._recognise(row)
        if row.known:
            return row
        for name in REQUIRED_COLUMNS[raw.kind.title]:
            if name not in raw.cells:
                row.faults.append((raw.kind.headers[name], "Cellen är tom. Den behövs."))
        if not row.faults:
            CHECKS[raw.kind.title](self, row)
        if not row.faults:
            clean(row)
        return row

    def _read(self, row: Judged) -> None:
        """Every cell by the kind of its column; one fault for each that cannot be read."""
        for name, cell in row.raw.cells.items():
            if name in UNREAD:
                continue
            try:
                row.values[name] = value_of(row.raw.kind.model, name, cell)
            except Fault as fault:
                row.faults.append((row.raw.kind.headers[name], str(fault)))

    def _recognise(self, row: Judged) -> None:
        """Whether the row is here already: by its id, by its very content, or by title and first day."""
        kind, same = row.raw.kind, self.same[row.raw.kind.title]
        pk = number_of(row.values.get("id"), kind.prefix)
        name = "text" if kind is GOALS else "title"
        thing = plain(row.values.get(name, "")), row.values.get("starts")
        if pk in self.ids[kind.title]:
            row.known = f"Finns redan som {kind.ident(pk)} och ändras inte."
        elif row.checksum in self.imported:
            row.known = f"Är redan inläst ur {self.imported[row.checksum]}."
        elif thing[0] and thing in same:
            row.known = f"Finns redan som {kind.ident(same[thing])}: samma namn och samma första dag."
        elif row.checksum in self.seen:
            row.known = f"Är lika med rad {self.seen[row.checksum]} i filen."
        elif "id" in row.values and pk is None:
            row.notes.append(f"Id ”{row.values['id']}” är inget id härifrån och används inte.")
        self.seen.setdefault(row.checksum, row.raw.number)

    # --- What the cells point at -----------------------------------------------------------------------------------

    def fault(self, row: Judged, name: str, sentence: str) -> None:
        row.faults.append((row.raw.kind.headers[name], sentence))

    def place(self, row: Judged) -> Municipality | None:
        """The municipality, if one is named and the person may write about it."""
        said = row.values.get("municipality", "")
        if not said:
            return None
        key = plain(said).removesuffix(" kommun").removesuffix(" stad")
        found = self.places.get(key) or self.places.get(key.removesuffix("s"))
        if found is None:
            self.fault(row, "municipality", f"{said} är inte med i den här samverkan.")
        elif found.pk not in self.writes:
            self.fault(row, "municipality", f"Bara {found} och polisen kan läsa in det som är {found}s eget.")
        return found

    def party(self, said: str) -> Party | None:
        """The party by its name, or by a word that only one has ("Polisen", "Lycksele")."""
        key = plain(said)
        if found := self.parties.get(key):
            return found
        near = [one for name, one in self.parties.items() if key and (key in name or name in key)]
        return near[0] if len(near) == 1 else None

    def responsible(self, row: Judged) -> Party | None:
        found = self.party(row.values["responsible"])
        if found is None:
            names = listing([str(one) for one in self.parties.values()])
            self.fault(row, "responsible", f"Ingen part heter så. Parterna är {names}.")
        return found

    def cycle(self, row: Judged, day: dt.date, municipality: Municipality | None) -> Cycle | None:
        """The cycle that is named, or the one that the day lies in; None where the file brings it."""
        said = plain(row.values.get("cycle", ""))
        if said:
            mine = [one for one in self.cycles if one.municipality_id is None or one.municipality_id in self.writes]
            named = [one for one in mine if plain(one.name) == said]
            if not named:
                self.fault(row, "cycle", "Ingen omgång heter så. Lämna tomt, så väljs den som dagen ligger i.")
            return named[0] if named else None
        owner = municipality.pk if municipality else None
        around = [one for one in self.cycles if _covers(one, day) and one.municipality_id in (None, owner)]
        if around:
            return min(around, key=lambda one: one.municipality_id is None)
        if not any(first <= day <= last for first, last in self.coming):
            header = "starts" if "starts" in row.raw.kind.headers else "cycle"
            self.fault(
                row,
                header,
                f"Ingen omgång täcker {date(day)}. Ta med överenskommelsen från den tiden i filen, eller lägg in "
                "omgången under Omgångar först.",
            )
        return None

    def problem(self, cycle: Cycle | None, row: Judged) -> Problem | None:
        """The problem of that name in the cycle; None where a new one will be written."""
        found = self.problems.get((cycle.pk, plain(row.values["problem"]))) if cycle else None
        if found is None:
            row.notes.append(f"Problemet ”{row.values['problem']}” finns inte i omgången och skrivs in.")
        return found

    def agreement(self, row: Judged) -> int | None:
        pk = number_of(row.values.get("agreement_id"), "ÖVK")
        if "agreement_id" in row.values and pk not in self.ids["Överenskommelser"]:
            row.notes.append("Överenskommelsens id känns inte igen, så kopplingen läses inte in.")
            return None
        return pk


def _covers(cycle: Cycle, day: dt.date) -> bool:
    return cycle.starts <= day and (cycle.last_day is None or day <= cycle.last_day)


# --- Each kind --------------------------------------------------------------------------------------------------------


def _agreement(judge: Judge, row: Judged) -> None:
    """Over and signed it is history; what still applies, or has no day of signing, is read in as a draft."""
    values = row.values
    values["owner"] = judge.place(row)
    ends: Any = values.get("ends")
    signed: Any = values.get("signed_on")
    named = [one.strip() for one in values.get("parties", "").replace("\n", ";").split(";") if one.strip()]
    values["named"] = [(one, judge.party(one)) for one in named]
    if strangers := [one for one, party in values["named"] if party is None]:
        row.notes.append(f"{listing(strangers)} är inte part i samverkan och skrivs som namn.")
    is_over = ends is not None and ends < judge.day
    values["is_history"] = is_over and signed is not None
    if is_over and signed is None:
        row.notes.append("Dagen för underskrift saknas, så den läses in som utkast.")
    if not is_over:
        row.notes.append("Den gäller fortfarande och läses in som utkast, så att varje part kan skriva under här.")
    if values["is_history"] and signed > judge.day:
        judge.fault(row, "signed_on", "Datumet ligger i framtiden.")
    if is_over and not row.faults and not any(_covers(one, values["starts"]) for one in judge.cycles):
        values["brings"] = values["starts"], ends
        judge.coming.append(values["brings"])
        row.notes.append(f"Omgången {values['starts'].year}–{ends.year} läggs in som en tidigare omgång.")


def _work(judge: Judge, row: Judged, day: dt.date) -> Problem | None:
    """What goals and measures have in common: place, cycle, problem, who answers for it."""
    values = row.values
    values["owner"] = judge.place(row)
    values["party"] = judge.responsible(row)
    values["in_cycle"] = judge.cycle(row, day, values["owner"])
    values["on_day"] = day
    values["agreement_pk"] = judge.agreement(row)
    if row.faults:
        return None
    values["under"] = judge.problem(values["in_cycle"], row)
    under: Problem | None = values["under"]
    if under and under.municipality_id and under.municipality_id not in judge.writes:
        judge.fault(row, "problem", f"Problemet är {under.municipality}s eget. Bara de och polisen läser in under det.")
        return None
    return under


def _goal(judge: Judge, row: Judged) -> None:
    _work(judge, row, row.values.get("starts") or row.values.get("ends") or judge.day)
    if not row.values.get("own_indicator"):
        row.values["own_indicator"] = NOT_IN_FILE
        row.notes.append("Måttet saknas i filen, så målet kan inte följas upp förrän ni skriver ett.")


def _measure(judge: Judge, row: Judged) -> None:
    values = row.values
    under = _work(judge, row, values["starts"])
    is_closed = values.get("in_cycle") is None or values["in_cycle"].status != Cycle.Status.OPEN
    if is_closed and "status" not in values and not row.faults:
        judge.fault(row, "status", "Omgången är slut. Skriv hur åtgärden slutade, till exempel Genomförd.")
    if values.get("type"):
        values["of_type"] = judge.types.get(plain(values["type"]))
        if values["of_type"] is None:
            row.notes.append(f"Åtgärdstypen ”{values['type']}” finns inte i listan och läses inte in.")
    values["tied"] = _causes(values.get("causes", ""), under)
    if not values["tied"] and not values.get("without_cause_reason"):
        said = f" Orsaken i filen: {values['causes']}" if values.get("causes") else ""
        values["without_cause_reason"] = f"{REASON} ur en fil utan orsaksanalys.{said}"
        row.notes.append("Ingen av problemets orsaker känns igen, så åtgärden läses in utan orsak.")
    if values.get("assessment") and not values.get("assessment_text"):
        values["assessment_text"] = NOT_IN_FILE
        row.notes.append("Vad åtgärden ledde till saknas i filen.")
    if "baseline" not in values:
        values.setdefault("baseline_reason", NO_BASELINE)
    if values.pop("repeats_id", None):
        row.notes.append("Vilken åtgärd den upprepar läses inte in.")
        values.pop("repeat_reason", None)


def _causes(said: str, problem: Problem | None) -> list[Cause]:
    """The problem's own causes that the cell names, by number and words or by words alone."""
    if not said or problem is None or not problem.pk:
        return []
    wanted = {plain(one) for one in said.replace("\n", ";").split(";")}
    own = Cause.objects.filter(analysis__problem=problem)
    return [one for one in own if plain(one.text) in wanted or plain(str(one)) in wanted]


def _plan(judge: Judge, row: Judged) -> None:
    """Always a draft: what a group has adopted is adopted on the plan's own page, by those who were there."""
    values = row.values
    values["owner"] = judge.place(row)
    values["in_cycle"] = judge.cycle(row, values["starts"], values["owner"])
    values["on_day"] = values["starts"]
    values["agreement_pk"] = judge.agreement(row)
    if values.get("kind") == ActionPlan.Kind.STATUTORY and (not values["owner"] or values["owner"].pk not in judge.own):
        judge.fault(row, "kind", "Bara kommunens egen samordnare läser in kommunens åtgärdsplan enligt lagen.")
    values["of_measures"] = [one for one in numbers(values.get("measures"), "ÅTG") if one in judge.ids["Åtgärder"]]
    if "adopted_on" in values or "status" in values:
        row.notes.append("Planen läses in som utkast. Anta den på planens sida.")


CHECKS: dict[str, Any] = {
    "Överenskommelser": _agreement,
    "Mål": _goal,
    "Åtgärder": _measure,
    "Åtgärdsplaner": _plan,
}
