"""What the page before a step says: what will happen, and who will see it. By the step's verb."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from agreements.models import Agreement
from lib.swedish import date

# A section's word in the address, and the column where its text stands; the last is the whole agreement.
SECTIONS: dict[str, str] = {
    "bakgrund": "background",
    "syfte": "purpose",
    "omraden": "areas",
    "mal": "overall_goal",
    "orsaker": "causes",
    "arbetssatt": "working_method",
    "organisation": "organisation",
    "resurser": "resources",
    "ansvar": "responsibilities",
    "dokumentation": "documentation",
    "uppfoljning": "follow_up",
    "revidering": "revision_plan",
    "uppsagning": "termination",
    "kommunikation": "communication",
    "sekretess": "secrecy",
    "helheten": "",
}
WORDS = {name: word for word, name in SECTIONS.items()}


def section_address(pk: int, name: str) -> str:
    """Where a section of the agreement is written and commented on."""
    return reverse("agreements:section", args=[pk, WORDS[name]])


def following(content: Mapping[str, Any]) -> str:
    """When, where and by whom the agreement is followed up. Texts that were frozen long ago say nothing of it."""
    said = content.get("following") or {}
    told = [said.get("rhythm_label"), said.get("forum") and f"i {said['forum']}"]
    who = said.get("function")
    return ", ".join(filter(None, [" ".join(filter(None, told)), who and f"ansvarig: {who}"]))


def revising(content: Mapping[str, Any]) -> str:
    """When the agreement is looked over, and when it is to be revised."""
    said = content.get("revising") or {}
    told = [said.get("rhythm_label"), said.get("on") and f"revideras {date(said['on'])}"]
    return ", ".join(filter(None, told))


def by_common(agreement: Agreement, day: dt.date) -> list[str]:
    """What the common agreement makes of a local part's validity on the day, in sentences."""
    common, last = agreement.common, agreement.last_day_on(day)
    if common is None:
        return []
    over, left, ended = last is not None and last < day, common.left_on(day), common.standing(day).terminated_on
    told = [_as_long(agreement, last, over=over)]
    if left and last == left:
        told = [
            f"Kommunen {'lämnade' if over else 'lämnar'} den gemensamma överenskommelsen {date(left)}, och den lokala "
            f"delen {'gällde' if over else 'gäller'} till och med den dagen."
        ]
    elif ended and last == ended:
        told = [
            f"Den gemensamma överenskommelsen är uppsagd till {date(ended)}, och den lokala delen "
            f"{'gällde' if over else 'gäller'} till och med den dagen."
        ]
    if left and (back := common.back_on(day)):
        told.append(f"Kommunen är med igen från och med {date(back)}.")
    return told


def _as_long(agreement: Agreement, last: dt.date | None, *, over: bool) -> str:
    """A local part that lasts as long as the common agreement, or has an earlier end of its own."""
    holds = "gällde" if over else "gäller"
    until = f"{holds} till och med {date(last)}" if last else "gäller tills vidare"
    if agreement.follows and last != agreement.terminated_on or last is None:
        on = " och förlängs sedan automatiskt" if agreement.goes_on else ""
        return f"{'Följde' if over else 'Följer'} den gemensamma överenskommelsen: {until}{on}."
    return f"Har ett eget slut: {until}, även om den gemensamma överenskommelsen gäller längre."


