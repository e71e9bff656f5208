"""Which roles go with which kind of organisation, and the sets of roles that other rooms name."""

from accounts.models import Organisation, Role

ROLES_OF_KIND: dict[str, tuple[Role, ...]] = {
    Organisation.Kind.MUNICIPALITY: (Role.COORDINATOR, Role.SIGNATORY, Role.READER, Role.LOCAL_ADMIN),
    Organisation.Kind.POLICE: (Role.COORDINATOR, Role.SIGNATORY, Role.READER, Role.LOCAL_ADMIN),
    Organisation.Kind.OTHER: (Role.SIGNATORY, Role.READER, Role.ACTOR, Role.LOCAL_ADMIN),
    Organisation.Kind.COUNTY_BOARD: (Role.COUNTY_READER, Role.LOCAL_ADMIN),
    Organisation.Kind.BRA: (Role.BRA_ANALYST, Role.LOCAL_ADMIN),
    Organisation.Kind.OPERATOR: (Role.ADMINISTRATOR,),
}

PARTY_ROLES: frozenset[str] = frozenset({Role.COORDINATOR, Role.SIGNATORY, Role.READER})
COORDINATORS: frozenset[str] = frozenset({Role.COORDINATOR})
SIGNATORIES: frozenset[str] = frozenset({Role.SIGNATORY})
COORDINATORS_AND_SIGNATORIES: frozenset[str] = COORDINATORS | SIGNATORIES
OVERSEERS: frozenset[str] = frozenset({Role.COUNTY_READER, Role.BRA_ANALYST})
