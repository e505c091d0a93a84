"""A command that is killed leaves the old state or the new one, each whole."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from explainer.publish.build import export
from explainer.tables import store
from explainer.tables.keeping import keep
from tests.cli.conftest import write_notebook
from tests.conftest import ROOT
from tests.tables.readers import made

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="a command and its forked children are killed as on Linux"
    ),
]


def killed(
    tmp_path: Path, times: int, old: Path, folder: Path, *arguments: object
) -> dict[str, Any]:
    """What stood in ``folder`` after each of many moments at which the command was killed."""
    plan = tmp_path / "plan.json"
    told = {
        "old": str(old), "folder": str(folder), "arguments": list(map(str, arguments)),
        "times": times, "seed": 20_261_123,
    }  # fmt: skip
    plan.write_text(json.dumps(told), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tests.tables.killing", str(plan)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert (found["status"], found["again"]) == (0, 0)
    assert len(found["moments"]) == times
    assert any(code == -signal.SIGKILL for code, _ in found["moments"])
    return found


@pytest.mark.parametrize("is_there", [True, False], ids=["release replaced", "release new"])
def test_import_is_killed(tmp_path: Path, is_there: bool) -> None:
    old, folder = tmp_path / "old", tmp_path / "releases"
    old.mkdir()
    (tmp_path / "first.xlsx").write_bytes(made.whole_release(2027))
    (tmp_path / "second.xlsx").write_bytes(made.whole_release(2027, raised=1.1))
    if is_there:
        keep(tmp_path / "first.xlsx", into=old)
    held = {path.name: path.read_bytes().hex() for path in old.iterdir()}
    second = tmp_path / "second.xlsx"
    found = killed(tmp_path, 25, old, folder, "import", second, "--into", folder, "--replace")
    states = [held, found["new"]]
    assert states[0] != states[1]
    assert all(state in states for _, state in found["moments"])
    assert found["last"] == found["new"]
    kept = store.find("2027", folder)
    assert kept is not None
    assert kept.provenance.file == "second.xlsx"


def test_export_into_a_folder_with_pages_is_killed(tmp_path: Path) -> None:
    old, folder, mine = tmp_path / "old", tmp_path / "exports", tmp_path / "mine.ipynb"
    write_notebook(mine, [("md", "# Mine"), ("code", "print('old')")])
    export([str(mine)], formats=["html", "slides"], out=old)
    held = {path.name: path.read_bytes().hex() for path in old.iterdir()}
    write_notebook(mine, [("md", "# Mine, anew"), ("code", "print('new')")])
    formats = ["--to", "html", "--to", "slides"]
    found = killed(tmp_path, 50, old, folder, "export", mine, *formats, "--out", folder)
    pages = {"mine.html", "mine.slides.html", "index.html"}
    assert held.keys() == found["new"].keys() == pages
    for _, state in found["moments"]:
        assert state.keys() == pages
        assert all(state[page] in (held[page], found["new"][page]) for page in pages)
    assert found["last"] == found["new"]
