"""LightGBM without what it does not need here.

Importing LightGBM imports pandas and scikit-learn where they are installed, only to recognise their
types: a second of a command's time. This room hands it plain arrays, so both stay out unless
somebody has imported them before.
"""

from __future__ import annotations

import sys
from types import ModuleType

_HEAVY = ("pandas", "sklearn", "matplotlib", "dask", "pyarrow", "graphviz")


def _lean() -> ModuleType:
    hidden = [name for name in _HEAVY if name not in sys.modules]
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]
    for name in hidden:
        modules[name] = None  # an import of None fails, which LightGBM takes for "not installed"
    try:
        import lightgbm
    finally:
        for name in hidden:
            del sys.modules[name]
    found: ModuleType = lightgbm
    return found


lightgbm = sys.modules.get("lightgbm") or _lean()
