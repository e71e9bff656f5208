"""Södra Lappland: six municipalities and the police, one agreement; step 3 of a new round is under way."""

import datetime as dt
from typing import Any

import citizen_promises.actions
from accounts.models import User
from agreements.models import Agreement
from demo import agreeing
from demo.cases import dialogues, plans
from demo.goals import aim
from demo.people import ACTOR, CHAIRS_SINCE
from demo.people import POLICE_SOUTH_LAPLAND as POLICE
from demo.priorities import prioritise
from demo.story import Story
from situation.models import Picture, Problem, Source

MUNICIPALITIES = {
    "dorotea": "Dorotea kommun",
    "lycksele": "Lycksele kommun",
    "sorsele": "Sorsele kommun",
    "storuman": "Storumans kommun",
    "vilhelmina": "Vilhelmina kommun",
    "asele": "Åsele kommun",
}
CHAIRS = {
    "dorotea": "Pia Påhitt",
    "lycksele": "Harald Hittepå",
    "sorsele": "Ask Attrapp",
    "storuman": "Vera Verkanslös",
    "vilhelmina": "Udo Utanför",
    "asele": "Leo Lekström",
}
LOCAL = {
    "dorotea": "Få vuxna är ute sena kvällar, och ungdomarna samlas i parken.",
    "lycksele": "Ungdomar från hela området samlas i centrum på helgerna.",
    "sorsele": "Långa avstånd gör att föräldrar sällan ser var de unga är.",
    "storuman": "Säsongstrafiken för med sig folk som ingen känner.",
    "vilhelmina": "Unga kvinnor undviker gågatan när det är mörkt.",
    "asele": "Marknadshelgen drar till sig langning.",
}
NTU = {
    "kind": Source.Kind.NTU,
    "name": "Nationella trygghetsundersökningen, lokalt",
    "owner": "Brå",
    "period": "2024–2025, två år sammanslagna",
    "coverage": "Urval, 16–84 år",
    "uncertainty": "Få svar i varje kommun: intervallet är brett och små skillnader betyder inget.",
}
REPORTED = {
    "kind": Source.Kind.REPORTED_CRIME,
    "name": "Anmälda brott",
    "owner": "Brå",
    "period": "2016–2025",
    "coverage": "Alla anmälda brott i kommunen",
    "uncertainty": "Visar det som anmäls. Polisens kontroller påverkar narkotika- och trafikbrott.",
}
STAFF = {
    "kind": Source.Kind.STAFF_DIALOGUE,
    "name": "Medarbetardialog, fältarbete och fritid",
    "owner": "Lycksele kommun",
    "period": "September 2025",
    "coverage": "14 medarbetare vid två tillfällen",
    "uncertainty": "Speglar dem som arbetar kvällstid i centrum; byarna syns mindre.",
}
SPEED_DATING = {
    "kind": Source.Kind.CITIZEN_DIALOGUE,
    "name": "Snabbmöten i Lycksele centrum",
    "owner": "Polisen och kommunen",
    "period": "12 mars 2026",
    "coverage": "46 deltagare, flest unga kvinnor och äldre",
    "uncertainty": "Självvalda deltagare. Yrkesverksamma män saknas nästan helt.",
}
ALCOHOL: dict[str, Any] = {
    "title": "Ungdomar och alkohol, helgkvällar",
    "place": "Centrum och badplatsen",
    "time": "Fredag och lördag 21–02",
    "description": "Unga under 18 dricker utomhus; vuxna saknas.",
    "crime_types": "Misshandel utomhus, skadegörelse, langning",
    "groups": "Ungdomar i årskurs 8 till gymnasiet",
    "extent": "Grupper om tio till femton, de flesta helger",
    "insecurity": "Boende i centrum hör stöket och undviker gågatan.",
    "trend": "decreasing",
}
INSECURITY: dict[str, Any] = {
    "title": "Otrygghet i centrum kvällstid",
    "place": "Torget och gågatan",
    "time": "Sena kvällar",
    "description": "Många, särskilt unga kvinnor, undviker torget.",
    "crime_types": "Ofredande, men mest oro utan brott",
    "groups": "Unga kvinnor 16–24 år och äldre",
    "extent": "40 procent otrygga på torget sena kvällar",
    "insecurity": "Fler än i länet avstår från att gå ut.",
    "trend": "unchanged",
}
DAMAGE: dict[str, Any] = {
    "title": "Skadegörelse vid resecentrum",
    "place": "Resecentrum",
    "time": "Kvällar efter sista bussen",
    "description": "Rutor och klotter varje vecka.",
    "crime_types": "Skadegörelse, klotter",
    "groups": "Resenärer och personal",
    "extent": "43 anmälningar 2025",
    "insecurity": "Resenärer väntar hellre utomhus än i väntsalen.",
    "trend": "increasing",
}
BEFORE_ANALYSIS = "Beslutad innan orsakerna analyserades i april 2026."


