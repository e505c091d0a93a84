"""Build step: put reveal.js, for slides, and Vega, for live pictures, into the package.

They come with sphinx-revealjs and vl-convert, which are there only while the package is built:
nothing of them stays with the user.  It runs for wheels and for editable installs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
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
RUNTIME_CARRIER = "vl-convert-python"
RUNTIME = "vega.js"
RUNTIME_STAMP = "vega-made-from.txt"


class RevealHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fills ``explainer/publish/assets``, which git ignores and the wheel carries."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Copy the parts, unless they stand there from an earlier build of the same version."""
        root = Path(self.root)
        folder, project = root / "explainer" / "publish" / "assets", root / "pyproject.toml"
        for carrier, fill, is_filled in (
            (CARRIER, copy, is_made_from),
            (RUNTIME_CARRIER, bundle, has_runtime_from),
        ):
            wanted = pin(project, carrier)
            try:
                fill(distribution(carrier), wanted, folder)
            except PackageNotFoundError:
                if not is_filled(folder, wanted):
                    raise RuntimeError(
                        f"{carrier} is missing; build with isolation, or install {wanted} first"
                    ) from None
        build_data["artifacts"].append("explainer/publish/assets/*")


def pin(project: Path, carrier: str = CARRIER) -> str:
    """The requirement in ``[build-system]`` that brings reveal.js, or another carrier's."""
    requires = tomllib.loads(project.read_text(encoding="utf-8"))["build-system"]["requires"]
    return next(str(line) for line in requires if line.startswith(f"{carrier}=="))


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


def runtime() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script; it sets ``window.vegaEmbed``."""
    import vl_convert

    return str(vl_convert.javascript_bundle())


def bundle(
    carrier: Distribution, wanted: str, folder: Path, make: Callable[[], str] = runtime
) -> None:
    """Write the script of live pictures, and say which version made it."""
    if carrier.version != wanted.partition("==")[2]:
        raise RuntimeError(
            f"{RUNTIME_CARRIER} {carrier.version} is installed, but {wanted} is wanted"
        )
    folder.mkdir(parents=True, exist_ok=True)
    if not has_runtime_from(folder, wanted):
        put(folder / RUNTIME, make())
        put(folder / RUNTIME_STAMP, f"{wanted}\n")


def has_runtime_from(folder: Path, wanted: str) -> bool:
    """Whether the script stands in the folder, made by the carrier that is wanted."""
    if any(not (folder / name).is_file() for name in (RUNTIME, RUNTIME_STAMP)):
        return False
    return (folder / RUNTIME_STAMP).read_text(encoding="utf-8").strip() == wanted


def put(path: Path, text: str) -> None:
    """Write a file unless it holds this text already, so that no page made with it is stale."""
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8", newline="\n")


def is_made_from(folder: Path, wanted: str) -> bool:
    """Whether every part stands in the folder, taken from the carrier that is wanted."""
    if any(not (folder / name).is_file() for name in (*PARTS, STAMP)):
        return False
    return (folder / STAMP).read_text(encoding="utf-8").strip() == wanted
