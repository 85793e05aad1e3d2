"""How many enterprises of a graph can be known again without their names: by their partners, or by what is told."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from clusternet.messages import mark, translate
from clusternet.report.exports.graph import ExportGraph

#: An enterprise that fewer than so many share their traits with, itself counted, can be known again.
FEWEST_ALIKE = 3
#: What somebody who knows an enterprise knows of it; where it lies tells most, and is not even looked at here.
_SEEN = ("sector", "stage", "place", "formal", "workers", "women_workers", "youth_workers")


class Likeness(NamedTuple):
    """How many enterprises have hardly anybody like them in a graph.

    Parameters
    ----------
    enterprises : int
        All of them; partners outside the register are not counted.
    by_partners : int
        Those whose number of partners is that of fewer than :data:`FEWEST_ALIKE`.
    by_traits : int
        Those whose combination of sector, stage, place, formality and numbers of people is.
    by_both : int
        Those whose partners and traits together are.
    """

    enterprises: int
    by_partners: int
    by_traits: int
    by_both: int


def likeness(graph: ExportGraph, fewest: int = FEWEST_ALIKE) -> Likeness:
    """Count the enterprises that can be known again in a graph from which only the names were dropped.

    Parameters
    ----------
    graph : ExportGraph
        The graph.
    fewest : int, default 3
        So many enterprises, at least, must be alike.

    Returns
    -------
    Likeness
        The counts.

    References
    ----------
    Liu, K. and Terzi, E. (2008), Towards identity anonymization on graphs, doi:10.1145/1376616.1376629.
    """
    kept = ~graph.nodes["outside"].to_numpy(dtype=bool)
    seen = graph.nodes.loc[kept, list(_SEEN)].astype(object)
    seen = seen.where(seen.notna(), "").assign(partners=_partners(graph)[kept])

    def few(columns: list[str]) -> int:
        times = seen.groupby(columns, sort=False)["partners"].transform("size") if len(seen) else seen["partners"]
        return int((times < fewest).sum())

    return Likeness(len(seen), few(["partners"]), few(list(_SEEN)), few(["partners", *_SEEN]))


def _partners(graph: ExportGraph) -> np.ndarray:
    """Return how many partners each node has in any layer, shape (n,); direction and repetition do not count."""
    ends = np.sort(np.stack(graph.ends, axis=1), axis=1)
    pairs = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
    return np.bincount(pairs.ravel(), minlength=len(graph.nodes))


def likeness_notice(graph: ExportGraph, language: str) -> str:
    """Return, as notice P11, that dropping the names does not make a graph anonymous; empty where it does.

    Parameters
    ----------
    graph : ExportGraph
        The graph.
    language : {"en", "ar"}
        The language.
    """
    found = likeness(graph)
    if not found.by_both:
        return ""
    sentence = mark(
        "[P11] Without names the graph is still not anonymous. Enterprises: {enterprises}. Known again because hardly "
        "any other has as many partners: {by_partners}; by sector, stage, place and numbers of people: {by_traits}; by "
        "all of these: {by_both}. To hand it out, make an edition with clusternet publish."
    )
    return translate(sentence, language, **found._asdict())
