import pkgutil
from importlib import import_module

import gis.importers.files
from gis.importers.files import READERS, WRAPPERS


def functions(name: str) -> set[object]:
    modules = (
        import_module(f"gis.importers.files.{module.name}")
        for module in pkgutil.iter_modules(gis.importers.files.__path__)
    )
    return {getattr(module, name) for module in modules if hasattr(module, name)}


def test_every_container_is_registered() -> None:
    assert functions("read") == set(READERS)
    assert functions("unwrapped") == set(WRAPPERS)
