"""The redogörelse that comes with the product: true for it as it is delivered, for each operator to make its own."""

from accessibility.models import Statement

SHIPPED = {
    "operator": "Systemförvaltningen för Samverkan",
    "conformance": Statement.Conformance.PARTIAL,
    "how": (
        "Webbplatsen är byggd för att kunna användas av alla: med tangentbord, med skärmläsare, i mobil och med "
        "förstorad text. Sidorna för invånare fungerar utan skript. Kartor och diagram har en lista eller tabell "
        "bredvid sig, färg bär aldrig ensam en uppgift, och fel i formulär beskrivs med ord.\n\n"
        "Vi följer WCAG 2.2 på nivå AA, som går längre än lagens krav (WCAG 2.1 AA genom EN 301 549). Vi vet att "
        "några delar inte når dit. De står här nedanför."
    ),
    "alternatives": (
        "Hör av dig om du behöver något från webbplatsen i en annan form, till exempel uppläst, i större text "
        "eller som ett vanligt dokument. Vi svarar så snart vi kan."
    ),
    "flaws": (
        "Filer som parterna har lagt in från andra program, till exempel bilagor och undertecknade original, kan "
        "sakna rubriker, beskrivningar av bilder och annat som en skärmläsare behöver.\n"
        "Systemförvaltningens egna sidor (för administratörer) är inte prövade med skärmläsare.\n"
        "Texter som parterna skriver själva är inte alltid skrivna på lätt svenska."
    ),
    "improving": (
        "Brister som rapporteras läggs i en lista, och den som har lämnat sin adress får svar. Ny funktion prövas "
        "mot samma krav som den gamla innan den tas i bruk. PDF:er som systemet gör är taggade för skärmläsare."
    ),
    "tested": (
        "Vi har själva testat webbplatsen. Varje slags sida går igenom ett automatiskt prov av tillgängligheten "
        "(axe) i en riktig webbläsare, i dator- och mobilbredd, vid varje ändring. De vanligaste ärendena prövas "
        "också med enbart tangentbord. PDF:er går genom två oberoende program som kontrollerar PDF/UA. Ingen "
        "utomstående har granskat webbplatsen, och den är inte prövad tillsammans med personer med "
        "funktionsnedsättning."
    ),
    "supervisor": "Myndigheten för digital förvaltning (Digg)",
    "supervisor_url": "https://www.digg.se/",
}


def statement() -> Statement:
    """The version that holds: the operator's latest, else the one that comes with the product."""
    return Statement.objects.first() or Statement(**SHIPPED)
