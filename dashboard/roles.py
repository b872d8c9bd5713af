"""What groups of roles may do, for pages and routes alike."""

from gis.vocabulary import Role

SEES_ALL = frozenset({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
COUNTS_PEOPLE = frozenset({Role.OPERATOR, Role.ADMIN})
"""In every shelter."""
COUNTS_OWN = frozenset({Role.SHELTER})
"""In the one shelter that they came in for."""
REPORTS_DAMAGE = frozenset({Role.FIELD, Role.OPERATOR, Role.ADMIN})
DECIDES = frozenset({Role.OPERATOR, Role.ADMIN})

HOMES = {Role.SHELTER: "/count", Role.FIELD: "/field"}
"""Who works on one page of their own, instead of those of headquarters."""
