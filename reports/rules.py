"""Who may order and read reports, and whom a lägesbild may reach."""

from accounts.models import User
from partnerships.models import Partnership
from partnerships.rules import is_member
from reports.models import Report
from situation.models import Picture
from situation.rules import roles_in


def may_order(user: User, partnership: Partnership) -> bool:
    """Everybody who acts for a party: a report changes nothing, and readers need it most."""
    return is_member(user, partnership)


def may_make_again(user: User, report: Report) -> bool:
    """Who may order it. A lägesbild is ordered by everybody who may read the picture."""
    return report.kind == Report.Kind.PICTURE or may_order(user, report.partnership)


def audiences(user: User, picture: Picture) -> list[Report.Audience]:
    """Whom a lägesbild ordered by the person may reach, the fullest content first; for who may read the picture.

    What is frozen in the version reaches as far as the version. What the parties have done with it since then
    (prioritisation, causes) stays among them.
    """
    released = [Report.Audience.RELEASED] if picture.released_at else []
    if picture.is_common and is_member(user, picture.partnership):
        return [Report.Audience.PARTIES, *released]
    return [Report.Audience.OWNER, *released] if roles_in(user, picture) else released