def tell(story: Story) -> None:
    """The whole history up to today."""
    _start(story)
    _earlier_round(story)
    _settled(story)
    _new_round(story)
    pictures = _pictures(story)
    problems = _problems(story, pictures)
    _analyses(story, problems)
    measures = _measures(story, problems)
    for measure, problem, number in zip(measures, (problems[1], problems[1], problems[0]), (3, 1, 4), strict=True):
        aim(story, measure, problem, [number], by=story.police_user, day=dt.date(2026, 5, 5))
    task, when = "Nattvandrar på torget fredagskvällar", dt.date(2026, 4, 13)
    agreeing.let_in(story, measures[0], ACTOR, by=story.police_user, day=when, task=task)
    dialogues.tell(story, problems)
    _promises(story, measures)
    _kept_and_not(story)
    story.confirm(dt.date(2026, 3, 20), "S3.1 S3.2", story.police_user, story.user("samordnare@demo.example"))
    _next_agreement(story, pictures[2], problems)
    plans.tell(story, measures)


def _start(story: Story) -> None:
    story.begin(
        "Samverkan Södra Lappland",
        [POLICE, *MUNICIPALITIES.values()],
        area="Södra Lappland",
        day=dt.date(2021, 1, 11),
        cycle="Samverkansomgång 2021–2025",
        ends=dt.date(2025, 12, 31),
        about="Sex kommuner och polisen arbetar efter en gemensam överenskommelse med lokala löften i varje kommun.",
    )
    story.fill(
        POLICE,
        "municipal_police",
        "Kim Påhittad",
        dt.date(2021, 1, 11),
        share=100,
        user=story.user("kommunpolis@demo.example"),
    )
    story.fill(POLICE, "lpa_chief", "Sam Exempelsson", dt.date(2022, 9, 1), user=story.user("lpochef@demo.example"))
    story.fill(POLICE, "communication", "Rim Rapportsson", dt.date(2023, 1, 9))
    coordinators = {
        "dorotea": "Juno Provfält",
        "lycksele": "Robin Testgren",
        "sorsele": "Bo Bluffberg",
        "storuman": "Frej Fejkman",
        "vilhelmina": "Siri Simulering",
        "asele": "Nor Provmark",
    }
    for slug, organisation in MUNICIPALITIES.items():
        story.fill(
            organisation,
            "coordinator",
            coordinators[slug],
            dt.date(2023, 8, 14),
            share=50 if slug == "lycksele" else 20,
        )
        story.fill(organisation, "board_chair", CHAIRS[slug], CHAIRS_SINCE)
    story.vacate("Lycksele kommun", "board_chair", story.day(34))
    story.group("council", "Hälsa- och trygghetsrådet", dt.date(2021, 3, 1), "fyra gånger om året", "lycksele")


