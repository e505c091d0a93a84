"""What the command says of itself, quickly."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from explainer import cli
from tests.cli.conftest import explainer

COMMANDS = {
    "export": ["--to", "--out", "--release", "--force", "CHAPTER|NOTEBOOK.ipynb"],
    "pack": ["one zip for a USB stick", "--out"],
    "list": ["List the chapters"],
    "compare": ["side by side", "--location", "--indicator", "--year", "--to"],
    "check": ["Validate tables and notebooks", "CHAPTER|NOTEBOOK.ipynb"],
    "lab": ["Open JupyterLab"],
}


def test_help_names_every_command(tmp_path: Path) -> None:
    ran = explainer("--help", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    for command in COMMANDS:
        assert f" {command} " in ran.out


def test_without_arguments_the_help_is_shown(tmp_path: Path) -> None:
    assert "Usage: explainer" in explainer(cwd=tmp_path).out


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_names_its_options(tmp_path: Path, command: str) -> None:
    ran = explainer(command, "--help", cwd=tmp_path, COLUMNS=100)
    assert (ran.status, ran.err) == (0, "")
    for words in COMMANDS[command]:
        assert words in ran.out


HEAVY = ("pandas", "numpy", "matplotlib", "scipy", "IPython", "nbconvert", "requests", "joblib")


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nfrom explainer import cli\nsys.argv = ['explainer', '--help']\n"
        "try:\n    cli.main()\nexcept SystemExit:\n"
        f"    print(sorted(set({HEAVY!r}) & sys.modules.keys()), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True
    )
    assert "Usage: explainer" in done.stdout
    assert done.stderr.strip() == "[]"


def test_list_shows_number_and_title_of_each_chapter(tmp_path: Path) -> None:
    ran = explainer("list", cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert [line.split()[0] for line in ran.out.splitlines()][:3] == [
        "01-global-epidemic",
        "02-remission-timeline",
        "03-ccr5-donors",
    ]
    assert "How rare is CCR5-Δ32, and who can find a donor?" in ran.out


def test_list_survives_a_terminal_without_greek(tmp_path: Path) -> None:
    ran = explainer("list", cwd=tmp_path, PYTHONIOENCODING="latin-1")
    assert (ran.status, ran.err) == (0, "")
    assert r"CCR5-\u039432" in ran.out


def test_unknown_command_is_refused(tmp_path: Path) -> None:
    ran = explainer("exprot", cwd=tmp_path)
    assert ran.status == 2
    assert "No such command 'exprot'" in ran.err
    assert ran.out == ""


def test_console_script_and_module_are_the_same_command(tmp_path: Path) -> None:
    (script,) = entry_points(group="console_scripts", name="explainer")
    assert script.load() is cli.main
