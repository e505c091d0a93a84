"""The descriptor of the tables, ``datapackage.json``: fields, units, licences, freeze date."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables.read import shown_path

FILE = "datapackage.json"


def descriptor() -> dict[str, Any]:
    """The package descriptor of the data folder, as it stands in the file.

    Raises
    ------
    ExplainerError
        If the file is missing, is no JSON, or describes no tables.
    """
    where = shown_path(FILE)
    try:
        package = json.loads((data_dir() / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ExplainerError(f"{where}: there is no such file; put the descriptor back") from None
    except (OSError, ValueError) as error:
        raise ExplainerError(f"{where}: cannot be read as JSON ({error}); mend the file") from None
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        raise ExplainerError(f"{where}: no list of resources, expected one per table; mend it")
    return package


def freeze_date() -> str:
    """The day the tables were frozen, as 2026-11-20: the date every report carries."""
    created = str(descriptor().get("created", ""))[:10]
    if not created:
        raise ExplainerError(f"{shown_path(FILE)}: created is missing, expected a date; add it")
    return created


def fingerprint(path: Path) -> tuple[int, str]:
    """Size and hash of a file, as the descriptor states them."""
    content = path.read_bytes()
    return len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"
