"""Who belongs where: the planted clusters, the chain of each and the stage of each enterprise.

Enterprises are first lined up in *slots*: cluster after cluster, stage after stage, the isolated last. In that
order every group is one stretch, so partners can be drawn for all clusters at once. A random permutation then
deals the slots to enterprise positions, so that neither ids nor row order give the answer away.
"""

from dataclasses import dataclass

import numpy as np

from clusternet.planted.chance import generator_for
from clusternet.planted.industries import CHAINS, STAGES
from clusternet.planted.options import SMALLEST_CLUSTER

STAGE_NUMBER = {stage.name: number for number, stage in enumerate(STAGES)}
MAKER_NUMBER = {stage.product: number for number, stage in enumerate(STAGES)}
LONGEST_CHAIN = max(len(chain.stages) for chain in CHAINS)
CHAIN_LENGTH = np.array([len(chain.stages) for chain in CHAINS])
# Row = chain, column = step along it, value = number of the stage; -1 pads the shorter chains.
CHAIN_STAGES = np.array(
    [[STAGE_NUMBER[name] for name in c.stages] + [-1] * (LONGEST_CHAIN - len(c.stages)) for c in CHAINS]
)


@dataclass(frozen=True, eq=False)
class Membership:
    """The planted answer, slot by slot.

    Parameters
    ----------
    position : numpy.ndarray of int, shape (n,)
        Position of the enterprise that sits in each slot.
    cluster : numpy.ndarray of int, shape (n,)
        Cluster of each slot, -1 for the isolated.
    chain : numpy.ndarray of int, shape (n,)
        Index into ``CHAINS`` of each slot.
    step : numpy.ndarray of int, shape (n,)
        Step along the chain, 0 = furthest upstream.
    start, size : numpy.ndarray of int, shape (k,)
        First slot and number of members of each cluster.
    cluster_chain : numpy.ndarray of int, shape (k,)
        Index into ``CHAINS`` of each cluster.
    step_start, step_count : numpy.ndarray of int, shape (k, LONGEST_CHAIN)
        First slot and number of members at each step of each cluster.
    """

    position: np.ndarray
    cluster: np.ndarray
    chain: np.ndarray
    step: np.ndarray
    start: np.ndarray
    size: np.ndarray
    cluster_chain: np.ndarray
    step_start: np.ndarray
    step_count: np.ndarray

    @property
    def n_members(self) -> int:
        """Number of enterprises that belong to a cluster."""
        return int(self.size.sum())

    @property
    def stage(self) -> np.ndarray:
        """Index into ``STAGES`` of each slot, shape (n,)."""
        return CHAIN_STAGES[self.chain, self.step]


def uneven_sizes(seed: int, n_members: int, n_clusters: int) -> np.ndarray:
    """Divide the members into clusters of uneven size.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    n_members, n_clusters : int
        Members to divide, and clusters to divide them into.

    Returns
    -------
    numpy.ndarray of int, shape (n_clusters,)
        Sizes, largest first, none below 5, that add up to `n_members`.

    Examples
    --------
    >>> int(uneven_sizes(0, 100, 7).sum())
    100
    """
    # The square of an even draw makes many middling clusters and a few large ones.
    weight = 0.25 + generator_for(seed, "sizes").random(n_clusters) ** 2
    to_share = n_members - SMALLEST_CLUSTER * n_clusters
    exact = to_share * weight / weight.sum()
    extra = np.floor(exact).astype(np.int64)
    # Largest remainders take what rounding down left over.
    neediest = np.argsort(extra - exact, kind="stable")[: to_share - int(extra.sum())]
    extra[neediest] += 1
    return np.sort(SMALLEST_CLUSTER + extra)[::-1].copy()


