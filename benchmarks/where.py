"""Where the time of a report goes: one warm profile of a run, by what the code is for.

``python -m benchmarks.where NOTEBOOK.ipynb`` prints milliseconds; a profiler slows small
functions more than large ones, so read the shares.  The package may be another checkout's, named
first in ``PYTHONPATH``: so before and after are told.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path

# Parts, in the order they are told: a part's functions and what is counted apart from them.
STEPS = {
    "layout": ("charts/style.py", "settle"),
    "writing the SVG": ("figure.py", "savefig"),
    "drawing": ("charts/chart.py", "drawn"),
    "tidying the SVG": ("charts/svg.py", "inline_svg"),
    "conversion": ("exporter.py", "from_notebook_node"),
    "the whole": ("publish/pages.py", "compose"),
}


def main(notebook: Path) -> None:
    """Print what starting up costs, then the parts of one report made in this warm process."""
    begun = time.perf_counter()
    make = _maker(notebook)
    print(f"{'imports':24}{_since(begun):7.0f} ms")
    begun = time.perf_counter()
    make()
    print(f"{'first report':24}{_since(begun):7.0f} ms")
    begun = time.perf_counter()
    make()
    print(f"{'second report':24}{_since(begun):7.0f} ms, of which (profiled)")
    profile = cProfile.Profile()
    profile.runcall(make)
    for name, milliseconds in _parts(pstats.Stats(profile)).items():
        print(f"  {name:22}{milliseconds:7.0f} ms")


def _since(begun: float) -> float:
    return 1000 * (time.perf_counter() - begun)


def _maker(notebook: Path) -> Callable[[], object]:
    """A function that makes the report; everything it needs is imported here."""
    import explainer.charts
    from explainer.publish import pages, report, shell

    assert all((explainer.charts, report, shell))  # imported for their own sake
    task = pages.Task(notebook.resolve(), notebook.stem)
    return lambda: pages.compose(task, pages.in_process)


def _parts(stats: pstats.Stats) -> dict[str, float]:
    """Milliseconds of each part, what lies inside another part taken out of the outer one."""
    total = {name: 0.0 for name in STEPS}
    kept: dict[tuple[str, int, str], tuple[float, ...]] = vars(stats)["stats"]
    for (file, _, function), (_, _, _, cumulative, *_) in kept.items():
        for name, (where, what) in STEPS.items():
            if function == what and file.endswith(where):
                total[name] = max(total[name], 1000 * cumulative)
    whole, convert = total.pop("the whole"), total.pop("conversion")
    total["tidying the SVG"] -= total["layout"] + total["writing the SVG"]
    rest = whole - convert - sum(total.values())
    return {**total, "conversion": convert, "everything else": rest}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
