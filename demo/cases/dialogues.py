"""Södra Lappland's dialogues: quick meetings, a walk, a conversation with staff, and questions open to residents."""

import datetime as dt
from typing import Any

from accounts.models import User
from demo.people import POLICE_SOUTH_LAPLAND as POLICE
from demo.story import Story
from demo.telling import keep
from dialogues import actions
from dialogues.models import Dialogue, DialogueHours, Proposal, Question, QuickFix, Theme, WalkPoint
from journal.steps import record
from partnerships.models import Cycle
from situation.models import Problem, Source

PUBLISHED = "Resultatet på kommunens sida och ett brev till dem som lämnat adress"
Answer = tuple[str, str, str]


def tell(story: Story, problems: list[Problem]) -> None:
    """What was heard before the promises, and what is being asked now."""
    _asele(story)
    _vilhelmina(story)
    _staff(story)
    _lycksele(story, problems)
    _walk(story, problems)
    _survey(story)


def _hold(
    story: Story, *, by: User, day: dt.date, parties: list[str], cycle: Cycle | None = None, **fields: Any
) -> Dialogue:
    """A dialogue that was planned two weeks before and held on its day."""
    with story.on(day - dt.timedelta(days=14)):
        dialogue = keep(
            Dialogue,
            by=by,
            label="Dialog planerad",
            partnership=story.partnership,
            cycle=cycle or story.cycle,
            starts=day,
            ends=day,
            many={"organisers": [story.party(one) for one in parties]},
            **fields,
        )
    with story.on(day):
        actions.hold(dialogue, by=by)
    return dialogue


def _write(story: Story, dialogue: Dialogue, by: User, day: dt.date, themes: list[dict[str, Any]]) -> list[Theme]:
    with story.on(day):
        return [keep(Theme, by=by, label="Tillagt: tema", dialogue=dialogue, **theme) for theme in themes]


def _answer(story: Story, themes: list[Theme], by: User, day: dt.date, answers: list[Answer | None]) -> None:
    """Each theme's answer: (outcome, words, who handles it), or None where it became a promise."""
    with story.on(day):
        for theme, answer in zip(themes, answers, strict=True):
            if answer is None:
                actions.take_up(theme, by=by)
                continue
            theme.outcome, theme.answer, theme.handler = answer
            theme.answered_on = day
            theme.full_clean()
            theme.save()
            record(theme, "answered", "Temat besvarat", by=by)


def _finish(story: Story, dialogue: Dialogue, by: User, day: dt.date, words: str, how: str) -> None:
    with story.on(day):
        dialogue.feedback, dialogue.feedback_how, dialogue.feedback_on = words, how, day
        dialogue.full_clean()
        dialogue.save()
        record(dialogue, "feedback", "Återkoppling till dem som deltog", by=by)
        actions.close(dialogue, by=by)
        if dialogue.is_with_residents:
            actions.publish(dialogue, by=by)


