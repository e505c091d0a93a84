"""Export of a reader's own notebook: what is written, what is kept, and how quietly."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from explainer.publish import digest
from tests.cli.conftest import OLD, EarlierExport, assert_refused, explainer
from tests.tables.conftest import Folder

OLD_TIME = 1_700_000_000


def aged(folder: Path) -> dict[str, tuple[bytes, float]]:
    """Give every page an old date; return what they hold, to compare with later."""
    for page in folder.iterdir():
        os.utime(page, (OLD_TIME, OLD_TIME))
    return now(folder)


def now(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime) for path in folder.iterdir()}


def test_own_notebook_becomes_a_page_and_a_landing_page(
    tmp_path: Path, make_notebook: Callable[..., Path]
) -> None:
    cells = [
        ("md", "# Mine"),
        ("code", "import explainer as hiv\nhiv.say('{{ n | people }}', n=9)"),
    ]
    ran = explainer("export", make_notebook(cells), "--out", "pages/new", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    wrote, opened = ran.out.splitlines()
    assert wrote.startswith("wrote pages/new/my-own.html  ")
    assert opened == f"open  {tmp_path / 'pages' / 'new' / 'index.html'}"
    assert sorted(now(tmp_path / "pages" / "new")) == ["index.html", "my-own.html"]
    page = (tmp_path / "pages" / "new" / "my-own.html").read_text(encoding="utf-8")
    assert "<title>Mine · " in page
    assert "<p>9</p>" in page


def test_page_of_nobody_is_replaced_and_others_stay(
    tmp_path: Path, earlier: EarlierExport, make_notebook: Callable[..., Path]
) -> None:
    (earlier.folder / "notes.txt").write_text(OLD)
    ran = explainer("export", make_notebook(), cwd=tmp_path)
    assert ran.status == 0
    assert "made anew" in (earlier.folder / "my-own.html").read_text(encoding="utf-8")
    assert earlier.has_old("01-global-epidemic")
    assert (earlier.folder / "notes.txt").read_text() == OLD


def test_own_notebook_runs_again_because_it_may_read_anything(
    tmp_path: Path, make_notebook: Callable[..., Path]
) -> None:
    read = "import pathlib\nprint(pathlib.Path('mine.csv').read_text())"
    path = make_notebook([("md", "# Mine"), ("code", read)])
    (tmp_path / "mine.csv").write_text("first")
    explainer("export", path, cwd=tmp_path)
    before = aged(tmp_path / "exports")

    ran = explainer("export", path, cwd=tmp_path)
    assert ran.out.startswith("kept  exports/my-own.html")
    assert now(tmp_path / "exports") == before

    (tmp_path / "mine.csv").write_text("second")
    ran = explainer("export", path, cwd=tmp_path)
    assert ran.out.startswith("wrote exports/my-own.html")
    assert "second" in (tmp_path / "exports" / "my-own.html").read_text(encoding="utf-8")


def test_notebook_without_title_is_named_by_its_file(
    tmp_path: Path, make_notebook: Callable[..., Path]
) -> None:
    assert explainer("export", make_notebook([("md", "Words.")]), cwd=tmp_path).status == 0
    page = (tmp_path / "exports" / "my-own.html").read_text(encoding="utf-8")
    assert "<title>my-own · " in page


def test_notebook_without_cell_ids_gives_the_same_page_every_time(
    tmp_path: Path, make_notebook: Callable[..., Path]
) -> None:
    path = make_notebook()
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        del cell["id"]
    path.write_text(json.dumps(notebook | {"nbformat_minor": 4}), encoding="utf-8")
    for out in ("one", "two"):
        ran = explainer("export", path, "--out", out, cwd=tmp_path)
        assert (ran.status, ran.err) == (0, "")
    page = (tmp_path / "one" / "my-own.html").read_bytes()
    assert b'id="cell-2"' in page
    assert page == (tmp_path / "two" / "my-own.html").read_bytes()


def test_progress_is_shown_on_a_terminal_only(
    tmp_path: Path, make_notebook: Callable[..., Path]
) -> None:
    terminal, end = pty.openpty()
    command = subprocess.Popen(
        [sys.executable, "-m", "explainer", "export", str(make_notebook())],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=end,
    )
    os.close(end)
    shown = b""
    with contextlib.suppress(OSError):  # a terminal that nobody writes to any more
        while part := os.read(terminal, 4096):
            shown += part
    os.close(terminal)
    out, _ = command.communicate(timeout=60)
    assert b"running notebooks" in shown
    assert b"running" not in out
    assert command.returncode == 0


def test_full_disk_leaves_the_earlier_export(
    tmp_path: Path, earlier: EarlierExport, make_notebook: Callable[..., Path]
) -> None:
    # A file may not grow past 8 KB in this process: the page breaks off in the middle.
    limited = (
        "import resource, runpy, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (8000, 8000)); "
        "sys.argv[0] = 'explainer'; runpy.run_module('explainer', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "export", str(make_notebook())],
        cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == (
        "explainer: exports/my-own.html: not written (File too large); the earlier file is "
        "unchanged; free space or name another folder with --out\n"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert earlier.is_untouched()


def test_page_is_built_anew_for_another_release(
    make_notebook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_notebook()
    plain = digest.of_inputs(path, release=None, page="html", tables=["targets"])
    monkeypatch.setenv("EXPLAINER_RELEASE", "2024")
    assert digest.of_inputs(path, release=None, page="html", tables=["targets"]) != plain


# A data folder that is not sound.

LOADS = [("md", "# Loads"), ("code", "import explainer as hiv\nhiv.load_targets()")]


@pytest.fixture
def copied(tmp_path: Path) -> Folder:
    """A copy of the data folder under the test's own, named by a relative path."""
    from explainer.paths import data_dir

    return Folder(Path(shutil.copytree(data_dir(), tmp_path / "copied")))


