"""What in the system proves each line. A line is suggested from this, but always settled by a person."""

from collections.abc import Callable, Iterator, Mapping

from django.db.models import Model

from agreements.models import Measure
from five_steps.aims import aimed_at_causes, goals_of_effect
from five_steps.facts import READY, Facts
from five_steps.handbook import LINES
from five_steps.heard import about_how, with_residents, with_staff
from five_steps.plans import adopted_by_steering_group
from five_steps.priorities import prioritised_by_decision
from five_steps.promised import agreed_promises, known_promises, told_promises
from five_steps.proof import Evidence, Strength, share
from five_steps.signing import signed_by_all
from followup.models import FollowUp
from followup.queries import FOLLOWED_STATUSES
from lib.swedish import plural
from partnerships.models import Group, Party, Seat
from situation.models import Picture, Source

BY_HAND = Evidence(Strength.NONE, "Bekräftas för hand")


class Found(Mapping[str, Evidence]):
    """The evidence of every line of a cycle by code, each found when it is asked for."""

    def __init__(self, facts: Facts, seen: Callable[[Evidence], Evidence] | None) -> None:
        self._facts = facts
        self._seen = seen
        self._found: dict[str, Evidence] = {}

    def __getitem__(self, code: str) -> Evidence:
        if code not in self._found:
            evidence = FINDERS[code](self._facts) if code in FINDERS else BY_HAND
            self._found[code] = self._seen(evidence) if self._seen else evidence
        return self._found[code]

    def __iter__(self) -> Iterator[str]:
        return iter(LINES)

    def __len__(self) -> int:
        return len(LINES)


def collect(facts: Facts, seen: Callable[[Evidence], Evidence] | None = None) -> Found:
    """The evidence of the cycle's lines; a line that is not asked for costs nothing.

    Where a page shows it, `seen` is `proof.seen_by(reader, …)`: without it, everything is there.
    """
    return Found(facts, seen)


def _organisation(facts: Facts) -> Evidence:
    """S1.3: a steering group, and nobody missing among kommunpolis and samordnare."""
    steering = [group for group in facts.groups if group.kind == Group.Kind.STEERING]
    states = {
        "styrgrupp": "finns" if steering else "saknas",
        "kommunpolis": _staffing(facts, Seat.Function.MUNICIPAL_POLICE),
        "samordnare": _staffing(facts, Seat.Function.COORDINATOR),
    }
    lacking = [name for name, state in states.items() if state not in ("finns", "tillsatt")]
    summary = ", ".join(f"{name} {state}" for name, state in states.items()).capitalize() + "."
    missing = f"Saknas: {', '.join(lacking)}." if lacking else ""
    return Evidence(share(len(states) - len(lacking), len(states)), summary, missing, proof=steering)


def _staffing(facts: Facts, function: str) -> str:
    seats = [seat for seat in facts.seats if seat.function == function]
    vacant = sum(seat.holding_on(facts.day) is None for seat in seats)
    if not seats:
        return "saknas"
    if not vacant:
        return "tillsatt"
    return "vakant" if len(seats) == 1 else f"vakant på {vacant} av {len(seats)}"


def _communication(facts: Facts) -> Evidence:
    """S1.4: somebody sits on the communication function."""
    seats = [seat for seat in facts.seats if seat.function == Seat.Function.COMMUNICATION]
    if any(seat.holding_on(facts.day) for seat in seats):
        return Evidence(Strength.PROVEN, "Kommunikationsansvarig är tillsatt.", proof=seats)
    if seats:
        return Evidence(
            Strength.PARTIAL, "Funktionen finns men är vakant.", "Ange vem som har funktionen.", lacking=seats
        )
    return Evidence(Strength.NONE, "Ingen funktion är upplagd.", "Lägg upp funktionen och ange vem som har den.")


