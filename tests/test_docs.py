"""README, CONTRIBUTING and the workflows name commands that are there, and say what they do."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer
import yaml

from explainer.cli import app
from explainer.publish import notebooks
from tests.conftest import ROOT

TEXTS = ["README.md", "CONTRIBUTING.md", "exports/README.md", "benchmarks/README.md"]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w-]+/[\w-]+@v\d+")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def written(name: str) -> Iterator[str]:
    """What a text sets as code: lines of its blocks and words between backticks."""
    text = text_of(name)
    blocks = re.compile(r"```\w*\n(.*?)```", re.S)
    for block in blocks.findall(text):
        yield from block.splitlines()
    yield from re.findall(r"`([^`\n]+)`", blocks.sub("", text))


def commands(name: str, program: str) -> list[list[str]]:
    """Calls of a program in a text, without variables before and remarks behind."""
    found = []
    for line in written(name):
        words = shlex.split(line, comments=True) if line.count("'") != 1 else line.split()
        while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
            words.pop(0)
        if words[:1] == [program] and len(words) > 1:
            found.append(words[1:])
    return found


EXPLAINER = [(name, words) for name in TEXTS for words in commands(name, "explainer")]
MADE = text_of("Makefile").replace("$(VENV)", ".venv")
TARGETS = set(re.findall(r"^([a-z./]+):", MADE, re.M))


def parsed(words: list[str]) -> None:
    """Let the command line read the words without acting on them."""
    group = typer.main.get_command(app)
    with group.make_context("explainer", list(words)) as context:
        name, command, rest = group.resolve_command(context, words)  # type: ignore[attr-defined]
        command.make_context(name, rest, parent=context).close()


@pytest.mark.parametrize(
    "words", [words for _, words in EXPLAINER], ids=[f"{n}: {' '.join(w)}" for n, w in EXPLAINER]
)
def test_command_line_takes_what_the_text_says(words: list[str]) -> None:
    # A and B stand for what a reader puts there.
    parsed(["2024" if word in ("A", "B") else word for word in words if word != "…"])


def test_texts_name_commands_at_all() -> None:
    assert {words[0] for name, words in EXPLAINER if name == "README.md"} >= {
        "list", "export", "pack", "country", "compare", "check", "lab", "import", "refresh",
    }  # fmt: skip


def test_unknown_option_in_a_text_would_be_seen() -> None:
    with pytest.raises(Exception, match="no-such-option"):
        parsed(["export", "--no-such-option"])


@pytest.mark.parametrize("name", TEXTS)
def test_make_targets_in_texts_exist(name: str) -> None:
    assert {words[0] for words in commands(name, "make")} <= TARGETS


@pytest.mark.parametrize(
    "command", [["list"], ["check"], ["compare", "2024", "2025"]], ids=" ".join
)
def test_quick_commands_of_the_readme_run(command: list[str]) -> None:
    assert command in [words for name, words in EXPLAINER if name == "README.md"]
    done = subprocess.run(
        [sys.executable, "-m", "explainer", *command],
        cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip()


def test_python_of_the_readme_runs(capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = re.findall(r"```python\n(.*?)```", text_of("README.md"), re.S)
    held: dict[str, object] = {}
    exec(compile(block, "README.md", "exec"), held)
    assert len(held["estimates"]) > 1000  # type: ignore[arg-type]


def test_readme_names_each_chapter_with_its_title() -> None:
    told = re.findall(r"^\| `(\d\d-[\w-]+)` \| (.+?) \|$", text_of("README.md"), re.M)
    assert told == [(one.slug, notebooks.quick_title(one.path)) for one in notebooks.chapters()]


def test_version_is_said_alike() -> None:
    version = re.search(r'^version = "(.+)"$', text_of("pyproject.toml"), re.M)
    cited = yaml.safe_load(text_of("CITATION.cff"))
    assert version
    assert version[1] == cited["version"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflow_is_whole_and_asks_for_little(path: object) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))  # type: ignore[attr-defined]
    assert workflow["permissions"] in ({"contents": "read"}, {"contents": "write"})
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for step in steps:
        assert PINNED.fullmatch(step["uses"]) if "uses" in step else step["run"]
    runs = [step["run"] for step in steps if "run" in step]
    made = {shlex.split(run)[1] for run in runs if run.startswith("make ")}
    assert made
    assert made <= TARGETS
    # What a stranger may write, such as a title, is never pasted into a shell.
    assert not [run for run in runs if "github.event" in run]


def test_workflows_are_the_three() -> None:
    assert [path.stem for path in WORKFLOWS] == ["pages", "release", "tests"]
