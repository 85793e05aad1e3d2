"""Who is tied to whom: ties inside the planted clusters, drawn layer by layer, and the noise between them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clusternet.planted.chance import generator_for
from clusternet.planted.industries import CHAINS, STAGES
from clusternet.planted.membership import CHAIN_STAGES, LONGEST_CHAIN, MAKER_NUMBER, Membership

# Draws that repeat a known tie are drawn again, this many times at most: a cluster has only so many pairs.
ROUNDS = 12

Ends = tuple[np.ndarray, np.ndarray]
Draw = Callable[[np.random.Generator, int], Ends]


@dataclass(frozen=True)
class Layer:
    """One kind of tie and how common it is.

    Parameters
    ----------
    name : str
        The layer.
    directed : bool
        Whether source and target differ in meaning.
    share : float
        Its share of all ties when every layer is planted, 0..1.
    trade : bool
        Whether its ties may go to outside partners.
    """

    name: str
    directed: bool
    share: float
    trade: bool = False


LAYERS = (
    Layer("supply", True, 0.29, trade=True),
    Layer("subcontracting", True, 0.06, trade=True),
    Layer("stock", False, 0.11),
    Layer("technology", False, 0.11),
    Layer("knowledge", True, 0.13),
    Layer("labour", False, 0.08),
    Layer("finance", True, 0.05),
    Layer("energy", False, 0.03),
    Layer("training", True, 0.05),
    Layer("association", False, 0.06),
    Layer("rivalry", False, 0.03),
)


def supplier_steps() -> tuple[np.ndarray, np.ndarray]:
    """Look up which steps of a chain supply which.

    Returns
    -------
    steps : numpy.ndarray of int, shape (chains, LONGEST_CHAIN, m)
        Steps that supply each step, padded with -1.
    counts : numpy.ndarray of int, shape (chains, LONGEST_CHAIN)
        How many they are.

    Examples
    --------
    >>> steps, counts = supplier_steps()
    >>> int(counts[0, 0])
    0
    """
    most = max(len(stage.inputs) for stage in STAGES)
    steps = np.full((len(CHAINS), LONGEST_CHAIN, most), -1)
    for row, chain in enumerate(CHAINS):
        for step in range(len(chain.stages)):
            makers = [MAKER_NUMBER.get(name, -2) for name, _ in STAGES[CHAIN_STAGES[row, step]].inputs]
            known = [at for at in range(len(chain.stages)) if CHAIN_STAGES[row, at] in makers]
            steps[row, step, : len(known)] = known
    return steps, (steps >= 0).sum(axis=2)


SUPPLIER_STEPS, SUPPLIER_COUNTS = supplier_steps()


def supplier_of(members: Membership, buyer: np.ndarray, which: np.ndarray, chance: np.ndarray) -> Ends:
    """Find each buyer a supplier in its own cluster for one of its inputs; buyers without one are dropped."""
    cluster = members.cluster[buyer]
    step = SUPPLIER_STEPS[members.chain[buyer], members.step[buyer], which]
    count = np.where(step >= 0, members.step_count[cluster, step], 0)
    supplier = members.step_start[cluster, step] + (chance * count).astype(np.int64)
    found = count > 0
    return supplier[found], buyer[found]


def first_suppliers(members: Membership, generator: np.random.Generator) -> Ends:
    """Give every buyer one supplier for each input that its cluster makes, in random order of ties."""
    buyer = np.arange(members.n_members)
    parts = [
        supplier_of(members, buyer, np.full(buyer.size, which), generator.random(buyer.size))
        for which in range(SUPPLIER_STEPS.shape[2])
    ]
    source, target = (np.concatenate(ends) for ends in zip(*parts, strict=True))
    order = generator.permutation(source.size)
    return source[order], target[order]


def drawing_supply(members: Membership) -> Draw:
    """Draw ties from a supplier to a buyer of what it makes, within clusters."""
    buyers = np.flatnonzero(SUPPLIER_COUNTS[members.chain, members.step][: members.n_members])

    def draw(generator: np.random.Generator, count: int) -> Ends:
        buyer = buyers[generator.integers(buyers.size, size=count)]
        inputs = SUPPLIER_COUNTS[members.chain[buyer], members.step[buyer]]
        which = (generator.random(count) * inputs).astype(np.int64)
        return supplier_of(members, buyer, which, generator.random(count))

    return draw


def drawing_rivalry(members: Membership) -> Draw:
    """Draw ties between members at the same step of the same cluster."""
    count_here = np.append(members.step_count, np.zeros((1, LONGEST_CHAIN), dtype=np.int64), axis=0)
    peers_of_slot = count_here[members.cluster, members.step]
    crowded = np.flatnonzero(peers_of_slot > 1)

    def draw(generator: np.random.Generator, count: int) -> Ends:
        if crowded.size == 0:
            return crowded, crowded
        source = crowded[generator.integers(crowded.size, size=count)]
        first = members.step_start[members.cluster[source], members.step[source]]
        return source, another_of(generator, source, first, peers_of_slot[source])

    return draw


def drawing_any(members: Membership, seed: int) -> Draw:
    """Draw ties between any two members of a cluster; some members are sought out more than others."""
    regard = generator_for(seed, "regard").random(members.n_members)

    def draw(generator: np.random.Generator, count: int) -> Ends:
        source = generator.integers(members.n_members, size=count)
        cluster = members.cluster[source]
        one = another_of(generator, source, members.start[cluster], members.size[cluster])
        two = another_of(generator, source, members.start[cluster], members.size[cluster])
        # Of two candidates the one in higher regard is taken: degrees come out uneven, as in real towns.
        return source, np.where(regard[one] >= regard[two], one, two)

    return draw


def drawing_across(members: Membership) -> Draw:
    """Draw ties between members of different clusters."""

    def draw(generator: np.random.Generator, count: int) -> Ends:
        source = generator.integers(members.n_members, size=count)
        target = generator.integers(members.n_members, size=count)
        apart = members.cluster[source] != members.cluster[target]
        return source[apart], target[apart]

    return draw


def another_of(generator: np.random.Generator, slot: np.ndarray, start: np.ndarray, count: np.ndarray) -> np.ndarray:
    """Draw for each slot another slot of its group, the stretch of `count` slots from `start`."""
    other = start + (generator.random(slot.size) * (count - 1)).astype(np.int64)
    return other + (other >= slot)


def distinct_ties(
    draw: Draw, generator: np.random.Generator, wanted: int, *, directed: bool, base: int, known: Ends | None = None
) -> np.ndarray:
    """Draw until `wanted` different ties are found or the clusters have no room for more.

    Parameters
    ----------
    draw : callable
        Gives about as many pairs of slots as it is asked for.
    generator : numpy.random.Generator
        Source of chance.
    wanted : int
        Ties wanted.
    directed : bool
        Whether a tie and its opposite differ.
    base : int
        A tie is coded as ``source * base + target``.
    known : pair of numpy.ndarray of int, optional
        Ties to take first.

    Returns
    -------
    numpy.ndarray of int, shape (found,)
        Codes of the ties, `found` <= `wanted`.
    """
    codes = np.empty(0, dtype=np.int64)
    for turn in range(ROUNDS):
        if turn == 0 and known is not None:
            source, target = known
        elif codes.size < wanted:
            source, target = draw(generator, int(1.2 * (wanted - codes.size)) + 16)
        else:
            break
        if not directed:
            source, target = np.minimum(source, target), np.maximum(source, target)
        pool = np.concatenate([codes, source * base + target])
        # The first of equal codes is kept, in order of drawing, so that cutting at `wanted` favours no one.
        _, first = np.unique(pool, return_index=True)
        codes = pool[np.sort(first)][:wanted]
    return codes


def plant_ties(seed: int, members: Membership, layer: Layer, wanted: int, noise: float) -> Ends:
    """Draw the ties of one layer, inside clusters and across them.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.
    layer : Layer
        The layer to draw.
    wanted : int
        Ties wanted; fewer come back where clusters have no room for more.
    noise : float
        Share of the ties that cross clusters, 0..1.

    Returns
    -------
    source, target : numpy.ndarray of int, shape (ties,)
        Slots of the two ends, in no telling order.
    """
    generator = generator_for(seed, "ties", layer.name)
    base = members.position.size
    across = round(noise * wanted)
    known = None
    if layer.name == "supply":
        drawing, known = drawing_supply(members), first_suppliers(members, generator)
    elif layer.name == "rivalry":
        drawing = drawing_rivalry(members)
    else:
        drawing = drawing_any(members, seed)
    inside = distinct_ties(drawing, generator, wanted - across, directed=layer.directed, base=base, known=known)
    if inside.size < wanted - across:
        across = round(inside.size * noise / (1 - noise))
    outer = generator_for(seed, "noise", layer.name)
    codes = np.concatenate(
        [inside, distinct_ties(drawing_across(members), outer, across, directed=layer.directed, base=base)]
    )
    return codes // base, codes % base
