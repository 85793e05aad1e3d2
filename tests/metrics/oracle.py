"""A second, deliberately simple implementation of the metrics: plain Python, straight from the definitions.

It shares no code with the package. A survey comes in as lists of dicts; a cluster as a set of ids.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections import defaultdict
from fractions import Fraction

NAN = float("nan")
DIRECTED = {"supply", "subcontracting", "knowledge", "finance", "training"}
GLUE = {"stock", "technology", "knowledge"}
TRADE = {"supply", "subcontracting"}


def missing(value):
    return value is None or value != value


class Oracle:
    """One survey, with its ties worked out the slow way."""

    def __init__(self, enterprises, linkages, resources, recipes, ties="union", poverty_line=None, haulage=0.0):
        self.firms = {row["enterprise_id"]: row for row in enterprises}
        self.answered = {i for i, row in self.firms.items() if row["respondent"] == "yes"}
        self.resources, self.recipes, self.poverty_line = resources, recipes, poverty_line
        self.haulage = haulage
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
    def amounts(self, s, role, factor=None):
        found = defaultdict(lambda: defaultdict(float))
        wanted = {row["resource"] for row in self.resources if factor in (None, row["factor"])}
        for row in self.resources:
            if row["enterprise_id"] in s and row["role"] == role and row["resource"] in wanted:
                found[row["resource"]][row["enterprise_id"]] += 1.0 if missing(row["quantity"]) else row["quantity"]
        return found

    def coverable(self, s, factor=None):
        """Need and what of it can be covered, of every resource needed."""
        needs, offers, found = self.amounts(s, "need", factor), self.amounts(s, "offer", factor), {}
        for resource, need in needs.items():
            nn, oo = sum(need.values()), sum(offers[resource].values())
            if nn:
                around = [nn - need.get(i, 0) + oo - offers[resource].get(i, 0) for i in s]
                found[resource] = (nn, min([nn, oo, *around]))
        return found

    def need_coverage(self, s, factor=None):
        shares = [covered / nn for nn, covered in self.coverable(s, factor).values()]
        return sum(shares) / len(shares) if shares else NAN

    def price(self, resource):
        costs = [row["unit_cost"] for row in self.resources if row["resource"] == resource and row["role"] == "offer"]
        costs = [cost for cost in costs if not missing(cost)]
        return statistics.median(costs) if costs else None

    def need_coverage_value(self, s):
        priced = [(self.price(r), *amounts) for r, amounts in self.coverable(s).items() if self.price(r) is not None]
        whole = sum(price * nn for price, nn, _ in priced)
        return sum(price * covered for price, _, covered in priced) / whole if whole else NAN

    def fits(self, s):
        needs, offers = self.amounts(s, "need"), self.amounts(s, "offer")
        return {
            (i, j)
            for r in needs
            for i, offered in offers[r].items()
            for j, needed in needs[r].items()
            if i != j and offered and needed
        }

    def fit_density(self, s):
        n = len(s)
        return len(self.fits(s)) / (n * (n - 1)) if n > 1 and self.resources else NAN

    def fit_balance(self, s):
        fits = self.fits(s)
        pairs = {frozenset(pair) for pair in fits}
        return sum((j, i) in fits and (i, j) in fits for i, j in map(sorted, pairs)) / len(pairs) if pairs else NAN

    def realised_fit(self, s):
        pairs = {frozenset(pair) for pair in self.fits(s)}
        return sum(self.w.get(pair, 0) > 0 for pair in pairs) / len(pairs) if pairs else NAN

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

    def single_supplier_share(self, s):
        count = {p: sum(self.made({i}, p) for i in s) for p in {row["product"] for row in self.recipes}}
        there = [number for number in count.values() if number]
        return there.count(1) / len(there) if there else NAN

    # -------------------------------------------------------------- variety
    def trades(self, s):
        """The levels and the share of each member whose sector is known."""
        known = [(self.firms[i], isic(self.firms[i]["sector"])) for i in s]
        known = [(0 if missing(row["workers"]) else row["workers"], levels) for row, levels in known if levels]
        whole = sum(workers for workers, _ in known)
        return [(workers / whole if whole else 1 / len(known), levels) for workers, levels in known]

    def shares_at(self, s, level):
        found = defaultdict(float)
        for share, levels in self.trades(s):
            found[levels[level]] += share
        return {key: share for key, share in found.items() if share}

    def related_variety(self, s):
        total = 0.0
        for division, whole in self.shares_at(s, 2).items():
            within = [p for code, p in self.shares_at(s, 0).items() if code[:2] == division]
            total += whole * -sum(p / whole * math.log2(p / whole) for p in within)
        return total if self.trades(s) else NAN

    def unrelated_variety(self, s):
        return -sum(p * math.log2(p) for p in self.shares_at(s, 2).values()) if self.trades(s) else NAN

    def rao_diversity(self, s):
        trades = self.trades(s)
        total = sum(p * q * sum(x != y for x, y in zip(a, b, strict=True)) / 4 for p, a in trades for q, b in trades)
        return total if trades else NAN

    # -------------------------------------------------------------- trade
    def flows(self, s=None):
        """Directed trade, all of it or what has both ends in s."""
        found = defaultdict(Fraction)
        for (layer, source, target), weight in self.ties.items():
            if layer in TRADE and (s is None or {source, target} <= s):
                found[source, target] += Fraction(weight)
        return found

    def trophic_coherence(self, s):
        flows = self.flows(s)
        if not flows:
            return NAN
        near = {i: {j for pair in flows if i in pair for j in pair} - {i} for i in s}
        level = {}
        for part in self.components(s, near):
            free = sorted(part)[1:]
            level[min(part)] = Fraction(0)
            rows = []
            for i in free:
                into = sum(w for (_, b), w in flows.items() if b == i)
                out = sum(w for (a, _), w in flows.items() if a == i)
                line = [-flows.get((i, j), 0) - flows.get((j, i), 0) + (into + out if i == j else 0) for j in free]
                rows.append([*line, into - out])
            level.update(zip(free, solved(rows), strict=True))
        miss = sum(w * (level[b] - level[a] - 1) ** 2 for (a, b), w in flows.items())
        return float(1 - miss / sum(flows.values()))

    def trade_touching(self, s):
        return {key: w for key, w in self.ties.items() if key[0] in TRADE and {key[1], key[2]} & s}

    def leakage(self, s):
        touching = self.trade_touching(s)
        outside = sum(w for key, w in touching.items() if not {key[1], key[2]} <= set(self.firms))
        return outside / sum(touching.values()) if touching else NAN

    def km(self, i, j):
        places = [self.firms[k][axis] for k in (i, j) for axis in ("latitude", "longitude")]
        if any(missing(value) for value in places):
            return None
        a, b, c, d = map(math.radians, places)
        x, y = [[math.cos(u) * math.cos(v), math.cos(u) * math.sin(v), math.sin(u)] for u, v in ((a, b), (c, d))]
        cross = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]]
        return 6371.0088 * math.atan2(math.hypot(*cross), sum(p * q for p, q in zip(x, y, strict=True)))

    def sourcing_distance_km(self, s):
        ties = [(w, self.km(*key[1:])) for key, w in self.ties.items() if key[0] in TRADE and {key[1], key[2]} <= s]
        ties = [(w, d) for w, d in ties if d is not None]
        return sum(w * d for w, d in ties) / sum(w for w, _ in ties) if ties else NAN

    def cyclicity(self, s):
        """The Perron root of I + F less 1, by repeated squaring in each set of members that reach one another."""
        flows, best = self.flows(s), 0.0
        for part in self.circles(s, flows):
            order = sorted(part)
            matrix = [[float(flows.get((a, b), 0)) for b in order] for a in order]
            best = max(best, perron_root(matrix))
        return best

    def circles(self, s, flows):
        reach = {i: {j for a, j in flows if a == i} for i in s}
        for middle in s:
            for i in s:
                if middle in reach[i]:
                    reach[i] |= reach[middle]
        return {frozenset(j for j in s if j in reach[i] and i in reach[j]) for i in s if i in reach[i]}

    def finn_cycling(self, s):
        """Sum of T_i times the share of i's throughflow that returns, found by taking out all others one by one."""
        flows, everything = self.flows(s), self.flows()
        through = {i: max(sum(w for pair, w in everything.items() if pair[side] == i) for side in (0, 1)) for i in s}
        whole = sum(through.values())
        if not whole:
            return NAN
        cycled = Fraction(0)
        for i in s:
            q = {(a, b): w / through[b] for (a, b), w in flows.items()}
            for gone in s - {i}:
                stays = 1 - q.get((gone, gone), 0)
                into = {a: w for (a, b), w in q.items() if b == gone and a != gone}
                out = {b: w for (a, b), w in q.items() if a == gone and b != gone}
                q = {pair: w for pair, w in q.items() if gone not in pair}
                if stays:
                    for a, b in itertools.product(into, out):
                        q[a, b] = q.get((a, b), 0) + into[a] * out[b] / stays
            cycled += through[i] * q.get((i, i), 0)
        return float(cycled / whole)

    # -------------------------------------------------------------- factors
    def material_coverage(self, s):
        return self.need_coverage(s, "material")

    def energy_coverage(self, s):
        return self.need_coverage(s, "energy")

    def labour_coverage(self, s):
        return self.need_coverage(s, "labour")

    def capital_coverage(self, s):
        return self.need_coverage(s, "capital")

    def byproduct_reuse(self, s):
        return self.need_coverage(s, "byproduct")

    def least_cost(self, s, resource):
        """Cost of serving all that can be served, and its amount, by shortest augmenting paths."""
        needs = {i: Fraction(q) for i, q in self.amounts(s, "need")[resource].items() if q}
        offers = defaultdict(Fraction)
        for row in self.resources:
            if row["enterprise_id"] in s and row["role"] == "offer" and row["resource"] == resource:
                cost = self.price(resource) if missing(row["unit_cost"]) else row["unit_cost"]
                amount = 1.0 if missing(row["quantity"]) else row["quantity"]
                offers[row["enterprise_id"], cost] += Fraction(amount)
        arcs, cost = defaultdict(Fraction), {}
        for (i, price), amount in offers.items():
            arcs["start", (i, price)] = amount
            cost["start", (i, price)] = Fraction(0)
            for j in needs:
                if i != j:
                    arcs[(i, price), j] = amount
                    cost[(i, price), j] = Fraction(price or 0) + Fraction(self.haulage * (self.km(i, j) or 0))
        for j, amount in needs.items():
            arcs[j, "end"] = amount
            cost[j, "end"] = Fraction(0)
        return cheapest_flow(arcs, cost)

    def plan_saving(self, s):
        paid = usual = Fraction(0)
        for resource in self.amounts(s, "need"):
            price = self.price(resource)
            if price is not None:
                amount, cost = self.least_cost(s, resource)
                paid += cost
                usual += amount * Fraction(price)
        return float(1 - paid / usual) if usual else NAN

    # -------------------------------------------------------------- continuity
    def capability_redundancy(self, s):
        counts = [sum(q > 0 for q in offered.values()) for offered in self.amounts(s, "offer").values()]
        counts = [count for count in counts if count]
        return sum(count > 1 for count in counts) / len(counts) if counts else NAN

    def worst_loss(self, s):
        today = self.need_coverage(s)
        if not today > 0:
            return NAN
        then = [self.need_coverage(s - {i}) for i in s]
        drops = [(today - coverage) / today for coverage in then if coverage == coverage]
        return max([*drops, 0.0]) if drops else NAN

    def cut_member_share(self, s):
        near = self.adjacency(s)
        found = 0
        for i in s:
            stay = s - {i}
            rest = {j: near[j] & stay for j in stay}
            found += len(self.components(stay, rest)) > len(self.components(s)) if stay else 0
        return found / len(s)

    def energy_per_worker(self, s):
        pairs = [(self.firms[i]["energy_use"], self.firms[i]["workers"]) for i in s]
        pairs = [pair for pair in pairs if not any(map(missing, pair))]
        workers = sum(workers for _, workers in pairs)
        return sum(energy for energy, _ in pairs) / workers if workers else NAN

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


