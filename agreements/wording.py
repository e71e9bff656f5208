"""What the page before a step says: what will happen, and who will see it. By the step's verb."""

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
        "Överenskommelsen slutar gälla efter den dag du anger, för alla parter.",
        "Den undertecknade texten står kvar och kan läsas. Uppsägningen och skälet skrivs i historiken.",
    ],
    "revoke": [
        "Underskriften tas bort, så att texten kan återtas och ändras, eller underskriften registreras på nytt.",
        "Vem som hade undertecknat, och varför underskriften återtas, står kvar i historiken.",
    ],
    "finish_partly": ["Åtgärden avslutas som delvis genomförd. Loggen står kvar men kan inte fyllas på."],
    "finish_not_done": ["Åtgärden avslutas som inte genomförd. Loggen står kvar men kan inte fyllas på."],
    "cancel": ["Åtgärden avbryts. Den står kvar i planen som avbruten, med er motivering."],
    "resume": ["Åtgärden pågår igen. Att den har varit avslutad står kvar i historiken."],
}
SEEN_BY: dict[str, list[str]] = {
    "propose": ["Samma personer som i dag: de som arbetar för en part i samverkan."],
    "terminate": ["Länsstyrelsen och Brå, som kan läsa undertecknade överenskommelser, ser också att den är uppsagd."],
}
