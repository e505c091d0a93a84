"""The first chapter tells its revision from the release chosen, and says if there is none."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from explainer.paths import data_dir, notebooks_dir
from explainer.publish import notebooks
from explainer.publish.blocks import shown_as
from explainer.publish.pages import Task, in_process
from tests.notebooks.test_country_profile import said

PATH = notebooks_dir() / "01-global-epidemic.ipynb"
CELLS = ("setup", "say-revisions", "question-releases", "answer-releases", "notes-revisions",
         "quiz-releases")  # fmt: skip


def executed(release: str) -> Any:
    """The cells that tell a revision, run in this process."""
    notebook = notebooks.read(PATH)
    notebook.cells = [cell for cell in notebook.cells if cell.id in CELLS]
    assert len(notebook.cells) == len(CELLS)
    return in_process(Task(PATH, PATH.stem, release=release), notebook, lambda _: None)[0]


@pytest.mark.parametrize(
    ("release", "told", "is_newest"),
    [
        (
            "2019",
            "For 2015 the 2016 release said 36.7 million (range 34.0–39.8 million). "
            "The 2019 release says 35.6 million (range 30.7–41.3 million) for the very same year, "
            "and 37.9 million (range 32.7–44.0 million) for 2018.",
            False,
        ),
        (
            "2024",
            "For 2022 the 2023 release said 39.0 million (range 33.1–45.7 million). "
            "The 2024 release says 39.5 million (range 35.8–44.2 million) for the very same year, "
            "and 39.9 million (range 36.1–44.6 million) for 2023.",
            False,
        ),
        (
            "2025",
            "For 2023 the 2024 release said 39.9 million (range 36.1–44.6 million). "
            "The 2025 release says 40.4 million (range 36.6–45.1 million) for the very same year, "
            "and 40.8 million (range 37.0–45.6 million) for 2024.",
            True,
        ),
    ],
)
def test_revision_is_told_from_the_chosen_release(release: str, told: str, is_newest: bool) -> None:
    notebook = executed(release)
    sentences = said(notebook)
    assert sentences["say-revisions"].startswith(told)
    assert ("Later releases have worked out" in sentences["say-revisions"]) is not is_newest
    assert f"Inside the {release} release" in sentences["answer-releases"]


def test_release_with_nothing_before_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = Path(shutil.copytree(data_dir(), tmp_path / "data"))
    path = data / "hiv_estimates.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith("2016,")]
    path.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    monkeypatch.setenv("EXPLAINER_DATA_DIR", str(data))
    notebook = executed("2019")
    sentences = said(notebook)
    assert sentences["say-revisions"] == (
        "Our tables hold no earlier release whose headline this one speaks of, "
        "so what it revised cannot be shown."
    )
    assert sentences["answer-releases"] == (
        "You cannot say, if the reports come from different releases."
    )
    assert "another number for a later year. How many more" in sentences["question-releases"]
    quiz = [cell for cell, _ in shown_as(notebook, "text/html") if cell.id == "quiz-releases"]
    assert quiz == []
