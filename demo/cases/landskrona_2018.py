"""Landskrona 2018–2019: ten measures in three areas, entered afterwards, and the campaign that was made once more.

The areas and what was done are the town's own; causes, figures and assessments are invented. How the problems were
weighed then is not known, so that is not told.
"""

import datetime as dt
from typing import Any

from agreements.models import Measure, MeasureType
from demo.goals import set_goal
from demo.story import Story
from situation.models import Problem

POLICE, CITY = "Polisen, lokalpolisområde Landskrona", "Landskrona stad"
FIRST, LAST = dt.date(2018, 1, 1), dt.date(2019, 12, 31)
CAMPAIGN = "Informationskampanj om alkohol, narkotika och tobak"
SCHOOLS = "Högstadieskolorna"


def tell(story: Story) -> Measure:
    """Three problems with causes and goals, ten measures under them; returns the campaign."""
    police = story.police_user
    titles = {
        "Otrygghet i centrum och offentliga byggnader": ("Centrum", _safety),
        "Ungdomar i riskzon och droger": (SCHOOLS, _youth),
        "Organiserad brottslighet rekryterar unga": ("Karlslund", _organised),
    }
    problems = {
        title: story.problem(by=police, day=story.today, title=title, place=place, trend="unchanged")
        for title, (place, _) in titles.items()
    }
    campaign = [under(story, problems[title]) for title, (_, under) in titles.items()][1]
    assert campaign is not None
    return campaign


def once_more(story: Story, earlier: Measure) -> None:
    """2022–2023: the campaign again, with the reason that was asked for."""
    police = story.police_user
    problem = story.problem(by=police, day=story.today, title="Narkotika bland unga", place=SCHOOLS, trend="increasing")
    causes = [_cause("Utbudet har flyttat till telefonen", "place", "situational", influence="police", chosen=True)]
    story.analyse(problem, by=police, day=story.today, basis="Inlagd i efterhand.", causes=causes)
    _measure(
        story,
        problem,
        [1],
        title="Informationskampanj om narkotika på högstadiet",
        type=CAMPAIGN,
        prevention="social",
        place=SCHOOLS,
        function="Kommunpolis",
        count=(8, 8, "föreläsningar"),
        starts=dt.date(2022, 1, 1),
        ends=dt.date(2023, 12, 31),
        baseline=11,
        baseline_text="procent i årskurs 9 som hade provat, drogvaneundersökningen 2021",
        repeats=earlier,
        repeat_reason="Rektorerna bad om det, och materialet fanns kvar. Nu med föräldrarna inbjudna.",
        assessed=(
            "red",
            "Tolv procent hade provat två år senare. Föräldrarna kom, men köpen hade flyttat till telefonen.",
        ),
    )


