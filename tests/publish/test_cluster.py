"""Profiles on a real Dask cluster: the same bytes, also when a worker is killed midway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer.errors import ExplainerError
from explainer.publish.profiles import export_profiles

pytest.importorskip("distributed", reason="a cluster needs Dask: the cluster extra")

pytestmark = pytest.mark.slow

PLACES = ["SWZ", "NOR", "IND", "FRA", "KEN", "ZAF", "BRA", "THA"]


def dask(*arguments: object, log: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "dask", *map(str, arguments)]
    quiet = dict(os.environ, DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED="False")
    with log.open("wb") as stream:
        return subprocess.Popen(command, stdout=stream, stderr=subprocess.STDOUT, env=quiet)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers on loopback: its address, and the workers."""
    where = tmp_path / "scheduler.json"
    local = ["--host", "127.0.0.1", "--scheduler-file", where, "--no-dashboard"]
    scheduler = dask("scheduler", *local, "--port", 0, log=tmp_path / "scheduler.log")
    one = ["--nworkers", 1, "--nthreads", 1, "--no-nanny", "--local-directory", tmp_path]
    workers: list[subprocess.Popen[bytes]] = []
    try:
        end = time.monotonic() + 60
        while not (where.exists() and where.read_text()):
            assert time.monotonic() < end, "the scheduler did not start"
            time.sleep(0.1)
        for number in (1, 2):
            log = tmp_path / f"worker-{number}.log"
            workers.append(dask("worker", *local, *one, "--name", f"w{number}", log=log))
        yield json.loads(where.read_text())["address"], workers
    finally:
        for process in [*workers, scheduler]:
            process.kill()
            process.wait()


def test_all_pages_are_made_alike_though_a_worker_is_killed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = cluster
    here = export_profiles(PLACES, out=tmp_path / "here")
    done: list[str] = []

    def told(code: str) -> None:
        done.append(code)
        if len(done) == 3:
            workers[0].kill()

    there = export_profiles(PLACES, out=tmp_path / "there", scheduler=address, told=told)
    assert (here.failures, there.failures) == ((), ())
    assert sorted(done) == sorted(PLACES)
    assert workers[0].wait(10) != 0
    assert workers[1].poll() is None
    for page in sorted((tmp_path / "here").iterdir()):
        assert (tmp_path / "there" / page.name).read_bytes() == page.read_bytes(), page.name


def test_address_where_nobody_answers_gets_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("explainer.publish.cluster.CONNECT_SECONDS", 1)
    with pytest.raises(ExplainerError, match=r"no Dask scheduler answers at tcp://127.0.0.1:1 \("):
        export_profiles(["SWZ"], out=tmp_path, scheduler="tcp://127.0.0.1:1")
    assert not list(tmp_path.glob("*.html"))


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("SWX", r"no country SWX in this release; did you mean SWZ \(Eswatini\)\?"),
        ("Kenia", r"no country Kenia in this release; did you mean KEN \(Kenya\)\?"),
        ("UK", r"no country UK in this release; did you mean GBR \(United Kingdom\)\?"),
        ("USA", r"no country USA in this release; explainer country --list"),
    ],
)
def test_unknown_country_gets_one_sentence(tmp_path: Path, place: str, said: str) -> None:
    with pytest.raises(ExplainerError, match=said):
        export_profiles([place], out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