CONSEQUENCES: dict[str, list[str]] = {
    "propose": [
        "Texten låses och får en kontrollsumma. Alla parter undertecknar exakt samma ord.",
        "Varje part registrerar sin egen underskrift: vem som har undertecknat, i vilken funktion och när.",
        "Så länge ingen har undertecknat kan ni återta texten och ändra den.",
    ],
    "withdraw": [
        "Texten låses upp och blir ett utkast igen. Kontrollsumman försvinner.",
        "När ni har ändrat klart skickar ni den för underskrift på nytt.",
    ],
    "terminate": [
        "Överenskommelsen slutar gälla efter den dag du anger, för alla parter. Det gör också dess lokala delar.",
        "Den undertecknade texten står kvar och kan läsas. Uppsägningen och skälet skrivs i historiken.",
    ],
    "revoke": [
        "Underskriften tas bort, så att texten kan återtas och ändras, eller underskriften registreras på nytt.",
        "Vem som hade undertecknat, och varför underskriften återtas, står kvar i historiken.",
    ],
    "refer": [
        "Texten låses och sparas som en version, så att alla läser samma ord.",
        "Alla som arbetar för en part kan lämna synpunkter och förslag på varje avsnitt.",
        "När remissen är avslutad kan ni skriva i texten igen och besvara synpunkterna.",
    ],
    "end_referral": ["Texten låses upp. Synpunkterna står kvar, och ni besvarar dem en i taget."],
    "register_decision": [
        "Ni registrerar att ert beslutande organ, eller er chef, har beslutat om just den här texten.",
        "Beslutet krävs inte för att underteckna, men saknas det så syns det på sidan.",
    ],
    "register_publication": [
        "Ni registrerar att den undertecknade överenskommelsen har gjorts allmänt tillgänglig: när och var.",
        "Systemet publicerar ingenting. Kontrollera själva att inget i texten eller bilagorna omfattas av sekretess.",
    ],
    "goal_judge": [
        "Bedömningen läggs till de tidigare. Ingen av dem ändras eller tas bort, så att det syns hur det har gått.",
    ],
    "prolong": [
        "Den nya sista dagen gäller först när alla huvudparter har registrerat sitt samtycke.",
        "Lokala delar som följer överenskommelsen gäller då lika länge.",
        "Den undertecknade texten ändras inte. Förlängningen och skälet skrivs i historiken.",
    ],
    "consent": ["När alla huvudparter har samtyckt gäller överenskommelsen till den nya sista dagen."],
    "drop_prolongation": ["Förslaget stängs. De samtycken som har lämnats står kvar i historiken."],
    "join": [
        "Ni godtar exakt den text som de andra har undertecknat, och är bundna av den från dagen ni anger.",
        "Kommunen räknas från den dagen som en kommun med överenskommelse.",
    ],
    "leave": [
        "Ni är inte längre bundna efter dagen ni anger. De andra parterna fortsätter.",
        "Kommunens lokala del slutar gälla samma dag.",
        "Den undertecknade texten ändras inte. Utträdet och skälet skrivs i historiken.",
    ],
    "revise": [
        "Allt i den undertecknade texten kopieras till ett nytt utkast: texter, parter, problem och åtaganden.",
        "Den undertecknade överenskommelsen gäller oförändrad tills den nya är undertecknad av alla huvudparter.",
    ],
    "local_parts": [
        "Varje kommun får ett utkast till en egen lokal del, med sig själv och polisen som parter.",
        "Den gemensamma texten följer med och kan inte ändras där. Kommunen kan anpassa den, öppet och med skäl.",
    ],
    "decide": [
        "Vem som beslutade, när och var det står visas på åtgärdens sida och kan inte ändras sedan.",
        "När åtgärden är beslutad går den att påbörja, och loggen är öppen.",
    ],
    "throw_away": [
        "Allt som är skrivet i utkastet försvinner: texter, bilagor, synpunkter, åtaganden och sparade versioner.",
        "Att utkastet fanns och vem som kastade det står i samverkans historik.",
        "En undertecknad överenskommelse som det skulle ersätta påverkas inte.",
    ],
    "throw_away_plan": [
        "Planens texter och urval försvinner. Åtgärderna står kvar, de föreslagna som lösa förslag.",
        "Att utkastet fanns och vem som kastade det står i samverkans historik.",
    ],
    "finish_partly": ["Åtgärden avslutas som delvis genomförd. Loggen står kvar men kan inte fyllas på."],
    "finish_not_done": ["Åtgärden avslutas som inte genomförd. Loggen står kvar men kan inte fyllas på."],
    "cancel": ["Åtgärden avbryts. Den står kvar i planen som avbruten, med er motivering."],
    "resume": ["Åtgärden pågår igen. Att den har varit avslutad står kvar i historiken."],
}
SEEN_BY: dict[str, list[str]] = {
    "refer": ["De som arbetar för en part i samverkan, också läsare. Länsstyrelsen och Brå ser inte utkast."],
    "register_publication": ["Alla som får läsa överenskommelsen, också länsstyrelsen och Brå."],
    "join": ["Alla parter. Länsstyrelsen och Brå ser att kommunen har anslutit sig, men inte namnet."],
    "leave": ["Alla parter. Länsstyrelsen och Brå ser att kommunen har lämnat, men inte namnet."],
    "propose": ["Samma personer som i dag: de som arbetar för en part i samverkan."],
    "terminate": ["Länsstyrelsen och Brå, som kan läsa undertecknade överenskommelser, ser också att den är uppsagd."],
}
