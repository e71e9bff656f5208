"""An agreement and an action plan as reports.agreement_document and reports.plan_document freeze them."""

LONG = (
    "Parterna går igenom läget varje månad. Områdespolisen och fältarbetarna väljer kvällar och platser tillsammans, "
    "skriver i loggen samma kväll och säger till när något inte går ihop med resten av veckan. "
) * 4


def agreement(**changes):
    signed = {
        "function": "t.f. Chef för lokalpolisområdet",
        "name": "David Dal",
        "place": "Lycksele",
        "day": "2026-02-16",
    }
    whole = {
        "title": "Samverkansöverenskommelse 2026–2029",
        "kind": "Samlad överenskommelse",
        "place": "Lycksele",
        "mark": "",
        "status": "För underskrift",
        "warning": "",
        "facts": [
            {"label": "Parter", "text": "Polisen, lokalpolisområde Södra Lappland och Lycksele kommun"},
            {"label": "Gäller", "text": "2026–2029"},
        ],
        "sections": [
            {
                "heading": "Bakgrund och syfte",
                "texts": [
                    {"name": "purpose", "label": "Syfte", "text": LONG},
                    {"name": "areas", "label": "Områden för samverkan", "text": "- Centrum\n- Ungdomar\n- Trafik"},
                ],
            },
            {
                "heading": "Uppföljning",
                "texts": [{"name": "follow_up", "label": "Hur arbetet följs upp", "text": LONG}],
            },
        ],
        "problems": [
            {"title": "Otrygghet i centrum", "description": LONG, "place": "Torget", "time": "Fredagskvällar"},
            {"title": "Skadegörelse", "description": "", "place": "", "time": ""},
        ],
        "undertakings": [
            {"party": "Polisen", "text": "Går fotpatruller.\nLeder arbetsgruppen.", "aside": "40 timmar per månad"},
            {"party": "Lycksele kommun", "text": "Lagar belysningen.", "aside": ""},
        ],
        "annexes": [{"title": "Gemensam lägesbild 2026", "checksum": "a" * 64}, {"title": "Karta", "checksum": ""}],
        "signatures": [
            {"party": "Polisen, lokalpolisområde Södra Lappland", "kind": "Huvudpart", "signed": signed},
            {"party": "Lycksele kommun", "kind": "Huvudpart", "signed": None},
            {"party": "Bostadsbolaget", "kind": "Övrig part", "signed": None},
        ],
        "checksum": "c0ffee" * 10 + "abcd",
        "information_class": "Arbetsmaterial",
        "made_on": "2026-02-16",
        "number": 2,
        "demo": True,
    }
    return whole | changes


def draft_agreement():
    """As little as there can be."""
    empty = dict.fromkeys(("sections", "problems", "undertakings", "annexes", "signatures"), [])
    return agreement(mark="UTKAST", status="Utkast", checksum="", demo=False, **empty)


def measure(number, **changes):
    whole = {
        "id": number,
        "title": f"Åtgärd {number}: fotpatruller i centrum på helgkvällar",
        "description": LONG if number % 4 == 0 else "Två poliser till fots på torget och gågatan, 21–24.",
        "municipality": "Lycksele",
        "place": "Torget och gågatan",
        "goals": [{"id": 1, "text": "Anmälda våldsbrott på torget ska minska från 40 till 30.", "has_baseline": True}],
        "planned": "25 fotpatruller",
        "baseline": "40, anmälda våldsbrott på torget 2025, Brå" if number % 3 else "",
        "starts": "2026-04-01",
        "ends": "2027-03-31",
        "manner": "Ordinarie arbete",
        "parts": [{"text": "Bestäm kvällar med fältarbetarna", "day": "2026-03-20", "function": "Samordnare"}],
        "party": "Polisen, lokalpolisområde Södra Lappland",
        "function": "Områdespolis",
        "participants": ["Samordnare, Lycksele kommun"],
        "hours": 240,
        "follow_up": [
            {"word": "Grön", "tone": "ok", "text": "Som tänkt, med gott resultat."},
            {"word": "Gul", "tone": "warn", "text": "Delvis som tänkt."},
            {"word": "Röd", "tone": "bad", "text": "Inte som tänkt."},
            {"word": "Beslutad", "tone": "brand", "text": ""},
        ][number % 4],
    }
    return whole | changes


def row(number, cause=True):
    stands = {"id": number, "number": number, "text": "Ingen vuxen finns på torget när krogarna stänger"}
    return {
        "cause": stands if cause else None,
        "reason": "" if cause else "Kommunens eget uppdrag enligt budgeten.",
        "number": str(number) if cause else "U1",
        "measure": measure(number),
        "see": None,
    }


def pointer(number):
    see = {"id": number, "number": str(number), "title": f"Åtgärd {number}", "problem": "Skadegörelse"}
    return {**row(number + 1), "measure": None, "see": see}


def plan(**changes):
    groups = [
        {
            "problem": {"id": one, "title": title, "place": "Torget"},
            "rows": [*(row(number) for number in range(first, last)), pointer(first), row(last, cause=False)],
        }
        for one, (title, first, last) in enumerate([("Otrygghet i centrum", 1, 16), ("Skadegörelse", 20, 28)])
    ]
    whole = {
        "title": "Åtgärdsplan 2026",
        "kind": "Gemensam åtgärdsplan",
        "place": "Lycksele",
        "mark": "",
        "status": "Antagen",
        "warning": "",
        "facts": [
            {"label": "Samverkan", "text": "Samverkan Södra Lappland"},
            {"label": "Beslut", "text": "Styrgruppen, 20 mars 2026, protokoll 1/2026, § 5"},
        ],
        "texts": [
            {"name": "documentation", "label": "Hur genomförandet dokumenteras", "text": LONG},
            {"name": "follow_up", "label": "Hur planen följs upp", "text": "- Varje tertial\n- Av styrgruppen"},
        ],
        "groups": groups,
        "uncovered": [{"id": 9, "number": 9, "text": "Inga lokaler är öppna efter 20", "problem": "Otrygghet"}],
        "today": {"1": {"word": "Pågår", "tone": "brand", "text": "16 av 25 fotpatruller"}},
        "checksum": "c0ffee" * 10 + "abcd",
        "information_class": "Beslutad handling",
        "reach": "parties",
        "made_on": "2026-04-02",
        "number": 1,
        "demo": True,
    }
    return whole | changes


def draft_plan():
    """Nothing chosen, nothing written."""
    nothing = {"texts": [], "groups": [], "uncovered": [], "today": {}}
    return plan(mark="UTKAST", status="Utkast", checksum="", demo=False, **nothing)


def short_plan():
    """A table of one row, and one of a pointer only."""
    groups = [
        {"problem": {"id": 1, "title": "Otrygghet", "place": ""}, "rows": [row(1)]},
        {"problem": {"id": 2, "title": "Skadegörelse", "place": ""}, "rows": [pointer(1)]},
    ]
    return plan(groups=groups)


def pasted_plan():
    """What comes out of other programs: emoji, scripts of the world, private letters, control characters."""
    typed = "\U0001f642 مرحبا 日本語 č đ ŋ \uf0b7 \ue000 \x0b \u200b \u00ad → ✓ " + "x" * 500
    odd = row(1) | {"measure": measure(1, title=typed, description=typed, function=typed)}
    return plan(
        title=typed[:60], groups=[{"problem": {"id": 1, "title": typed, "place": typed}, "rows": [odd, row(2)]}]
    )
