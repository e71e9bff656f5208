"""What the page before a step says: what will happen, and who will see it. By the step's verb."""

CONSEQUENCES: dict[str, list[str]] = {
    "establish": [
        "Innehållet fryses med källor, iakttagelser och problem och får en kontrollsumma.",
        "Texten kan aldrig ändras efteråt. Blir något fel gör ni en ny version, och den här står kvar som den var.",
        "Bygger den på en tidigare version blir den ersatt i samma stund, men kan fortfarande läsas.",
    ],
    "approve": [
        "Ditt godkännande gäller exakt den text som står där nu. Ändras något gäller det inte längre.",
        "En person från polisen och en från en kommun godkänner. Vid det sista godkännandet fastställs lägesbilden.",
        "Då fryses innehållet med källor, iakttagelser och problem, får en kontrollsumma och kan aldrig ändras.",
    ],
    "share": [
        "Lägesbilden lämnas ut till de andra parterna i samverkan. Dag och mottagare skrivs i historiken.",
        "Den blir en allmän handling hos er och hos dem. Den som begär ut den kan få läsa den efter sekretessprövning.",
        "Er anteckning som aldrig delas följer inte med.",
        "Innehållet i den här versionen kan inte längre ändras. Rättelser gör ni i en ny version.",
    ],
    "release": [
        "Hela den fastställda versionen lämnas ut till länsstyrelsen och Brå. Dagen skrivs i historiken.",
        "Är den gemensam gör ni det för alla parter. Kom överens först.",
        "Den blir en allmän handling också hos dem.",
    ],
    "leadership_read": ["Datumet visar att steg 2 är förankrat i er ledning. Det kan rättas senare."],
    "new_version": [
        "Texter, källor, iakttagelser och problem kommer med i ett nytt utkast.",
        "Den fastställda versionen gäller tills den nya är fastställd, och kan läsas också därefter.",
    ],
    "prioritise": [
        "Problemet läggs sist bland de prioriterade. Åtgärder och överenskommelsen kan byggas på det.",
        "Raden i steg 3 är klar först när styrgruppens beslut är infört under Prioriteringar.",
    ],
    "watch": ["Problemet följs, men får inga åtgärder i samverkan nu. Att välja bort är också ett beslut."],
    "dismiss": ["Problemet läggs åt sidan, med er motivering. Det kan tas upp igen."],
    "solve": ["Problemet räknas som löst. Det kan tas upp igen."],
    "reconsider": ["Problemet blir identifierat igen och kan prioriteras på nytt."],
}
SEEN_BY: dict[str, list[str]] = {
    "approve": ["Samma personer som i dag. Ditt namn och dagen skrivs i historiken."],
    "establish": [
        "Samma personer som i dag. Att dela den eller visa den för länsstyrelsen och Brå beslutar ni om var för sig."
    ],
    "share": ["Alla som arbetar för en part i samverkan."],
    "release": ["Länsstyrelsen i länet och Brå, utöver dem som redan kan läsa den."],
}