DIVISIONS = {
    "A": "01-03", "B": "05-09", "C": "10-33", "D": "35-35", "E": "36-39", "F": "41-43", "G": "45-47", "H": "49-53",
    "I": "55-56", "J": "58-63", "K": "64-66", "L": "68-68", "M": "69-75", "N": "77-82", "O": "84-84", "P": "85-85",
    "Q": "86-88", "R": "90-93", "S": "94-96", "T": "97-98", "U": "99-99",
}  # fmt: skip


def isic(code):
    """Class, group, division and section, or None."""
    digits = "" if missing(code) else code.strip().lstrip("ABCDEFGHIJKLMNOPQRSTU")
    if len(digits) < 2 or not digits.isdigit():
        return None
    for letter, span in DIVISIONS.items():
        if span[:2] <= digits[:2] <= span[3:]:
            return digits[:4], digits[:3], digits[:2], letter
    return None


def solved(rows):
    """Solve linear equations given as rows with the right side last, exactly."""
    rows, n = [list(row) for row in rows], len(rows)
    for p in range(n):
        swap = next(r for r in range(p, n) if rows[r][p])
        rows[p], rows[swap] = rows[swap], rows[p]
        rows[p] = [value / rows[p][p] for value in rows[p]]
        for r in range(n):
            if r != p and rows[r][p]:
                rows[r] = [x - rows[r][p] * y for x, y in zip(rows[r], rows[p], strict=True)]
    return [row[n] for row in rows]


