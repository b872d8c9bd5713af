"""The screens and the API over gis/: one ASGI app."""
