import pkgutil
from importlib import import_module

import gis.importers
from gis.importers import FORMATS
from gis.importers.format import Format


def test_every_format_is_registered() -> None:
    modules = (
        import_module(f"gis.importers.{module.name}")
        for module in pkgutil.iter_modules(gis.importers.__path__)
    )
    written = {
        module.FORMAT for module in modules if isinstance(getattr(module, "FORMAT", None), Format)
    }
    assert written == set(FORMATS)


def test_no_two_formats_share_a_name() -> None:
    assert len({known.name for known in FORMATS}) == len(FORMATS)
