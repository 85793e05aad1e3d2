"""The inputs of the contests: planted linkages with a known answer, written once for all contestants of a size."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.measuring import Case

#: Share of the linkages that are drawn between any two enterprises.
MIXING = 0.3
#: Linkages for each enterprise.
LINKS_EACH = 10
Ints = NDArray[np.int64]


def planted(n: int, linkages: int, clusters: int) -> tuple[Ints, Ints, Ints]:
    """Return linkages between planted clusters of uneven sizes.

    Parameters
    ----------
    n, linkages, clusters : int
        How many enterprises, linkages and clusters.

    Returns
    -------
    source, target : array of int, shape (linkages,)
        The ends; nobody is linked to itself, and some pairs are linked more than once.
    truth : array of int, shape (n,)
        The cluster of each enterprise.
    """
    generator = np.random.default_rng(0)
    weight = 0.25 + generator.random(clusters) ** 2
    size = np.maximum(5, (n * weight / weight.sum()).astype(np.int64))
    size[0] += n - size.sum()
    cluster = np.repeat(np.arange(clusters), size)
    start = np.cumsum(size) - size
    inside = int(linkages * (1 - MIXING))
    source = generator.integers(n, size=linkages)
    own = cluster[source[:inside]]
    partner = start[own] + (generator.random(inside) * size[own]).astype(np.int64)
    target = np.concatenate([partner, generator.integers(n, size=linkages - inside)])
    itself = np.flatnonzero(source == target)
    home = cluster[source[itself]]
    target[itself] = start[home] + (source[itself] - start[home] + 1) % size[home]
    dealt = generator.permutation(n)
    truth = np.empty(n, dtype=np.int64)
    truth[dealt] = cluster
    return dealt[source], dealt[target], truth


def clusters_of(n: int) -> int:
    """Return how many clusters are planted among so many enterprises: of 50 members each, of 140 in large networks."""
    return max(4, n // (50 if n <= 10_000 else 140))


def text_ids(numbers: Ints) -> np.ndarray:
    """Return ids as a survey has them: a letter and seven digits."""
    return np.char.add("E", np.char.zfill(np.arange(numbers.max() + 1).astype(str), 7))[numbers]


@dataclass(frozen=True)
class Links:
    """Distinct linked pairs of planted clusters, as arrays.

    Parameters
    ----------
    n : int
        Enterprises, numbered from 0.
    first, second : array of int, shape (m,)
        The ends of each pair, the smaller number first; sorted.
    weight : array of float, shape (m,)
        How many linkages join them.
    truth : array of int, shape (n,)
        The planted cluster of each enterprise.
    """

    n: int
    first: Ints
    second: Ints
    weight: NDArray[np.float64]
    truth: Ints

    @property
    def ends(self) -> Ints:
        """The ends, shape (m, 2)."""
        return np.column_stack([self.first, self.second])


def write_links(folder: Path, links: int) -> None:
    """Write so many linkages as arrays, repeated pairs as one."""
    n = links // LINKS_EACH
    source, target, truth = planted(n, links, clusters_of(n))
    key, count = np.unique(np.minimum(source, target) * n + np.maximum(source, target), return_counts=True)
    np.savez(folder / "links.npz", first=key // n, second=key % n, weight=count.astype(np.float64), truth=truth)


def links_of(case: Case) -> Links:
    """Read what :func:`write_links` wrote."""
    with np.load(case.folder / "links.npz") as stored:
        return Links(len(stored["truth"]), *(stored[name] for name in ("first", "second", "weight", "truth")))


def write_rows(folder: Path, links: int) -> None:
    """Write so many rows with text ids, source, target and weight (1 to 5), as CSV and as Parquet."""
    import pyarrow as pa
    from pyarrow import csv, parquet

    n = max(links // LINKS_EACH, 10)
    source, target, _ = planted(n, links, clusters_of(n))
    ids = pa.array(text_ids(np.arange(n)))
    table = pa.table(
        {
            "source": ids.take(pa.array(source)),
            "target": ids.take(pa.array(target)),
            "weight": np.random.default_rng(1).integers(1, 6, links).astype(np.float64),
        }
    )
    parquet.write_table(table, folder / "links.parquet", use_dictionary=False)
    csv.write_csv(table, folder / "links.csv", csv.WriteOptions(quoting_style="none"))
