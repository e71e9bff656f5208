"""Landskrona: one of the first agreements in the country, and one after another since 2008."""

import datetime as dt

from demo.cases import landskrona_2018
from demo.goals import set_goal
from demo.priorities import prioritise
from demo.story import Story
from partnerships import actions

POLICE, CITY = "Polisen, lokalpolisområde Landskrona", "Landskrona stad"
# (name, first day, last day, areas): agreements that were made before the system, as far as they are known.
EARLIER = [
    (
        "Överenskommelse 2008–2009",
        dt.date(2008, 10, 1),
        dt.date(2009, 12, 31),
        "Ungdomar i riskzon\nNormer och värderingar\nTrygghet i offentlig miljö\nKommunikation",
    ),
    (
        "Överenskommelse 2010",
        dt.date(2010, 1, 1),
        dt.date(2010, 12, 31),
        "Ungdomar i riskzon\nTrygghet i offentlig miljö",
    ),
    ("Överenskommelse 2013–2014", dt.date(2013, 1, 1), dt.date(2014, 12, 31), "Trygghet i offentlig miljö\nDroger"),
    (
        "Överenskommelse 2015–2016",
        dt.date(2015, 1, 1),
        dt.date(2016, 12, 31),
        "Trygghet i offentlig miljö\nInsatser mot droger\nGoda uppväxtvillkor",
    ),
    (
        "Överenskommelse 2018–2019",
        dt.date(2018, 1, 1),
        dt.date(2019, 12, 31),
        "Trygghet\nUngdomar i riskzon\nOrganiserad brottslighet",
    ),
    (
        "Överenskommelse 2022–2023",
        dt.date(2022, 1, 1),
        dt.date(2023, 12, 31),
        "Trygga kvarter\nBarn och unga i riskzon\nNarkotika\nKriminella nätverk",
    ),
]


def tell(story: Story) -> None:
    """Fifteen years of agreements, and a round that is all but finished."""
    police, city = story.police_user, story.user("landskrona@demo.example")
    story.begin(
        "Samverkan Landskrona",
        [POLICE, CITY],
        area="Landskrona",
        day=dt.date(2023, 11, 6),
        cycle="Samverkansomgång 2024–2027",
        ends=dt.date(2027, 12, 31),
        about="Landskrona har haft överenskommelser med polisen sedan 2008.",
    )
    for function, organisation, holder, day in [
        ("municipal_police", POLICE, "Max Mockup", dt.date(2023, 11, 6)),
        ("lpa_chief", POLICE, "Nils Namnlös", dt.date(2023, 11, 6)),
        ("coordinator", CITY, "Ellis Skissberg", dt.date(2023, 11, 6)),
        ("board_chair", CITY, "Berit Bortglömd", dt.date(2023, 11, 6)),
        ("communication", POLICE, "Kai Kommunicera", dt.date(2023, 11, 6)),
    ]:
        story.fill(organisation, function, holder, day)
    campaign = None
    for title, starts, ends, areas in EARLIER:
        now = story.cycle
        _earlier(story, title, starts, ends, areas)
        if starts.year == 2018:  # the annexes with its ten measures are known
            campaign = landskrona_2018.tell(story)
        elif campaign:
            landskrona_2018.once_more(story, campaign)
        story.cycle = now
    story.confirm(dt.date(2023, 12, 4), "S1.1 S1.2 S1.3 S1.4 S1.5", police, city)
    story.confirm(dt.date(2024, 1, 22), "S2.1P S2.1K S2.2 S2.3P S2.3K", police, city)
    problem = story.problem(
        by=police,
        day=dt.date(2024, 2, 5),
        title="Öppen narkotikaförsäljning i Karlslund",
        place="Karlslund",
        description="Försäljning vid två gårdar; barn rör sig där.",
        trend="decreasing",
    )
    prioritise(story, {problem: "jdjvjdjjvjd"}, by=police, day=dt.date(2024, 2, 5))
    usual = {"support": "judgement", "chosen": True}
    story.analyse(
        problem,
        by=police,
        day=dt.date(2024, 2, 12),
        what="Försäljning öppet på två gårdar, mest eftermiddag och kväll.",
        where_when="De två inre gårdarna, vardagar från 15 och helger hela dagen.",
        who="Unga som säljer, köpare utifrån, och boende som går omvägar.",
        why_here="Gårdarna syns inte från gatan, och få vuxna är ute.",
        basis="Lägesbilden från januari 2024.",
        participants="Kommunpolis, områdespolis, fritidschef och bovärd",
        causes=[
            {"text": "Ingen griper in på gårdarna", "category": "guardian", "nature": "situational"}
            | {"influence": "police"}
            | usual,
            {"text": "Unga har inget att göra på helgerna", "category": "offender", "nature": "social"}
            | {"influence": "municipality"}
            | usual,
        ],
    )
    agreement = story.agreement(
        by=city,
        day=dt.date(2024, 2, 19),
        parties=[POLICE, CITY],
        problems=[problem],
        title="Överenskommelse 2024–2027",
        starts=dt.date(2024, 3, 1),
        ends=dt.date(2027, 12, 31),
        background="Bygger på lägesbilden från januari 2024.",
        purpose="Tryggare kvarter och färre barn och unga i riskzon.",
        areas="Trygga kvarter\nBarn och unga i riskzon\nNarkotika",
        follow_up="Varje halvår i beredningsgruppen, varje år i styrgruppen.",
        documentation="Logg per åtgärd.",
        responsibilities="Polisen: närvaro.\nStaden: skola, fritid, bostäder.",
        overall_goal="Karlslund lämnar polisens lista.",
    )
    story.sign(
        agreement,
        dt.date(2024, 2, 28),
        [
            (police, POLICE, "Chef för lokalpolisområdet", "Nils Namnlös", False),
            (city, CITY, "Kommunstyrelsens ordförande", "Berit Bortglömd", False),
        ],
    )
    story.confirm(dt.date(2024, 3, 1), "S3.1 S3.2 S3.3 S3.4 S3.5", police, city)
    _measures_and_promises(story, problem)
    story.confirm(dt.date(2024, 4, 8), "S4.1 S4.2 S4.3 S4.4 S4.5a S4.5b S4.6", police, city)
    story.confirm(dt.date(2026, 9, 14), "S4.7 S5.1 S5.2 S5.3", police, city)


