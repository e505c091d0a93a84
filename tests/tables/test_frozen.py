"""A table the descriptor vouches for is trusted; any other is validated; both are noted as read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.paths import data_dir
from explainer.tables import dictionary, load, validate
from explainer.tables.descriptor import FILE, fingerprint


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(data_dir(), copy)
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(copy))
    load._KEPT.clear()
    return copy


def break_a_row(folder: Path) -> None:
    path = folder / "targets.csv"
    path.write_text(path.read_text().replace("two_sources", "three_sources", 1))


def test_frozen_table_is_not_validated_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validate, "faults", lambda *_: pytest.fail("validated a frozen table"))
    assert len(load.load("targets")) > 0


def test_changed_table_is_validated(folder: Path) -> None:
    break_a_row(folder)
    with pytest.raises(ExplainerError, match="three_sources"):
        load.load("targets")


def test_table_whose_sources_changed_is_validated(folder: Path) -> None:
    path = folder / "sources.csv"
    path.write_text(path.read_text().replace("un_declaration2021,", "un_declaration_2021,", 1))
    with pytest.raises(ExplainerError, match="un_declaration2021"):
        load.load("targets")


def test_without_descriptor_every_table_is_validated(folder: Path) -> None:
    (folder / FILE).unlink()
    break_a_row(folder)
    with pytest.raises(ExplainerError, match="three_sources"):
        load.load("targets")


def test_hash_of_an_unsound_table_is_never_written(folder: Path) -> None:
    break_a_row(folder)
    before = (folder / FILE).read_bytes()
    with pytest.raises(ExplainerError, match="three_sources"):
        dictionary.refresh(folder)
    assert (folder / FILE).read_bytes() == before


def test_refresh_vouches_for_a_sound_change(folder: Path) -> None:
    path = folder / "targets.csv"
    path.write_text(path.read_text().replace("250000", "240000", 1))
    dictionary.refresh(folder)
    stated = {r["path"]: r["hash"] for r in json.loads((folder / FILE).read_text())["resources"]}
    assert stated["targets.csv"] == fingerprint(path)[1]


def test_tables_read_are_noted_also_from_memory() -> None:
    load.load("targets")
    load.forget_opened()
    assert load.opened() == frozenset()
    load.load("targets")
    assert load.opened() == {"targets"}
