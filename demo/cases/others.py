"""Västerås, LPO Nybro with Emmaboda, Huddinge and Arvidsjaur: each at its own place in the five steps."""

import datetime as dt

from demo.priorities import prioritise
from demo.story import Story

STEP_1 = "S1.1 S1.2 S1.3 S1.4 S1.5"
STEP_2 = "S2.1P S2.1K S2.2 S2.3P S2.3K"
STEP_3 = "S3.1 S3.2 S3.3 S3.4 S3.5"


def _seats(story: Story, police: str, municipality: str, names: tuple[str, str, str, str], day: dt.date) -> None:
    story.fill(police, "municipal_police", names[0], day)
    story.fill(police, "lpa_chief", names[1], day)
    story.fill(municipality, "coordinator", names[2], day)
    story.fill(municipality, "board_chair", names[3], day)
    story.fill(police, "communication", "Kai Kommunicera", day)


def vasteras(story: Story) -> None:
    """An agreement that ran out in 2023; a new start that has come to step 2."""
    police, city = story.police_user, story.user("vasteras@demo.example")
    police_name, city_name = "Polisen, lokalpolisområde Västerås", "Västerås stad"
    story.begin(
        "Samverkan Västerås",
        [police_name, city_name],
        area="Västerås",
        day=dt.date(2019, 9, 2),
        cycle="Samverkansomgång 2019–2023",
        ends=dt.date(2023, 3, 1),
    )
    _seats(
        story, police_name, city_name, ("Isa Illusion", "Tom Tänkt", "Kaj Kuliss", "Ulla Ungefär"), dt.date(2019, 9, 2)
    )
    agreement = story.agreement(
        by=city,
        day=dt.date(2019, 10, 21),
        parties=[police_name, city_name],
        title="Överenskommelse 2019–2023",
        starts=dt.date(2019, 11, 6),
        ends=dt.date(2023, 3, 1),
        termination="Endera parten kan säga upp överenskommelsen.",
        background="Gemensam lägesbild varje år.",
        purpose="Ökad trygghet och minskad brottslighet.",
        areas="Utsatta områden\nCentrum",
        working_method="Enligt handboken, med orsaksanalys per prioritering.",
        follow_up="Tre gånger per halvår.",
        documentation="Handlingsplan per problem.",
        overall_goal="Ingen stadsdel på polisens lista.",
        responsibilities="Se handlingsplanerna.",
    )
    story.sign(
        agreement,
        dt.date(2019, 11, 5),
        [
            (police, police_name, "Chef för lokalpolisområdet", "Tom Tänkt", True),
            (city, city_name, "Kommunstyrelsens ordförande", "Ulla Ungefär", False),
        ],
    )
    story.next_cycle(
        "Samverkansomgång 2026–2029",
        day=dt.date(2026, 8, 17),
        ends=dt.date(2029, 12, 31),
        reason="Överenskommelsen löpte ut.",
    )
    story.confirm(dt.date(2026, 9, 21), STEP_1, police, city)
    story.confirm(dt.date(2026, 10, 19), "S2.1P S2.2", police, city)