def _earlier_round(story: Story) -> None:
    """The agreement that still holds, and an information campaign that was followed up and led to little."""
    police = story.police_user
    problem = story.problem(
        by=police,
        day=dt.date(2021, 3, 1),
        title="Ungdomar, alkohol och narkotika",
        trend=Problem.Trend.UNCHANGED,
        description="Unga dricker och provar narkotika på helgkvällar.",
        place="Tätorterna",
    )
    prioritise(story, {problem: "jdjvjdjjvjd"}, by=police, day=dt.date(2021, 3, 1))
    agreement = story.agreement(
        by=police,
        day=dt.date(2022, 11, 1),
        parties=[POLICE, *MUNICIPALITIES.values()],
        problems=[problem],
        title="Överenskommelse om samverkan, Södra Lappland",
        information_class="open",
        starts=dt.date(2023, 1, 1),
        ends=dt.date(2026, 12, 31),
        extension="consultation",
        consultation_months=6,
        background="Sex små kommuner delar lokalpolisområde och kommunpolis.",
        purpose="Att tillsammans minska brott och öka tryggheten i inlandet, med åtgärder som bygger på en gemensam lägesbild.",
        areas="Ungdomar\nAlkohol, narkotika, dopning och tobak\nTrygghet i centrum och i byarna",
        overall_goal="Färre unga som använder narkotika, och fler som känner sig trygga ute sena kvällar.",
        organisation="Gemensam styrgrupp; ett lokalt råd i varje kommun.",
        responsibilities="Polisen: närvaro och kontroller.\nKommunerna: skola, fritid, miljö och information.",
        documentation="Åtgärderna loggas löpande av den som utför dem.",
        follow_up="Kommunpolis och samordnare följer upp varje halvår och lämnar till styrgruppen.",
    )
    acting, chairs = _signatures(story)
    story.sign(agreement, dt.date(2022, 12, 15), [(*acting[:4], True), *chairs.values()])
    _second_version(story, agreement)
    campaign = story.measure(
        by=police,
        day=dt.date(2023, 2, 1),
        responsible=POLICE,
        problem=problem,
        title="Informationskampanj om narkotika",
        description="Affischer och föreläsningar på högstadieskolorna.",
        kind="information",
        prevention="social",
        function="Kommunpolis",
        starts=dt.date(2023, 3, 1),
        ends=dt.date(2024, 6, 30),
        planned_count=12,
        unit="föreläsningar",
        log=[
            (dt.date(2023, 10, 4), "Föreläsning i Lycksele och Storuman.", 6),
            (dt.date(2024, 5, 8), "Vårens föreläsningar.", 5),
        ],
        finished="partly",
        without_cause_reason="Orsakerna var inte analyserade när kampanjen beslutades.",
        baseline=9,
        baseline_text="procent av eleverna i årskurs 9 som hade provat, drogvaneundersökningen 2022",
        finished_why="Elva av tolv föreläsningar blev av: en skola ställde in.",
        assessed=("red", "Kännedomen ökade, men lika många som förut hade provat narkotika."),
        finished_on=dt.date(2024, 7, 1),
    )
    story.follow_up(
        campaign,
        by=police,
        day=dt.date(2024, 9, 10),
        kind="effect",
        period_from=dt.date(2023, 3, 1),
        period_to=dt.date(2024, 6, 30),
        outcome="11 av 12 föreläsningar",
        baseline="9 procent hade provat",
        measured="9 procent hade provat",
        change="unchanged",
        contribution="no",
        contribution_why="Kännedomen ökade men inte avhållsamheten.",
        grounds="other",
        other_explanations="Undersökningen är liten; en årskull skiljer sig från en annan.",
        decision="change",
        decision_why="Information räcker inte. Pröva närvaro och föräldrakontakt i stället.",
    )


Signing = tuple[User, str, str, str, bool]


def _signatures(story: Story) -> tuple[Signing, dict[str, Signing]]:
    """Who signs for the police, and for each municipality."""
    logins = {slug: f"ks.{slug}" for slug in MUNICIPALITIES} | {"lycksele": "kommundirektor"}
    chief = (story.user("lpochef@demo.example"), POLICE, "Chef för lokalpolisområdet", "Sam Exempelsson", False)
    chairs = {
        slug: (
            story.user(f"{login}@demo.example"),
            MUNICIPALITIES[slug],
            "Kommunstyrelsens ordförande",
            CHAIRS[slug],
            False,
        )
        for slug, login in logins.items()
    }
    return chief, chairs


def _second_version(story: Story, first: Agreement) -> None:
    """Revised within the period after the follow-up; each municipality then writes its local part under it."""
    chief, chairs = _signatures(story)
    second = agreeing.revise(
        story,
        first,
        by=story.police_user,
        day=dt.date(2024, 10, 14),
        reason="Uppföljningen visade att information inte räcker. Närvaro och föräldrakontakt läggs till.",
        working_method="Synlig närvaro där unga samlas, och kontakt med föräldrar samma kväll.",
        follow_up="Kommunpolis och samordnare följer upp varje halvår, både vad som är gjort och om det hjälper.",
    )
    agreeing.takes_on(
        story, second, {POLICE: ("Närvaro på helgkvällar. Leder arbetsgruppen.", 60)}, by=story.police_user
    )
    story.sign(second, dt.date(2024, 11, 18), [chief, *chairs.values()])
    agreeing.decided(
        story,
        second,
        by=story.user("samordnare@demo.example"),
        day=dt.date(2024, 11, 12),
        party="Lycksele kommun",
        body="Kommunstyrelsen",
        reference="§ 184",
    )
    parts = agreeing.local_parts(story, second, by=story.police_user, day=dt.date(2024, 11, 25))
    for slug, part in parts.items():
        agreeing.write(story, part, "causes", LOCAL[slug], by=story.police_user, day=dt.date(2024, 12, 2))
        if slug == "lycksele":
            agreeing.adapt(
                story,
                part,
                by=story.police_user,
                day=dt.date(2024, 12, 2),
                section="follow_up",
                text="Vi följer upp varje tertial.",
                reason="Kommunens egen uppföljning går tertialvis, och samma siffror ska duga till båda.",
            )
        story.sign(part, dt.date(2024, 12, 16), [chief, chairs[slug]])


