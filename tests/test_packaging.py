"""The built wheel is whole: installed anywhere, it exports the same chapters."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import hatch_build
from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA_NAMES = {"matplotlib-base": "matplotlib", "pandera-base": "pandera"}


def python(*arguments: object, cwd: Path, path: Path | None = None) -> str:
    """What a Python says, with packages in ``path`` before all others."""
    variables = {"PYTHONPATH": str(path)} if path else {}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    python("-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages that holds the wheel alone."""
    folder = tmp_path_factory.mktemp("installed")
    pip = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-index"]
    python(*pip, "--no-deps", "--target", folder, wheel, cwd=folder)
    return folder


@pytest.mark.slow
def test_wheel_carries_all_that_a_report_needs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "explainer", "data", "notebooks"],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=True,
    ).stdout.split()  # fmt: skip
    needed = {
        name if name.startswith("explainer/") else f"explainer/bundled/{name}" for name in tracked
    }
    assert needed <= packed
    for kind in (".csv", "datapackage.json", ".ipynb", ".j2", ".css", ".js", ".mplstyle"):
        assert [name for name in packed if name.endswith(kind)], kind
    assert not [name for name in packed if name.startswith("tests") or "__pycache__" in name]


@pytest.mark.slow
def test_wheel_carries_reveal_and_its_licence_but_nothing_of_sphinx(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {Path(name).name: name for name in archive.namelist() if "/assets/" in name}
        carried = {hatch_build.RUNTIME, hatch_build.RUNTIME_STAMP}
        assert set(packed) == {*hatch_build.PARTS, hatch_build.STAMP, *carried}
        assert b"window.vegaEmbed=" in archive.read(packed[hatch_build.RUNTIME])
        assert b"Permission is hereby granted" in archive.read(packed["LICENSE"])
        (described,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        assert b"sphinx" not in archive.read(described).lower()
        assert b"vl-convert" not in archive.read(described).lower()


class Carrier:
    """An installed sphinx-revealjs whose every part has the same text."""

    def __init__(self, folder: Path, version: str, text: str) -> None:
        self.version, self._part = version, folder / "part"
        self._part.write_text(text, encoding="utf-8")

    def locate_file(self, _: str) -> Path:
        return self._part


def test_build_takes_the_parts_of_the_pinned_reveal_once(tmp_path: Path) -> None:
    wanted = hatch_build.pin(ROOT / "pyproject.toml")
    version = wanted.partition("==")[2]
    hatch_build.copy(Carrier(tmp_path, version, "new"), wanted, tmp_path / "assets")
    assert hatch_build.is_made_from(tmp_path / "assets", wanted)
    part = tmp_path / "assets" / "reveal.js"
    os.utime(part, (1_700_000_000, 1_700_000_000))
    hatch_build.copy(Carrier(tmp_path, version, "new"), wanted, tmp_path / "assets")
    assert part.stat().st_mtime == 1_700_000_000
    part.unlink()
    assert not hatch_build.is_made_from(tmp_path / "assets", wanted)


@pytest.mark.parametrize(
    ("version", "text", "sentence"),
    [
        ("0.1", "new", "0.1 is installed, but sphinx-revealjs==3.2.1 is wanted"),
        ("3.2.1", "@import url(https://fonts.googleapis.com/css)", "from the network"),
    ],
)
def test_build_refuses_another_reveal_and_one_that_calls_out(
    tmp_path: Path, version: str, text: str, sentence: str
) -> None:
    with pytest.raises(RuntimeError, match=sentence):
        hatch_build.copy(
            Carrier(tmp_path, version, text), "sphinx-revealjs==3.2.1", tmp_path / "assets"
        )


def test_build_makes_the_runtime_of_live_pictures_once(tmp_path: Path) -> None:
    wanted = hatch_build.pin(ROOT / "pyproject.toml", hatch_build.RUNTIME_CARRIER)
    carrier = Carrier(tmp_path, wanted.partition("==")[2], "")
    made: list[str] = []

    def make() -> str:
        made.append("once")
        return "window.vegaEmbed=0"

    for _ in range(2):
        hatch_build.bundle(carrier, wanted, tmp_path / "assets", make)
    assert made == ["once"]
    assert hatch_build.has_runtime_from(tmp_path / "assets", wanted)
    assert not hatch_build.has_runtime_from(tmp_path / "assets", "vl-convert-python==0.1")
    with pytest.raises(RuntimeError, match=f"0.1 is installed, but {wanted} is wanted"):
        hatch_build.bundle(Carrier(tmp_path, "0.1", ""), wanted, tmp_path / "assets", make)


@pytest.mark.slow
def test_installed_wheel_exports_the_same_page_from_any_folder(
    installed: Path, exports: Path, tmp_path: Path
) -> None:
    told = python("-c", "import explainer; print(explainer.__file__)", cwd=tmp_path, path=installed)
    assert Path(told.strip()).is_relative_to(installed)
    said = python("-m", "explainer", "export", "1", cwd=tmp_path, path=installed)
    assert said.startswith("wrote exports/01-global-epidemic.html")
    page = tmp_path / "exports" / "01-global-epidemic.html"
    assert page.read_bytes() == (exports / page.name).read_bytes()


@pytest.mark.slow
def test_installed_chapters_are_copied_before_they_are_edited(
    installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "jupyterlab").mkdir()
    (tmp_path / "jupyterlab" / "__init__.py").touch()
    (tmp_path / "jupyterlab" / "__main__.py").write_text("import sys; print(sys.argv[1:])")
    both = Path(os.pathsep.join([str(tmp_path), str(installed)]))
    said = python("-m", "explainer", "lab", "--no-browser", cwd=tmp_path, path=both)
    copy = tmp_path / "explainer-notebooks"
    assert f"['--ServerApp.root_dir={copy}', '--no-browser']" in said
    assert (copy / "01-global-epidemic.ipynb").is_file()


def executed_notebook(path: Path) -> Path:
    """A notebook with the outputs of an earlier run."""
    output = new_output("stream", name="stdout", text="kept from the run")
    cells = [new_markdown_cell("# Mine"), new_code_cell("print()", outputs=[output])]
    nbformat.write(new_notebook(cells=cells), path)
    return path


@pytest.mark.slow
def test_jupyter_nbconvert_knows_the_report(installed: Path, tmp_path: Path) -> None:
    names = "from nbconvert.exporters import get_export_names as n; print(*n())"
    listed = python("-c", names, cwd=tmp_path, path=installed).split()
    assert {"explainer_report", "explainer_slides", "explainer_lesson"} <= set(listed)
    path = executed_notebook(tmp_path / "mine.ipynb")
    python("-m", "nbconvert", "--to", "explainer_report", path, cwd=tmp_path, path=installed)
    page = (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "<title>Mine · HIV, explained" in page
    assert "kept from the run" in page
    assert 'http-equiv="Content-Security-Policy"' in page


@pytest.mark.slow
def test_jupyter_nbconvert_makes_slides_beside_the_report(installed: Path, tmp_path: Path) -> None:
    path = executed_notebook(tmp_path / "mine.ipynb")
    python("-m", "nbconvert", "--to", "explainer_slides", path, cwd=tmp_path, path=installed)
    page = (tmp_path / "mine.slides.html").read_text(encoding="utf-8")
    assert "kept from the run" in page
    assert "Reveal.initialize" in page
    assert not (tmp_path / "mine.html").exists()


@pytest.mark.slow
def test_jupyter_nbconvert_shows_what_it_has_just_run(tmp_path: Path) -> None:
    path = executed_notebook(tmp_path / "mine.ipynb")
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "print('run ' + 'now')"
    nbformat.write(notebook, path)
    python("-m", "nbconvert", "--execute", "--to", "explainer_report", path, cwd=tmp_path)
    page = (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "run now" in page
    assert "kept from the run" not in page


def conda_requirements() -> tuple[dict[str, str], list[str]]:
    """Conda's names with their lowest versions, and what pip adds."""
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    listed = re.findall(r"^  - ([a-z0-9-]+)(?:>=([\d.]+))?$", text, re.M)
    return {CONDA_NAMES.get(name, name): low for name, low in listed}, re.findall(
        r'^      - "(.+)"$', text, re.M
    )


def test_conda_environment_asks_for_what_the_project_asks_for() -> None:
    conda, pip = conda_requirements()
    wanted = {}
    for line in PROJECT["project"]["dependencies"]:
        requirement = Requirement(line)
        (low,) = [bound.version for bound in requirement.specifier if bound.operator == ">="]
        wanted[requirement.name] = low
    wanted["python"] = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert {
        name: low for name, low in conda.items() if name not in ("pip", "conda-forge")
    } == wanted
    assert pip == ["-e ."]


def required(name: str, extras: frozenset[str], seen: set[str]) -> Iterator[str]:
    """Everything that installing ``name`` brings with it on this machine."""
    for line in metadata.requires(name) or []:
        requirement = Requirement(line)
        marker = requirement.marker
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras | {""}):
            continue
        known = canonicalize_name(requirement.name)
        yield known
        key = f"{known}[{','.join(sorted(requirement.extras))}]"
        if key not in seen:
            seen.add(key)
            yield from required(known, frozenset(requirement.extras), seen)


def test_every_package_is_pinned_and_none_has_an_address() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines)
    for name, version in pins.items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name)
        assert re.fullmatch(r"\d[\w.]*", version)
    pinned = {canonicalize_name(name) for name in pins}
    assert len(pinned) == len(lines)
    needed = set(required("hiv-explainer", frozenset({"test"}), set())) - {"hiv-explainer"}
    assert needed - pinned == set()


def test_wheel_is_built_with_pinned_tools() -> None:
    builder, *carriers = PROJECT["build-system"]["requires"]
    assert [re.fullmatch(r"[a-z-]+==[\d.]+", carrier) for carrier in carriers].count(None) == 0
    assert builder in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
