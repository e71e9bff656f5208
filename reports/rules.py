"""Who may order and read reports, and whom a document may reach."""

from accounts.models import User
from agreements.models import ActionPlan, Agreement
from partnerships.models import Partnership
from partnerships.rules import is_member
from reports.models import Report
from situation.models import Picture
from situation.rules import roles_in


def may_order(user: User, partnership: Partnership) -> bool:
    """Everybody who acts for a party: a report changes nothing, and readers need it most."""
    return is_member(user, partnership)


def may_make_again(user: User, report: Report) -> bool:
    """Who may order it. A document of one thing is ordered by everybody who may read the thing."""
    return report.kind != Report.Kind.SITUATION or may_order(user, report.partnership)


def reach_of_agreement(user: User, agreement: Agreement) -> Report.Audience:
    """A member's document stays among the parties: it may be of a draft, and has the names of who signed. An
    overseer reads only what is signed, and orders it without names."""
    return Report.Audience.PARTIES if is_member(user, agreement.partnership) else Report.Audience.RELEASED


def reach_of_plan(plan: ActionPlan) -> Report.Audience:
    """A municipality's own plan that is not decided stays with it and the police."""
    return Report.Audience.OWNER if plan.is_statutory and plan.is_draft else Report.Audience.PARTIES


def audiences(user: User, picture: Picture) -> list[Report.Audience]:
    """Whom a lägesbild ordered by the person may reach, the fullest content first; for who may read the picture.

    What is frozen in the version reaches as far as the version. What the parties have done with it since then
    (prioritisation, causes) stays among them.
    """
    released = [Report.Audience.RELEASED] if picture.released_at else []
    if picture.is_common and is_member(user, picture.partnership):
        return [Report.Audience.PARTIES, *released]
    return [Report.Audience.OWNER, *released] if roles_in(user, picture) else released