def _earlier(story: Story, title: str, starts: dt.date, ends: dt.date, areas: str) -> None:
    """A cycle and an agreement from before the system: known only in outline, signed by both."""
    police, city = story.police_user, story.user("landskrona@demo.example")
    story.cycle = actions.keep_earlier_cycle(
        story.partnership,
        by=police,
        name=f"Omgång {title.removeprefix('Överenskommelse ')}",
        starts=starts,
        closed_on=ends,
        closed_reason="Perioden är slut.",
    )
    agreement = story.agreement(
        by=city,
        day=story.today,
        parties=[POLICE, CITY],
        title=title,
        starts=starts,
        ends=ends,
        areas=areas,
        purpose="Uppgifterna är inlagda i efterhand ur den tidens dokument.",
        background="Tidigare överenskommelse.",
        follow_up="Uppgift saknas.",
        documentation="Uppgift saknas.",
        overall_goal="Ökad trygghet.",
        responsibilities="Se originalet.",
    )
    story.sign(
        agreement,
        starts,
        [
            (police, POLICE, "Närpolischef", "Namn i originalet", False),
            (city, CITY, "Kommunstyrelsens ordförande", "Namn i originalet", False),
        ],
        registered=story.today,
    )


def _measures_and_promises(story: Story, problem) -> None:  # type: ignore[no-untyped-def]
    police, city = story.police_user, story.user("landskrona@demo.example")
    causes = list(problem.analysis.causes.order_by("number"))
    goal = set_goal(
        story,
        by=police,
        day=dt.date(2024, 3, 4),
        responsible=POLICE,
        problem=problem,
        text="Veckor med iakttagen försäljning ska minska från 31 till 15 av 40 senast 30 juni 2026.",
        direction="less",
        own_indicator="EST-veckor med iakttagen försäljning",
        unit="av 40 EST-veckor",
        source="Lägesrapporterna i EST",
        baseline=31,
        baseline_period="2023",
        target=15,
        ends=dt.date(2026, 6, 30),
    )
    visits = [(dt.date(2024, 9, 2) + dt.timedelta(days=28 * n), "Besök på fritidsgården.", 1) for n in range(20)]
    patrol = story.measure(
        by=police,
        day=dt.date(2024, 3, 11),
        responsible=POLICE,
        problem=problem,
        title="Riktad patrullering i Karlslund",
        kind="presence",
        prevention="situational",
        place="Karlslund",
        function="Områdespolis",
        starts=dt.date(2024, 4, 1),
        ends=dt.date(2026, 6, 30),
        planned_count=200,
        unit="pass",
        many={"causes": [causes[0]], "goals": [goal]},
        baseline=31,
        baseline_text="EST-veckor av 40 med iakttagen försäljning 2023, lägesrapporterna",
        log=[(dt.date(2025, 1, 10), "Andra halvåret 2024.", 88), (dt.date(2026, 6, 30), "Sedan dess.", 124)],
        finished="done",
        assessed=("green", "Iakttagen försäljning föll från 31 till 12 av 40 EST-veckor."),
        finished_on=dt.date(2026, 7, 1),
    )
    youth = story.measure(
        by=city,
        day=dt.date(2024, 3, 11),
        responsible=CITY,
        problem=problem,
        title="Öppen fritidsgård på helgerna",
        kind="youth",
        prevention="social",
        function="Fritidschef",
        starts=dt.date(2024, 9, 1),
        ends=dt.date(2026, 6, 30),
        planned_count=20,
        unit="kvällar med polisbesök",
        many={"causes": [causes[1]], "goals": [goal]},
        baseline_reason="Fritidsgården hade inte öppet på helgerna tidigare.",
        log=visits,
        finished="done",
        assessed=("green", "Alla kvällar blev av, och besökarna blev fler för varje termin."),
        finished_on=dt.date(2026, 7, 1),
    )
    document = story.promises(
        by=city,
        day=dt.date(2024, 3, 25),
        municipality=story.municipality("landskrona"),
        title="Löften till dig i Karlslund",
        starts=dt.date(2024, 4, 1),
        ends=dt.date(2026, 6, 30),
        situation="Barn ska kunna gå till skolan utan att mötas av försäljning.",
        how_made="Fem dialoger i Karlslund.",
        follow_up="Varje termin på stadens webbplats och här.",
        promises=[
            {
                "text": "Polisen besöker fritidsgården två gånger per termin",
                "promiser": "police",
                "parties": [story.party(POLICE)],
                "measures": [youth],
                "planned_count": 8,
                "unit": "besök",
                "function": "Kommunpolis",
                "outcomes": [
                    (dt.date(2025, 6, 10), 4, "Fyra besök under läsåret."),
                    (dt.date(2026, 6, 9), 4, "Fyra till."),
                ],
                "settled": (dt.date(2026, 6, 30), "kept", ""),
                "feedback": (dt.date(2026, 8, 17), "Alla åtta besök blev av."),
            },
            {
                "text": "Hög synlighet i Karlslund varje vecka",
                "promiser": "police",
                "parties": [story.party(POLICE)],
                "measures": [patrol],
                "basis": "Bedöms mot loggen och vad ni säger i dialogerna.",
                "function": "Områdespolis",
                "settled": (dt.date(2026, 6, 30), "partly", "Under två sommarmånader räckte personalen inte till."),
                "feedback": (
                    dt.date(2026, 8, 17),
                    "Vi var där nästan varje vecka, men inte somrarna. Det säger ni också i dialogen.",
                ),
            },
        ],
    )
    visited, visible = document.promises.order_by("order")
    for subject, outcome, done in (
        (patrol, "212 av 200 pass", "yes"),
        (youth, "20 av 20 kvällar", "yes"),
        (visited, "8 av 8 besök", "yes"),
        (visible, "Nästan varje vecka, utom två somrar", "partly"),
    ):
        story.follow_up(
            subject,
            by=police,
            day=dt.date(2026, 8, 24),
            kind="production",
            period_from=dt.date(2024, 4, 1),
            period_to=dt.date(2026, 6, 30),
            outcome=outcome,
            carried_out=done,
            carried_out_why="" if done == "yes" else "Under två sommarmånader räckte personalen inte till.",
            decision="continue",
            decision_why="Genomfört som planerat." if done == "yes" else "Behåll löftet, men lös somrarna.",
            steering_group_on=dt.date(2026, 9, 7),
        )
    story.follow_up(
        patrol,
        by=police,
        day=dt.date(2026, 8, 31),
        kind="process",
        period_from=dt.date(2024, 4, 1),
        period_to=dt.date(2026, 6, 30),
        outcome="Möten varje månad, utom två somrar",
        lessons="Månadsmötet med fritidsgården gav mest. Somrarna måste bemannas i planen redan i januari.",
        decision="continue",
        decision_why="Samma arbetssätt, med sommaren planerad.",
        steering_group_on=dt.date(2026, 9, 7),
    )
    story.follow_up(
        patrol,
        by=police,
        day=dt.date(2026, 8, 31),
        kind="effect",
        period_from=dt.date(2024, 4, 1),
        period_to=dt.date(2026, 6, 30),
        outcome="Färre iakttagelser av försäljning",
        baseline="31 av 40 EST-veckor",
        measured="12 av 40 EST-veckor",
        comparison="Centrum: oförändrat",
        change="decreased",
        contribution="likely",
        grounds="other",
        contribution_why="Minskningen kom där och när patrullerna gick, inte i jämförelseområdet.",
        other_explanations="En grupp flyttade; kameror sattes upp på en gård.",
        decision="continue",
        decision_why="Behåll närvaron, men lös sommaren.",
        steering_group_on=dt.date(2026, 9, 7),
    )