def _settled(story: Story) -> None:
    """What the steering group confirmed of the earlier round; the residents were never told how it went."""
    police, municipality = story.police_user, story.user("samordnare@demo.example")
    story.confirm(dt.date(2023, 9, 11), "S1.1 S1.2 S1.3 S1.4 S1.5", police, municipality)
    story.confirm(dt.date(2023, 9, 11), "S2.1P S2.1K S2.3P S2.3K S3.1 S3.2 S3.5", police, municipality)
    story.confirm(dt.date(2023, 9, 11), "S4.1 S4.4 S4.6", police, municipality)
    story.confirm(dt.date(2024, 10, 14), "S4.7 S5.1 S5.4", police, municipality)


def _new_round(story: Story) -> None:
    """The round that is open: steps 1 and 2 are done."""
    municipality = story.user("samordnare@demo.example")
    story.next_cycle(
        "Samverkansomgång 2026–2029",
        day=dt.date(2026, 1, 7),
        ends=dt.date(2029, 12, 31),
        reason="Perioden är uppföljd. Styrgruppen beslutade den 15 december 2025 att börja om från steg 1.",
    )
    story.confirm(dt.date(2026, 1, 14), "S1.1 S1.2 S1.3 S1.4 S1.5", story.police_user, municipality)


def _pictures(story: Story) -> tuple[Picture, Picture, Picture]:
    police, municipality = story.police_user, story.user("samordnare@demo.example")
    from situation import actions  # noqa: PLC0415  placeholder until the imports are settled

    own_police = story.picture(
        by=police,
        day=dt.date(2026, 2, 10),
        owner=POLICE,
        kind=Picture.Kind.OWN_POLICE,
        title="Polisens lägesbild 2025",
        period_from=dt.date(2025, 1, 1),
        period_to=dt.date(2025, 12, 31),
        sources=[REPORTED, NTU],
        summary="Skadegörelsen kring resecentrum ökar. Ungdomsfylleriet är koncentrerat till fredagar och lördagar.",
        crime="Anmäld skadegörelse ökar i Lycksele men inte i länet.",
        places="Resecentrum och torget i Lycksele.",
        times="Fredag och lördag 21–02.",
        analysis="Samma platser och tider återkommer. Synlighet saknas när bussarna slutat gå.",
        prepared_by="Kommunpolis",
        problems=[DAMAGE | {"municipality": story.municipality("lycksele"), "shown_by": [0]}],
    )
    own_municipality = story.picture(
        by=municipality,
        day=dt.date(2026, 2, 18),
        owner="Lycksele kommun",
        kind=Picture.Kind.OWN_MUNICIPALITY,
        title="Lycksele kommuns lägesbild 2025",
        period_from=dt.date(2025, 1, 1),
        period_to=dt.date(2025, 12, 31),
        municipality=story.municipality("lycksele"),
        sources=[STAFF, NTU],
        summary="Unga kvinnor undviker centrum sena kvällar. Skolan ser fler som dricker tidigt.",
        safety="Fler än i länet avstår från att gå ut.",
        groups="Unga kvinnor 16–24 år.",
        consequences="Kostnader för klotter och glas, och ett centrum som töms tidigt.",
        other_information="Ny resecentrumbyggnad planeras 2028.",
        analysis="Otryggheten är större än brotten förklarar: mörker och tomhet spelar in.",
        prepared_by="Samordnare",
        problems=[
            one | {"municipality": story.municipality("lycksele"), "shown_by": shown_by}
            for one, shown_by in ((ALCOHOL, [0]), (INSECURITY, [0, 1]))
        ],
    )
    leaders = (own_police, police, "Chefen för lokalpolisområdet"), (own_municipality, municipality, "Kommundirektören")
    for picture, by, leader in leaders:
        with story.on(dt.date(2026, 2, 27)):
            actions.leadership_read(picture, by=by, day=dt.date(2026, 2, 27), function=leader)
            actions.share(picture, by=by)
    story.confirm(dt.date(2026, 3, 2), "S2.1P S2.1K S2.2 S2.3P S2.3K", police, municipality)
    joint = story.picture(
        by=police,
        day=dt.date(2026, 3, 16),
        kind=Picture.Kind.JOINT,
        title="Gemensam lägesbild 2026",
        period_from=dt.date(2025, 1, 1),
        period_to=dt.date(2025, 12, 31),
        merged_from=[own_police, own_municipality],
        sources=[REPORTED, NTU, STAFF, SPEED_DATING],
        summary="Tre problem sticker ut i Lycksele: alkohol bland unga, otrygghet i centrum och skadegörelse vid resecentrum.",
        crime="Skadegörelsen ökar i Lycksele medan den minskar i länet.",
        safety="Otryggheten är större än brotten förklarar.",
        places="Resecentrum, torget, skolvägen vid Norrmalm.",
        times="Helgkvällar 21–02; skolvägen på vintermorgnar.",
        consequences="Färre vågar röra sig i centrum; skadegörelsen kostar kommunen varje vecka.",
        other_information="Nytt resecentrum planeras. Nattbussen lades ned 2025.",
        analysis="Samma platser återkommer i båda bilderna. Vuxna saknas på plats när det händer.",
        differences="Kommunens bild visade otryggheten bland unga kvinnor, som polisens bild saknade.",
        knowledge_gaps="Vi vet lite om byarna och om yrkesverksamma mäns upplevelser.",
        prepared_by="Kommunpolis och samordnare",
        information_class="open",
        problems=[
            {
                **one,
                "municipality": story.municipality("lycksele"),
                "taken_from": [*own.problems.filter(title=one["title"])],
            }
            | {"shown_by": shown_by}
            for own, one, shown_by in (
                (own_municipality, ALCOHOL, [2]),
                (own_municipality, INSECURITY, [1, 2, 3]),
                (own_police, DAMAGE, [0]),
            )
        ],
    )
    return own_police, own_municipality, joint


