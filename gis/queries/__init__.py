"""The only SELECTs: one module per aggregate, long statements in ``sql/``."""

from pathlib import Path

SQL = Path(__file__).parent / "sql"
