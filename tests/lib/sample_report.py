"""A realistic situation report with invented content, for tests, screenshots and measurements."""

# ruff: noqa: E501  one line per row of a table reads better than one per cell
from copy import deepcopy

from lib.situation_report import Indicator, IndicatorSeries, SituationReport, StepLine

YEARS = [str(year) for year in range(2016, 2026)]


def _series(name: str, values: list, emphasis: bool = False, ci: list | None = None) -> IndicatorSeries:
    points = [[year, value] for year, value in zip(YEARS, values, strict=True)]
    return {"name": name, "emphasis": emphasis, "points": points, "ci": ci}


def _indicator(title: str, unit: str, series: list[IndicatorSeries], note: str = "", **more) -> Indicator:
    indicator: Indicator = {
        "title": title,
        "unit": unit,
        "source": "Brå, Indikatorer för kommuners lägesbild, hämtad 3 november 2026",
        "note": note,
        "sentence": "",
        "breaks": [],
        "series": series,
    }
    return indicator | more


def _line(code: str, title: str, word: str, tone: str, evidence: str = "", confirmed: str = "") -> StepLine:
    return {
        "code": code,
        "title": title,
        "state_word": word,
        "tone": tone,
        "evidence": evidence,
        "confirmed": confirmed,
    }


DONE, NOW, TODO = ("Klar", "ok"), ("Pågår", "brand"), ("Ej påbörjad", "idle")