def nybro(story: Story) -> None:
    """Six municipalities with one agreement; Emmaboda's promises picked from its decided plan. Step 4."""
    police, emmaboda = story.police_user, story.user("emmaboda@demo.example")
    police_name = "Polisen, lokalpolisområde Nybro"
    six = [
        "Emmaboda kommun",
        "Lessebo kommun",
        "Nybro kommun",
        "Tingsryds kommun",
        "Torsås kommun",
        "Uppvidinge kommun",
    ]
    story.begin(
        "Samverkan LPO Nybro",
        [police_name, *six],
        area="Nybro",
        day=dt.date(2023, 2, 6),
        cycle="Samverkansomgång 2023–2027",
        ends=dt.date(2027, 7, 31),
    )
    _seats(
        story,
        police_name,
        six[0],
        ("Tea Tänktdal", "Olle Osynlig", "Rut Rekvisita", "Stig Statist"),
        dt.date(2023, 2, 6),
    )
    story.confirm(dt.date(2023, 3, 6), STEP_1, police, emmaboda)
    story.confirm(dt.date(2023, 4, 17), STEP_2, police, emmaboda)
    problem = story.problem(
        by=police,
        day=dt.date(2023, 5, 8),
        title="Missbruk bland unga",
        place="Tätorterna",
        trend="unchanged",
        description="Tobak, alkohol och narkotika bland unga.",
    )
    prioritise(story, {problem: "jdjvjdjjvjd"}, by=police, day=dt.date(2023, 5, 8))
    agreement = story.agreement(
        by=police,
        day=dt.date(2023, 6, 1),
        parties=[police_name, *six],
        problems=[problem],
        title="Överenskommelse LPO Nybro 2023–2027",
        starts=dt.date(2023, 8, 1),
        ends=dt.date(2027, 7, 31),
        background="Sex kommuner i ett lokalpolisområde.",
        purpose="Ökad trygghet i hela lokalpolisområdet.",
        areas="Trygghet\nStadsplanering\nUnga i riskzon\nVåld i nära relation",
        overall_goal="Tryggheten ska öka varje år i trygghetsmätningen.",
        follow_up="Årligen.",
        documentation="Logg per åtgärd.",
        responsibilities="Se åtgärdsplanerna.",
    )
    chief = (police, police_name, "Chef för lokalpolisområdet", "Olle Osynlig", False)
    chairs = [
        (
            story.user(f"ks.{one.split()[0].lower().replace('å', 'a')}@demo.example"),
            one,
            "Kommunstyrelsens ordförande",
            "Påhittat Namn",
            False,
        )
        for one in six
    ]
    story.sign(agreement, dt.date(2023, 6, 20), [chief, *chairs])
    story.confirm(dt.date(2023, 6, 26), STEP_3, police, emmaboda)
    weekends = story.measure(
        by=emmaboda,
        day=dt.date(2024, 11, 18),
        responsible=six[0],
        problem=problem,
        municipality=story.municipality("emmaboda"),
        title="Vuxennärvaro på riskhelger",
        kind="youth",
        prevention="both",
        place="Emmaboda centrum",
        function="Fritidschef",
        starts=dt.date(2025, 1, 1),
        ends=dt.date(2027, 12, 31),
        planned_count=18,
        unit="helger",
        without_cause_reason="Orsakerna är inte analyserade än; erfarenheten från helger med vuxna på plats är god.",
        baseline_reason="Ingen räknade helgerna med vuxna på plats före 2025.",
        log=[(dt.date(2025, 12, 19), "Sex helger 2025.", 6), (dt.date(2026, 10, 5), "Fem helger hittills i år.", 5)],
    )
    story.promises(
        by=emmaboda,
        day=dt.date(2024, 12, 9),
        municipality=story.municipality("emmaboda"),
        title="Medborgarlöfte Emmaboda 2025–2027",
        starts=dt.date(2025, 1, 1),
        ends=dt.date(2027, 12, 31),
        situation="Unga dricker tidigt, och våld i nära relation anmäls sällan.",
        how_made="Lägesbilden och den beslutade åtgärdsplanen; åtta åtgärder valdes.",
        follow_up="Vid kommunstyrelsens beredning, sist i december 2027.",
        promises=[
            {
                "text": "Vuxna finns ute på riskhelgerna",
                "promiser": "municipality",
                "parties": [story.party(six[0])],
                "measures": [weekends],
                "planned_count": 18,
                "unit": "helger",
                "function": "Fritidschef",
                "outcomes": [(dt.date(2025, 12, 19), 6, "Sex helger."), (dt.date(2026, 10, 5), 5, "Fem helger.")],
            },
            {
                "text": "En vecka fri från våld ordnas varje år",
                "promiser": "joint",
                "planned_count": 3,
                "unit": "veckor",
                "function": "Samordnare",
                "outcomes": [(dt.date(2025, 11, 28), 1, "Föreläsning och utställning i biblioteket.")],
            },
        ],
    )
    story.confirm(dt.date(2024, 12, 16), "S4.1 S4.2 S4.4 S4.5a S4.5b", police, emmaboda)