def _analyses(story: Story, problems: list[Problem]) -> None:
    """Two of Lycksele's three are analysed; the third waits, and so does the line of step 3."""
    met = {"participants": "Kommunpolis, samordnare, fältsekreterare, rektor", "basis": "Gemensam lägesbild 2026"}
    story.analyse(
        problems[0],
        by=story.police_user,
        day=dt.date(2026, 4, 14),
        what="Grupper om tio till femton samlas och dricker. Stök och skadegörelse följer.",
        chain=(
            "Någon äldre köper ut\nDe träffas vid badplatsen, som ingen ser\nGruppen går till centrum efter 22\n"
            "Ingen vuxen möter dem\nStök och skadegörelse"
        ),
        where_when="Badplatsen tidigt, centrum efter 22, fredag och lördag.",
        who="Ungdomar i årskurs 8 till gymnasiet; boende och handlare i centrum.",
        why_here="Platsen syns inte från vägen, och det finns inget annat öppet.",
        hindered="Föräldrar, fältsekreterare, en öppen fritidsgård.",
        tried="Informationskampanjen 2023 ökade kunskapen men ändrade inte drickandet.",
        rivals="Sommaren var varmare än vanligt.",
        causes=[
            _cause("Inga vuxna är på platserna efter 22", "guardian", "situational", influence="both", chosen=True),
            _cause("Fritidsgården stänger 20 på helger", "guardian", "social", influence="municipality", behind=0),
            _cause("Äldre syskon och bekanta köper ut", "offender", "social", influence="both"),
            _cause(
                "Föräldrar vet inte var barnen är",
                "guardian",
                "social",
                support="data",
                source="Drogvaneundersökningen 2025",
                influence="municipality",
                chosen=True,
            ),
        ],
        **met,
    )
    story.analyse(
        problems[1],
        by=story.police_user,
        day=dt.date(2026, 4, 21),
        what="Många väljer andra vägar eller stannar hemma.",
        where_when="Torget och gågatan, sena kvällar.",
        who="Särskilt unga kvinnor och äldre.",
        why_here="Mörkt, tomt och skymda hörn mellan torget och busshållplatsen.",
        hindered="Ljus, öppna lokaler och synlig polis.",
        tried="Trygghetsvandring 2024; hälften av bristerna är åtgärdade.",
        causes=[
            _cause(
                "Belysningen är trasig längs skolvägen",
                "place",
                "situational",
                support="data",
                source="Felanmälningar 2025",
                influence="municipality",
                chosen=True,
            ),
            _cause("Inga lokaler är öppna efter 20", "guardian", "situational", influence="other"),
            _cause("Polisen syns sällan kvällstid", "guardian", "situational", influence="police", chosen=True),
        ],
        **met,
    )


def _cause(text: str, category: str, nature: str, **more: Any) -> dict[str, Any]:
    return {"text": text, "category": category, "nature": nature, "support": "judgement"} | more


