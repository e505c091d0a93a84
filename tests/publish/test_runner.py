"""Forked children give a kernel's outputs, fail in one sentence, and never outlive their parent."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from explainer.errors import ExplainerError
from explainer.publish import children, failures, notebooks
from explainer.publish.build import export
from explainer.publish.children import Work, in_children
from explainer.publish.pages import Task, in_kernel, in_process
from tests.cli.conftest import explainer, write_notebook

pytestmark = pytest.mark.skipif(not children.can_fork(), reason="forking is for Linux only")


@pytest.mark.slow
@pytest.mark.parametrize("slug", [chapter.slug for chapter in notebooks.chapters()])
def test_outputs_equal_those_of_a_kernel(slug: str) -> None:
    chapter = notebooks.find(slug)
    task = Task(chapter.path, chapter.slug)
    notebook = notebooks.read(chapter.path)
    ours, our_tables = in_process(task, notebook, lambda _: None)
    theirs, their_tables = in_kernel(task, notebook, lambda _: None)
    for one, other in zip(ours.cells, theirs.cells, strict=True):
        assert one.get("outputs") == other.get("outputs"), one.id
        assert one.get("execution_count") == other.get("execution_count"), one.id
    assert our_tables == their_tables
    loads_estimates = "load_estimates" in chapter.path.read_text(encoding="utf-8")
    assert ("hiv_estimates" in our_tables) == loads_estimates


KINDS = """\
import sys
from IPython.display import Markdown, display
display(Markdown("**bold**"))
print("out")
print("more")
print("err", file=sys.stderr)
{"a": [1, 2]}
"""


def test_every_kind_of_output_equals_that_of_a_kernel(make_notebook: Callable[..., Path]) -> None:
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"
    path = make_notebook([("md", "# T"), ("code", KINDS), ("code", plot)])
    notebook = notebooks.read(path)
    ours, _ = in_process(Task(path, "x"), notebook, lambda _: None)
    theirs, _ = in_kernel(Task(path, "x"), notebook, lambda _: None)
    assert [c.get("outputs") for c in ours.cells] == [c.get("outputs") for c in theirs.cells]
    assert "image/png" in ours.cells[2].outputs[0]["data"]


def test_pictures_are_kept_where_pyplot_is_already_at_work(
    make_notebook: Callable[..., Path],
) -> None:
    path = make_notebook([("code", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);")])
    notebook = notebooks.read(path)
    plt.switch_backend("agg")
    for _ in range(2):
        executed, _ = in_process(Task(path, "x"), notebook, lambda _: None)
        assert "image/png" in executed.cells[0].outputs[0]["data"]


def test_pictures_are_kept_where_matplotlib_was_loaded_without_pyplot(tmp_path: Path) -> None:
    plot = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    write_notebook(tmp_path / "own.ipynb", [("md", "# T"), ("code", plot)])
    assert explainer("export", "own.ipynb", "--out", ".", cwd=tmp_path).status == 0
    assert 'src="data:image/png' in (tmp_path / "own.html").read_text(encoding="utf-8")


@pytest.fixture
def make_notebook(tmp_path: Path) -> Callable[..., Path]:
    """Write a notebook into the test's own folder and return its path."""
    return lambda cells, name="my-own": write_notebook(tmp_path / f"{name}.ipynb", cells)


BROKEN = """\
class Picture:
    def _repr_mimebundle_(self, include=None, exclude=None):
        raise ValueError("no room")
    def __repr__(self):
        return "a picture"
Picture()
"""


@pytest.mark.parametrize(
    ("execute", "why"),
    [(in_process, "ValueError: no room"), (in_kernel, "its result could not be shown")],
)
def test_result_that_cannot_be_shown_fails_its_cell(
    make_notebook: Callable[..., Path], execute: Callable[..., object], why: str
) -> None:
    path = make_notebook([("md", "# T"), ("code", BROKEN)])
    with pytest.raises(ExplainerError, match=f"my-own.ipynb cell cell-2: {why}"):
        execute(Task(path, "x"), notebooks.read(path), lambda _: None)


MISTAKE = "import explainer as hiv\nhiv.load_estimates('1999')"


def test_mistake_is_shown_in_a_notebook_as_its_sentence() -> None:
    notebook = new_notebook(cells=[new_code_cell(MISTAKE), new_code_cell("1 / 0")])
    executed = NotebookClient(notebook, allow_errors=True).execute()
    mistake, fault = (cell.outputs[0] for cell in executed.cells)
    assert mistake.traceback == [mistake.evalue]
    assert mistake.evalue.startswith("no UNAIDS release 1999")
    assert len(fault.traceback) > 1, "a fault of ours keeps its traceback"


