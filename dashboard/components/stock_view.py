"""What lies where: stock, what moved, and telling of it."""


def stock_view() -> None:
    """Draw it."""