def _problems(story: Story, pictures: tuple[Picture, Picture, Picture]) -> list[Problem]:
    police, joint = story.police_user, pictures[2]
    day = dt.date(2026, 3, 20)
    problems = [
        *joint.problems.order_by("pk"),
        story.problem(
            by=police,
            day=day,
            municipality=story.municipality("asele"),
            title="Narkotika bland unga",
            place="Åsele tätort",
            description="Fler unga uppger att det är lätt att få tag på.",
            trend="increasing",
        ),
        story.problem(
            by=police,
            day=day,
            municipality=story.municipality("vilhelmina"),
            title="Störande körning i byarna",
            place="Genomfartsvägarna",
            trend="unchanged",
        ),
        story.problem(
            by=police,
            day=day,
            title="Bedrägerier mot äldre",
            place="Hela området",
            trend="increasing",
        ),
    ]
    answers = ["jnjdjjjjdjd", "jnjjjjjddjj", "djnjjdjdjjj", "djvvdddjvjd", "dnjvdddnnjd", "jjvnnjdjjnn"]
    prioritise(
        story,
        dict(zip(problems, answers, strict=True)),
        by=police,
        day=day,
        watched={problems[-1]: "Polisregionen driver ett eget arbete; vi följer det."},
        picture=joint,
        remark="Styrgruppens protokoll 1/2026, § 4.",
        heavier={"harm": 2, "influence": 3},
    )
    return problems


def _measures(story: Story, problems: list[Problem]) -> list:  # type: ignore[type-arg]
    police, lycksele = story.police_user, story.municipality("lycksele")
    # Seven until the middle of June and nine since: as many as the promise is accounted for.
    fridays = [dt.date(2026, 4, day) for day in (3, 10, 17, 24)] + [dt.date(2026, 5, 8), dt.date(2026, 5, 22)]
    fridays += [dt.date(2026, 6, 5), *(dt.date(2026, 7, 3) + dt.timedelta(days=14 * number) for number in range(9))]
    walks = [(friday, "Fotpatrull fredag kväll, lugnt på torget.", 1) for friday in fridays]
    return [
        story.measure(
            by=police,
            day=dt.date(2026, 3, 27),
            responsible=POLICE,
            problem=problems[1],
            municipality=lycksele,
            title="Fotpatruller i centrum på helgkvällar",
            description="Två poliser till fots på torget och gågatan, 21–24.",
            kind="presence",
            prevention="situational",
            place="Torget och gågatan",
            function="Områdespolis",
            starts=dt.date(2026, 4, 1),
            ends=dt.date(2027, 3, 31),
            planned_count=25,
            unit="fotpatruller",
            without_cause_reason=BEFORE_ANALYSIS,
            baseline=40,
            baseline_text="procent som känner sig otrygga på torget sena kvällar, trygghetsmätningen 2025",
            log=walks,
        ),
        story.measure(
            by=story.user("samordnare@demo.example"),
            day=dt.date(2026, 3, 27),
            responsible="Lycksele kommun",
            problem=problems[1],
            municipality=lycksele,
            title="Bättre belysning på skolvägen vid Norrmalm",
            kind="environment",
            prevention="situational",
            place="Skolvägen vid Norrmalm",
            function="Gatuchef",
            starts=dt.date(2026, 5, 4),
            ends=dt.date(2026, 9, 30),
            planned_count=12,
            unit="lyktor",
            without_cause_reason=BEFORE_ANALYSIS,
            baseline=12,
            baseline_text="trasiga lyktor längs skolvägen i mars 2026, gatukontorets inventering",
            log=[(dt.date(2026, 8, 28), "Sju lyktor uppe.", 7), (dt.date(2026, 9, 29), "De fem sista på plats.", 5)],
            finished="done",
            assessed=("green", "Alla tolv lyktorna lyser, och fler går skolvägen igen."),
            finished_on=dt.date(2026, 9, 30),
        ),
        story.measure(
            by=police,
            day=dt.date(2026, 3, 27),
            responsible="Lycksele kommun",
            problem=problems[0],
            municipality=lycksele,
            title="Föräldramöten i årskurs 7",
            kind="youth",
            prevention="social",
            function="Rektor",
            starts=dt.date(2026, 9, 1),
            ends=dt.date(2026, 12, 18),
            planned_count=4,
            unit="möten",
            without_cause_reason=BEFORE_ANALYSIS,
            baseline_reason="Ingen har frågat föräldrar i årskurs 7 tidigare; frågan ställs vid första mötet.",
            log=[(dt.date(2026, 10, 14), "Första mötet, 38 föräldrar.", 1)],
        ),
    ]


