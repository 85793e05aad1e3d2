"""A second, deliberately simple implementation of the metrics: plain Python, straight from the definitions.

It shares no code with the package. A survey comes in as lists of dicts; a cluster as a set of ids.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict

NAN = float("nan")
DIRECTED = {"supply", "subcontracting", "knowledge", "finance", "training"}
GLUE = {"stock", "technology", "knowledge"}
TRADE = {"supply", "subcontracting"}


def missing(value):
    return value is None or value != value


class Oracle:
    """One survey, with its ties worked out the slow way."""

    def __init__(self, enterprises, linkages, resources, recipes, ties="union", poverty_line=None):
        self.firms = {row["enterprise_id"]: row for row in enterprises}
        self.answered = {i for i, row in self.firms.items() if row["respondent"] == "yes"}
        self.resources, self.recipes, self.poverty_line = resources, recipes, poverty_line
        self.layers = sorted({row["layer"] for row in linkages})
        said = defaultdict(lambda: defaultdict(float))
        nodes = set(self.firms)
        for row in linkages:
            source, target, layer = row["source"], row["target"], row["layer"]
            nodes |= {source, target}
            if source == target or row["weight"] == 0:
                continue
            reporter = row["reporter"]
            if missing(reporter):
                reporter = source if source in self.firms else target
            if layer not in DIRECTED:
                source, target = sorted([source, target], key=lambda i: (i not in self.firms, i))
            said[layer, source, target][reporter] += row["weight"]
        self.ties, self.both = {}, {}
        for key, reports in said.items():
            _, source, target = key
            confirmed = source in reports and target in reports
            if ties == "intersection" and {source, target} <= self.answered and not confirmed:
                continue
            self.ties[key] = sum(reports.values()) / len(reports)
            self.both[key] = confirmed
        self.nodes = nodes
        self.w = defaultdict(float)
        for (layer, source, target), weight in self.ties.items():
            if layer != "rivalry":
                self.w[frozenset((source, target))] += weight
        self.total = sum(self.w.values())

    # -------------------------------------------------------------- what the definitions speak of
    def inside(self, s):
        return [pair for pair in self.w if pair <= s]

    def boundary(self, s):
        return [pair for pair in self.w if len(pair & s) == 1]

    def weight(self, pairs):
        return sum(self.w[pair] for pair in pairs)

    def volume(self, s):
        return 2 * self.weight(self.inside(s)) + self.weight(self.boundary(s))

    def adjacency(self, s):
        near = {i: set() for i in s}
        for pair in self.inside(s):
            a, b = pair
            near[a].add(b)
            near[b].add(a)
        return near

    def ties_inside(self, s, layers=None):
        return [key for key in self.ties if key[1] in s and key[2] in s and (layers is None or key[0] in layers)]

    def pairs_in_layers(self, s, layers):
        return {frozenset(key[1:]) for key in self.ties_inside(s, layers)}

    # -------------------------------------------------------------- cohesion
    def density(self, s):
        n = len(s)
        return len(self.inside(s)) / (n * (n - 1) / 2) if n > 1 else NAN

    def internal_strength(self, s):
        return 2 * self.weight(self.inside(s)) / len(s)

    def conductance(self, s):
        rest = sum(self.w[pair] * len(pair - s) for pair in self.w)
        low = min(self.volume(s), rest)
        return self.weight(self.boundary(s)) / low if low else NAN

    def cut_ratio(self, s):
        other = len(self.nodes) - len(s)
        return len(self.boundary(s)) / (len(s) * other) if other else NAN

    def out_shares(self, s):
        shares = []
        for i in s:
            out = sum(self.w[pair] for pair in self.w if i in pair and not pair <= s)
            within = sum(self.w[pair] for pair in self.w if i in pair and pair <= s)
            if out + within:
                shares.append(out / (out + within))
        return shares

    def average_out_share(self, s):
        shares = self.out_shares(s)
        return sum(shares) / len(shares) if shares else NAN

    def worst_out_share(self, s):
        return max(self.out_shares(s), default=NAN)

    def flake_share(self, s):
        return sum(share > 0.5 for share in self.out_shares(s)) / len(s)

    def ei_index(self, s):
        m, b = len(self.inside(s)), len(self.boundary(s))
        return (b - m) / (b + m) if b + m else NAN

    def separability(self, s):
        m, b = len(self.inside(s)), len(self.boundary(s))
        return m / b if b else NAN

    def modularity_contribution(self, s):
        if not self.total:
            return NAN
        return self.weight(self.inside(s)) / self.total - (self.volume(s) / (2 * self.total)) ** 2

    def transitivity(self, s):
        near = self.adjacency(s)
        open_or_closed = [(a, b) for i in s for a, b in itertools.combinations(sorted(near[i]), 2)]
        return sum(b in near[a] for a, b in open_or_closed) / len(open_or_closed) if open_or_closed else NAN

    def triangle_participation(self, s):
        near = self.adjacency(s)
        return sum(any(b in near[a] for a, b in itertools.combinations(near[i], 2)) for i in s) / len(s)

    def components(self, s, near=None):
        near = near or self.adjacency(s)
        left, found = set(s), []
        while left:
            reached, waiting = set(), [min(left)]
            while waiting:
                i = waiting.pop()
                if i not in reached:
                    reached.add(i)
                    waiting += near[i] & left
            found.append(reached)
            left -= reached
        return found

    def structural_cohesion(self, s):
        if len(s) < 2:
            return NAN
        for size in range(len(s) - 1):
            for gone in itertools.combinations(sorted(s), size):
                stay = s - set(gone)
                near = {i: n & stay for i, n in self.adjacency(s).items() if i in stay}
                if len(self.components(stay, near)) > 1:
                    return size
        return len(s) - 1

    def algebraic_connectivity(self, s):
        if len(s) < 2:
            return NAN
        near, order = self.adjacency(s), sorted(s)
        matrix = [[float(len(near[a])) if a == b else -float(b in near[a]) for b in order] for a in order]
        return max(sorted(jacobi_eigenvalues(matrix))[1], 0.0)

    def distances(self, s):
        near, found = self.adjacency(s), {}
        for start in s:
            reached, ring, step = {start}, {start}, 0
            while ring:
                for i in ring:
                    found[start, i] = step
                ring = {j for i in ring for j in near[i]} - reached
                reached |= ring
                step += 1
        return found

    def reach_efficiency(self, s):
        n = len(s)
        if n < 2:
            return NAN
        return sum(1 / step for step in self.distances(s).values() if step) / (n * (n - 1))

    def largest_component_share(self, s):
        return max(len(part) for part in self.components(s)) / len(s)

    def inner_conductance(self, s):
        near = self.adjacency(s)
        best = NAN
        for size in range(1, len(s)):
            for part in itertools.combinations(sorted(s), size):
                a = set(part)
                volumes = [sum(len(near[i]) for i in side) for side in (a, s - a)]
                cut = sum(len(near[i] - a) for i in a)
                if min(volumes) and not best <= cut / min(volumes):
                    best = cut / min(volumes)
        return best

    def centralisation(self, s):
        n, degrees = len(s), [len(near) for near in self.adjacency(s).values()]
        return sum(max(degrees) - degree for degree in degrees) / ((n - 1) * (n - 2)) if n > 2 else NAN

    def reciprocity(self, s):
        arcs = {key[1:] for key in self.ties_inside(s, DIRECTED)}
        return sum((b, a) in arcs for a, b in arcs) / len(arcs) if arcs else NAN

    def core_periphery_fit(self, s):
        pairs = list(itertools.combinations(sorted(s), 2))
        near = self.adjacency(s)
        links = [float(b in near[a]) for a, b in pairs]
        if len(s) < 4 or sum(links) in (0, len(pairs)):
            return NAN
        best = -math.inf
        for size in range(1, len(s)):
            for core in itertools.combinations(sorted(s), size):
                pattern = [float(a in core or b in core) for a, b in pairs]
                if 0 < sum(pattern) < len(pairs):
                    best = max(best, correlation(links, pattern))
        return best

    # -------------------------------------------------------------- glue
    def glue_reach(self, s):
        return len({i for key in self.ties_inside(s, GLUE) for i in key[1:]}) / len(s)

    def glue_density(self, s):
        n = len(s)
        return len(self.pairs_in_layers(s, GLUE)) / (n * (n - 1) / 2) if n > 1 else NAN

    def glue_breadth(self, s):
        pairs, layers = self.pairs_in_layers(s, GLUE), [layer for layer in self.layers if layer in GLUE]
        if not pairs:
            return NAN
        return (
            sum(pair in self.pairs_in_layers(s, {layer}) for pair in pairs for layer in layers)
            / len(pairs)
            / len(layers)
        )

    def glue_overlap(self, s):
        glue, trade = self.pairs_in_layers(s, GLUE), self.pairs_in_layers(s, TRADE)
        return len(glue & trade) / len(glue | trade) if glue | trade else NAN

    def confirmed(self, s, layers):
        asked = [key for key in self.ties_inside(s, layers) if {key[1], key[2]} <= self.answered]
        return sum(self.both[key] for key in asked) / len(asked) if asked else NAN

    def glue_confirmed(self, s):
        return self.confirmed(s, GLUE)

    def layer_density(self, s, layer):
        n = len(s)
        return len(self.pairs_in_layers(s, {layer})) / (n * (n - 1) / 2) if n > 1 else NAN

    # -------------------------------------------------------------- complementarity
    def amounts(self, s, role):
        found = defaultdict(lambda: defaultdict(float))
        for row in self.resources:
            if row["enterprise_id"] in s and row["role"] == role:
                found[row["resource"]][row["enterprise_id"]] += 1.0 if missing(row["quantity"]) else row["quantity"]
        return found

    def need_coverage(self, s):
        needs, offers, shares = self.amounts(s, "need"), self.amounts(s, "offer"), []
        for resource, need in needs.items():
            nn, oo = sum(need.values()), sum(offers[resource].values())
            if nn:
                covered = min([nn, oo, *(nn - need.get(i, 0) + oo - offers[resource].get(i, 0) for i in s)])
                shares.append(covered / nn)
        return sum(shares) / len(shares) if shares else NAN

    def fit_density(self, s):
        n = len(s)
        if n < 2 or not self.resources:
            return NAN
        needs, offers = self.amounts(s, "need"), self.amounts(s, "offer")
        fits = {
            (i, j)
            for r in needs
            for i, offered in offers[r].items()
            for j, needed in needs[r].items()
            if i != j and offered and needed
        }
        return len(fits) / (n * (n - 1))

    def structural_complementarity(self, s):
        near = self.adjacency(s)
        paths = squares = 0
        for a, b, c, d in itertools.permutations(s, 4):
            if b in near[a] and c in near[b] and d in near[c]:
                paths += 1
                squares += d in near[a] and c not in near[a] and d not in near[b]
        return 4 * (squares / 8) / (paths / 2) if paths else NAN

    def stage_coverage(self, s):
        inputs = defaultdict(set)
        for row in self.recipes:
            inputs[row["product"]].add(row["input"])
        products = set(inputs)
        final = products - {entry for product in products for entry in inputs[product] if entry != product}
        best = NAN
        for product in final:
            chain, waiting = set(), [product]
            while waiting:
                p = waiting.pop()
                if p in products and p not in chain:
                    chain.add(p)
                    waiting += inputs[p]
            share = sum(self.made(s, p) for p in chain) / len(chain)
            best = share if not best >= share else best
        return best

    def made(self, s, product):
        stages = {row["stage"] for row in self.recipes if row["product"] == product}
        offered = {
            row["enterprise_id"] for row in self.resources if row["role"] == "offer" and row["resource"] == product
        }
        return any(
            i in offered or (self.firms[i]["stage"] in stages and not missing(self.firms[i]["stage"])) for i in s
        )

    # -------------------------------------------------------------- livelihoods and evidence
    def given(self, s, column):
        return [self.firms[i][column] for i in s if not missing(self.firms[i][column])]

    def jobs(self, s):
        workers = self.given(s, "workers")
        return sum(workers) if workers else NAN

    def share_of_workers(self, s, column):
        pairs = [(self.firms[i][column], self.firms[i]["workers"]) for i in s]
        pairs = [(part, whole) for part, whole in pairs if not missing(part) and not missing(whole) and part <= whole]
        whole = sum(whole for _, whole in pairs)
        return sum(part for part, _ in pairs) / whole if whole else NAN

    def women_share(self, s):
        return self.share_of_workers(s, "women_workers")

    def youth_share(self, s):
        return self.share_of_workers(s, "youth_workers")

    def income_mean(self, s):
        incomes = self.given(s, "monthly_income")
        return sum(incomes) / len(incomes) if incomes else NAN

    def income_gini(self, s):
        incomes = self.given(s, "monthly_income")
        if not incomes or not sum(incomes):
            return NAN
        return sum(abs(a - b) for a in incomes for b in incomes) / (2 * len(incomes) * sum(incomes))

    def poverty_share(self, s):
        incomes = self.given(s, "monthly_income")
        if not incomes or self.poverty_line is None:
            return NAN
        return sum(income < self.poverty_line for income in incomes) / len(incomes)

    def formal_share(self, s):
        answers = self.given(s, "formal")
        return answers.count("yes") / len(answers) if answers else NAN

    def response_rate(self, s):
        return len(s & self.answered) / len(s)

    def confirmed_share(self, s):
        return self.confirmed(s, set(self.layers))

    def outside_share(self, s):
        touching = self.inside(s) + self.boundary(s)
        return sum(bool(pair - set(self.firms)) for pair in touching) / len(touching) if touching else NAN


def correlation(x, y):
    mx, my = sum(x) / len(x), sum(y) / len(y)
    xy = sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True))
    return xy / math.sqrt(sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y))


def jacobi_eigenvalues(matrix):
    """Eigenvalues of a small symmetric matrix by Jacobi rotations."""
    a, n = [row[:] for row in matrix], len(matrix)
    for _ in range(100):
        off = sum(a[i][j] ** 2 for i in range(n) for j in range(n) if i != j)
        if off < 1e-26:
            break
        for p in range(n):
            for q in range(p + 1, n):
                if a[p][q] == 0:
                    continue
                theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                t = (1 if theta >= 0 else -1) / (abs(theta) + math.sqrt(theta * theta + 1))
                c = 1 / math.sqrt(t * t + 1)
                s = t * c
                for k in range(n):
                    a[k][p], a[k][q] = c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]
                for k in range(n):
                    a[p][k], a[q][k] = c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]
    return [a[i][i] for i in range(n)]
