"""The description length once more, in plain Python and straight from its definition; no code is shared."""

from __future__ import annotations

import math
from collections import Counter
from itertools import combinations, product

KAPPAS = (0.5, 1, 2, 4, 8, 16, 32, 64, 256, 1e6)
SLOPES = (0, 0.5, 1)
SHAPES = (0.25, 0.5, 1, 2, 4, 8, 16, 64, 1e6)


def log_binomial_like(x: float, mean: float, shape: float) -> float:
    """Log-probability of a count under a negative binomial distribution."""
    if mean <= 0:
        return 0.0 if x == 0 else -50.0
    return (
        math.lgamma(x + shape)
        - math.lgamma(shape)
        - math.lgamma(x + 1)
        + shape * math.log(shape / (shape + mean))
        + x * math.log(mean / (shape + mean))
    )


def partition_cost(sizes: list[int], n: int) -> float:
    """Nats that tell who is with whom."""
    groups = len(sizes)
    mean = n / groups - 1
    costs = []
    for shape in SHAPES if groups > 1 else (1,):
        cost = log_binomial_like(n - groups, mean * groups, shape * groups)
        cost -= sum(log_binomial_like(size - 1, mean, shape) for size in sizes)
        costs.append(cost + (0.5 * math.log(groups) if shape != 1 else 0))
    ways = math.lgamma(n + 1) - sum(math.lgamma(size + 1) for size in sizes) - math.lgamma(groups + 1)
    return ways + min(costs) + math.log(n)


def bernoulli_cost(pairs: list[tuple[int, int]], labels: list[int]) -> float:
    """Nats that tell which pairs are linked, without degrees, at the best of the rates that may be tried."""
    n, linked = len(labels), len(pairs)
    sizes = Counter(labels)
    inside = Counter(labels[i] for i, j in pairs if labels[i] == labels[j])
    possible = {group: size * (size - 1) / 2 for group, size in sizes.items()}
    out = (linked - sum(inside.values()) + 0.5) / max(n * (n - 1) / 2 - sum(possible.values()) + 1, 1e-9)
    out = min(1e-9 if len(sizes) == 1 else out, 1 - 1e-6)
    large = [group for group, size in sizes.items() if size >= 2]
    between = linked - sum(inside.values())
    free = n * (n - 1) / 2 - sum(possible.values()) - between
    outside = -between * math.log(out) - free * math.log1p(-out)
    price = 0.5 * math.log(linked + 1)
    told = (1 if len(sizes) == 1 else 2) * price
    costs = []
    for slope, kappa in product(SLOPES, KAPPAS):
        if len(large) == 1 and (slope or kappa < 1e5):
            continue
        mean_rate = sum(inside.values()) / sum(possible[group] * sizes[group] ** -slope for group in large)
        cost = price * ((slope > 0) + (kappa < 1e5))
        for group in large:
            p = min(max(mean_rate * sizes[group] ** -slope, out), 1 - 1e-6)
            hits, rest = inside[group], possible[group] - inside[group]
            if kappa > 1e5:
                cost -= hits * math.log(p) + rest * math.log1p(-p)
            else:
                a, b = kappa * p, kappa * (1 - p)
                cost -= math.lgamma(hits + a) + math.lgamma(rest + b) - math.lgamma(hits + rest + kappa)
                cost += math.lgamma(a) + math.lgamma(b) - math.lgamma(kappa)
        costs.append(cost)
    return outside + told + min(costs)


def description_length(pairs: list[tuple[int, int]], labels: list[int]) -> float:
    """Nats for a network whose pairs are all of one kind and at least one of which lies inside a group."""
    return bernoulli_cost(pairs, labels) + partition_cost(list(Counter(labels).values()), len(labels))


def support(pairs: list[tuple[int, int]], members: set[int], n: int) -> float:
    """What a cluster's support is, by adding up over every pair."""
    linked = len(pairs)
    counts = Counter(len({i, j} & members) for i, j in pairs)
    share = sum(len({i} & members) + len({j} & members) for i, j in pairs) / (2 * linked)
    expected = {2: share**2, 1: 2 * share * (1 - share), 0: (1 - share) ** 2}
    if counts[2] / linked <= expected[2]:
        return -math.log(math.comb(n, len(members)))
    divergence = sum(
        counts[kind] / linked * math.log(counts[kind] / linked / expected[kind]) for kind in (0, 1, 2) if counts[kind]
    )
    return linked * divergence - math.log(math.comb(n, len(members)))


def set_partitions(n: int) -> list[tuple[int, ...]]:
    """All partitions of n things, each as labels in order of first appearance."""
    found = [(0,)]
    for _ in range(n - 1):
        found = [(*labels, group) for labels in found for group in range(max(labels) + 2)]
    return found


def all_pairs(n: int) -> list[tuple[int, int]]:
    """Every pair of n things."""
    return list(combinations(range(n), 2))
