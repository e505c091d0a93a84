"""Build step: put the parts of reveal.js that slides need into the package.

They come with sphinx-revealjs, which is there only while the package is built: nothing of it,
nor of Sphinx, stays with the user.  It runs for wheels and for editable installs.
"""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CARRIER = "sphinx-revealjs"
INSIDE = "sphinx_revealjs/_static/revealjs"
PARTS = {
    "reveal.js": "dist/reveal.js",
    "reveal.css": "dist/reveal.css",
    "notes.js": "plugin/notes/notes.js",
    "speaker-view.html": "plugin/notes/speaker-view.html",
    "LICENSE": "LICENSE",
}
STAMP = "made-from.txt"


class RevealHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``explainer/publish/assets``, which git ignores and the wheel carries."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the parts, unless they stand there from an earlier build of the same version."""
        root = Path(self.root)
        folder, wanted = root / "explainer" / "publish" / "assets", pin(root / "pyproject.toml")
        try:
            copy(distribution(CARRIER), wanted, folder)
        except PackageNotFoundError:
            if not is_made_from(folder, wanted):
                raise RuntimeError(
                    f"{CARRIER} is missing; build with isolation, or install {wanted} first"
                ) from None
        build_data["artifacts"].append("explainer/publish/assets/*")


def pin(project: Path) -> str:
    """The requirement in ``[build-system]`` that brings reveal.js."""
    requires = tomllib.loads(project.read_text(encoding="utf-8"))["build-system"]["requires"]
    return next(str(line) for line in requires if line.startswith(f"{CARRIER}=="))


def copy(carrier: Distribution, wanted: str, folder: Path) -> None:
    """Copy each part out of the installed carrier, and say which version it was."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in PARTS.items():
        text = Path(str(carrier.locate_file(f"{INSIDE}/{path}"))).read_text(encoding="utf-8")
        if re.search(r"@import|url\(\s*['\"]?(?:https?:)?//", text):
            raise RuntimeError(f"{CARRIER}: {path} loads something from the network")
        put(folder / name, text)
    put(folder / STAMP, f"{CARRIER}=={carrier.version}\n")
    if not is_made_from(folder, wanted):
        raise RuntimeError(f"{CARRIER} {carrier.version} is installed, but {wanted} is wanted")


def put(path: Path, text: str) -> None:
    """Write a file unless it holds this text already, so that no page made with it is stale."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def is_made_from(folder: Path, wanted: str) -> bool:
    """Whether every part stands in the folder, taken from the carrier that is wanted."""
    if any(not (folder / name).is_file() for name in (*PARTS, STAMP)):
        return False
    return (folder / STAMP).read_text(encoding="utf-8").strip() == wanted
