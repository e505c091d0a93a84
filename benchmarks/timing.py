"""A paired timer: whole processes, one after the other in turn, by the wall clock."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Job:
    """Something to time: commands run one after the other.

    Attributes
    ----------
    name : str
        How the table names it.
    commands : sequence of sequence of str
        What to run; their times are added.
    per : int
        Reports it makes: times are given for one of them.
    before, after : callable
        Run outside the clock: set the scene, check what came of it.
    environment : mapping
        Variables on top of this process's.
    clock : pathlib.Path, optional
        File in which the process itself notes the seconds that count, such as those of a warm
        pass after a cold one.
    """

    name: str
    commands: Sequence[Sequence[str]]
    per: int = 1
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None
    environment: Mapping[str, str] = field(default_factory=dict)
    clock: Path | None = None


@dataclass(frozen=True)
class Run:
    """One timing: seconds by the wall, seconds of processor, MB of the largest process."""

    wall: float
    processor: float
    peak: float


class FailedError(Exception):
    """A timed command ended with an error: which, and what it said last."""


def once(job: Job) -> Run:
    """Seconds and memory of a job, run once; for one report if it makes several."""
    job.before()
    runs = [_process(command, job.environment) for command in job.commands]
    wall = sum(run.wall for run in runs)
    if job.clock is not None:
        wall = float(job.clock.read_text(encoding="utf-8"))
    job.after()
    processor = sum(run.processor for run in runs)
    return Run(wall / job.per, processor / job.per, max(run.peak for run in runs))


def in_turn(jobs: Sequence[Job], rounds: int) -> dict[str, list[Run]]:
    """All jobs one after the other, that often: what slows the machine slows each alike."""
    runs: dict[str, list[Run]] = {job.name: [] for job in jobs}
    for number in range(rounds):
        for job in jobs:
            runs[job.name].append(once(job))
            seconds = runs[job.name][-1].wall
            print(f"  {number + 1}/{rounds}  {job.name:52} {seconds:8.3f} s", file=sys.stderr)
    return runs


def _process(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Wall clock, processor and memory of one process and the children it waited for."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command, env=surroundings(environment), stdout=said, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise FailedError(f"{' '.join(command)}\n{said.read().decode()[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1000)


def surroundings(extra: Mapping[str, str]) -> dict[str, str]:
    """This process's variables without our own, this Python's commands first."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXPLAINER_")}
    here = str(Path(sys.executable).parent)
    return kept | {"PATH": f"{here}{os.pathsep}{kept.get('PATH', '')}"} | dict(extra)


def walls(runs: Sequence[Run]) -> tuple[float, ...]:
    """Wall-clock seconds of each run."""
    return tuple(run.wall for run in runs)


def added(*runs: Sequence[Run]) -> list[Run]:
    """Runs of several jobs, those of one round added up."""
    return [
        Run(sum(r.wall for r in row), sum(r.processor for r in row), max(r.peak for r in row))
        for row in zip(*runs, strict=True)
    ]


def ratios(others: Sequence[float], ours: Sequence[float]) -> tuple[float, ...]:
    """How many times ours goes into the other's, round by round."""
    return tuple(other / own for other, own in zip(others, ours, strict=True))


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)
