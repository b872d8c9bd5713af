"""What to send from where to where, suggested, changed by hand and sent."""


def supply_plan_view() -> None:
    """Draw it."""