def _safety(story: Story, problem: Problem) -> None:
    story.analyse(
        problem,
        by=story.police_user,
        day=story.today,
        basis="Bilagorna till överenskommelsen 2018–2019, inlagda i efterhand.",
        causes=[
            _cause(
                "Brotten sker på samma få platser kvällstid", "place", "situational", influence="police", chosen=True
            ),
            _cause("Vem som helst kommer in i byggnaderna", "place", "situational", chosen=True),
            _cause("Invånarna får inte veta vad som görs", "guardian", "social", influence="both", chosen=True),
            _cause("Klotter och skräp står kvar länge", "place", "situational", chosen=True),
        ],
    )
    goal = set_goal(
        story,
        by=story.police_user,
        day=story.today,
        responsible=POLICE,
        problem=problem,
        text="Anmälda våldsbrott utomhus i centrum ska minska från 118 till 95 per år senast 31 december 2019.",
        direction="less",
        own_indicator="Anmälda våldsbrott utomhus i centrum",
        unit="anmälda brott per år",
        source="Polisens egen statistik",
        baseline=118,
        baseline_period="2017",
        target=95,
        starts=FIRST,
        ends=LAST,
    )
    _measure(
        story,
        problem,
        [1],
        goal,
        title="Hot spot-patrullering",
        type="Hot spot-patrullering",
        place="Centrum, stationen och Karlslund",
        function="Områdespolis",
        count=(150, 162, "pass"),
        baseline=118,
        baseline_text="anmälda våldsbrott utomhus i centrum 2017, polisens statistik",
        assessed=("green", "101 anmälda brott 2019. Minskningen syns på de platser där passen gick."),
    )
    _measure(
        story,
        problem,
        [2],
        by=CITY,
        title="Trygga offentliga byggnader",
        type="Låsning",
        place="Biblioteket, badhuset och stadshuset",
        function="Säkerhetssamordnare",
        count=(6, 5, "byggnader"),
        baseline=34,
        baseline_text="rapporterade händelser i byggnaderna 2017, stadens system",
        assessed=("yellow", "Nitton händelser 2019. Badhuset blev inte klart."),
        finished_why="Badhuset byggdes om och väntade.",
    )
    _measure(
        story,
        problem,
        [3],
        by=CITY,
        title="Medborgardialog i fem områden",
        type="Medborgardialog",
        prevention="social",
        place="Fem stadsdelar",
        function="Trygghetssamordnare",
        count=(5, 5, "dialoger"),
        baseline_reason="Ingen hade frågat invånarna på samma sätt tidigare.",
        assessed=("green", "Fler än 300 deltog, och tre av förslagen blev löften."),
    )
    _measure(
        story,
        problem,
        [4],
        goal,
        by=CITY,
        title="Helt och rent",
        type="Klottersanering",
        place="Centrum",
        function="Enhetschef gata och park",
        count=(104, 104, "rundor"),
        baseline=9,
        baseline_text="dagar i medeltal tills klotter togs bort 2017, gatukontoret",
        assessed=("green", "Klotter var borta efter två dagar i medeltal 2019."),
    )


def _youth(story: Story, problem: Problem) -> Measure:
    story.analyse(
        problem,
        by=story.police_user,
        day=story.today,
        basis="Bilagorna till överenskommelsen 2018–2019, inlagda i efterhand.",
        causes=[
            _cause(
                "Skolan, socialtjänsten och polisen vet var sin bit",
                "guardian",
                "social",
                influence="both",
                chosen=True,
            ),
            _cause("Unga och föräldrar vet för lite om droger", "target", "social", influence="both", chosen=True),
            _cause("Yngre syskon dras in av äldre", "offender", "social", influence="municipality", chosen=True),
            _cause("Personal känner inte igen tecken på extremism", "guardian", "social", influence="both"),
        ],
    )
    goal = set_goal(
        story,
        by=story.police_user,
        day=story.today,
        responsible=CITY,
        problem=problem,
        text="Andelen i årskurs 9 som har provat narkotika ska minska från 11 till 8 procent senast 31 december 2019.",
        direction="less",
        own_indicator="Har provat narkotika, årskurs 9",
        unit="procent",
        source="Drogvaneundersökningen",
        baseline=11,
        baseline_period="2017",
        target=8,
        ends=LAST,
    )
    social: dict[str, Any] = {"prevention": "social", "place": SCHOOLS}
    _measure(
        story,
        problem,
        [1],
        by=CITY,
        title="Skola, socialtjänst och polis möts varje månad",
        type="SSPF",
        function="Utbildningschef",
        count=(40, 36, "möten"),
        baseline=0,
        baseline_text="gemensamma möten 2017",
        assessed=("green", "Oro fångas upp veckor tidigare än förr, enligt skolorna."),
        **social,
    )
    campaign = _measure(
        story,
        problem,
        [2],
        goal,
        title="Informationskampanj om droger",
        type=CAMPAIGN,
        function="Kommunpolis",
        count=(12, 12, "föreläsningar"),
        baseline=11,
        baseline_text="procent i årskurs 9 som hade provat, drogvaneundersökningen 2017",
        assessed=("red", "Elva procent hade provat också 2019. Eleverna visste mer, men gjorde som förut."),
        **social,
    )
    _measure(
        story,
        problem,
        [3],
        goal,
        by=CITY,
        title="Tidigt stöd till yngre syskon",
        type="Orossamtal",
        function="Enhetschef barn och familj",
        count=(25, 14, "familjer"),
        baseline_reason="Ingen räknade familjerna före 2018.",
        assessed=("yellow", "De familjer som nåddes tog emot stödet. Det tog tid att hitta dem."),
        finished_why="Fjorton av tjugofem familjer nåddes.",
        **social,
    )
    _measure(
        story,
        problem,
        [4],
        by=CITY,
        title="Personal lär sig om våldsbejakande extremism",
        kind="information",
        function="Trygghetssamordnare",
        count=(10, 10, "utbildningar"),
        baseline_reason="Kunskapen hade aldrig mätts.",
        assessed=("yellow", "400 personer gick utbildningen. Om den ändrade något vet ingen."),
        **social,
    )
    return campaign