def huddinge(story: Story) -> None:
    """Three parties: municipality, police and the fire brigade. Step 4 is under way."""
    police, municipality = story.police_user, story.user("huddinge@demo.example")
    police_name, name, fire = "Polisen, lokalpolisområde Huddinge", "Huddinge kommun", "Södertörns brandförsvarsförbund"
    story.begin(
        "Samverkan Huddinge",
        [police_name, name, fire],
        area="Huddinge",
        day=dt.date(2025, 1, 13),
        cycle="Samverkansomgång 2025–2028",
        ends=dt.date(2028, 12, 31),
    )
    _seats(
        story,
        police_name,
        name,
        ("Pål Pseudonym", "Mona Modell", "Liv Lånadnamn", "Gösta Generisk"),
        dt.date(2025, 1, 13),
    )
    story.confirm(dt.date(2025, 2, 10), STEP_1, police, municipality)
    story.confirm(dt.date(2025, 4, 7), STEP_2, police, municipality)
    problem = story.problem(
        by=police,
        day=dt.date(2025, 5, 5),
        title="Otrygghet i Flemingsberg, Skogås och Vårby",
        place="Flemingsberg, Skogås och Vårby",
        trend="decreasing",
    )
    prioritise(story, {problem: "jdjvjdjjvjd"}, by=police, day=dt.date(2025, 5, 5))
    agreement = story.agreement(
        by=municipality,
        day=dt.date(2025, 5, 19),
        parties=[police_name, name, fire],
        problems=[problem],
        title="Överenskommelse Huddinge 2025–2028",
        starts=dt.date(2025, 7, 1),
        ends=dt.date(2028, 12, 31),
        background="Gemensam lägesbild varje vecka.",
        purpose="Ett tryggare Huddinge.",
        areas="Gängkriminalitet\nOffentliga rummet\nVåld i nära relationer\nANDTS",
        overall_goal="Otryggheten minskar i tre kommundelar.",
        follow_up="Aktivitetsplaner följs upp varje tertial.",
        documentation="Aktivitetsplaner.",
        responsibilities="Se aktivitetsplanerna.",
    )
    story.sign(
        agreement,
        dt.date(2025, 6, 23),
        [
            (police, police_name, "Chef för lokalpolisområdet", "Mona Modell", False),
            (municipality, name, "Kommunstyrelsens ordförande", "Gösta Generisk", False),
            (story.user("brandforsvar@demo.example"), fire, "Förbundsdirektör", "Eldar Exempel", False),
        ],
    )
    story.confirm(dt.date(2025, 6, 30), STEP_3, police, municipality)
    story.measure(
        by=municipality,
        day=dt.date(2025, 9, 1),
        responsible=fire,
        problem=problem,
        title="Brandvärdar på gårdarna",
        kind="presence",
        prevention="both",
        place="Vårby",
        function="Förebyggandechef",
        starts=dt.date(2025, 10, 1),
        planned_count=40,
        unit="kvällar",
        without_cause_reason="Orsakerna analyseras i höst.",
        baseline=14,
        baseline_text="anlagda bränder i Vårby 2024, räddningstjänsten",
        log=[(dt.date(2026, 5, 29), "Vårens kvällar.", 22)],
    )
    story.confirm(dt.date(2025, 10, 6), "S4.1 S4.2 S4.3", police, municipality)


