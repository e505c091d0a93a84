"""The data dictionary: ``data/README.md``, written from ``datapackage.json``.

``python -m explainer.tables.dictionary`` also brings sizes and hashes up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables.check import table_faults
from explainer.tables.descriptor import FILE, descriptor, fingerprint

README = "README.md"
_MADE = f"<!-- Written from {FILE} by python -m explainer.tables.dictionary: edit that file. -->"


def data_dictionary(package: Mapping[str, Any]) -> str:
    """Give the data dictionary as Markdown: every table, field, unit, key and licence.

    Parameters
    ----------
    package : mapping
        The descriptor, as ``datapackage.json`` holds it.

    Returns
    -------
    str
        Markdown with one section a table.
    """
    lines = [
        f"# {package['title']}",
        "",
        _MADE,
        "",
        package["description"],
        "",
        f"Frozen on {package['created'][:10]} · version {package['version']} · "
        f"units: {', '.join(package['units'])}.",
        "",
        "| table | what | licence |",
        "|---|---|---|",
        *(_line(resource) for resource in package["resources"]),
    ]
    for resource in package["resources"]:
        lines += _section(resource)
    return "\n".join(lines) + "\n"


def _cell(text: object) -> str:
    return str(text).replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;")


def _licence(resource: Mapping[str, Any]) -> str:
    return ", ".join(f"[{one['name']}]({one['path']})" for one in resource["licenses"])


def _line(resource: Mapping[str, Any]) -> str:
    link = f"[{resource['name']}](#{resource['name']})"
    return f"| {link} | {_cell(resource['title'])} | {_licence(resource)} |"


def _section(resource: Mapping[str, Any]) -> Iterator[str]:
    schema = resource["schema"]
    yield from ("", f"## {resource['name']}", "")
    yield f"**{resource['title']}.** {_cell(resource['description'])}"
    if "verification" in resource:
        yield from ("", f"*Verified:* {_cell(resource['verification'])}")
    yield from ("", f"File [{resource['path']}]({resource['path']}), {resource['bytes']:,} bytes.")
    yield f"Key: {', '.join(schema['primaryKey'])}."
    for key in schema.get("foreignKeys", []):
        yield f"{', '.join(key['fields'])} points at {key['reference']['resource']}."
    yield f"Sources: {'; '.join(_cell(one['title']) for one in resource['sources'])}."
    yield from ("", "| field | type | unit | meaning | allowed |", "|---|---|---|---|---|")
    yield from (_field(field) for field in schema["fields"])


def _field(field: Mapping[str, Any]) -> str:
    cells = (field["name"], field["type"], field.get("unit", ""), field["description"])
    return f"| {' | '.join(_cell(cell) for cell in cells)} | {_cell(_allowed(field))} |"


def _allowed(field: Mapping[str, Any]) -> str:
    limits = field.get("constraints", {})
    parts = ["required"] if limits.get("required") else []
    if "enum" in limits:
        parts.append(", ".join(limits["enum"]))
    if "pattern" in limits:
        parts.append(f"`{limits['pattern']}`")
    if "minimum" in limits:
        above = f"to {limits['maximum']}" if "maximum" in limits else "or more"
        parts.append(f"{limits['minimum']} {above}")
    return "; ".join(parts)


def refresh(folder: Path) -> None:
    """Bring sizes and hashes in the descriptor up to date and rewrite the dictionary.

    Parameters
    ----------
    folder : Path
        The data folder.

    Raises
    ------
    ExplainerError
        If a table is unsound: then nothing is written.
    """
    faults = table_faults()
    if faults:  # loaders trust a table whose hash stands here
        raise ExplainerError(faults[0])
    restate(folder)


def restate(folder: Path) -> None:
    """State sizes and hashes as they are now, and rewrite the dictionary, without a check."""
    package = descriptor()
    for resource in package["resources"]:
        resource["bytes"], resource["hash"] = fingerprint(folder / resource["path"])
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / FILE).write_text(text, encoding="utf-8", newline="\n")
    (folder / README).write_text(data_dictionary(package), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    try:
        refresh(data_dir())
    except ExplainerError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