def perron_root(matrix):
    """The largest eigenvalue of an irreducible matrix: (I + A)^(2^k), scaled, turns into a matrix of rank one."""
    n = len(matrix)
    top = max(map(max, matrix))
    power = [[matrix[i][j] / top + (i == j) for j in range(n)] for i in range(n)]
    for _ in range(80):
        power = [
            [sum(a * b for a, b in zip(row, column, strict=True)) for column in zip(*power, strict=True)]
            for row in power
        ]
        largest = max(map(max, power))
        power = [[value / largest for value in row] for row in power]
    vector = [sum(row) for row in power]
    vector = [value / max(vector) for value in vector]
    image = [sum(a * x for a, x in zip(row, vector, strict=True)) for row in matrix]
    place = vector.index(max(vector))
    return image[place] / vector[place]


def cheapest_flow(arcs, cost):
    """The largest flow from "start" to "end" and its least cost, exactly (Bellman and Ford, path after path)."""
    cost = {**{(b, a): -price for (a, b), price in cost.items()}, **cost}
    room = defaultdict(Fraction, arcs)
    amount = paid = Fraction(0)
    while True:
        best, came, changed = {"start": Fraction(0)}, {}, True
        while changed:
            changed = False
            for (a, b), price in cost.items():
                if room[a, b] > 0 and a in best and not (b in best and best[b] <= best[a] + price):
                    best[b], came[b], changed = best[a] + price, a, True
        if "end" not in best:
            return amount, paid
        path, node = [], "end"
        while node != "start":
            path.append((came[node], node))
            node = came[node]
        step = min(room[arc] for arc in path)
        for a, b in path:
            room[a, b] -= step
            room[b, a] += step
        amount += step
        paid += step * best["end"]