def test_data_folder_that_is_not_there(
    tmp_path: Path, earlier: EarlierExport, make_notebook: Callable[..., Path]
) -> None:
    ran = explainer("export", "1", make_notebook(), cwd=tmp_path, EXPLAINER_DATA_DIR="nowhere")
    assert_refused(
        ran,
        "EXPLAINER_DATA_DIR names nowhere, which is not a folder; "
        "unset it or name a folder that holds datapackage.json",
    )
    assert earlier.is_untouched()


def test_relative_data_folder_means_the_same_in_the_notebook(
    tmp_path: Path, copied: Folder, make_notebook: Callable[..., Path]
) -> None:
    (tmp_path / "deep").mkdir()
    path = make_notebook([*LOADS, ("code", "print(hiv.load_targets().target.iloc[0])")], "deep/own")
    copied.replace("targets", "95-95-95", "96-96-96")
    ran = explainer("export", path, cwd=tmp_path, EXPLAINER_DATA_DIR="copied")
    assert (ran.status, ran.err) == (0, "")
    assert "96-96-96" in (tmp_path / "exports" / "own.html").read_text(encoding="utf-8")


def missing_table(data: Folder) -> str:
    data.file("targets").unlink()
    return "targets.csv: there is no such file; put the table back"


def broken_row(data: Folder) -> str:
    line = data.edit("targets", {"target": "95-95-95"}, {"value": "much"})
    row = f"targets.csv row {line}: value is 'much', expected a number"
    return f"{row} (95-95-95, 2025, knows_status_share); correct the cell"


@pytest.mark.parametrize("harm", [missing_table, broken_row])
def test_broken_table_stops_the_notebook_that_loads_it(
    tmp_path: Path,
    earlier: EarlierExport,
    copied: Folder,
    make_notebook: Callable[..., Path],
    harm: Callable[[Folder], str],
) -> None:
    said = harm(copied)
    ran = explainer("export", make_notebook(LOADS), cwd=tmp_path, EXPLAINER_DATA_DIR="copied")
    assert_refused(ran, f"my-own.ipynb cell cell-2: {copied.path}/{said}")
    assert earlier.is_untouched()


def test_page_without_a_freeze_date_is_not_written(
    tmp_path: Path, earlier: EarlierExport, copied: Folder, make_notebook: Callable[..., Path]
) -> None:
    (copied.path / "datapackage.json").unlink()
    ran = explainer("export", make_notebook(), cwd=tmp_path, EXPLAINER_DATA_DIR="copied")
    assert_refused(ran, "copied/datapackage.json: there is no such file; put the descriptor back")
    assert earlier.is_untouched()


def test_table_that_is_a_folder(
    tmp_path: Path, earlier: EarlierExport, copied: Folder, make_notebook: Callable[..., Path]
) -> None:
    copied.file("targets").unlink()
    copied.file("targets").mkdir()
    path = make_notebook([("md", "# T"), ("code", "import explainer\nexplainer.load_targets()")])
    ran = explainer("export", path, cwd=tmp_path, EXPLAINER_DATA_DIR="copied")
    where = f"my-own.ipynb cell cell-2: {copied.file('targets').absolute()}"
    assert_refused(ran, f"{where}: cannot be read (Is a directory); mend the file")
    assert earlier.is_untouched()


def test_check_names_every_broken_table(tmp_path: Path, copied: Folder) -> None:
    copied.file("trials").write_bytes(b"\x00\x01")
    copied.file("cohorts").unlink()
    ran = explainer("check", cwd=tmp_path, EXPLAINER_DATA_DIR="copied")
    assert (ran.status, ran.out) == (2, "")
    said = [line.removeprefix("explainer: copied/") for line in ran.err.splitlines()]
    assert "cohorts.csv: there is no such file; put the table back" in said
    assert any(line.startswith("trials.csv row 1: holds binary bytes") for line in said)


def test_check_of_sound_tables_and_notebooks_says_so(tmp_path: Path) -> None:
    ran = explainer("check", cwd=tmp_path)
    assert (ran.status, ran.err, ran.out) == (0, "", "tables and notebooks are sound\n")