def _own_pictures(parties: list[Party], facts: Facts, whose: str) -> Evidence:
    """S2.1: every police or municipal party has an own picture that is ready."""
    begun = [p for party in parties if (p := _latest(party, facts.pictures))]
    # A new version under way does not take back that an earlier one was ready.
    ready = [p for party in parties if (p := _latest(party, _ready(facts)))]
    if len(parties) > 1:
        summary = f"{len(ready)} av {len(parties)} {whose} har en klar egen lägesbild."
    elif ready:
        summary = f"Lägesbilden är klar, version {ready[0].version}."
    else:
        summary = "Ett utkast finns." if begun else "Ingen lägesbild är påbörjad."
    strength = share(len(ready), len(parties))
    if strength == Strength.NONE and begun:
        strength = Strength.PARTIAL
    lacking = [picture for picture in begun if picture.status not in READY and picture.owner_id not in _owners(ready)]
    return Evidence(strength, summary, _not_all(strength, "Lägesbilden ska vara klar."), ready, lacking)


def _ready(facts: Facts) -> list[Picture]:
    return [picture for picture in facts.pictures if picture.status in READY]


def _latest(party: Party, pictures: list[Picture]) -> Picture | None:
    """The party's own picture in its newest version."""
    return next((picture for picture in pictures if picture.owner_id == party.pk), None)


def _owners(pictures: list[Picture]) -> set[int | None]:
    return {picture.owner_id for picture in pictures}


def _not_all(strength: Strength, sentence: str) -> str:
    return "" if strength == Strength.PROVEN else sentence


def _leadership(parties: list[Party], facts: Facts, whose: str) -> Evidence:
    """S2.3: the leadership of every such party has a day when it read the picture."""
    read = [p for party in parties for p in facts.pictures if p.owner_id == party.pk and p.leadership_read_on]
    count, total = len(_owners(read)), len(parties)
    if total > 1:
        summary = f"Ledningen i {count} av {total} {whose} har tagit del av sin lägesbild."
    else:
        summary = "Ledningen har tagit del av lägesbilden." if count else "Ingen dag är angiven."
    unread = [p for party in parties if (p := _latest(party, _ready(facts))) and party.pk not in _owners(read)]
    strength = share(count, total)
    return Evidence(strength, summary, _not_all(strength, "Ange dagen på lägesbilden."), read, unread)


def _staff_dialogues(facts: Facts) -> Evidence:
    """S2.2: a dialogue with each party's staff carries a finding or a problem of its own picture, which is ready.

    A source that only stands in the list, or in a draft, says that a dialogue is meant, not that it was held.
    """
    parties = [*facts.police, *facts.municipal]
    ids = {party.pk for party in parties}
    noted = [one for one in _dialogues_of(facts, Source.Kind.STAFF_DIALOGUE) if one.picture.owner_id in ids]
    held = _carrying(noted)
    count = len(_owners(held))
    strength = share(count, len(parties))
    if strength == Strength.NONE and noted:
        strength = Strength.PARTIAL
    summary = f"{count} av {len(parties)} parter har en medarbetardialog bakom en klar egen lägesbild."
    lacking = [one.picture for one in noted if one.picture.owner_id not in _owners(held)]
    missing = "Håll dialogen, lägg in den som källa i den egna lägesbilden och skriv vad den gav."
    if lacking:
        missing = "Skriv vad dialogen gav som iakttagelse eller problem, och gör lägesbilden klar."
    return Evidence(strength, summary, _not_all(strength, missing), held, list(dict.fromkeys(lacking)))


def _dialogues_of(facts: Facts, kind: str) -> list[Source]:
    return [one for one in facts.dialogues if one.kind == kind]


def _carrying(dialogues: list[Source]) -> list[Picture]:
    """The pictures, ready, in which a finding or a problem rests on one of the dialogues."""
    found = [one.picture for one in dialogues if one.carries and one.picture.status in READY]  # type: ignore[attr-defined]  # annotated
    return list(dict.fromkeys(found))


