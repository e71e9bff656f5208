"""Kungsbacka: one problem whose red thread holds all the way, and two where it is broken, to be found and mended."""

import datetime as dt
from typing import Any

from agreements.models import Goal, Measure
from demo.priorities import prioritise
from demo.story import Story
from demo.telling import keep
from situation.models import Cause, Problem

POLICE, MUNICIPALITY = "Polisen, lokalpolisområde Kungsbacka", "Kungsbacka kommun"
STATION, YOUTH, TRAFFIC = (
    "Otrygghet vid resecentrum",
    "Narkotika bland unga på Tölö",
    "Buskörning i Åsa",
)
# What the page of the thread shall show as breaks, and nothing else: the rule and the thing it stands by.
PLANTED = {
    ("no_analysis", TRAFFIC),
    ("no_effect_goal", TRAFFIC),
    ("measure_without_goal", "Farthinder i Åsa"),
    ("cause_alone", "2. Föräldrar vet inte vad de ska titta efter"),
    ("goal_alone", "Fler föräldrar ska känna till tecknen."),
    ("goal_without_baseline", "Fler föräldrar ska känna till tecknen."),
    ("finished_unassessed", "Lag och rätt i årskurs 7"),
    ("promise_untold", "Vi besöker alla sjuor före jul"),
    ("promise_from_nothing", "Polisen syns mer i Åsa"),
}


def tell(story: Story) -> None:
    """Two years, three problems."""
    police, municipality = story.police_user, story.user("kungsbacka@demo.example")
    story.begin(
        "Samverkan Kungsbacka",
        [POLICE, MUNICIPALITY],
        area="Kungsbacka",
        day=dt.date(2025, 1, 13),
        cycle="Samverkansomgång 2025–2028",
        ends=dt.date(2028, 12, 31),
        about="Kungsbacka och polisen har haft överenskommelser sedan 2010.",
    )
    station, youth, traffic = _problems(story)
    _analyses(story, station, youth)
    agreement = story.agreement(
        by=municipality,
        day=dt.date(2025, 3, 3),
        parties=[POLICE, MUNICIPALITY],
        problems=[station, youth, traffic],
        title="Överenskommelse 2025–2028",
        starts=dt.date(2025, 4, 1),
        ends=dt.date(2028, 12, 31),
        purpose="Tryggare resecentrum, färre unga som provar narkotika, lugnare trafik.",
        areas="Offentlig miljö\nUnga\nTrafik",
    )
    signatures = [
        (police, POLICE, "Chef för lokalpolisområdet", "Olle Odiktad", False),
        (municipality, MUNICIPALITY, "Kommunstyrelsens ordförande", "Siv Skådespel", False),
    ]
    story.sign(agreement, dt.date(2025, 3, 24), signatures)
    patrols = _whole(story, station)
    talks = _broken(story, youth, traffic)
    _promises(story, patrols, talks)


def _problems(story: Story) -> list[Problem]:
    day = dt.date(2025, 1, 27)
    told = {
        STATION: ("Resecentrum", "Resande undviker perrongerna efter 21."),
        YOUTH: ("Tölö", "Skolorna ser fler elever som har provat."),
        TRAFFIC: ("Åsa", "Boende klagar på fart och buller sommarkvällar."),
    }
    made = [
        story.problem(by=story.police_user, day=day, title=title, place=place, description=text)
        for title, (place, text) in told.items()
    ]
    answers = dict(zip(made, ("jdjvjdjjvjd", "jjjvjdjdvjd", "ddjvjdjdvjd"), strict=True))
    prioritise(story, answers, by=story.police_user, day=day, body_name="Styrgruppen")
    return made


def _analyses(story: Story, station: Problem, youth: Problem) -> None:
    common: dict[str, Any] = {
        "basis": "Polisens statistik, skolornas samtal och en trygghetsvandring.",
        "participants": "Kommunpolis och brottsförebyggande samordnare",
    }
    chosen: dict[str, Any] = {"support": "judgement", "influence": "both", "chosen": True}
    story.analyse(
        station,
        by=story.police_user,
        day=dt.date(2025, 2, 10),
        what="Grupper uppehåller sig i gångtunneln. Resande ofredas, och många väljer bilen i stället.",
        where_when="Perrongerna och gångtunneln, efter klockan 21.",
        who="Resande, mest kvinnor och äldre; unga som väntar på sista tåget.",
        causes=[
            {"text": "Ingen personal på plats efter 21", "category": "guardian", "nature": "situational", **chosen},
            {"text": "Gångtunneln är mörk och skymd", "category": "place", "nature": "situational", **chosen},
        ],
        **common,
    )
    story.analyse(
        youth,
        by=story.police_user,
        day=dt.date(2025, 2, 17),
        what="Elever provar narkotika på helger, och skolan märker det på frånvaron.",
        where_when="Hemmafester och skogsdungen vid Tölö, fredag och lördag.",
        who="Elever i årskurs 8 och 9, och deras familjer.",
        chain="Erbjudandet kommer i mobilen\nNågon hämtar\nDe provar tillsammans\nFrånvaro på måndagen",
        causes=[
            {"text": "Unga underskattar riskerna", "category": "target", "nature": "social", **chosen},
            {"text": "Föräldrar vet inte vad de ska titta efter", "category": "guardian", "nature": "social", **chosen},
        ],
        **common,
    )


def _goal(story: Story, problem: Problem, text: str, **fields: Any) -> Goal:
    with story.on(dt.date(2025, 4, 7)):
        return keep(
            Goal,
            by=story.police_user,
            partnership=story.partnership,
            cycle=story.cycle,
            problem=problem,
            text=text,
            responsible=story.party(MUNICIPALITY),
            **fields,
        )


