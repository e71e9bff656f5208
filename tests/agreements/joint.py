"""What tests of joint agreements share: the municipalities, how a text is put in force, and who joins or leaves."""

import datetime as dt

from agreements import actions

D = dt.date
NAMES = ("Dorotea", "Sorsele", "Storuman", "Vilhelmina", "Åsele")


def put_in_force(agreement, by, parties):
    actions.propose(agreement, by=by)
    for party in parties:
        actions.sign(
            agreement,
            by=by,
            party=party,
            checksum=agreement.checksum,
            function="Ordförande",
            name="Person Påhittad",
            signed_on=D(2026, 1, 10),
        )
    agreement.refresh_from_db()
    return agreement


def adherence(agreement, party, day, **changes):
    data = {
        "party": party.pk,
        "day": day.isoformat(),
        "function": "Kommunstyrelsens ordförande",
        "name": "Person Påhittad",
        "reason": "Kommunfullmäktige har beslutat.",
        "checksum": agreement.checksum,
    }
    return data | changes