def arvidsjaur(story: Story) -> None:
    """Police, Arvidsjaur and Arjeplog: a small round that is ready but for telling residents."""
    police, municipality = story.police_user, story.user("arvidsjaur@demo.example")
    police_name, names = "Polisen, lokalpolisområde Piteå älvdal", ["Arvidsjaurs kommun", "Arjeplogs kommun"]
    story.begin(
        "Samverkan Arvidsjaur och Arjeplog",
        [police_name, *names],
        area="Piteå älvdal",
        day=dt.date(2023, 1, 16),
        cycle="Samverkansomgång 2023–2026",
        ends=dt.date(2026, 12, 31),
    )
    _seats(
        story,
        police_name,
        names[0],
        ("Dag Dummy", "Eva Ersätt", "Eja Exempelby", "Jon Jämförbar"),
        dt.date(2023, 1, 16),
    )
    story.confirm(dt.date(2023, 2, 20), STEP_1, police, municipality)
    story.confirm(dt.date(2023, 3, 20), STEP_2, police, municipality)
    problem = story.problem(
        by=police,
        day=dt.date(2023, 4, 3),
        title="Stölder och inbrott i byarna",
        place="Byarna",
        trend="decreasing",
    )
    prioritise(
        story, {problem: "jdjvjdjjvjd"}, by=police, day=dt.date(2023, 4, 3), body_name="Hälsa- och trygghetsrådet"
    )
    agreement = story.agreement(
        by=municipality,
        day=dt.date(2023, 4, 17),
        parties=[police_name, *names],
        problems=[problem],
        title="Överenskommelse 2023–2026",
        starts=dt.date(2023, 5, 1),
        ends=dt.date(2026, 12, 31),
        background="Två glesbygdskommuner.",
        purpose="Trygghet i glesbygd.",
        areas="ANDT-S\nBrottsförebyggande råd\nHälsa",
        overall_goal="Färre stölder.",
        follow_up="Löpande i rådet.",
        documentation="Rådets anteckningar.",
        responsibilities="Polisen: synlighet.\nKommunerna: grannsamverkan.",
    )
    story.sign(
        agreement,
        dt.date(2023, 4, 27),
        [
            (police, police_name, "Chef för lokalpolisområdet", "Eva Ersätt", False),
            (municipality, names[0], "Kommunalråd", "Jon Jämförbar", False),
            (story.user("arjeplog@demo.example"), names[1], "Kommunalråd", "Ida Imaginär", False),
        ],
    )
    story.confirm(dt.date(2023, 5, 2), STEP_3, police, municipality)
    watch = story.measure(
        by=municipality,
        day=dt.date(2023, 5, 8),
        responsible=names[0],
        problem=problem,
        municipality=story.municipality("arvidsjaur"),
        title="Grannsamverkan i de mest utsatta byarna",
        kind="housing",
        prevention="situational",
        place="Byarna",
        function="Samordnare",
        starts=dt.date(2023, 6, 1),
        ends=dt.date(2025, 12, 31),
        planned_count=10,
        unit="byar",
        without_cause_reason="Upprepade stölder räcker som skäl; ingen orsaksanalys gjordes 2023.",
        baseline=0,
        baseline_text="byar med grannsamverkan våren 2023, kommunens förteckning",
        log=[(dt.date(2024, 10, 1), "Sju av tio byar har kontaktperson.", 7), (dt.date(2025, 11, 3), "Nio byar.", 2)],
        finished="partly",
        finished_why="En av de tio byarna nådde inte 70 procent av hushållen.",
        assessed=("yellow", "Nio byar har kontaktperson, och de boende anmäler tidigare än förr."),
        finished_on=dt.date(2026, 1, 5),
    )
    story.confirm(dt.date(2023, 6, 5), "S4.1 S4.2 S4.3 S4.4 S4.5a S4.5b S4.6", police, municipality)
    story.follow_up(
        watch,
        by=municipality,
        day=dt.date(2026, 1, 19),
        kind="production",
        period_from=dt.date(2023, 6, 1),
        period_to=dt.date(2025, 12, 31),
        outcome="9 av 10 byar",
        carried_out="partly",
        carried_out_why="En by nådde inte 70 procent av hushållen.",
        decision="continue",
        decision_why="Fortsätt i den by som är kvar.",
        steering_group_on=dt.date(2026, 2, 9),
    )
    story.promises(
        by=municipality,
        day=dt.date(2024, 1, 15),
        municipality=story.municipality("arvidsjaur"),
        title="Löften till dig i Arvidsjaur",
        starts=dt.date(2024, 1, 15),
        ends=dt.date(2025, 12, 31),
        situation="188 svarade på enkäten; inbrott oroar mest.",
        how_made="Enkät med 188 svar och samtal med skola, pensionärer och företag.",
        follow_up="Varje höst i rådet.",
        promises=[
            {
                "text": "Grannsamverkan startar i de tio mest utsatta byarna",
                "promiser": "joint",
                "measures": [watch],
                "planned_count": 10,
                "unit": "byar",
                "function": "Samordnare",
                "outcomes": [
                    (dt.date(2024, 10, 1), 7, "Sju byar är i gång."),
                    (dt.date(2025, 11, 3), 2, "Två byar till."),
                ],
                "settled": (dt.date(2026, 1, 12), "partly", "En by nådde inte tillräckligt många hushåll."),
            }
        ],
    )
    story.confirm(dt.date(2026, 2, 16), "S4.7 S5.1 S5.2 S5.3 S5.4", police, municipality)