def _citizen_dialogues(facts: Facts) -> Evidence:
    """S3.3: a dialogue with citizens carries a finding or a problem of a ready picture that all parties may read."""
    citizens = [one for one in _dialogues_of(facts, Source.Kind.CITIZEN_DIALOGUE) if one.picture.is_common]
    carrying = [one for one in citizens if one.carries]  # type: ignore[attr-defined]  # annotated
    pictures = list(dict.fromkeys(one.picture for one in carrying or citizens))
    counted = plural(len(carrying), "medborgardialog", "medborgardialoger")
    if proof := _carrying(carrying):
        return Evidence(Strength.PROVEN, f"{counted} är källa till iakttagelser eller problem.", proof=proof)
    if carrying:
        summary = f"{counted} är källa till iakttagelser eller problem i ett utkast."
        return Evidence(Strength.PARTIAL, summary, "Gör lägesbilden klar.", lacking=pictures)
    if citizens:
        missing = "Skriv vad dialogen gav som iakttagelser eller problem i lägesbilden."
        return Evidence(Strength.PARTIAL, "En medborgardialog är källa i en lägesbild.", missing, lacking=pictures)
    missing = "Håll dialogen och lägg in den som källa i lägesbilden, med det ni fick veta."
    return Evidence(Strength.NONE, "Ingen medborgardialog är källa i en delad lägesbild.", missing)


def _joint_picture(facts: Facts) -> Evidence:
    """S3.1: a joint picture that is ready and made from both parties' own."""
    joint = [p for p in facts.pictures if p.kind == Picture.Kind.JOINT]
    linked = [p for p in joint if p.has_police_side and p.has_municipal_side]  # type: ignore[attr-defined]  # annotated
    ready = [p for p in linked if p.status in READY]
    if ready:
        established = any(p.established_at for p in ready)
        word = "fastställd" if established else "klar"
        return Evidence(Strength.PROVEN, f"Polisens och kommunens lägesbilder är sammanförda, {word}.", proof=ready)
    if linked:
        return Evidence(
            Strength.PARTIAL, "Bilderna är sammanförda i ett utkast.", "Gör utkastet klart.", lacking=linked
        )
    if joint:
        missing = "Koppla den till båda parternas egna lägesbilder."
        return Evidence(Strength.PARTIAL, "En gemensam lägesbild är påbörjad.", missing, lacking=joint)
    return Evidence(Strength.NONE, "Ingen gemensam lägesbild är påbörjad.", "Skriv en gemensam lägesbild.")


def _causes(facts: Facts) -> Evidence:
    """S3.4: each prioritised problem has a cause analysis that is done."""
    done = {analysis.problem_id: analysis for analysis in facts.analyses if not analysis.is_ongoing}
    chosen = facts.prioritised
    proof = [done[problem.pk] for problem in chosen if problem.pk in done]
    lacking = [problem for problem in chosen if problem.pk not in done]
    if not chosen:
        return Evidence(Strength.NONE, "Inga problem är prioriterade.", "Prioritera problemen först.")
    strength = share(len(proof), len(chosen))
    if strength == Strength.NONE and facts.analyses:
        strength = Strength.PARTIAL
    summary = f"{len(proof)} av {plural(len(chosen), 'prioriterat problem', 'prioriterade problem')} är analyserade."
    return Evidence(strength, summary, _not_all(strength, "Analysera orsakerna till varje problem."), proof, lacking)


def _measures(facts: Facts) -> Evidence:
    """S4.7: every measure has come to an end, and those carried out have lines in their log."""
    carried_out = (Measure.Status.DONE, Measure.Status.PARTLY)
    ended = [m for m in facts.measures if m.status not in Measure.LIVE_STATUSES]
    unlogged = [m for m in ended if m.status in carried_out and not m.log_lines]  # type: ignore[attr-defined]  # annotated
    live = [m for m in facts.measures if m.status in Measure.LIVE_STATUSES]
    total = len(facts.measures)
    if not total:
        return Evidence(Strength.NONE, "Inga åtgärder är upplagda.", "Lägg upp åtgärderna.")
    documented = [m for m in ended if m not in unlogged]
    begun = any(m.status == Measure.Status.ONGOING or m.log_lines for m in live)  # type: ignore[attr-defined]  # annotated
    strength = share(len(documented), total)
    if strength == Strength.NONE and (begun or ended):
        strength = Strength.PARTIAL
    summary = f"{len(ended)} av {total} åtgärder är avslutade."
    missing = [f"{len(live)} pågår eller väntar"] if live else []
    missing += [f"{len(unlogged)} saknar anteckningar"] if unlogged else []
    return Evidence(
        strength,
        summary,
        f"{', '.join(missing).capitalize()}." if missing else "",
        documented,
        unlogged + live,
    )


