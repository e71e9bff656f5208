"""A realistic lägesbild with invented content, as it is frozen: for checkers, screenshots and measurements."""

from copy import deepcopy

from reports.content import LIMITS
from reports.picture_report import PictureReport
from situation.models import Ground
from tests.lib.sample_report import SAMPLE

YEARS = [str(year) for year in range(2016, 2026)]
CRIMES = [
    "Anmälda brott totalt", "Skadegörelsebrott", "Narkotikabrott", "Våld utomhus mot vuxna", "Personrån mot barn",
    "Stöldbrott", "Bilbrott", "Bostadsinbrott",
]  # fmt: skip
FEARS = [
    "Utsatta för misshandel", "Utsatta för sexualbrott", "Utsatta för personrån", "Utsatta för kortbedrägeri",
    "Utsatta för cykelstöld", "Otrygga vid utevistelse sent på kvällen", "Ofta oroliga för misshandel",
    "Ofta oroliga för bostadsinbrott", "Har valt annan väg på grund av oro", "Ser skadegörelse som problem i området",
    "Ser klotter som problem i området", "Ser fortkörning som problem i området",
]  # fmt: skip
PARAGRAPH = (
    "Under perioden har anmälningarna om skadegörelse vid resecentrum ökat, medan bostadsinbrotten har minskat. "
    "Händelserna koncentreras till fredags- och lördagskvällar mellan klockan 20 och 02, och de flesta sker inom "
    "ett område på några hundra meter kring torget, busshållplatsen och parkeringen bakom matbutiken."
)


def _line(name, values, half=None, emphasis=False):
    return {
        "name": name,
        "emphasis": emphasis,
        "points": [[year, value] for year, value in zip(YEARS, values, strict=True)],
        "ci": [[round(value - half, 1), round(value + half, 1)] for value in values] if half else None,
    }


def _crime(number, title):
    level = 12_000 / (number + 1)
    values = [round(level * (1 + 0.02 * year + 0.07 * (year * (number + 3) % 5 - 2))) for year in range(10)]
    return _indicator(
        title,
        "per 100\N{NO-BREAK SPACE}000 invånare",
        "Brå, anmälda brott, 2016–2025",
        f"{title} i Lycksele har ökat från {values[0]} till {values[-1]} per 100\N{NO-BREAK SPACE}000 invånare mellan "
        "2016 och 2025.",
        [
            _line("Lycksele", values, emphasis=True),
            _line("Länet", [round(level * 0.9)] * 10),
            _line("Riket", [round(level * 1.1)] * 10),
        ],
    )


def _fear(number, title):
    level = 4 + 2.3 * number
    values = [round(level + 0.2 * year * (year * (number + 2) % 3), 1) for year in range(10)]
    return _indicator(
        title,
        "procent",
        "Brå, NTU, 2016–2025",
        f"{title}, i Lycksele, låg på {values[0]} (2016) och {values[-1]} procent (2025). Skillnaden mellan åren ryms "
        "inom osäkerheten.".replace(".", ",", 2),
        [
            _line("Lycksele", values, half=3.1, emphasis=True),
            _line("Länet", [round(level * 0.95, 1)] * 10, half=1.2),
            _line("Riket", [round(level * 1.05, 1)] * 10, half=0.4),
        ],
    )


def _indicator(title, unit, source, sentence, series):
    return {
        "title": title,
        "unit": unit,
        "source": source,
        "note": "Visar anmälda brott, inte alla brott som begås." if "anmälda" in source else "",
        "sentence": sentence,
        "breaks": [],
        "preliminary": ["2025"] if "anmälda" in source else [],
        "series": series,
    }


def _text(label, text):
    return {"label": label, "text": text}


def _cause(text, *behind, chosen=False):
    facts = ["Direkt", "Plats", "Situationell", "Styrkt i data: NTU 2025", "Kan påverkas av: båda"]
    return {"text": text, "facts": facts, "chosen": chosen, "behind": list(behind)}


PROBLEM = {
    "title": "Skadegörelse vid resecentrum",
    "description": "Rutor krossas och väntsalen klottras ned.\nDet drabbar resenärer och personal.",
    "place": "Resecentrum och parkeringen",
    "time": "Fredag och lördag, kl. 20–02",
    "crime_types": "Skadegörelse, klotter",
    "groups": "Resenärer och personal",
    "extent": "43 anmälningar 2025",
    "insecurity": "Resenärer väntar hellre utomhus än i väntsalen.",
    "sources": [1, 3],
    "trend_word": "Ökar",
    "tone": "bad",
}
YES, UNKNOWN = {"word": "Ja", "tone": "ok"}, {"word": "Vet ej", "tone": "idle"}
CHOICE = {
    "title": "Skadegörelse vid resecentrum",
    "place": "Resecentrum",
    "state_word": "Prioriterat",
    "tone": "brand",
    "reason": "Styrgruppen den 12 mars. Ökar, drabbar många och går att påverka.",
    "day": "2026-03-12",
}
PASTED = "Vi ser tre mönster:\n•\tungdomar som samlas utan vuxna\n•\tbristande belysning\n•\tförsäljning av alkohol"
FILE = {
    "name": "Lycksele-2025.xlsx",
    "checksum": "3f9ac1d07b2e",
    "read_on": "2026-11-03",
    "organisation": "Lycksele kommun",
    "covers": ["Lycksele 2016–2025", "Länet 2016–2025", "Riket 2016–2025"],
}

