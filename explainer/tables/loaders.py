"""One loader a table: read, typed, validated; every row carries its ``source_id``."""

from __future__ import annotations

import pandas as pd

from explainer.errors import ExplainerError
from explainer.tables.citation import told
from explainer.tables.epidemic_tables import POPULATIONS
from explainer.tables.load import load
from explainer.tables.reading_tables import DOCUMENTS
from explainer.tables.releases import EVERY, default_release, known_release, rows_for


def _of_release(frame: pd.DataFrame, release: str | int | None) -> pd.DataFrame:
    """The rows of one release (or every one), numbered anew."""
    if release != EVERY:
        name = default_release() if release is None else known_release(release)
        frame = frame[frame["release"] == name]
    return frame.reset_index(drop=True)


def _one_of(what: str, got: str, known: tuple[str, ...]) -> None:
    if got not in known:
        raise ExplainerError(f"no {what} {got!r}; choose {', '.join(known)}")


def load_estimates(
    release: str | int | None = None, *, unrounded: bool = False, until: int | None = None
) -> pd.DataFrame:
    """Give UNAIDS estimates with their ranges: world, 8 regions, 45 countries, or all imported.

    Parameters
    ----------
    release : str or int, optional
        UNAIDS release, bundled or imported; without it the newest bundled with full series,
        ``"all"`` for every bundled one. Figures of two releases are never one trend.
    unrounded : bool
        The unrounded figures instead of those UNAIDS prints.
    until : int, optional
        Newest year wanted: the release as it looks back from that year.

    Returns
    -------
    pandas.DataFrame
        ``release, year, location, location_code, location_type, indicator, age_group, unit,
        is_rounded, estimate, low, high``, their marks, ``verified, source_id``; ``attrs`` cite it.

    Raises
    ------
    ExplainerError
        If the release is unknown, has no figures of that kind, or the table is broken.
    """
    table = rows_for("hiv_estimates", release)
    kind = table[table["is_rounded"] != unrounded]
    found = _of_release(kind, release)
    if found.empty:
        held = ", ".join(sorted(kind["release"].unique()))
        asked, wanted = release or default_release(), "unrounded" if unrounded else "rounded"
        other = "" if unrounded else "; unrounded=True gives those it has"
        raise ExplainerError(f"release {asked} has no {wanted} figures; these have: {held}{other}")
    return told(found if until is None else _until(found, until), release or default_release())


def _until(estimates: pd.DataFrame, year: int) -> pd.DataFrame:
    """The rows up to a year."""
    found = estimates[estimates["year"] <= year].reset_index(drop=True)
    if found.empty:
        first = estimates["year"].min()
        raise ExplainerError(f"no estimates until {year}; the first are of {first}")
    return found


def load_cascade(
    release: str | int | None = None, *, population: str | None = "all ages"
) -> pd.DataFrame:
    """Give the testing and treatment cascade: each share with the people it is a share of.

    Parameters
    ----------
    release : str or int, optional
        UNAIDS release; without it the newest with full series, ``"all"`` for every one.
    population : str, optional
        ``all ages``, ``adults 15+``, ``men 15+``, ``women 15+`` or ``children 0-14``;
        None for all of them.

    Returns
    -------
    pandas.DataFrame
        ``release, year, location, …, population, indicator, denominator, estimate, low, high``.

    Raises
    ------
    ExplainerError
        If the release or the population is unknown, or the table is broken.
    """
    found = _of_release(rows_for("treatment_cascade", release), release)
    if population is not None:
        _one_of("population", population, POPULATIONS)
        found = found[found["population"] == population].reset_index(drop=True)
    return told(found, release or default_release())


def load_targets() -> pd.DataFrame:
    """Give the targets for 2025 and 2030: 95–95–95, new infections, deaths, treatment."""
    return load("targets")


