"""A notebook that fails while it runs: which cell, what it said; the others are still made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from explainer.publish import failures
from tests.cli.conftest import (
    EarlierExport,
    Ran,
    explainer,
    explainer_here,
    write_notebook,
)

HIV = "import explainer as hiv\n"
FAILING = {
    "raises": ("1 / 0", "ZeroDivisionError: division by zero"),
    "lines": ("raise ValueError('one\\ntwo')", "ValueError: one"),
    "silent": ("raise KeyError", "KeyError"),
    "syntax": ("x = = 3", "SyntaxError: invalid syntax (line 1)"),
    "asks": ("input('Your name?')", "StdinNotImplementedError: raw_input was called, but this "
             "frontend does not support input requests."),
    "dies": ("import os\nos._exit(3)", "the kernel died; run the notebook in JupyterLab to see "
             "why"),
    "no-fact": (f"{HIV}hiv.say('{{{{ nn | people }}}}', n=3)",
                "say() was given no fact named 'nn' (did you mean 'n'?); known: n"),
    "no-table": (f"{HIV}hiv.load_cascade(population='cats')",
                 "no population 'cats'; choose all ages, adults 15+, men 15+, women 15+, "
                 "children 0-14"),
    "no-name": (f"{HIV}hiv.load_nothing()",
                "module 'explainer' has no attribute 'load_nothing'"),
}  # fmt: skip


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ran, EarlierExport]:
    """One run over all failing notebooks, and a sound one among them."""
    folder = tmp_path_factory.mktemp("failing")
    earlier = EarlierExport(folder / "exports", *FAILING)
    for slug, (source, _) in FAILING.items():
        write_notebook(folder / f"{slug}.ipynb", [("md", f"# {slug}"), ("code", source)])
    write_notebook(folder / "sound.ipynb")
    names = [f"{slug}.ipynb" for slug in (*FAILING, "sound")]
    return explainer("export", *names, cwd=folder), earlier


@pytest.mark.parametrize("slug", FAILING)
def test_failing_cell_is_named_with_what_it_said(
    outcome: tuple[Ran, EarlierExport], slug: str
) -> None:
    ran, _ = outcome
    said = [line for line in ran.err.splitlines() if line.startswith(f"explainer: {slug}.ipynb")]
    assert said == [f"explainer: {slug}.ipynb cell cell-2: {FAILING[slug][1]}"]


def test_failures_are_all_that_is_said(outcome: tuple[Ran, EarlierExport]) -> None:
    ran, _ = outcome
    assert len(ran.err.splitlines()) == len(FAILING)
    assert ran.status == 2


@pytest.mark.parametrize("slug", FAILING)
def test_earlier_page_of_a_failing_notebook_is_untouched(
    outcome: tuple[Ran, EarlierExport], slug: str
) -> None:
    _, earlier = outcome
    assert earlier.has_old(slug)


def test_sound_notebook_among_failing_ones_is_exported(
    outcome: tuple[Ran, EarlierExport],
) -> None:
    ran, earlier = outcome
    first, second = ran.out.splitlines()
    assert first.startswith("wrote exports/sound.html")
    assert second == f"open  {earlier.folder.resolve() / 'index.html'}"
    assert "made anew" in (earlier.folder / "sound.html").read_text(encoding="utf-8")
    assert not list(earlier.folder.glob("*.part")) + list(earlier.folder.glob(".*"))


@pytest.mark.parametrize("option", [[], ["--kernel"]], ids=["child", "kernel"])
def test_cell_that_hangs_is_ended(
    earlier: EarlierExport,
    make_notebook: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    option: list[str],
) -> None:
    path = make_notebook([("md", "# Slow"), ("code", "while True:\n    pass")])
    monkeypatch.setattr(failures, "CELL_SECONDS", 6)  # a start may take a busy machine seconds
    assert explainer_here("export", path, "--out", earlier.folder, *option) == 2
    assert capfd.readouterr() == (
        "",
        "explainer: my-own.ipynb cell cell-2: still running after 6 s; shorten what it computes\n",
    )
    assert earlier.is_untouched()


def test_kernel_that_does_not_start(
    tmp_path: Path, earlier: EarlierExport, make_notebook: Callable[..., Path]
) -> None:
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit(3)")
    first = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    ran = explainer("export", "--kernel", make_notebook(), cwd=tmp_path, PYTHONPATH=first)
    assert ran.err == (
        "explainer: my-own.ipynb: no kernel started (Kernel died before replying to kernel_info); "
        "run it in JupyterLab to see why\n"
    )
    assert (ran.status, ran.out) == (2, "")
    assert earlier.is_untouched()


SLEEPS, WORKS = "import time\ntime.sleep(60)", "while True:\n    pass"


@pytest.mark.parametrize(
    ("stop", "source", "option"),
    [
        (signal.SIGINT, SLEEPS, []),
        (signal.SIGTERM, WORKS, []),
        (signal.SIGINT, WORKS, ["--kernel"]),
        (signal.SIGTERM, SLEEPS, ["--kernel"]),
    ],
)
def test_interrupt_ends_command_and_notebook(
    tmp_path: Path,
    earlier: EarlierExport,
    make_notebook: Callable[..., Path],
    stop: signal.Signals,
    source: str,
    option: list[str],
) -> None:
    begun = tmp_path / "begun"
    tell = f"import os, pathlib\npathlib.Path({str(begun)!r}).write_text(str(os.getpid()))\n"
    path = make_notebook([("md", "# Slow"), ("code", tell + source)])
    command = subprocess.Popen(
        [sys.executable, "-m", "explainer", "export", str(path), *option],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    runner = int(wait_for(lambda: begun.exists() and begun.read_text()))
    os.killpg(command.pid, stop)
    out, err = command.communicate(timeout=30)
    assert (command.returncode, out, err) == (130, b"", b"")
    wait_for(lambda: not is_running(runner))
    assert earlier.is_untouched()


def wait_for(sign: Callable[[], object], seconds: float = 30) -> str:
    """What ``sign`` gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if given := sign():
            return str(given)
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def is_running(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
