"""What the whole suite shares: the pages, built once, and where outside material may lie."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results must not depend on variables that happen to be set on this machine."""
    for name in ("EXPLAINER_DATA_DIR", "EXPLAINER_RELEASE", "EXPLAINER_FORMATS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with every chapter's page and the landing page; each notebook runs once."""
    from explainer.publish.build import export

    for name in ("EXPLAINER_DATA_DIR", "EXPLAINER_RELEASE", "EXPLAINER_FORMATS"):
        os.environ.pop(name, None)
    folder = tmp_path_factory.mktemp("exports")
    outcome = export(out=folder)
    assert outcome.failures == ()
    return folder
