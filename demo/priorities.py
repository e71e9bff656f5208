"""Tells how the steering group weighed the problems and what it chose, through the room's own actions."""

import datetime as dt

from accounts.models import User
from demo.story import Story
from partnerships.models import Group
from situation.actions import prioritising
from situation.actions.prioritising import Answer, Verdict
from situation.models import Choice, Ground, Picture, Problem

LETTERS = {"j": "yes", "d": "partly", "n": "no", "v": "unknown"}


def prioritise(
    story: Story,
    answers: dict[Problem, str],
    *,
    by: User,
    day: dt.date,
    watched: dict[Problem, str] | None = None,
    picture: Picture | None = None,
    body_name: str = "",
    remark: str = "",
    heavier: dict[str, int] | None = None,
) -> None:
    """The problems of the open cycle are weighed and decided about: all are chosen, in this order, but those watched.

    `answers` has a letter for each ground in the handbook's order: j, d, n or v (ja, delvis, nej, vet ej); `watched`
    has the reason for each. `heavier` are the grounds that count more than once.
    """
    aside, outcome = watched or {}, Choice.Outcome
    chosen = [problem for problem in answers if problem not in aside]
    verdicts = [Verdict(one, outcome.CHOSEN, place, "") for place, one in enumerate(chosen, start=1)]
    verdicts += [Verdict(one, outcome.WATCHED, None, reason) for one, reason in aside.items()]
    steering = story.partnership.groups.filter(kind=Group.Kind.STEERING).first()
    decision = {"body": None if body_name else steering, "body_name": body_name, "picture": picture, "remark": remark}
    with story.on(day):
        weighing = prioritising.begin(story.cycle, None, by=by)
        if heavier:
            once = dict.fromkeys(Ground.values, 1)
            prioritising.set_weights(weighing, once, once | heavier, by=by)
        for problem, letters in answers.items():
            spots = zip(Ground.values, letters, strict=True)
            cells = {(problem.pk, ground): Answer("unknown", LETTERS[letter]) for ground, letter in spots}
            prioritising.weigh(weighing, cells, by=by)
        prioritising.decide(weighing, verdicts, by=by, decided_on=day, **decision)
    for problem in answers:
        problem.refresh_from_db()