def _promises(story: Story, measures: list) -> None:  # type: ignore[type-arg]
    municipality = story.user("samordnare@demo.example")
    story.promises(
        by=municipality,
        day=dt.date(2026, 3, 30),
        municipality=story.municipality("lycksele"),
        title="Våra löften till dig i Lycksele",
        starts=dt.date(2026, 4, 1),
        ends=dt.date(2028, 3, 31),
        situation="Många undviker torget sena kvällar, och skolvägen vid Norrmalm är mörk på vintern.",
        how_made="46 Lyckselebor pratade med oss i centrum den 12 mars. Vi läste också trygghetsmätningen.",
        follow_up="Vi berättar här två gånger om året, nästa gång i november 2026.",
        rhythm="half_year",
        told_when="i maj och november",
        forum="här och i Lyckselebladet",
        follow_up_function="Samordnare",
        channels=[
            ("municipal_web", "lycksele.se", dt.date(2026, 3, 31)),
            ("police_staff", "Arbetsplatsträff på stationen", dt.date(2026, 4, 2)),
            ("municipal_staff", "Kommunens intranät", dt.date(2026, 4, 1)),
        ],
        promises=[
            {
                "text": "Synlig polis i centrum på fredags- och lördagskvällar",
                "promiser": "police",
                "measures": [measures[0]],
                "parties": [story.party(POLICE)],
                "themes": story.themes("Många undviker torget sena kvällar"),
                "why": "Många undviker torget sena kvällar. En av fyra i trygghetsmätningen känner sig otrygg ute sent.",
                "planned_count": 25,
                "unit": "fotpatruller",
                "function": "Områdespolis",
                "outcomes": [
                    (dt.date(2026, 6, 15), 7, "Första kvartalet: 7 av 7 planerade pass genomförda."),
                    (dt.date(2026, 11, 2), 9, "Vi har gått fler kvällar än planerat under hösten."),
                ],
            },
            {
                "text": "Bättre belysning på skolvägen vid Norrmalm",
                "promiser": "municipality",
                "measures": [measures[1]],
                "parties": [story.party("Lycksele kommun")],
                "themes": story.themes("Barnen går i mörker längs ån"),
                "why": "Föräldrar berättade att barnen går i mörker längs ån.",
                "planned_count": 12,
                "unit": "lyktor",
                "function": "Gatuchef",
                "outcomes": [
                    (dt.date(2026, 8, 28), 7, "Sju lyktor är uppe."),
                    (dt.date(2026, 9, 29), 5, "De fem sista är på plats."),
                ],
                "settled": (dt.date(2026, 9, 30), "kept", ""),
                "feedback": (
                    dt.date(2026, 10, 5),
                    "12 nya lyktor sitter uppe. Vi frågar er om tryggheten på skolvägen igen i mars 2027.",
                ),
            },
            {
                "text": "Vi ordnar föräldramöten om alkohol i alla sjundeklasser",
                "promiser": "joint",
                "measures": [measures[2]],
                "themes": story.themes("Sjundeklassare dricker"),
                "planned_count": 4,
                "unit": "möten",
                "function": "Samordnare",
                "outcomes": [(dt.date(2026, 10, 14), 1, "Första mötet samlade 38 föräldrar.")],
            },
        ],
    )
    story.promises(
        by=story.user("asele@demo.example"),
        day=dt.date(2025, 2, 3),
        municipality=story.municipality("asele"),
        title="Löften till dig i Åsele",
        starts=dt.date(2025, 2, 3),
        ends=dt.date(2026, 10, 31),
        situation="Äldre berättar om bedrägeriförsök, och Fredrika känner sig långt från polisen.",
        how_made="Snabbmöten en förmiddag med fyra grupper.",
        follow_up="Vi berättar när perioden är slut.",
        promises=[
            {
                "text": "Polisen är på plats i Fredrika en gång i månaden",
                "promiser": "police",
                "planned_count": 20,
                "unit": "besök",
                "function": "Områdespolis",
                "themes": story.themes("Polisen är långt borta i Fredrika"),
                "why": "Ni ville möta polisen utan att resa till Lycksele.",
                "outcomes": [(dt.date(2025, 12, 10), 8, "Åtta besök under året.")],
            }
        ],
    )


