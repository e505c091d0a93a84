"""What the whole suite shares: the pages, built once, and where outside material may lie."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
# What the person at this machine has imported is no matter of the tests.
NO_IMPORTS = str(ROOT / "tests" / "nothing-imported")
os.environ["EXPLAINER_IMPORTS_DIR"] = NO_IMPORTS
# The same examples in every run, and no clock: what fails here fails everywhere.  Look for new
# examples with EXPLAINER_FUZZ=1.
settings.register_profile("same", deadline=None, derandomize="EXPLAINER_FUZZ" not in os.environ)
settings.load_profile("same")


NAMES = ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
         "--disable-component-update", "--disable-quic", "--no-first-run"]  # fmt: skip


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Results must not depend on variables that happen to be set on this machine."""
    for name in ("EXPLAINER_DATA_DIR", "EXPLAINER_RELEASE", "EXPLAINER_FORMATS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("EXPLAINER_IMPORTS_DIR", NO_IMPORTS)


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


@pytest.fixture(scope="session")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the lesson pages of every chapter."""
    from explainer.publish.build import export

    folder = tmp_path_factory.mktemp("lessons")
    outcome = export(formats=["lesson"], out=folder)
    assert outcome.failures == ()
    return folder


def need_browser() -> str:
    """Path of this machine's Chromium; without one the test skips here, and fails in CI."""
    found = os.environ.get("EXPLAINER_BROWSER") or next(filter(None, map(shutil.which, NAMES)), "")
    if not found:
        if os.environ.get("CI"):
            pytest.fail("no Chromium in CI: browser tests must not skip there")
        pytest.skip("no Chromium found; install one or name it in EXPLAINER_BROWSER")
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine."""
    found = need_browser()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield browser
        browser.close()
