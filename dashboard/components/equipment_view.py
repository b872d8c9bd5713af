"""What state equipment is in, place by place, and when to look at it again."""


def equipment_view() -> None:
    """Draw it."""
