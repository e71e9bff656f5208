"""The people of the demo: invented, and obviously so. One login for each role."""

from dataclasses import dataclass

from accounts.models import Role

PASSWORD = "Prova-samverkan-2026"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in; `shown` ones are printed by `make demo` with what they are good for trying."""

    email: str
    name: str
    organisation: str
    role: Role
    shown: str = ""


POLICE_SOUTH_LAPLAND = "Polisen, lokalpolisområde Södra Lappland"
BRA = "Brottsförebyggande rådet (Brå)"
COUNTY_BOARD = "Länsstyrelsen i Västerbottens län"
OPERATOR = "Systemförvaltningen"

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
    ),
    Person(
        "samordnare@demo.example",
        "Robin Testgren",
        "Lycksele kommun",
        Role.COORDINATOR,
        "Samordnare, Lycksele",
    ),
    Person(
        "kommundirektor@demo.example",
        "Alex Demolund",
        "Lycksele kommun",
        Role.SIGNATORY,
        "Undertecknare, Lycksele",
    ),
    Person("lasare@demo.example", "Lo Läsberg", "Lycksele kommun", Role.READER, "Läsare, Lycksele"),
    Person(
        "lokaladmin@demo.example",
        "Mio Mallqvist",
        "Lycksele kommun",
        Role.LOCAL_ADMIN,
        "Lokal administratör, Lycksele",
    ),
    Person("asele@demo.example", "Nor Provmark", "Åsele kommun", Role.COORDINATOR, "Samordnare, Åsele"),
    Person(
        "landskrona@demo.example",
        "Ellis Skissberg",
        "Landskrona stad",
        Role.COORDINATOR,
        "Samordnare, Landskrona",
    ),
    Person(
        "mala@demo.example",
        "Vide Utkastsson",
        "Malå kommun",
        Role.COORDINATOR,
        "Samordnare, Malå (inget påbörjat)",
    ),
    Person(
        "lansstyrelsen@demo.example",
        "Tove Låtsasdal",
        COUNTY_BOARD,
        Role.COUNTY_READER,
        "Länsstyrelsen, Västerbotten",
    ),
    Person("bra@demo.example", "Charlie Fiktiv", BRA, Role.BRA_ANALYST, "Analytiker, Brå"),
    Person("admin@demo.example", "Ada Administratör", OPERATOR, Role.ADMINISTRATOR, "Administratör"),
    Person("dorotea@demo.example", "Juno Provfält", "Dorotea kommun", Role.COORDINATOR),
    Person("sorsele@demo.example", "Bo Bluffberg", "Sorsele kommun", Role.COORDINATOR),
    Person("storuman@demo.example", "Frej Fejkman", "Storumans kommun", Role.COORDINATOR),
    Person("vilhelmina@demo.example", "Siri Simulering", "Vilhelmina kommun", Role.COORDINATOR),
    Person("ks.sorsele@demo.example", "Ask Attrapp", "Sorsele kommun", Role.SIGNATORY),
    Person("ks.storuman@demo.example", "Vera Verkanslös", "Storumans kommun", Role.SIGNATORY),
    Person("ks.vilhelmina@demo.example", "Udo Utanför", "Vilhelmina kommun", Role.SIGNATORY),
    Person("ks.dorotea@demo.example", "Pia Påhitt", "Dorotea kommun", Role.SIGNATORY),
    Person("ks.asele@demo.example", "Leo Lekström", "Åsele kommun", Role.SIGNATORY),
    Person(
        "polis.landskrona@demo.example",
        "Max Mockup",
        "Polisen, lokalpolisområde Landskrona",
        Role.COORDINATOR,
    ),
    Person("polis.vasteras@demo.example", "Isa Illusion", "Polisen, lokalpolisområde Västerås", Role.COORDINATOR),
    Person("vasteras@demo.example", "Kaj Kuliss", "Västerås stad", Role.COORDINATOR),
    Person("polis.nybro@demo.example", "Tea Tänktdal", "Polisen, lokalpolisområde Nybro", Role.COORDINATOR),
    Person("emmaboda@demo.example", "Rut Rekvisita", "Emmaboda kommun", Role.COORDINATOR),
    Person("polis.huddinge@demo.example", "Pål Pseudonym", "Polisen, lokalpolisområde Huddinge", Role.COORDINATOR),
    Person("huddinge@demo.example", "Liv Lånadnamn", "Huddinge kommun", Role.COORDINATOR),
    Person("polis.pitea@demo.example", "Dag Dummy", "Polisen, lokalpolisområde Piteå älvdal", Role.COORDINATOR),
    Person("arvidsjaur@demo.example", "Eja Exempelby", "Arvidsjaurs kommun", Role.COORDINATOR),
    Person("brandforsvar@demo.example", "Eldar Exempel", "Södertörns brandförsvarsförbund", Role.SIGNATORY),
    Person("arjeplog@demo.example", "Ida Imaginär", "Arjeplogs kommun", Role.SIGNATORY),
    Person("ks.emmaboda@demo.example", "Stig Statist", "Emmaboda kommun", Role.SIGNATORY),
    Person("ks.lessebo@demo.example", "Agda Attrapp", "Lessebo kommun", Role.SIGNATORY),
    Person("ks.nybro@demo.example", "Bror Bluff", "Nybro kommun", Role.SIGNATORY),
    Person("ks.tingsryds@demo.example", "Cissi Cirka", "Tingsryds kommun", Role.SIGNATORY),
    Person("ks.torsas@demo.example", "Doris Dummy", "Torsås kommun", Role.SIGNATORY),
    Person("ks.uppvidinge@demo.example", "Ebbe Exempel", "Uppvidinge kommun", Role.SIGNATORY),
]