def _asele(story: Story) -> None:
    """One morning, four meetings with chosen groups, twenty minutes each."""
    by = story.user("asele@demo.example")
    dialogue = _hold(
        story,
        by=by,
        day=dt.date(2025, 1, 21),
        parties=[POLICE, "Åsele kommun"],
        cycle=story.partnership.cycles.get(name="Samverkansomgång 2021–2025"),
        municipality=story.municipality("asele"),
        kind="citizen",
        method="speed_dating",
        title="Snabbmöten i Åsele",
        purpose="Vad gör att ni känner er trygga eller otrygga, och vad skulle ni vilja att vi lovar?",
        place="Medborgarhuset och folkhögskolan, Åsele",
        groups=["residents", "youth", "older", "associations"],
        participants=41,
        women=23,
        men=18,
        under_18=8,
        aged_18_to_29=11,
        aged_30_to_64=9,
        aged_65_up=13,
        not_reached="Företagare och familjer i byarna kom inte. Mötena hölls på dagtid.",
    )
    themes = _write(
        story,
        dialogue,
        by,
        dt.date(2025, 1, 22),
        [
            {
                "title": "Polisen är långt borta i Fredrika",
                "place": "Fredrika",
                "mentions": 14,
                "quote": "Vi vill kunna prata utan att åka åtta mil.",
            },
            {"title": "Bedragare ringer till äldre", "place": "Hela kommunen", "mentions": 12},
            {"title": "Hög fart genom samhället på kvällarna", "place": "Lillgatan", "mentions": 7},
            {"title": "Ingenstans att vara för unga på helger", "place": "Centrum", "mentions": 6},
        ],
    )
    with story.on(dt.date(2025, 1, 22)):
        for party, hours in ((POLICE, 8), ("Åsele kommun", 8)):
            keep(DialogueHours, by=by, dialogue=dialogue, party=story.party(party), hours=hours)
        keep(
            Proposal,
            by=by,
            dialogue=dialogue,
            text="En fast dag i månaden när polisen sitter i biblioteket.",
            mentions=9,
        )
    _answer(
        story,
        themes,
        by,
        dt.date(2025, 2, 3),
        [
            None,
            (
                "elsewhere",
                "Pensionärsföreningarna och banken håller träffar om bedrägerier under våren.",
                "Föreningarna och banken",
            ),
            ("elsewhere", "Frågan om farthinder är lämnad vidare och behandlas under året.", "Trafikverket"),
            (
                "not_now",
                "Fritidsgården öppnar inte på helger i år: det saknas personal. Vi tar upp det i nästa budget.",
                "",
            ),
        ],
    )
    told = "41 personer pratade med oss. Polisen kommer till Fredrika en gång i månaden. Om resten står svaren här."
    _finish(story, dialogue, by, dt.date(2025, 2, 10), told, PUBLISHED)


def _vilhelmina(story: Story) -> None:
    """One evening, three meetings with young women: two of the themes became promises."""
    by = story.user("vilhelmina@demo.example")
    day = dt.date(2025, 3, 4)
    dialogue = _hold(
        story,
        by=by,
        day=day,
        parties=[POLICE, "Vilhelmina kommun"],
        cycle=story.partnership.cycles.get(name="Samverkansomgång 2021–2025"),
        municipality=story.municipality("vilhelmina"),
        kind="citizen",
        method="speed_dating",
        title="Snabbmöten i Vilhelmina",
        purpose="När och var undviker du att gå, och vad skulle få dig att gå där igen?",
        place="Folkets hus, Vilhelmina",
        groups=["youth", "residents"],
        participants=27,
        women=27,
        under_18=9,
        aged_18_to_29=18,
        not_reached="Unga kvinnor från byarna saknas: sista bussen gick innan mötena var slut.",
    )
    words = [
        {"title": "Gågatan är mörk mellan butikerna", "place": "Gågatan", "mentions": 15},
        {"title": "Ingen vuxen i centrum när festerna slutar", "place": "Centrum", "mentions": 11},
        {"title": "Bussen går för tidigt", "place": "Busstationen", "mentions": 6},
    ]
    themes = _write(story, dialogue, by, day, words)
    bus = ("elsewhere", "Vi har lämnat frågan vidare. Svaret kommer med nästa tidtabell.", "Länstrafiken")
    _answer(story, themes, by, dt.date(2025, 3, 18), [None, None, bus])
    told = "27 unga kvinnor pratade med oss. Två av era teman blev löften. Om bussen frågar vi Länstrafiken."
    _finish(story, dialogue, by, dt.date(2025, 3, 25), told, PUBLISHED)


