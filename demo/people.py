"""The people of the demo: invented, and obviously so. One login for each role."""

import datetime as dt
from dataclasses import dataclass

from accounts.models import Role

PASSWORD = "Prova-samverkan-2026"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in, since when; `shown` ones are printed by `make demo` with what they are good for."""

    email: str
    name: str
    organisation: str
    role: Role
    shown: str = ""
    since: dt.date = dt.date(2021, 1, 11)


POLICE_SOUTH_LAPLAND = "Polisen, lokalpolisområde Södra Lappland"
BRA = "Brottsförebyggande rådet (Brå)"
COUNTY_BOARD = "Länsstyrelsen i Västerbottens län"
OPERATOR = "Systemförvaltningen"
ACTOR = "Föreningen Påhittade nattvandrare"
CHAIRS_SINCE = dt.date(2022, 10, 24)  # the boards that the election of 2022 gave

PEOPLE = [
    Person(
        "kommunpolis@demo.example",
        "Kim Påhittad",
        POLICE_SOUTH_LAPLAND,
        Role.COORDINATOR,
        "Kommunpolis, Södra Lappland",
    ),
    Person(
        "lpochef@demo.example",
        "Sam Exempelsson",
        POLICE_SOUTH_LAPLAND,
        Role.SIGNATORY,
        "Chef, LPO Södra Lappland",
        since=dt.date(2022, 9, 1),
    ),
    Person(
        "samordnare@demo.example",
        "Robin Testgren",
        "Lycksele kommun",
        Role.COORDINATOR,
        "Samordnare, Lycksele",
        since=dt.date(2023, 8, 14),
    ),
    Person(
        "kommundirektor@demo.example",
        "Alex Demolund",
        "Lycksele kommun",
        Role.SIGNATORY,
        "Undertecknare, Lycksele",
        since=CHAIRS_SINCE,
    ),
    Person("lasare@demo.example", "Lo Läsberg", "Lycksele kommun", Role.READER, "Läsare, Lycksele"),
    Person(
        "utforare@demo.example",
        "Ture Tänkt",
        ACTOR,
        Role.ACTOR,
        "Utförare utanför samverkan",
        since=dt.date(2026, 4, 13),
    ),
    Person(
        "lokaladmin@demo.example",
        "Mio Mallqvist",
        "Lycksele kommun",
        Role.LOCAL_ADMIN,
        "Lokal administratör, Lycksele",
    ),
    Person(
        "asele@demo.example",
        "Nor Provmark",
        "Åsele kommun",
        Role.COORDINATOR,
        "Samordnare, Åsele",
        since=dt.date(2023, 8, 14),
    ),
    Person(
        "landskrona@demo.example",
        "Ellis Skissberg",
        "Landskrona stad",
        Role.COORDINATOR,
        "Samordnare, Landskrona",
        since=dt.date(2023, 11, 6),
    ),
    Person(
        "mala@demo.example",
        "Vide Utkastsson",
        "Malå kommun",
        Role.COORDINATOR,
        "Samordnare, Malå (inget påbörjat)",
    ),
    Person("polis.skelleftea@demo.example", "Ally Alias", "Polisen, lokalpolisområde Skellefteå", Role.COORDINATOR),
    Person(
        "lansstyrelsen@demo.example",
        "Tove Låtsasdal",
        COUNTY_BOARD,
        Role.COUNTY_READER,
        "Länsstyrelsen, Västerbotten",
    ),
    Person("bra@demo.example", "Charlie Fiktiv", BRA, Role.BRA_ANALYST, "Analytiker, Brå"),
    Person("admin@demo.example", "Ada Administratör", OPERATOR, Role.ADMINISTRATOR, "Administratör"),
    Person("dorotea@demo.example", "Juno Provfält", "Dorotea kommun", Role.COORDINATOR, since=dt.date(2023, 8, 14)),
    Person("sorsele@demo.example", "Bo Bluffberg", "Sorsele kommun", Role.COORDINATOR, since=dt.date(2023, 8, 14)),
    Person("storuman@demo.example", "Frej Fejkman", "Storumans kommun", Role.COORDINATOR, since=dt.date(2023, 8, 14)),
    Person(
        "vilhelmina@demo.example", "Siri Simulering", "Vilhelmina kommun", Role.COORDINATOR, since=dt.date(2023, 8, 14)
    ),
    Person("ks.sorsele@demo.example", "Ask Attrapp", "Sorsele kommun", Role.SIGNATORY, since=CHAIRS_SINCE),
    Person("ks.storuman@demo.example", "Vera Verkanslös", "Storumans kommun", Role.SIGNATORY, since=CHAIRS_SINCE),
    Person("ks.vilhelmina@demo.example", "Udo Utanför", "Vilhelmina kommun", Role.SIGNATORY, since=CHAIRS_SINCE),
    Person("ks.dorotea@demo.example", "Pia Påhitt", "Dorotea kommun", Role.SIGNATORY, since=CHAIRS_SINCE),
    Person("ks.asele@demo.example", "Leo Lekström", "Åsele kommun", Role.SIGNATORY, since=CHAIRS_SINCE),
    Person(
        "polis.landskrona@demo.example",
        "Max Mockup",
        "Polisen, lokalpolisområde Landskrona",
        Role.COORDINATOR,
        since=dt.date(2023, 11, 6),
    ),
    Person(
        "polis.vasteras@demo.example",
        "Isa Illusion",
        "Polisen, lokalpolisområde Västerås",
        Role.COORDINATOR,
        since=dt.date(2019, 9, 2),
    ),
    Person("vasteras@demo.example", "Kaj Kuliss", "Västerås stad", Role.COORDINATOR, since=dt.date(2019, 9, 2)),
    Person(
        "polis.nybro@demo.example",
        "Tea Tänktdal",
        "Polisen, lokalpolisområde Nybro",
        Role.COORDINATOR,
        since=dt.date(2023, 2, 6),
    ),
    Person("emmaboda@demo.example", "Rut Rekvisita", "Emmaboda kommun", Role.COORDINATOR, since=dt.date(2023, 2, 6)),
    Person(
        "polis.huddinge@demo.example",
        "Pål Pseudonym",
        "Polisen, lokalpolisområde Huddinge",
        Role.COORDINATOR,
        since=dt.date(2025, 1, 13),
    ),
    Person("huddinge@demo.example", "Liv Lånadnamn", "Huddinge kommun", Role.COORDINATOR, since=dt.date(2025, 1, 13)),
    Person(
        "polis.pitea@demo.example",
        "Dag Dummy",
        "Polisen, lokalpolisområde Piteå älvdal",
        Role.COORDINATOR,
        since=dt.date(2023, 1, 16),
    ),
    Person(
        "arvidsjaur@demo.example", "Eja Exempelby", "Arvidsjaurs kommun", Role.COORDINATOR, since=dt.date(2023, 1, 16)
    ),
    Person(
        "brandforsvar@demo.example",
        "Eldar Exempel",
        "Södertörns brandförsvarsförbund",
        Role.SIGNATORY,
        since=dt.date(2025, 1, 13),
    ),
    Person(
        "polis.kungsbacka@demo.example",
        "Tor Teaterblod",
        "Polisen, lokalpolisområde Kungsbacka",
        Role.COORDINATOR,
        since=dt.date(2025, 1, 13),
    ),
    Person(
        "kungsbacka@demo.example",
        "Maj Maskerad",
        "Kungsbacka kommun",
        Role.COORDINATOR,
        "Samordnare, Kungsbacka (tråden är av)",
        since=dt.date(2025, 1, 13),
    ),
    Person("arjeplog@demo.example", "Ida Imaginär", "Arjeplogs kommun", Role.SIGNATORY, since=dt.date(2023, 1, 16)),
    Person("ks.emmaboda@demo.example", "Stig Statist", "Emmaboda kommun", Role.SIGNATORY, since=dt.date(2023, 2, 6)),
    Person("ks.lessebo@demo.example", "Agda Attrapp", "Lessebo kommun", Role.SIGNATORY, since=dt.date(2023, 2, 6)),
    Person("ks.nybro@demo.example", "Bror Bluff", "Nybro kommun", Role.SIGNATORY, since=dt.date(2023, 2, 6)),
    Person("ks.tingsryds@demo.example", "Cissi Cirka", "Tingsryds kommun", Role.SIGNATORY, since=dt.date(2023, 2, 6)),
    Person("ks.torsas@demo.example", "Doris Dummy", "Torsås kommun", Role.SIGNATORY, since=dt.date(2023, 2, 6)),
    Person(
        "ks.uppvidinge@demo.example", "Ebbe Exempel", "Uppvidinge kommun", Role.SIGNATORY, since=dt.date(2023, 2, 6)
    ),
]