def _kept_and_not(story: Story) -> None:
    """Vilhelmina: two promises that came out of one evening; one was kept, the other was not, and both are told."""
    closing = dt.date(2026, 9, 15)
    document = story.promises(
        by=story.user("vilhelmina@demo.example"),
        day=dt.date(2025, 3, 24),
        municipality=story.municipality("vilhelmina"),
        area="Centrum",
        title="Löften om gågatan i Vilhelmina",
        starts=dt.date(2025, 4, 1),
        ends=dt.date(2026, 8, 31),
        situation="Unga kvinnor undviker gågatan när det är mörkt.",
        how_made="27 unga kvinnor berättade vid snabbmöten i Folkets hus den 4 mars 2025.",
        expected_effect="Fler ska våga gå genom centrum på kvällen.",
        follow_up="Vi berättar här när tiden är slut, och i skolan.",
        rhythm="at_end",
        forum="här och på gymnasiet",
        channels=[
            ("municipal_web", "vilhelmina.se", dt.date(2025, 3, 25)),
            ("police_staff", "Morgonmöte på stationen", dt.date(2025, 3, 26)),
            ("municipal_staff", "Chefsträff", dt.date(2025, 3, 27)),
        ],
        promises=[
            {
                "text": "Åtta nya lampor på gågatan före vintern",
                "promiser": "municipality",
                "themes": story.themes("Gågatan är mörk mellan butikerna"),
                "topic": "place",
                "area": "Gågatan",
                "planned_count": 8,
                "unit": "lampor",
                "function": "Gatuchef",
                "outcomes": [
                    (dt.date(2025, 9, 12), 5, "Fem lampor är uppe."),
                    (dt.date(2025, 10, 20), 3, "De tre sista sitter på plats."),
                ],
                "settled": (dt.date(2025, 10, 21), "kept", ""),
                "feedback": (dt.date(2025, 10, 28), "Alla åtta lampor lyser. Ni säger att det gör skillnad."),
            },
            {
                "text": "Nattvandrare eller polis i centrum vid varje skolavslutning och lucia",
                "promiser": "joint",
                "themes": story.themes("Ingen vuxen i centrum när festerna slutar"),
                "topic": "presence",
                "area": "Centrum",
                "planned_count": 4,
                "unit": "kvällar",
                "function": "Kommunpolis",
                "outcomes": [(dt.date(2025, 6, 13), 1, "Tolv vuxna var ute vid skolavslutningen.")],
                "settled": (
                    dt.date(2026, 9, 1),
                    "not_kept",
                    "Det blev en kväll av fyra. För få vuxna ville gå, och polisen behövdes på annat håll.",
                ),
                "feedback": (
                    closing,
                    "Vi höll inte det här löftet. Vi lovar det inte igen förrän det finns vuxna som kan gå.",
                ),
            },
        ],
    )
    with story.on(closing):
        citizen_promises.actions.close(document, by=story.user("vilhelmina@demo.example"))


def _next_agreement(story: Story, joint: Picture, problems: list[Problem]) -> None:
    """A draft for the years to come, waiting for the established picture, with what the parties have said of it."""
    draft = story.agreement(
        by=story.police_user,
        day=dt.date(2026, 10, 20),
        parties=[POLICE, *MUNICIPALITIES.values()],
        problems=problems[:3],
        title="Överenskommelse om samverkan 2027–2030, Södra Lappland",
        starts=dt.date(2027, 1, 1),
        ends=dt.date(2030, 12, 31),
        purpose="Att minska alkohol bland unga, skadegörelse och otrygghet, med åtgärder som når orsakerna.",
        areas="Ungdomar och alkohol\nTrygghet i centrum\nSkadegörelse vid resecentrum",
        background="Bygger på den gemensamma lägesbilden 2026.",
        follow_up="Halvårsvis till styrgruppen, effekt mot lägesbildens värden.",
    )
    asele, municipality = story.user("asele@demo.example"), story.user("samordnare@demo.example")
    said = agreeing.comment(
        story,
        draft,
        by=asele,
        day=dt.date(2026, 11, 2),
        party="Åsele kommun",
        section="purpose",
        text="Byarna försvinner om vi bara skriver om centrum.",
        suggestion="Att minska alkohol bland unga, skadegörelse och otrygghet, i centrum och i byarna, med åtgärder som "
        "når orsakerna.",
    )
    agreeing.accept(story, said, by=municipality, day=dt.date(2026, 11, 4), answer="Bra, det är infört.")
    agreeing.comment(
        story,
        draft,
        by=story.user("storuman@demo.example"),
        day=dt.date(2026, 11, 5),
        party="Storumans kommun",
        section="follow_up",
        text="Räcker halvårsvis när insatserna är säsongsbundna?",
    )
