"""Plans in Södra Lappland: Lycksele's adopted by the steering group, and the one that the law asked of Lycksele."""

import datetime as dt
from typing import Any

from agreements import actions, plan_content
from agreements.models import ActionPlan, Measure
from demo.story import Story
from demo.telling import keep
from journal.steps import record
from lib import canonical
from partnerships.models import Group
from situation import actions as pictures
from situation.models import Cause, LegalDecision, Picture, Problem, Source

TOWN, POLICE = "Lycksele kommun", "Polisen, lokalpolisområde Södra Lappland"


def tell(story: Story, measures: list[Measure]) -> None:
    """The municipality's plan of 2024, and the parties' of the round that is open."""
    _by_law(story)
    _complete(story, measures)
    _joint(story, measures)


def _by_law(story: Story) -> None:
    """Lycksele's lägesbild and plan after the law of 2023, both decided before the summer of 2024."""
    town, by = story.municipality("lycksele"), story.user("samordnare@demo.example")
    earlier = story.partnership.cycles.order_by("starts")[0]
    where: dict[str, Any] = {"partnership": story.partnership, "cycle": earlier, "municipality": town}
    with story.on(dt.date(2024, 4, 22)):
        picture = keep(
            Picture,
            by=by,
            owner=story.party(TOWN),
            kind=Picture.Kind.OWN_MUNICIPALITY,
            title="Lycksele kommuns lägesbild 2023",
            period_from=dt.date(2023, 1, 1),
            period_to=dt.date(2023, 12, 31),
            summary="Alkohol och narkotika bland unga är det som skolan och socialtjänsten möter oftast.",
            crime="Få anmälda brott, mest skadegörelse och stölder i centrum.",
            consequences="Otrygga kvällar i centrum och kostnader för klotter.",
            other_information="Fritidsgården flyttar 2025.",
            analysis="Unga saknar vuxna och platser på helgkvällar.",
            prepared_by="Samordnare",
            information_class="open",
            **where,
        )
        source: dict[str, Any] = {
            "kind": Source.Kind.NTU,
            "name": "Nationella trygghetsundersökningen, lokalt",
            "owner": "Brå",
        }
        shown_by = keep(Source, by=by, label="Källa tillagd", picture=picture, **source)
        unsafe: dict[str, Any] = {"title": "Unga utan vuxna på helgkvällar", "place": "Centrum", "time": "Helgkvällar"}
        keep(Problem, by=by, picture=picture, many={"sources": [shown_by]}, **unsafe, **where)
        pictures.mark_ready(picture, by=by)
        pictures.share(picture, by=by)
        pictures.establish(picture, by=by)
    with story.on(dt.date(2024, 6, 3)):
        decision: dict[str, Any] = {"decided_on": dt.date(2024, 6, 3), "body": "Kommunstyrelsen", "reference": "§ 88"}
        keep(LegalDecision, by=by, picture=picture, municipality=town, **decision)
        problem = Problem.objects.filter(cycle=earlier).order_by("pk")[0]
        measure = keep(
            Measure,
            by=by,
            partnership=story.partnership,
            cycle=earlier,
            municipality=town,
            problem=problem,
            title="Fältarbete på helgkvällar",
            kind="youth",
            prevention="social",
            term="short",
            manner="ordinary",
            responsible=story.party(TOWN),
            function="Enhetschef, fritid",
            starts=dt.date(2024, 9, 1),
            ends=dt.date(2025, 6, 15),
            planned_count=40,
            unit="kvällar",
            without_cause_reason="Ingen orsaksanalys gjordes i den omgången.",
        )
        plan = keep(
            ActionPlan,
            by=by,
            kind=ActionPlan.Kind.STATUTORY,
            title="Lycksele kommuns åtgärdsplan 2024–2026",
            starts=dt.date(2024, 7, 1),
            ends=dt.date(2026, 6, 30),
            picture=picture,
            needs="Lägesbilden visar att unga saknar vuxna på helgkvällar. Kommunen behöver finnas där de är.",
            follow_up="Vartannat år, tillsammans med lägesbilden, till kommunstyrelsen.",
            many={"measures": [measure]},
            **where,
        )
    with story.on(dt.date(2024, 6, 17)):
        _adopt(plan, by=by, adopted_on=dt.date(2024, 6, 17), reference="§ 101", body="Kommunstyrelsen")


def _complete(story: Story, measures: list[Measure]) -> None:
    """What the steering group asked for: causes, hours, and which function's time it is."""
    story.fill(POLICE, "area_police", "Mika Mönster", dt.date(2026, 1, 12), share=10)
    patrol = story.partnership.seats.get(function="area_police")
    town = story.partnership.seats.get(function="coordinator", organisation__name=TOWN)
    found = {
        measures[0]: (["Polisen syns sällan kvällstid"], {"hours": 240, "seat": patrol}),
        measures[1]: (["Belysningen är trasig längs skolvägen"], {"hours": 24, "seat": town}),
        measures[2]: (["Föräldrar vet inte var barnen är"], {"hours": 60, "seat": town}),
    }
    by = story.police_user
    with story.on(dt.date(2026, 4, 28)):
        for measure, (texts, fields) in found.items():
            measure.causes.set(Cause.objects.filter(analysis__problem=measure.problem, text__in=texts))
            Measure.objects.filter(pk=measure.pk).update(**fields)
            record(measure, "edited", "Ändrad", by=by, note="Orsaker och planerade timmar.")


def _joint(story: Story, measures: list[Measure]) -> None:
    """Lycksele's plan for the year to come, with what is going on and what is done already."""
    by, town, day = story.police_user, story.municipality("lycksele"), dt.date(2026, 11, 10)
    with story.on(dt.date(2026, 11, 3)):
        plan = keep(
            ActionPlan,
            by=by,
            partnership=story.partnership,
            cycle=story.cycle,
            municipality=town,
            title="Åtgärdsplan för Lycksele 2026–2027",
            starts=dt.date(2026, 4, 1),
            ends=dt.date(2027, 12, 31),
            documentation="Den som har gjort något skriver en rad i åtgärdens logg samma dag.",
            follow_up="Arbetsgruppen går igenom planen varannan månad, styrgruppen varje halvår.",
            many={"measures": measures},
        )
    with story.on(day):
        group = story.partnership.groups.get(kind=Group.Kind.STEERING)
        _adopt(plan, by=by, adopted_on=day, reference="Protokoll 4/2026, § 6", group=group)


def _adopt(plan: ActionPlan, **decision: Any) -> None:
    actions.adopt_plan(plan, read=canonical.checksum(plan_content.of(plan)), **decision)