@pytest.mark.parametrize("execute", [in_process, in_kernel])
def test_mistake_in_a_cell_ends_the_run_with_its_sentence(
    make_notebook: Callable[..., Path], execute: Callable[..., object]
) -> None:
    path = make_notebook([("md", "# T"), ("code", MISTAKE)])
    with pytest.raises(ExplainerError, match=r"my-own\.ipynb cell cell-2: no UNAIDS release 1999"):
        execute(Task(path, "x"), notebooks.read(path), lambda _: None)


def test_filters_of_the_parent_are_not_the_notebooks() -> None:
    def warns(_: Callable[[str], None]) -> str:
        import warnings

        warnings.warn("only a warning", stacklevel=1)
        return "fine"

    assert finished(Work("warns", warns))["warns"].result == "fine"


def finished(*works: Work, jobs: int = 2) -> dict[str, children.Done]:
    return {done.work.name: done for done in in_children(works, jobs=jobs)}


def fails(_: Callable[[str], None]) -> None:
    raise ExplainerError("a sentence")


def dies(begun: Callable[[str], None]) -> None:
    begun("fig-x")
    os._exit(3)


def hangs(begun: Callable[[str], None]) -> None:
    begun("fig-y")
    time.sleep(60)


def eats(begun: Callable[[str], None]) -> int:
    begun("fig-z")
    try:
        return len(bytearray(2 * children.MEMORY))
    except MemoryError:
        raise ExplainerError("too much memory") from None


def test_others_finish_when_children_fail_die_hang_or_eat_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(failures, "CELL_SECONDS", 1)
    works = [Work(w.__name__, w) for w in (fails, dies, hangs, eats)]
    done = finished(*works, Work("works", lambda _: "fine"), jobs=2)
    assert done["works"].result == "fine"
    assert done["fails"].failure == "a sentence"
    assert done["dies"].failure.startswith("dies cell fig-x: the kernel died")
    assert done["hangs"].failure.startswith("hangs cell fig-y: still running after 1 s")
    assert done["eats"].failure == "too much memory"


def test_our_own_bug_keeps_its_traceback() -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        finished(Work("bug", lambda _: 1 / 0))


def test_no_child_is_left_when_the_rest_is_not_wanted() -> None:
    before = set(children_of(os.getpid()))
    works = [Work("quick", lambda _: os.getpid()), Work("slow", lambda _: time.sleep(60))]
    results = in_children(works, jobs=2)
    next(results)
    pids = set(children_of(os.getpid())) - before
    results.close()
    assert pids
    assert not [pid for pid in pids if is_alive(pid)]


def test_never_more_children_than_jobs() -> None:
    others = len(children_of(os.getpid()))
    works = [Work(str(n), lambda _: len(children_of(os.getppid()))) for n in range(6)]
    assert max(done.result for done in finished(*works, jobs=2).values()) <= others + 2


def children_of(pid: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_nothing_is_left_when_the_command_is_killed(
    make_notebook: Callable[..., Path], tmp_path: Path, stop: signal.Signals
) -> None:
    sleep = "import os, time\nopen('pid', 'w').write(str(os.getpid()))\ntime.sleep(60)"
    path = make_notebook([("md", "# T"), ("code", sleep)])
    command = [sys.executable, "-m", "explainer", "export", str(path)]
    parent = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child = int(soon(lambda: (tmp_path / "pid").read_text()))
    assert is_alive(child)
    parent.send_signal(stop)
    parent.communicate(timeout=20)
    assert soon(lambda: "gone" if not is_alive(child) else "") == "gone"
    assert list((tmp_path / "exports").iterdir()) == []


def soon(look: Callable[[], str], seconds: float = 30) -> str:
    """What ``look`` finds, as soon as it finds something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            found = look()
        except OSError:
            found = ""
        if found:
            return found
        time.sleep(0.05)
    pytest.fail("waited in vain")


def test_without_forking_kernels_make_the_same_pages(
    make_notebook: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [make_notebook([("md", f"# {n}"), ("code", "6 * 7")], n) for n in ("a", "b")]
    names = [str(path) for path in paths]
    assert export(names, out=tmp_path / "forked").failures == ()
    monkeypatch.setattr("explainer.publish.crew.can_fork", lambda: False)
    assert export(names, out=tmp_path / "kernels", jobs=2).failures == ()
    for name in ("a.html", "b.html", "index.html"):
        forked = (tmp_path / "forked" / name).read_bytes()
        assert forked == (tmp_path / "kernels" / name).read_bytes()
