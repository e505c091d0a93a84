"""A table of two releases leaves whole, harmless and with its source."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from explainer.errors import ExplainerError
from explainer.publish.comparisons import slug_of, task_of, write_table
from explainer.science.compare_place import comparison
from explainer.tables import load_estimates

ROWS = pd.DataFrame({"location": ["=cmd|' /C calc'!A0"], "difference": [-0.1 - 0.2]})


def test_formula_in_a_cell_or_a_source_stays_text(tmp_path: Path) -> None:
    made = write_table(ROWS, tmp_path / "a.csv", "=1+1\n=2+2 Licence: CC0.")
    assert made.path.read_text(encoding="utf-8") == (
        "# =1+1 =2+2 Licence: CC0.\nlocation,difference\n'=cmd|' /C calc'!A0,-0.3\n"
    )


def test_same_table_is_kept(tmp_path: Path) -> None:
    assert write_table(ROWS, tmp_path / "a.csv", "s").is_new
    assert not write_table(ROWS, tmp_path / "a.csv", "s").is_new


def test_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(ExplainerError, match="is a file, not a folder; name another folder"):
        write_table(ROWS, tmp_path / "file" / "a.csv", "s")
    assert (tmp_path / "file").read_text() == "kept"


def test_page_is_named_after_releases_and_place() -> None:
    older, newer = load_estimates("2019"), load_estimates("2025")
    assert slug_of(comparison(newer, older)) == "compare-2019-2025"
    kenya = comparison(older, newer, "Kenya")
    assert slug_of(kenya) == "compare-2019-2025-KEN"
    assert task_of(kenya).parameters == (("first", "2019"), ("second", "2025"), ("location", "KEN"))
    assert task_of(kenya).releases == "2019 beside 2025"