def steps_of_members(seed: int, size: np.ndarray, cluster_chain: np.ndarray) -> np.ndarray:
    """Give each member a step of its cluster's chain, every step once before any step twice.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    size, cluster_chain : numpy.ndarray of int, shape (k,)
        Members and chain of each cluster.

    Returns
    -------
    numpy.ndarray of int, shape (members,)
        Steps, cluster after cluster. A cluster smaller than its chain lacks the steps furthest upstream.

    Examples
    --------
    >>> steps_of_members(0, np.array([5]), np.array([0])).tolist()
    [8, 7, 6, 5, 4]
    """
    length = np.repeat(CHAIN_LENGTH[cluster_chain], size)
    rank = np.arange(length.size) - np.repeat(np.cumsum(size) - size, size)
    any_step = (generator_for(seed, "steps").random(length.size) * length).astype(np.int64)
    return np.where(rank < length, length - 1 - rank, any_step)


def plant_membership(
    seed: int, n_enterprises: int, n_members: int, n_clusters: int, industries: tuple[str, ...]
) -> Membership:
    """Form the clusters and seat every enterprise.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    n_enterprises, n_members, n_clusters : int
        All enterprises, those in a cluster, and the clusters.
    industries : tuple of str
        Industries whose chains may be planted.

    Returns
    -------
    Membership
        The answer.

    Examples
    --------
    >>> plant_membership(0, 40, 38, 3, ("furniture",)).n_members
    38
    """
    chains = np.array([i for i, chain in enumerate(CHAINS) if chain.industry in industries])
    size = uneven_sizes(seed, n_members, n_clusters)
    draw = generator_for(seed, "chains")
    # Chains are dealt in turn and then shuffled, so that even a small survey has several.
    cluster_chain = draw.permutation(chains[(np.arange(n_clusters) + draw.integers(chains.size)) % chains.size])
    step = steps_of_members(seed, size, cluster_chain)
    member_cluster = np.repeat(np.arange(n_clusters), size)
    group = np.sort(member_cluster * LONGEST_CHAIN + step)
    step_count = np.bincount(group, minlength=n_clusters * LONGEST_CHAIN).reshape(n_clusters, LONGEST_CHAIN)
    step_start = (np.cumsum(step_count.ravel()) - step_count.ravel()).reshape(step_count.shape)

    n_isolated = n_enterprises - n_members
    alone = generator_for(seed, "isolated")
    alone_chain = chains[alone.integers(chains.size, size=n_isolated)]
    alone_step = (alone.random(n_isolated) * CHAIN_LENGTH[alone_chain]).astype(np.int64)
    return Membership(
        position=generator_for(seed, "positions").permutation(n_enterprises),
        cluster=np.concatenate([group // LONGEST_CHAIN, np.full(n_isolated, -1)]),
        chain=np.concatenate([cluster_chain[group // LONGEST_CHAIN], alone_chain]),
        step=np.concatenate([group % LONGEST_CHAIN, alone_step]),
        start=np.cumsum(size) - size,
        size=size,
        cluster_chain=cluster_chain,
        step_start=step_start,
        step_count=step_count,
    )


def truth_labels(membership: Membership) -> np.ndarray:
    """Give the clusters numbers as partitions do: larger first, ties by the smallest enterprise position.

    Parameters
    ----------
    membership : Membership
        The answer, by slot.

    Returns
    -------
    numpy.ndarray of int, shape (n,)
        Cluster of each enterprise, by position; -1 = in none.

    Examples
    --------
    >>> labels = truth_labels(plant_membership(0, 40, 38, 3, ("furniture",)))
    >>> int((labels == -1).sum())
    2
    """
    first = np.minimum.reduceat(membership.position[: membership.n_members], membership.start)
    number = np.empty(membership.size.size, dtype=np.int64)
    number[np.lexsort((first, -membership.size))] = np.arange(membership.size.size)
    labels = np.full(membership.position.size, -1, dtype=np.int64)
    members = membership.position[: membership.n_members]
    labels[members] = number[membership.cluster[: membership.n_members]]
    return labels