SAMPLE_PICTURE: PictureReport = {
    "place": "Lycksele",
    "title": "Gemensam lägesbild 2026",
    "kind": "Gemensam lägesbild, och lägesbild enligt lag (2023:196) för Lycksele",
    "owner": "parterna gemensamt",
    "cover": [
        _text("Parter", "Lycksele kommun och Polisen, lokalpolisområde Södra Lappland"),
        _text("Period", "2025"),
        _text("Beslutad, Lycksele", "Kommunstyrelsen 20 november 2026, KS 2026/114"),
        _text("Nästa senast", "20 november 2028 (minst vartannat år, 6 §)"),
        _text("Version", "2, fastställd 20 november 2026"),
        _text("Framtagen av", "Samordnaren och kommunpolisen, 16 november 2026"),
        _text("Information", "Öppen handling"),
        _text("Får öppnas av", "Parterna i samverkan"),
        _text("Dokumentet gjort", "22 november 2026"),
        _text("Kontrollsumma", "b58a3d0c" * 8),
    ],
    "period": {"from": "2025-01-01", "to": "2025-12-31"},
    "version": 2,
    "status": "Fastställd 20 november 2026",
    "mark": "",
    "warning": "",
    "made_on": "2026-11-22",
    "information_class": "Öppen handling",
    "demo": False,
    "conclusions": [
        "Skadegörelsebrott i Lycksele har ökat från 1 210 till 1 490 per 100 000 invånare mellan 2016 och 2025; länet "
        "låg på 1 120 och riket på 1 050.",
        "Lägesbilden beskriver sex problem. Det som ökar: Skadegörelse vid resecentrum.",
        "Prioriterat: Skadegörelse vid resecentrum och Otrygghet på torget.",
        "Av 8 iakttagelser vilar tre på en enda svag källa eller ingen.",
        "Kunskapslucka: Vi vet inte hur flickor upplever torget.",
    ],
    "sections": [
        {"heading": "Sammanfattning", "texts": [_text("Sammanfattning", PARAGRAPH)], "missing": ""},
        {
            "heading": "Brott och trygghet",
            "texts": [
                _text("Brottsutveckling", "\n\n".join([PARAGRAPH] * 3)),
                _text("Platser", PASTED),
                _text("Konsekvenser", PARAGRAPH),
            ],
            "missing": "",
        },
        {"heading": "Annat som har betydelse", "texts": [], "missing": "Inget är skrivet ännu om annat."},
        {"heading": "Analys", "texts": [_text("Analys och samlad bedömning", PARAGRAPH)], "missing": ""},
    ],
    "problems": [PROBLEM, PROBLEM | {"trend_word": "Uppgift saknas", "tone": "idle", "extent": ""}] * 3,
    "indicators": [
        *(_crime(number, title) for number, title in enumerate(CRIMES)),
        *(_fear(number, title) for number, title in enumerate(FEARS)),
    ],
    "prioritisation": {
        "told": "Prioriteringen visas som den stod 22 november 2026. Den beslutas av parterna gemensamt.",
        "decisions": [
            {
                "record": [_text("Beslutad av", "Styrgruppen"), _text("Beslutad", "12 mars 2026")],
                "problems": ["Skadegörelse vid resecentrum", "Otrygghet på torget"],
                "matrices": [
                    {
                        "problems": ["Skadegörelse vid resecentrum", "Otrygghet på torget"],
                        "rows": [
                            {"ground": ground.label, "weight": 1 + number % 3, "answers": [YES, UNKNOWN]}
                            for number, ground in enumerate(Ground)
                        ],
                        "sums": ["42 av 42", "0 av 42"],
                    }
                ],
            }
        ],
        "chosen": [CHOICE, CHOICE | {"title": "Otrygghet på torget", "reason": ""}],
        "put_aside": [CHOICE | {"title": "Buskörning", "state_word": "Bevakas", "tone": "warn", "day": None}],
        "waiting": 3,
    },
    "analyses": [
        {
            "problem": "Skadegörelse vid resecentrum",
            "state_word": "Analysen klar",
            "tone": "ok",
            "meeting": [_text("Hölls", "3 april 2026"), _text("Arbetssätt", "Orsaksträd")],
            "answers": [_text("Vad händer, och hur går det till?", PARAGRAPH)],
            "chain": ["Sista bussen går", "Gruppen blir kvar i väntsalen", "Ingen vuxen kommer förbi", "Rutor krossas"],
            "conclusion": ["Ingen vuxen finns på platsen efter klockan 22 (orsak 1)"],
            "causes": [
                _cause(
                    "1. Ingen vuxen finns på platsen efter klockan 22",
                    _cause("2. Fritidsgården stänger klockan 20", _cause("4. Pengarna räcker till två kvällar")),
                    _cause("3. Väktarna går bara vardagar"),
                    chosen=True,
                ),
                _cause("5. Belysningen är trasig bakom väntsalen"),
            ],
        },
        {
            "problem": "Otrygghet på torget",
            "state_word": "Analys saknas",
            "tone": "warn",
            "meeting": [],
            "answers": [],
            "chain": [],
            "conclusion": [],
            "causes": [],
        },
    ],
    "analyses_told": "",
    "joint": True,
    "differences": "Polisen ser fler anmälningar, kommunen fler som avstår från att anmäla.",
    "differing": [
        {
            "section": "Platser",
            "text": "Bara kommunen ser skolgården.",
            "state_word": "Kvar som fråga",
            "tone": "brand",
            "outcome": "Frågas i nästa dialog.",
        },
    ],
    "knowledge_gaps": "Vi vet inte hur flickor upplever torget.\nVi vet inte varför anmälningarna ökar i maj.",
    "findings": [
        {"text": "Fler undviker torget sena kvällar.", "sources": ["1. NTU 2025", "2. Medborgardialog"], "mark": ""},
        {"text": "Rutor krossas mest i maj.", "sources": ["3. Felanmälan"], "mark": "en enda svag källa"},
        {"text": "Alkohol säljs ur en bil.", "sources": [], "mark": "utan källa"},
    ],
    "sources": [
        {
            "name": one["name"],
            "kind": "Anmälda brott (Brå)",
            "owner": one["owner"],
            "period": one["period"],
            "coverage": one["coverage"],
            "uncertainty": one["uncertainty"],
            "fetched_on": "2026-11-03",
        }
        for one in SAMPLE["sources"]
    ],
    "limits": LIMITS,
    "law": {
        "parts": [
            {"title": "Brottsligheten, dess omfattning och konsekvenser", "met": True},
            {"title": "Annan information av betydelse", "met": False},
            {"title": "Analys av båda", "met": True},
        ],
        "decisions": [
            {
                "municipality": "Lycksele",
                "decided_on": "2026-11-20",
                "body": "Kommunstyrelsen",
                "reference": "KS 2026/114",
                "renewed_by": "2028-11-20",
            }
        ],
        "established_on": "2026-11-20",
        "renewed_by": "2028-11-20",
    },
    "making": ["Den bygger på 7 källor och beskriver perioden 2025.", "Innehållet frystes när det beställdes."],
    "origins": [],
}
SAMPLE_PICTURE["origins"] = [
    {"title": one["title"], "unit": one["unit"], "source": one["source"], "files": [FILE]}
    for one in SAMPLE_PICTURE["indicators"]
]