SAMPLE: SituationReport = {
    "kind": "municipality",
    "title": "Lycksele",
    "subtitle": "November 2026 · samverkansomgång 2026–2029",
    "period": {"from": "2026-01-01", "to": "2026-11-15"},
    "version": 3,
    "status": "fastställd",
    "established_on": "2026-11-20",
    "made_on": "2026-11-20",
    "parties": ["Lycksele kommun", "Polisen, lokalpolisområde Södra Lappland"],
    "basis": "Gemensam lägesbild version 2, 7 källor",
    "information_class": "Öppen handling",
    "demo": False,
    "ring": {"done": 2, "now": 3},
    "conclusions": [
        "Skadegörelsen vid resecentrum fortsätter att öka och har ännu ingen orsaksanalys. Den behövs innan "
        "överenskommelsen kan skrivas under.",
        "Fler avstår från centrum sena kvällar än i länet. Fotpatrullerna har gått fler pass än lovat, men läget är "
        "oklart: för få mätningar.",
        "Kommunstyrelsens ordförande är en vakant funktion sedan 34 dagar. Styrgruppen kan inte besluta.",
    ],
    "steps": [
        {"number": 1, "title": "Initiera samverkan", "state": "done", "note": "Klart 14 januari 2026"},
        {"number": 2, "title": "Egna förberedelser", "state": "done", "note": "Klart 2 mars 2026"},
        {"number": 3, "title": "Gemensamma förberedelser", "state": "now", "note": "3 av 5 rader klara"},
        {"number": 4, "title": "Genomförande", "state": "todo", "note": "1 åtgärd påbörjad"},
        {"number": 5, "title": "Uppföljning", "state": "todo", "note": "Planerad november 2027"},
    ],
    "step_lines": [
        {
            "number": 1,
            "title": "Initiera samverkan",
            "lines": [
                _line("S1.1", "Båda ledningarna har beslutat att samverka eller förnya samverkan", *DONE,
                      "Beslut 14 januari 2026, båda parter", "Samordnaren, 14 januari 2026"),
                _line("S1.2", "Varje parts resurser, roller och uppdrag är genomgångna", *DONE,
                      "Förutsättningar ifyllda av båda parter", "Kommunpolisen, 14 januari 2026"),
                _line("S1.3", "Samverkansorganisationen är på plats med utsedda funktioner", *DONE,
                      "Styrgrupp, kommunpolis och samordnare utsedda", "Samordnaren, 14 januari 2026"),
                _line("S1.4", "Kommunikationsansvarig är utsedd", *DONE, "Funktionen har innehavare",
                      "Samordnaren, 14 januari 2026"),
                _line("S1.5", "Kommunikationsplanen är påbörjad", "Ej aktuell", "idle",
                      "Ingår i kommunens egen plan", "Samordnaren, 14 januari 2026"),
            ],
        },
        {
            "number": 2,
            "title": "Egna förberedelser",
            "lines": [
                _line("S2.1P", "Polisen har en egen översiktlig lägesbild", *DONE,
                      "Egen lägesbild version 1, 20 februari 2026", "Kommunpolisen, 20 februari 2026"),
                _line("S2.1K", "Kommunen har en egen översiktlig lägesbild", *DONE,
                      "Egen lägesbild version 1, 24 februari 2026", "Samordnaren, 24 februari 2026"),
                _line("S2.2", "Medarbetardialoger är hållna", *DONE, "2 dialoger", "Samordnaren, 2 mars 2026"),
                _line("S2.3P", "Polisens ledning har tagit del av underlaget", *DONE, "Läst 1 mars 2026",
                      "LPO-chefen, 1 mars 2026"),
                _line("S2.3K", "Kommunens ledning har tagit del av underlaget", *DONE, "Läst 2 mars 2026",
                      "Kommunchefen, 2 mars 2026"),
            ],
        },
        {
            "number": 3,
            "title": "Gemensamma förberedelser",
            "lines": [
                _line("S3.1", "Parternas lägesbilder är sammanfogade till en gemensam", *DONE,
                      "Gemensam lägesbild version 2", "Samordnaren, 4 april 2026"),
                _line("S3.2", "Problemen är vägda mot varandra och prioriterade", *DONE,
                      "3 problem, beslut i styrgruppen 18 april 2026", "Kommunpolisen, 18 april 2026"),
                _line("S3.3", "Medborgardialoger har fördjupat bilden", *DONE, "3 dialoger, 214 deltagare",
                      "Samordnaren, 9 juni 2026"),
                _line("S3.4", "Varje prioriterat problem har en färdig orsaksanalys", *NOW, "2 av 3 problem"),
                _line("S3.5", "Överenskommelsen är undertecknad av båda parter", *TODO),
            ],
        },
        {
            "number": 4,
            "title": "Genomförande",
            "lines": [
                _line("S4.1", "Mål är formulerade", *NOW, "2 av 3 problem har effektmål"),
                _line("S4.3", "Valda åtgärder riktar sig mot analyserade orsaker", *NOW, "5 av 6 åtgärder"),
                _line("S4.4", "Åtgärdsplanerna är antagna av styrgruppen", *TODO),
                _line("S4.6", "Uppföljningen är planerad", *TODO),
            ],
        },
    ],
    "indicators": [
        _indicator(
            "Skadegörelsebrott",
            "Anmälda brott per 100 000 invånare",
            [
                _series("Lycksele", [1210, 1230, 1190, 1310, 1205, 1480, 1300, 1415, 1470, 1490], True),
                _series("Länet", [1300, 1280, 1260, 1270, 1235, 1170, 1240, 1195, 1175, 1120]),
                _series("Riket", [1640, 1575, 1560, 1530, 1515, 1460, 1445, 1415, 1385, 1050]),
            ],
            "Anmälningsbenägenhet och polisens kontroller påverkar talen.",
        ),
        _indicator(
            "Otrygg utomhus sen kväll",
            "Procent av befolkningen 16–84 år",
            [
                _series("Lycksele", [20, 24.6, 22, 25.8, 24.5, 30, 29.4, 27.5, 26, 28.7], True,
                        ci=[[value - 6, value + 6] for value in
                            [20, 24.6, 22, 25.8, 24.5, 30, 29.4, 27.5, 26, 28.7]]),
                _series("Länet", [22, 21, 21.1, 23.5, 22.7, 22.4, 22.6, 21.7, 22.1, 23.1]),
                _series("Riket", [26.6, 27, 25, 26.6, 26.6, 26.5, 27.4, 26.2, 26.6, 25.6]),
            ],
            "Nationella trygghetsundersökningen, två år sammanslagna.",
            breaks=["2020"],
        ),
        _indicator(
            "Våldsbrott",
            "Anmälda brott per 100 000 invånare",
            [
                _series("Lycksele", [1020, 980, None, None, 905, 990, 1015, 960, 940, 925], True),
                _series("Länet", [890, 885, 900, 910, 870, 880, 905, 915, 920, 931]),
                _series("Riket", [1130, 1135, 1120, 1145, 1160, 1150, 1140, 1125, 1110, 1098]),
            ],
            "Uppgift saknas för 2018 och 2019.",
        ),
        _indicator(
            "Narkotikabrott",
            "Anmälda brott per 100 000 invånare",
            [
                _series("Lycksele", [540, 610, 720, 760, 990, 1180, 1240, 2537, 1410, 1385], True),
                _series("Länet", [820, 850, 910, 960, 1080, 1140, 1110, 1090, 1065, 1040]),
                _series("Riket", [1010, 1030, 1075, 1130, 1240, 1270, 1220, 1190, 1180, 1175]),
            ],
            "Speglar framför allt hur mycket polisen letar.",
        ),
        _indicator(
            "Bostadsinbrott",
            "Anmälda brott per 10 000 hushåll",
            [
                _series("Lycksele", [31, 28, 22.5, 19, 16, 14, 12, 11.5, 9, 8.5], True),
                _series("Länet", [38, 35, 31, 27, 24, 20, 17, 15, 13, 12.5]),
                _series("Riket", [49, 47, 42, 36, 31, 27, 24, 21, 19, 18]),
            ],
        ),
    ],
    "problems": [
        {"title": "Ungdomar och alkohol, helgkvällar", "place": "Centrum och badplatsen", "status_word": "Åtgärder pågår",
         "tone": "brand", "causes": 4, "measures": 3, "trend": "Trolig minskning"},
        {"title": "Otrygghet i centrum kvällstid", "place": "Torget", "status_word": "Åtgärder pågår", "tone": "brand",
         "causes": 3, "measures": 2, "trend": "Oklart"},
        {"title": "Skadegörelse vid resecentrum", "place": "Resecentrum", "status_word": "Analys saknas", "tone": "warn",
         "causes": None, "measures": 0, "trend": "Trolig ökning"},
    ],
    "agreement": {
        "title": "Samverkansöverenskommelse Lycksele 2026–2029",
        "valid": {"from": "2026-09-01", "to": "2029-08-31"},
        "state": "not_signed",
        "state_word": "På remiss",
        "tone": "warn",
        "purpose": "Parterna ska tillsammans minska de problem som invånarna själva pekar ut, och som ingen av dem kan "
        "lösa ensam. Arbetet utgår från den gemensamma lägesbilden och följs upp varje år.",
        "areas": ["Ungdomar och alkohol på helgkvällar", "Trygghet i centrum kvällstid", "Skadegörelse vid resecentrum"],
        "signatures": [
            {"role": "Lokalpolisområdeschef", "organisation": "Polisen", "date": "2026-10-14"},
            {"role": "Kommunstyrelsens ordförande", "organisation": "Lycksele kommun", "date": None},
        ],
    },
    "measures": [
        {"title": "Föräldravandring fredag och lördag", "problem": "Ungdomar och alkohol, helgkvällar",
         "party": "Lycksele kommun", "function": "Fritidschef", "period": {"from": "2026-05-01", "to": "2026-12-31"},
         "status_word": "Pågår", "tone": "brand", "progress": 60},
        {"title": "Samtal med alla föräldrar i årskurs 8", "problem": "Ungdomar och alkohol, helgkvällar",
         "party": "Lycksele kommun", "function": "Skolchef", "period": {"from": "2026-08-15", "to": "2026-11-30"},
         "status_word": "Klar", "tone": "ok", "progress": 100},
        {"title": "Tillsyn av serveringsställen och kiosker", "problem": "Ungdomar och alkohol, helgkvällar",
         "party": "Lycksele kommun", "function": "Alkoholhandläggare",
         "period": {"from": "2026-06-01", "to": "2027-05-31"}, "status_word": "Pågår", "tone": "brand", "progress": 25},
        {"title": "Fotpatrull i centrum torsdag till lördag", "problem": "Otrygghet i centrum kvällstid",
         "party": "Polisen", "function": "Kommunpolis", "period": {"from": "2026-04-01", "to": "2026-12-31"},
         "status_word": "Pågår", "tone": "brand", "progress": 80},
        {"title": "Ny belysning i parken och på gångstråket till järnvägsstationen",
         "problem": "Otrygghet i centrum kvällstid", "party": "Lycksele kommun", "function": "Gatuchef",
         "period": {"from": "2026-09-01", "to": "2027-03-31"}, "status_word": "Försenad", "tone": "warn", "progress": 10},
        {"title": "Trygghetsvandring vid resecentrum", "problem": "", "party": "Polisen och Lycksele kommun",
         "function": "", "period": {"from": "2027-01-15", "to": None}, "status_word": "Ej påbörjad", "tone": "idle",
         "progress": None},
    ],
    "promises": [
        {"text": "Polisen går till fots i centrum på kvällarna torsdag till lördag", "promiser": "Polisen",
         "period": {"from": "2026-04-01", "to": "2026-12-31"}, "count": "minst 2 pass i veckan",
         "status_word": "Hålls", "tone": "ok", "feedback": "74 pass till och med oktober, publicerat 3 november 2026"},
        {"text": "Trasiga lampor i parken byts inom en vecka från anmälan", "promiser": "Lycksele kommun",
         "period": {"from": "2026-05-01", "to": "2027-04-30"}, "count": "", "status_word": "Hålls delvis", "tone": "warn",
         "feedback": ""},
        {"text": "Kommunen och polisen finns på torget och svarar på frågor",
         "promiser": "Polisen och Lycksele kommun", "period": {"from": "2026-03-01", "to": "2026-12-31"},
         "count": "4 gånger", "status_word": "Hållet", "tone": "ok", "feedback": "4 av 4 tillfällen, 310 samtal"},
    ],
    "follow_ups": [
        {"subject": "Fotpatrull i centrum", "kind": "genomförande", "planned": "2026-09-30", "date": "2026-10-02",
         "outcome": "74 av 60 planerade pass", "assessment": "Bättre än planerat", "tone": "ok",
         "decision": "Fortsätter oförändrat"},
        {"subject": "Otrygghet i centrum", "kind": "effekt", "planned": "2026-10-31", "date": "2026-11-06",
         "outcome": "28,7 procent otrygga, mot 26,0 året före; skillnaden ryms i osäkerheten",
         "assessment": "Oklart", "tone": "idle", "decision": "Mäts igen våren 2027"},
        {"subject": "Styrgruppens arbete", "kind": "arbetsprocess", "planned": "2026-12-15", "date": None, "outcome": "",
         "assessment": "", "tone": "idle", "decision": ""},
    ],
    "seats": [
        {"function": "Kommunpolis", "organisation": "Polisen", "holder": "Bo Exempelberg", "since": "2024-03-01",
         "vacant_days": None},
        {"function": "Samordnare", "organisation": "Lycksele kommun", "holder": "Anna Exempelsson",
         "since": "2025-08-18", "vacant_days": None},
        {"function": "Lokalpolisområdeschef", "organisation": "Polisen", "holder": "David Påhittad",
         "since": "2023-01-01", "vacant_days": None},
        {"function": "Kommunstyrelsens ordförande", "organisation": "Lycksele kommun", "holder": None,
         "since": "2026-10-17", "vacant_days": 34},
        {"function": "Kommunikationsansvarig", "organisation": "Lycksele kommun", "holder": "Cecilia Fiktiv",
         "since": "2026-01-14", "vacant_days": None},
    ],
    "sources": [
        {"name": "Anmälda brott", "owner": "Brå", "period": "2016–2025", "coverage": "Hela kommunen, alla brott som anmälts",
         "uncertainty": "Anmälningsbenägenheten varierar; enstaka händelser slår igenom i en liten kommun"},
        {"name": "Nationella trygghetsundersökningen", "owner": "Brå", "period": "2016–2025",
         "coverage": "Urval, 16–84 år, två år sammanslagna", "uncertainty": "Intervallet 2025 är 23–35 procent"},
        {"name": "Medborgardialoger", "owner": "Lycksele kommun", "period": "april–juni 2026",
         "coverage": "3 dialoger, 214 deltagare", "uncertainty": "De som kommer speglar inte alla invånare"},
        {"name": "Medarbetardialoger", "owner": "Båda parter", "period": "februari 2026", "coverage": "2 dialoger",
         "uncertainty": "Iakttagelser, inte mätningar"},
        {"name": "Elevhälsans iakttagelser", "owner": "Lycksele kommun", "period": "läsåret 2025/26",
         "coverage": "Årskurs 7–9", "uncertainty": ""},
    ],
    "limits": [
        "Siffrorna är få. En ökning från ett år till nästa kan vara slump; se på flera år.",
        "Det som inte anmäls syns inte i statistiken. Bland unga är mörkertalet stort.",
        "Uppgifter om enskilda personer finns inte i rapporten.",
    ],
    "making": [
        "Rapporten bygger på den gemensamma lägesbilden version 2, som samordnaren och kommunpolisen tog fram och "
        "styrgruppen fastställde den 18 april 2026. Statistiken hämtades den 3 november 2026.",
        "Innehållet är fryst: det visar läget den 20 november 2026 och ändras inte när uppgifterna i systemet ändras.",
    ],
}  # fmt: skip


def sample(**changes) -> SituationReport:
    """The sample with some of its parts replaced."""
    return deepcopy(SAMPLE) | changes


def empty() -> SituationReport:
    """A municipality with nothing yet."""
    parts = ("conclusions", "steps", "step_lines", "indicators", "problems", "measures", "promises", "follow_ups")
    more = ("seats", "sources", "limits", "making", "parties")
    return sample(
        **dict.fromkeys((*parts, *more), []),
        agreement=None,
        basis="",
        status="utkast",
        established_on=None,
        ring={"done": 0, "now": None},
        period={"from": None, "to": None},
    )