def load_remission_cases(include_later: bool = False) -> pd.DataFrame:
    """Give the eight people in remission after a transplant, one row each.

    Parameters
    ----------
    include_later : bool
        Also the two reported since then (``is_later_case``).

    Returns
    -------
    pandas.DataFrame
        Dates cut to their precision, donor genotype, months off treatment to the last report and
        to the last peer-reviewed text, what two sources confirm.
    """
    cases = load("remission_cases")
    return cases if include_later else cases[~cases["is_later_case"]].reset_index(drop=True)


def load_remission_events() -> pd.DataFrame:
    """Give the dated events of all ten people: diagnosis, transplant, ART stop, reports."""
    return load("remission_events")


def load_remission_comparisons() -> pd.DataFrame:
    """Give the other outcomes: rebounds, people kept on treatment, deaths, no transplant."""
    return load("remission_comparisons")


def load_cohorts() -> pd.DataFrame:
    """Give what became of whole groups of transplanted people: the denominators."""
    return load("cohorts")


def load_rebound_times() -> pd.DataFrame:
    """Give times to rebound after ordinary interruptions, and the model parameters behind them."""
    return load("rebound_times")


def load_delta32_frequencies() -> pd.DataFrame:
    """Give CCR5-Δ32 frequencies of 238 samples: counts, allele and genotype shares, n."""
    return load("delta32_frequencies")


def load_delta32_facts() -> pd.DataFrame:
    """Give single sourced statements on the deletion: place, age, effects."""
    return load("delta32_facts")


def load_donor_match() -> pd.DataFrame:
    """Give published chances of a matched donor and the sizes of the registries."""
    return load("donor_match")


def load_donor_searches() -> pd.DataFrame:
    """Give searches for a donor with two copies: how many were typed, how many found."""
    return load("donor_searches")


def load_claims(document: str | None = None) -> pd.DataFrame:
    """Give the claims of the two news texts with a verdict on each.

    Parameters
    ----------
    document : str, optional
        ``hiv`` or ``car_t``; without it both.

    Returns
    -------
    pandas.DataFrame
        Claim, figure in the text, what primary sources say, verdict, reason.

    Raises
    ------
    ExplainerError
        If the document is unknown or the table is broken.
    """
    return _of_document("claims", document)


def load_news_criteria(document: str | None = None) -> pd.DataFrame:
    """Give the two news texts scored by the ten criteria of HealthNewsReview.

    Parameters
    ----------
    document : str, optional
        ``hiv`` or ``car_t``; without it both.

    Returns
    -------
    pandas.DataFrame
        Criterion, question, score, reason.

    Raises
    ------
    ExplainerError
        If the document is unknown or the table is broken.
    """
    return _of_document("news_criteria", document)


def load_curative_approaches() -> pd.DataFrame:
    """Give the approaches beyond ART: transplant, gene editing, CAR-T, with what came of them."""
    return load("curative_approaches")


def load_trials() -> pd.DataFrame:
    """Give the arms of prevention and remission trials: people, events, rates, effects."""
    return load("trials")


def load_model_parameters() -> pd.DataFrame:
    """Give the parameters of the teaching model; ``verified = no`` marks a choice."""
    return load("model_parameters")


def load_epidemic_series() -> pd.DataFrame:
    """Give the series of Eswatini and Thailand for the model, UNAIDS beside household surveys."""
    return load("epidemic_model_series")


def load_crosschecks() -> pd.DataFrame:
    """Give the figures that were compared with a second source, both values."""
    return load("crosschecks")


def load_facts() -> pd.DataFrame:
    """Give single sourced numbers that no other table holds."""
    return load("facts")


def load_sources() -> pd.DataFrame:
    """Give the bibliography: one row for every ``source_id`` of every table."""
    return load("sources")


def _of_document(table: str, document: str | None) -> pd.DataFrame:
    """The rows of one news text, or of both."""
    rows = load(table)
    if document is None:
        return rows
    _one_of("document", document, DOCUMENTS)
    return rows[rows["document"] == document].reset_index(drop=True)