def sample(**changes) -> PictureReport:
    """The sample with some of its parts replaced."""
    return deepcopy(SAMPLE_PICTURE) | changes


def empty() -> PictureReport:
    """A draft with nothing in it yet."""
    lists = ("problems", "indicators", "analyses", "differing", "findings", "sources", "origins", "conclusions")
    return sample(
        **dict.fromkeys(lists, []),
        mark="Utkast",
        demo=True,
        differences="",
        knowledge_gaps="",
        sections=[one | {"texts": [], "missing": "Inget är skrivet ännu."} for one in SAMPLE_PICTURE["sections"]],
        prioritisation={"told": "Så här stod det.", "decisions": [], "chosen": [], "put_aside": [], "waiting": 0},
        law={"parts": SAMPLE_PICTURE["law"]["parts"], "decisions": [], "established_on": None, "renewed_by": None},
    )


def pasted() -> PictureReport:
    """Two hundred problems, and sixty thousand letters as they come out of a word processor."""
    typed = f"{PASTED}\x0b\x0c\t\u2028\uf0b7 punkt\r\n\U0001f642 \u00ad\u200b {'x' * 300}\r\n{PARAGRAPH}\r\n"
    text = typed * (60_000 // len(typed) + 1)
    return sample(
        problems=[PROBLEM | {"title": f"Problem {number} på en plats"} for number in range(200)],
        sections=[{"heading": "Sammanfattning", "texts": [_text("Sammanfattning", text)], "missing": ""}],
        conclusions=[typed],
        indicators=SAMPLE_PICTURE["indicators"][:1],
    )


def thirty_pages() -> PictureReport:
    """What a thorough lägesbild is: twenty charts on about thirty pages."""
    long = "\n\n".join([PARAGRAPH] * 9)
    sections = [
        one | {"texts": [_text(label, long) for label in ("Läget", "Mönster")]} for one in SAMPLE_PICTURE["sections"]
    ]
    return sample(
        sections=sections,
        problems=[PROBLEM | {"description": PARAGRAPH, "title": f"Problem {number}"} for number in range(20)],
        analyses=[SAMPLE_PICTURE["analyses"][0]] * 4,
        findings=SAMPLE_PICTURE["findings"] * 8,
    )
