"""What groups of roles may do, for pages and routes alike."""

from gis.vocabulary import Role

SEES_ALL = frozenset({Role.VIEWER, Role.OPERATOR, Role.ADMIN})
COUNTS_PEOPLE = frozenset({Role.OPERATOR, Role.ADMIN})
"""Shelter managers join when a sign-in can be bound to their one shelter."""
REPORTS_DAMAGE = frozenset({Role.FIELD, Role.OPERATOR, Role.ADMIN})
DECIDES = frozenset({Role.OPERATOR, Role.ADMIN})