def _staff(story: Story) -> None:
    """Those who work in the evenings, before the municipality's own picture."""
    by = story.user("samordnare@demo.example")
    dialogue = _hold(
        story,
        by=by,
        day=dt.date(2026, 1, 28),
        parties=["Lycksele kommun"],
        municipality=story.municipality("lycksele"),
        kind="staff_what",
        method="staff_meeting",
        title="Fältarbete och fritid: vad ser vi?",
        purpose="Vilka problem möter ni som arbetar kvällstid, var och när?",
        place="Kommunhuset",
        groups=["staff"],
        participants=14,
        source=Source.objects.filter(picture__partnership=story.partnership, kind="staff_dialogue").first(),
    )
    themes = _write(
        story,
        dialogue,
        by,
        dt.date(2026, 1, 29),
        [
            {"title": "Ungdomar från hela området samlas i centrum på helger", "place": "Torget", "mentions": 11},
            {"title": "Få vuxna ute efter klockan 22", "place": "Resecentrum", "mentions": 9},
        ],
    )
    noted = ("done", "Med i kommunens lägesbild som underlag för prioriteringen.", "")
    _answer(story, themes, by, dt.date(2026, 2, 18), [noted, noted])
    with story.on(dt.date(2026, 2, 27)):
        actions.share(dialogue, by=by)
    dialogue.refresh_from_db()
    _finish(
        story, dialogue, by, dt.date(2026, 2, 27), "Genomgång av lägesbilden på arbetsplatsträffen.", "Arbetsplatsträff"
    )


def _lycksele(story: Story, problems: list[Problem]) -> None:
    """What the promises in Lycksele rest on."""
    by = story.user("samordnare@demo.example")
    dialogue = _hold(
        story,
        by=by,
        day=dt.date(2026, 3, 12),
        parties=[POLICE, "Lycksele kommun"],
        municipality=story.municipality("lycksele"),
        kind="citizen",
        method="speed_dating",
        title="Snabbmöten i Lycksele centrum",
        purpose="Var och när känner du dig otrygg, och vad skulle göra skillnad?",
        place="Biblioteket och torget, Lycksele",
        groups=["residents", "youth", "older"],
        participants=46,
        women=31,
        men=15,
        not_reached="Yrkesverksamma män saknas nästan helt, och få kom från byarna.",
        source=Source.objects.filter(picture__partnership=story.partnership, kind="citizen_dialogue").first(),
    )
    dialogue.problems.set(problems[:2])
    themes = _write(
        story,
        dialogue,
        by,
        dt.date(2026, 3, 13),
        [
            {"title": "Många undviker torget sena kvällar", "place": "Torget", "mentions": 21, "problem": problems[1]},
            {"title": "Barnen går i mörker längs ån", "place": "Skolvägen vid Norrmalm", "mentions": 17},
            {"title": "Sjundeklassare dricker", "place": "Centrum", "mentions": 9, "problem": problems[0]},
            {"title": "Nattbussen har lagts ned", "place": "Resecentrum", "mentions": 8},
        ],
    )
    with story.on(dt.date(2026, 3, 20)):
        fix = "Lampan vid gångbron är bytt."
        keep(QuickFix, by=by, dialogue=dialogue, text=fix, place="Gångbron", done_on=dt.date(2026, 3, 19))
    bus = ("not_now", "Länstrafiken har inga pengar till nattbuss före 2028. Vi tar upp det igen då.", "")
    _answer(story, themes, by, dt.date(2026, 3, 30), [None, None, None, bus])
    told = "46 Lyckselebor pratade med oss. Tre av det ni sa blev löften. Om nattbussen är svaret nej just nu."
    _finish(story, dialogue, by, dt.date(2026, 4, 8), told, PUBLISHED)


