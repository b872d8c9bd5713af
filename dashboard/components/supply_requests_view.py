"""What shelters asked for, what is on the road, and what is decided about it."""


def supply_requests_view() -> None:
    """Draw it."""
