"""A copy of the data folder that a test may break."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from explainer.paths import data_dir


@dataclass(frozen=True)
class Folder:
    """A data folder of one's own."""

    path: Path

    def file(self, table: str) -> Path:
        return self.path / f"{table}.csv"

    def edit(self, table: str, where: Mapping[str, str], changes: Mapping[str, str]) -> int:
        """Change cells of the first row that ``where`` describes; give its line."""
        with self.file(table).open(encoding="utf-8", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        for line, row in enumerate(rows, start=2):
            cells = dict(zip(header, row, strict=True))
            if all(cells[name] == value for name, value in where.items()):
                rows[line - 2] = list({**cells, **changes}.values())
                break
        else:
            raise AssertionError(f"no row {where} in {table}")
        self._write(table, [header, *rows])
        return line

    def repeat_last_row(self, table: str) -> int:
        """Write the last row a second time; give the line of the copy."""
        content = self.file(table).read_text(encoding="utf-8")
        self.file(table).write_text(content + content.splitlines()[-1] + "\n", encoding="utf-8")
        return len(content.splitlines()) + 1

    def replace(self, table: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text."""
        content = self.file(table).read_text(encoding="utf-8")
        assert old in content
        self.file(table).write_text(content.replace(old, new, 1), encoding="utf-8")

    def _write(self, table: str, rows: list[list[str]]) -> None:
        with self.file(table).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)


@pytest.fixture
def folder(whole_folder: Folder) -> Folder:
    """A copy of the tables with the estimates of the world and Kenya alone: quick to read."""
    path = whole_folder.file("hiv_estimates")
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if ",WLD," in line or ",KEN," in line]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    return whole_folder


@pytest.fixture
def whole_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """A copy of the tables, which every loader reads for the length of the test."""
    home = tmp_path / "tables"
    shutil.copytree(data_dir(), home)
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(home))
    return Folder(home)