def _effect(facts: Facts) -> Evidence:
    """S5.1: each prioritised problem has a finished follow-up of effect on one of its measures."""
    effects = [f for f in facts.follow_ups if f.kind == FollowUp.Kind.EFFECT]
    examined = {f.measure.problem_id for f in effects if f.measure}
    lacking = [problem for problem in facts.prioritised if problem.pk not in examined]
    total = len(facts.prioritised)
    strength = share(total - len(lacking), total)
    summary = f"{total - len(lacking)} av {total} prioriterade problem har en effektuppföljning."
    if not total:
        summary = "Inga problem är prioriterade."
    return Evidence(strength, summary, _not_all(strength, "Följ upp effekten för varje problem."), effects, lacking)


def _commitments(facts: Facts) -> Evidence:
    """S5.2: each measure that was decided and each published promise has a finished follow-up of production."""
    done = [f for f in facts.follow_ups if f.kind == FollowUp.Kind.PRODUCTION]
    measures, promises = {f.measure_id for f in done}, {f.promise_id for f in done}
    due = [measure for measure in facts.measures if measure.status in FOLLOWED_STATUSES]
    lacking: list[Model] = [measure for measure in due if measure.pk not in measures]
    lacking += [promise for promise in facts.published if promise.pk not in promises]
    total = len(due) + len(facts.published)
    strength = share(total - len(lacking), total)
    summary = (
        f"{total - len(lacking)} av {total} åtgärder och löften är bedömda." if total else "Inget finns att bedöma än."
    )
    return Evidence(strength, summary, _not_all(strength, "Bedöm varje åtgärd och löfte."), done, lacking)


def _process(facts: Facts) -> Evidence:
    """S5.3: a finished follow-up of process."""
    done = [f for f in facts.follow_ups if f.kind == FollowUp.Kind.PROCESS]
    if done:
        return Evidence(
            Strength.PROVEN,
            f"{plural(len(done), 'processuppföljning är klar', 'processuppföljningar är klara')}.",
            proof=done,
        )
    return Evidence(Strength.NONE, "Ingen processuppföljning är klar.", "Gör en processuppföljning.")


def _steering_group(facts: Facts) -> Evidence:
    """S5.4: the steering group has a day on every finished follow-up."""
    given = [f for f in facts.follow_ups if f.steering_group_on]
    lacking = [f for f in facts.follow_ups if not f.steering_group_on]
    total = len(facts.follow_ups)
    strength = share(len(given), total)
    summary = f"Styrgruppen har fått {len(given)} av {total} uppföljningar." if total else "Ingen uppföljning är klar."
    return Evidence(strength, summary, _not_all(strength, "Ange dagen på varje uppföljning."), given, lacking)


FINDERS: dict[str, Callable[[Facts], Evidence]] = {
    "S1.3": _organisation,
    "S1.4": _communication,
    "S2.1P": lambda facts: _own_pictures(facts.police, facts, "polisparter"),
    "S2.1K": lambda facts: _own_pictures(facts.municipal, facts, "kommuner"),
    "S2.2": lambda facts: with_staff(facts, _staff_dialogues(facts)),
    "S2.3P": lambda facts: _leadership(facts.police, facts, "polisparter"),
    "S2.3K": lambda facts: _leadership(facts.municipal, facts, "kommuner"),
    "S3.1": _joint_picture,
    "S3.2": prioritised_by_decision,
    "S3.3": lambda facts: with_residents(facts, _citizen_dialogues(facts)),
    "S3.4": _causes,
    "S3.5": signed_by_all,
    "S4.1": goals_of_effect,
    "S4.2": about_how,
    "S4.3": aimed_at_causes,
    "S4.4": adopted_by_steering_group,
    "S4.5a": agreed_promises,
    "S4.5b": known_promises,
    "S4.7": _measures,
    "S5.1": _effect,
    "S5.2": _commitments,
    "S5.3": _process,
    "S5.4": _steering_group,
    "S5.5": told_promises,
}
