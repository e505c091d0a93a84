"""An export is the old page or the new one, never half of one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.publish.files import writable_folder, write_whole


def test_written_text_is_there_and_nothing_else(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.html", "Δ32")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "Δ32"


def test_full_disk_leaves_the_earlier_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.html"
    page.write_text("old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExplainerError, match="not written \\(No space left on device\\)"):
        write_whole(page, "new")
    assert page.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_disk_too_full_for_one_more_file_gets_the_same_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    with pytest.raises(ExplainerError, match="not written \\(No space left on device\\)"):
        write_whole(tmp_path / "a.html", "new")


def test_interrupt_while_writing_leaves_the_earlier_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "a.html"
    page.write_text("old")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(page, "new")
    assert page.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]


def test_folder_that_is_a_file_gets_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(ExplainerError, match=r"out: is a file, not a folder; name another folder"):
        writable_folder(tmp_path / "out")


def test_folder_is_made_with_its_parents(tmp_path: Path) -> None:
    assert writable_folder(tmp_path / "a" / "b").is_dir()
