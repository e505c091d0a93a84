"""Where data, notebooks and exports live: in a checkout, or inside an installed wheel."""

from __future__ import annotations

import os
from pathlib import Path

from explainer.errors import ExplainerError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent
DATA_VARIABLE = "EXPLAINER_DATA_DIR"
IMPORTS_VARIABLE = "EXPLAINER_IMPORTS_DIR"
IMPORTED = "imported_"  # how a page and a source id name an imported release


def _home(name: str) -> Path:
    """Folder ``name`` of the checkout if this is one, else the copy in the wheel."""
    in_checkout = (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / name).is_dir()
    return CHECKOUT / name if in_checkout else PACKAGE / "bundled" / name


def data_dir() -> Path:
    """Folder of the tables: the bundled one, unless ``EXPLAINER_DATA_DIR`` names another.

    Raises
    ------
    ExplainerError
        If ``EXPLAINER_DATA_DIR`` names something that is not a folder.
    """
    chosen = os.environ.get(DATA_VARIABLE)
    if not chosen:
        return _home("data")
    folder = Path(chosen).expanduser()
    if not folder.is_dir():
        raise ExplainerError(
            f"{DATA_VARIABLE} names {chosen}, which is not a folder; "
            f"unset it or name a folder that holds datapackage.json"
        )
    return folder


def imports_dir() -> Path:
    """Folder of imported releases: the user's own, unless ``EXPLAINER_IMPORTS_DIR`` names one.

    Raises
    ------
    ExplainerError
        If ``EXPLAINER_IMPORTS_DIR`` begins with a user who is not known.
    """
    chosen = os.environ.get(IMPORTS_VARIABLE)
    if chosen:
        try:
            return Path(chosen).expanduser()
        except RuntimeError:
            raise ExplainerError(
                f"{IMPORTS_VARIABLE} names {chosen}, whose user is not known here; name a folder"
            ) from None
    from platformdirs import user_data_path

    return user_data_path("hiv-explainer", appauthor=False) / "releases"


def import_file(release: str, folder: Path | None = None) -> Path:
    """Where an imported release stands, or would stand."""
    return (folder or imports_dir()) / f"release-{release}.zip"


def notebooks_dir() -> Path:
    """Folder of the chapters' notebooks."""
    return _home("notebooks")