def _organised(story: Story, problem: Problem) -> None:
    story.analyse(
        problem,
        by=story.police_user,
        day=story.today,
        basis="Bilagorna till överenskommelsen 2018–2019, inlagda i efterhand.",
        causes=[
            _cause("Brottslig ekonomi göms i lokala företag", "place", "situational", influence="both", chosen=True),
            _cause(
                "Den som vill lämna har ingenstans att ta vägen", "offender", "social", influence="both", chosen=True
            ),
        ],
    )
    _measure(
        story,
        problem,
        [1],
        title="Gemensamma insatser mot organiserad brottslighet",
        type="Insatser mot osund konkurrens och arbetslivskriminalitet",
        place="Karlslund och hamnen",
        function="Kommunpolis",
        count=(12, 11, "insatser"),
        baseline=2,
        baseline_text="gemensamma insatser 2017",
        origin="own",
        origin_text="Polisregion Syds mål om organiserad brottslighet",
        assessed=("yellow", "Sju lokaler stängdes, tre öppnade igen."),
        finished_why="En insats ställdes in.",
    )
    _measure(
        story,
        problem,
        [2],
        by=CITY,
        title="Stöd att lämna",
        type="Stöd att lämna kriminella miljöer",
        prevention="social",
        place="",
        function="Socialchef",
        count=(6, 3, "påbörjade stöd"),
        baseline=0,
        baseline_text="påbörjade stöd 2017, socialtjänsten",
        assessed=("yellow", "Stödet håller, men få söker sig till det."),
        finished_why="Hälften så många som planerat sökte stöd.",
    )


def _measure(
    story: Story, problem: Problem, causes: list[int], *goals: Any, count: tuple[int, int, str], **fields: Any
) -> Measure:
    """One of the ten: its numbers of causes, its goals, and what was planned and done of what."""
    planned, done, unit = count
    kind = MeasureType.objects.filter(name=fields.pop("type", "")).first()
    whose = fields.pop("by", POLICE)
    why = fields.pop("finished_why", "")
    usual: dict[str, Any] = {"starts": FIRST, "ends": LAST, "prevention": "situational", "manner": "ordinary"}
    if kind:
        usual |= {"kind": kind.kind, "type": kind}
    fields = usual | fields
    return story.measure(
        by=story.user("landskrona@demo.example") if whose == CITY else story.police_user,
        day=story.today,
        responsible=whose,
        problem=problem,
        planned_count=planned,
        unit=unit,
        log=[(fields["ends"], f"{done} {unit} under hela perioden.", done)],
        registered=story.today,
        finished="partly" if why else "done",
        finished_why=why,
        many={"causes": list(problem.analysis.causes.filter(number__in=causes)), "goals": list(goals)},
        **fields,
    )


def _cause(text: str, category: str, nature: str, **more: Any) -> dict[str, Any]:
    return {
        "text": text,
        "category": category,
        "nature": nature,
        "support": "judgement",
        "influence": "municipality",
    } | more
