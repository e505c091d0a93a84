"""Run a command again and again in a process of its own and kill it at a random moment.

A program of its own (``python -m tests.tables.killing PLAN``): the commands are forked from it, so
that none has to load the libraries first, and the test's own process is never forked.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from explainer import cli
from explainer.publish.build import export
from explainer.publish.digest import of_inputs
from explainer.tables.keeping import keep


def run(arguments: list[str], after: float | None) -> tuple[float, int]:
    """Run ``explainer`` and kill it after some seconds; give how long it ran, and its status."""
    begun = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.argv = ["explainer", *arguments]
        try:
            cli.main()
            os._exit(0)
        except SystemExit as left:
            os._exit(int(left.code or 0))
        except BaseException:
            os._exit(99)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return time.monotonic() - begun, os.waitstatus_to_exitcode(status)


def snapshot(folder: Path) -> dict[str, str]:
    """What a reader finds in a folder; names that begin with a dot are nobody's."""
    return {
        path.name: path.read_bytes().hex()
        for path in sorted(folder.iterdir())
        if not path.name.startswith(".")
    }


def load_libraries(plan: dict[str, Any]) -> None:
    """Do the work once in this process, elsewhere, so that every child finds them loaded."""
    elsewhere = Path(f"{plan['folder']}-elsewhere")
    if plan["arguments"][0] == "export":
        notebook = Path(plan["arguments"][1])
        export([str(notebook)], out=elsewhere)
        # The digest of the helper code is taken once: no page may differ by an edit of today.
        of_inputs(notebook, page="html", tables=())
    else:
        keep(Path(plan["arguments"][1]), into=elsewhere)


def main() -> None:
    """Do what the plan says and print one snapshot of the folder for each moment."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    old, folder = Path(plan["old"]), Path(plan["folder"])
    chance = random.Random(plan["seed"])

    def afresh() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(old, folder)

    load_libraries(plan)
    afresh()
    whole, status = run(plan["arguments"], None)
    found = {"new": snapshot(folder), "status": status, "moments": []}
    for place in range(plan["times"]):
        afresh()
        # Half of the moments fall anywhere, half near the end, where files are written.
        begin = 0.0 if place % 2 else 0.7
        _, code = run(plan["arguments"], chance.uniform(begin, 1.05) * whole)
        found["moments"].append([code, snapshot(folder)])
    _, found["again"] = run(plan["arguments"], None)
    found["last"] = snapshot(folder)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
