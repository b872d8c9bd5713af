"""What runs out first, what is lacking, and what to ask."""


def supply_outlook_view() -> None:
    """Draw it."""
