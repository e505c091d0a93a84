"""Bring in what a publisher offers today, and say what it tells otherwise."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables import store
from explainer.tables.addresses import SOURCES, addresses_of
from explainer.tables.download import fetch
from explainer.tables.keeping import Keeping, keep, without_login
from explainer.tables.load import load
from explainer.tables.release_diff import release_diff
from explainer.tables.releases import bundled_full_releases

_ESTIMATES = "hiv_estimates"


def refresh(
    name: str = "unaids",
    *,
    addresses: Sequence[str] = (),
    into: Path | None = None,
    replace: bool = False,
    wait: float = 30.0,
    tries: int = 3,
    told: Callable[[str], None] = lambda _: None,
) -> list[str]:
    """Download a publisher's file, keep its release, and say what it tells otherwise.

    Parameters
    ----------
    name : str
        ``unaids``, ``aidsinfo``, ``who``, ``worldbank`` or ``owid``.
    addresses : sequence of str
        Addresses to try instead of the documented ones.
    into, replace
        As for ``keep``.
    wait : float
        Seconds to wait for the next byte.
    tries : int
        How often to ask an address that fails in passing.
    told : callable
        Hears what is done before it is.

    Returns
    -------
    list of str
        What was kept, and the world's headlines beside those of the release before.

    Raises
    ------
    ExplainerError
        If no file comes or what comes is unsound: what is in use stays as it is.
    """
    chosen = addresses_of(name, addresses)
    told(f"asking for the {SOURCES[name].what}")
    with tempfile.TemporaryDirectory(prefix="explainer-") as folder:
        file, address = fetch(chosen, Path(folder), wait=wait, tries=tries)
        told(f"came from {without_login(address)}")
        before = _imported_before(into)
        done = _kept(file, address, into, replace)
    if not done.is_new:
        return done.lines
    return [*done.lines, *_beside(done, before, into)]


def _kept(file: Path, address: str, into: Path | None, replace: bool) -> Keeping:
    """Keep the file; its faults are those of the address."""
    try:
        return keep(file, into=into, replace=replace, address=address)
    except ExplainerError as error:
        raise ExplainerError(str(error).replace(str(file), address)) from None


def _imported_before(into: Path | None) -> dict[str, pd.DataFrame]:
    """The estimates of every import that stands, before one of them is replaced."""
    found = {}
    for release in store.imported(into):
        with suppress(ExplainerError):  # a damaged one has nothing to compare with
            kept = store.find(release, into)
            if kept and _ESTIMATES in kept.tables:
                found[release] = kept.tables[_ESTIMATES]
    return found


def _beside(done: Keeping, before: dict[str, pd.DataFrame], into: Path | None) -> list[str]:
    """The new release beside the same one as it was, or the newest bundled one."""
    kept = store.find(done.release, into)
    if kept is None or _ESTIMATES not in kept.tables:
        return ["no estimates to compare"]
    old = before.get(done.release)
    if old is None:
        full = bundled_full_releases()
        release = done.release if done.release in full else full[-1]
        bundled = load(_ESTIMATES)
        old = bundled[bundled["release"] == release]
    return release_diff(old, kept.tables[_ESTIMATES])
