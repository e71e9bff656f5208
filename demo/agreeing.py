"""Tells how an agreement came about and what became of it, beside its being written and signed."""

import datetime as dt
from typing import Any

from accounts.models import Organisation, User
from agreements import actions
from agreements.models import Adaptation, Agreement, Comment, Decision, Measure, Participant, Undertaking
from demo.story import Story
from demo.telling import keep
from journal.steps import record


def revise(story: Story, agreement: Agreement, *, by: User, day: dt.date, reason: str, **texts: str) -> Agreement:
    """The next version as a draft, with some sections written anew."""
    with story.on(day):
        new = actions.revise(agreement, by=by, reason=reason, day=day)
    for name, text in texts.items():
        write(story, new, name, text, by=by, day=day)
    return new


def write(story: Story, agreement: Agreement, section: str, text: str, *, by: User, day: dt.date) -> None:
    agreement.refresh_from_db()
    with story.on(day):
        was = actions.sign_of(getattr(agreement, section))
        actions.write_section(agreement, section, text, was=was, by=by)
    agreement.refresh_from_db()


def takes_on(story: Story, agreement: Agreement, undertakings: dict[str, tuple[str, int]], *, by: User) -> None:
    """What each party takes on, and its hours per month."""
    with story.on(agreement.created_at.date()):
        for party, (text, hours) in undertakings.items():
            told: dict[str, Any] = {"text": text, "hours_per_month": hours}
            keep(Undertaking, by=by, label="Åtaganden skrivna", agreement=agreement, party=story.party(party), **told)


def decided(story: Story, agreement: Agreement, *, by: User, day: dt.date, party: str, **fields: Any) -> None:
    """A party's decision on the text that is out for signing or signed."""
    with story.on(day):
        made = keep(
            Decision,
            by=by,
            label="Beslut registrerat",
            agreement=agreement,
            party=story.party(party),
            decided_on=day,
            checksum=agreement.checksum,
            **fields,
        )
        record(agreement, "decided", f"Beslut registrerat för {party}", by=by, note=str(made.body))


def let_in(story: Story, measure: Measure, organisation: str, *, by: User, day: dt.date, **fields: Any) -> None:
    """An organisation outside the partnership takes part in the measure."""
    actor = Organisation.objects.get(name=organisation)
    with story.on(day):
        keep(Participant, by=by, label="Medverkan börjad", measure=measure, organisation=actor, **fields)
        change = {"label": "Utförare", "from": "", "to": organisation}
        record(measure, "actor_added", "Utförare tillagd", by=by, actor=change)


def local_parts(story: Story, common: Agreement, *, by: User, day: dt.date) -> dict[str, Agreement]:
    """A local part for every municipality, by its slug."""
    with story.on(day):
        made = actions.add_local_parts(common, story.partnership.municipalities(), by=by)
    return {part.municipality.slug: part for part in made if part.municipality}


def adapt(story: Story, part: Agreement, *, by: User, day: dt.date, **fields: Any) -> None:
    with story.on(day):
        keep(Adaptation, by=by, label="Anpassning skriven", agreement=part, **fields)


def comment(story: Story, agreement: Agreement, *, by: User, day: dt.date, party: str, **fields: Any) -> Comment:
    with story.on(day):
        before = getattr(agreement, fields["section"])
        return keep(
            Comment,
            by=by,
            label="Synpunkt lämnad",
            agreement=agreement,
            party=story.party(party),
            before=before,
            **fields,
        )


def accept(story: Story, comment: Comment, *, by: User, day: dt.date, answer: str) -> None:
    with story.on(day):
        actions.accept(comment, by=by, answer=answer)