def _walk(story: Story, problems: list[Problem]) -> None:
    """Held, with its points; those who walked have not heard back."""
    by = story.user("samordnare@demo.example")
    dialogue = _hold(
        story,
        by=by,
        day=dt.date(2026, 10, 8),
        parties=[POLICE, "Lycksele kommun"],
        municipality=story.municipality("lycksele"),
        kind="walk",
        method="walk",
        title="Trygghetsvandring vid resecentrum",
        purpose="Gå vägen hem från bussen tillsammans med dem som gör det varje kväll.",
        place="Resecentrum till Norrmalm",
        groups=["neighbourhood", "youth"],
        participants=17,
        women=11,
        men=6,
    )
    dialogue.problems.set(problems[2:3])
    points = [
        ("Väntsalens baksida", "lighting", "Ingen lampa på trettio meter.", "Gatuchef", "Två stolpar beställda.", None),
        ("Gångtunneln", "litter", "Klotter och glas.", "Parkdrift", "Saneras varje måndag.", dt.date(2026, 10, 19)),
        ("Häcken vid parkeringen", "vegetation", "Häcken skymmer den som kommer från bussen.", "", "", None),
        (
            "Övergångsstället",
            "traffic",
            "Bilarna kör fort förbi busshållplatsen.",
            "Gatuchef",
            "Mätning i november.",
            None,
        ),
    ]
    with story.on(dt.date(2026, 10, 9)):
        for number, (place, category, seen, function, action, done_on) in enumerate(points, start=1):
            keep(
                WalkPoint,
                by=by,
                label="Punkt tillagd",
                dialogue=dialogue,
                number=number,
                place=place,
                category=category,
                seen=seen,
                function=function,
                action=action,
                done_on=done_on,
            )
    themes = _write(
        story,
        dialogue,
        by,
        dt.date(2026, 10, 9),
        [
            {"title": "Det är mörkt bakom väntsalen", "place": "Resecentrum", "mentions": 13},
            {"title": "Häcken skymmer sikten", "place": "Parkeringen", "mentions": 8},
        ],
    )
    lamps = ("done", "Två stolpar är beställda och sätts upp före jul.", "")
    _answer(story, themes[:1], by, dt.date(2026, 10, 21), [lamps])


def _survey(story: Story) -> None:
    """Open now; some replies have been judged, others wait."""
    by = story.user("samordnare@demo.example")
    first, last = story.day(6), story.today + dt.timedelta(days=15)
    with story.on(story.day(10)):
        dialogue = keep(
            Dialogue,
            by=by,
            label="Dialog planerad",
            partnership=story.partnership,
            cycle=story.cycle,
            municipality=story.municipality("lycksele"),
            kind="citizen",
            method="web_survey",
            title="Hur trygg är du i centrum?",
            purpose="Vi vill veta om det känns annorlunda i centrum än i våras. Svaren används när vi följer upp löftena.",
            place="Lycksele centrum",
            starts=first,
            ends=last,
            groups=["residents"],
            many={"organisers": [story.party(POLICE), story.party("Lycksele kommun")]},
        )
        asked: list[dict[str, Any]] = [
            {
                "text": "Hur trygg känner du dig i centrum på kvällen?",
                "kind": "scale",
                "help": "1 är inte alls, 5 är helt.",
            },
            {"text": "Har du märkt av fler poliser till fots?", "kind": "choice", "options": ["Ja", "Nej", "Vet inte"]},
            {"text": "Var är det otryggt, och när?", "kind": "text"},
        ]
        questions = [
            keep(Question, by=by, label="Fråga tillagd", dialogue=dialogue, order=order, **one)
            for order, one in enumerate(asked, start=1)
        ]
        actions.open_form(dialogue, by=by, first=first, last=last)
    scale, choice, words = (question.pk for question in questions)
    said: list[tuple[int, int, str, str]] = [
        (4, 1, "Bättre vid torget. Fortfarande mörkt bakom resecentrum.", "accepted"),
        (2, 2, "Busstorget efter tio, då är det tomt.", "accepted"),
        (3, 3, "", "accepted"),
        (5, 1, "Påhittat svar: det känns lugnt.", ""),
        (1, 2, "Påhittat svar: grannen i nummer nio spelar hög musik.", ""),
        (4, 1, "Påhittat svar: köp billiga klockor här.", ""),
    ]
    with story.on(story.day(2)):
        for step, alternative, text, status in said:
            given: dict[int, str | int] = {scale: step, choice: alternative} | ({words: text} if text else {})
            reply = actions.receive(dialogue, given)
            if reply and status:
                actions.decide(reply, by=by, status=status, reason="Svarar på frågorna", revision=0)