def _measure(story: Story, problem: Problem, goals: list[Goal], numbers: list[int], **fields: Any) -> Measure:
    """A measure against the causes of these numbers, towards these goals."""
    causes = Cause.objects.filter(analysis__problem=problem, number__in=numbers)
    return story.measure(
        by=story.police_user,
        day=dt.date(2025, 4, 14),
        problem=problem,
        baseline_reason="Det finns inga mätningar från före åtgärden.",
        many={"goals": goals, "causes": list(causes)},
        **fields,
    )


def _whole(story: Story, station: Problem) -> Measure:
    """The resecentrum: everything that should be there is there."""
    goal = _goal(
        story,
        station,
        "Andelen som undviker resecentrum ska minska.",
        direction="less",
        unit="procent",
        baseline=38,
        baseline_period="hösten 2024",
        target=25,
        ends=dt.date(2027, 12, 31),
        own_indicator="Andel som undviker resecentrum efter mörkrets inbrott",
        source="Kommunens trygghetsmätning",
    )
    patrols = _measure(
        story,
        station,
        [goal],
        [1],
        responsible=POLICE,
        title="Fotpatruller och värdar på kvällarna",
        kind="presence",
        prevention="situational",
        place="Resecentrum",
        function="Områdespolis",
        starts=dt.date(2025, 5, 1),
        ends=dt.date(2027, 12, 31),
        planned_count=100,
        unit="kvällar",
        log=[(dt.date(2025, 12, 20), "Årets kvällar.", 41)],
    )
    light = _measure(
        story,
        station,
        [goal],
        [1, 2],
        responsible=MUNICIPALITY,
        title="Ny belysning och öppnare gångtunnel",
        kind="environment",
        prevention="situational",
        place="Gångtunneln",
        function="Gatuchef",
        starts=dt.date(2025, 5, 1),
        ends=dt.date(2025, 12, 31),
    )
    story.follow_up(
        light,
        by=story.user("kungsbacka@demo.example"),
        day=dt.date(2026, 1, 19),
        kind="production",
        period_from=dt.date(2025, 5, 1),
        period_to=dt.date(2025, 12, 31),
        outcome="Belysningen är på plats",
        carried_out="yes",
        decision="continue",
        decision_why="Tunneln används mer på kvällarna.",
    )
    return patrols


def _broken(story: Story, youth: Problem, traffic: Problem) -> Measure:
    """Tölö and Åsa: what the page of the thread shall point out."""
    fewer = _goal(
        story,
        youth,
        "Andelen niondeklassare som har provat ska minska.",
        direction="less",
        unit="procent",
        baseline=9,
        baseline_period="2024",
        target=6,
        ends=dt.date(2028, 12, 31),
        own_indicator="Andel i årskurs 9 som har provat narkotika",
        source="CAN:s drogvaneundersökning",
    )
    _goal(
        story,
        youth,
        "Fler föräldrar ska känna till tecknen.",
        direction="more",
        own_indicator="Andel föräldrar som känner till tecknen",
        unit="procent",
    )
    talks = _measure(
        story,
        youth,
        [fewer],
        [1],
        responsible=POLICE,
        title="Lag och rätt i årskurs 7",
        kind="information",
        prevention="social",
        function="Områdespolis",
        starts=dt.date(2025, 8, 18),
        ends=dt.date(2025, 12, 19),
        finished="not_done",
        finished_why="Bara två av fem skolor hanns med.",
        finished_on=dt.date(2026, 1, 12),
    )
    _measure(
        story,
        traffic,
        [],
        [],
        responsible=MUNICIPALITY,
        title="Farthinder i Åsa",
        kind="environment",
        prevention="situational",
        place="Åsa",
        function="Trafikingenjör",
        without_cause_reason="Beslutades av nämnden innan analysen var gjord.",
        starts=dt.date(2026, 4, 1),
        ends=dt.date(2026, 10, 31),
    )
    return talks


def _promises(story: Story, patrols: Measure, talks: Measure) -> None:
    story.promises(
        by=story.user("kungsbacka@demo.example"),
        day=dt.date(2025, 4, 28),
        municipality=story.municipality("kungsbacka"),
        title="Löften till dig i Kungsbacka",
        starts=dt.date(2025, 5, 1),
        ends=dt.date(2028, 12, 31),
        situation="Resecentrum, unga och trafiken i Åsa oroar mest.",
        how_made="Dialog på resecentrum med 112 svar.",
        follow_up="Varje höst, här.",
        promises=[
            {
                "text": "Polis och värdar på resecentrum 100 kvällar",
                "promiser": "joint",
                "measures": [patrols],
                "planned_count": 100,
                "unit": "kvällar",
                "function": "Områdespolis",
                "outcomes": [(dt.date(2025, 12, 20), 41, "Årets kvällar.")],
            },
            {
                "text": "Vi besöker alla sjuor före jul",
                "promiser": "police",
                "measures": [talks],
                "planned_count": 5,
                "unit": "skolor",
                "function": "Områdespolis",
                "outcomes": [(dt.date(2025, 12, 19), 2, "Två skolor.")],
                "settled": (dt.date(2026, 1, 15), "not_kept", "Bara två av fem skolor hanns med."),
            },
            {
                "text": "Polisen syns mer i Åsa",
                "promiser": "police",
                "basis": "Bedöms i dialogen.",
                "function": "Områdespolis",
            },
        ],
    )
