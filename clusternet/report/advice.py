"""What would help a cluster: sentences by stated rules, each with the figure it rests on; none without a rule."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from markupsafe import Markup, escape

from clusternet.draw.wording import isolated, number
from clusternet.messages import mark, translate, translate_plural
from clusternet.model import ClusteredNetwork, Network, Partition, Scores
from clusternet.report.advice_words import (
    ASK_RULE,
    CHAIN_RULE,
    CHAIN_SENTENCES,
    CONFIRM_RULE,
    CONNECT_RULE,
    CUT_RULE,
    GLUE_RULE,
    SINGLE_RULE,
)
from clusternet.report.cuts import cut_parts
from clusternet.report.makers import Partners, makers_of
from clusternet.report.pages import bdi

#: So many pieces of advice of one kind are given for a cluster, and so many enterprises are named in one.
MOST_OF_A_KIND = 3
MOST_NAMED = 3
#: Two members are to be connected when that could cover at least this share of the cluster's needs.
LEAST_GAIN = 0.01
#: A member is to be backed up when its leaving would cut off at least this share of the others.
LEAST_CUT = 0.1
#: Those who did not answer are to be asked from this share of the members on.
MANY_SILENT = 0.2
#: Ties are to be confirmed below this share of confirmed ones.
FEW_CONFIRMED = 0.5

#: The kinds of advice in the order in which they stand: those that change the cluster, ...
CHANGING = ("recruit", "connect", "back_up", "glue")
#: ... then those that only make its picture surer.
SURER = ("ask", "confirm")
#: The scores that rules look at.
_FIGURES = ("glue_density", "confirmed_share")


class Advice(NamedTuple):
    """One thing that would help: its kind, what to do, what it could gain (a share, 0 to 1), and the rule behind it."""

    kind: str
    sentence: Markup
    gain: float
    rule: str


def advice(network: Network, partition: Partition, scores: Scores, language: str) -> Mapping[int, Sequence[Advice]]:
    """Return what would help each cluster, by stated rules, best first.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    language : {"en", "ar"}
        The language of the sentences.

    Returns
    -------
    mapping of int to sequence of Advice
        Every cluster, with an empty one where no rule applies; worked out when a cluster is first asked for, as a
        report shows that of the first clusters only. First what would change the cluster: the best of
        ``recruit``, ``connect``, ``back_up`` and ``glue`` in this order, then the second of each; then in the same way
        what would make its picture surer (``ask``, ``confirm``). At most three of a kind, by gain.
    """
    return _Adviser(network, partition, scores, language)


class _Adviser(Mapping[int, Sequence[Advice]]):
    """The advice to each cluster, and what the rules look up, made once for all clusters."""

    def __init__(self, network: Network, partition: Partition, scores: Scores, language: str) -> None:
        self.network, self.language = network, language
        self.clustered = ClusteredNetwork(network, partition)
        register = network.register
        self.names = {
            identifier: str(identifier) if pd.isna(name) or not str(name).strip() else str(name)
            for identifier, name in zip(register["enterprise_id"], register["name"], strict=True)
        }
        self.cluster_of = dict(zip(register["enterprise_id"], partition.codes.tolist(), strict=True))
        self.codes, self.ids = partition.codes, network.enterprise_ids
        self.makers = {
            product: np.sort(self.ids.get_indexer(pd.Index(who))) for product, who in makers_of(network).items()
        }
        self.partners = Partners(network, partition)
        self.known: dict[int, list[Advice]] = {}
        heard = network.answered[network.ties.source] & network.answered[network.ties.target]
        self.confirmed = float(network.ties.confirmed[heard].mean()) if heard.any() else math.nan
        self.gaps, self.openings = (dict(iter(table.groupby("cluster"))) for table in (scores.gaps, scores.openings))
        used = scores.table[scores.table["metric"].isin(_FIGURES)]
        rows: Any = used[["cluster", "metric", "value", "chance_mean"]].itertuples(index=False)
        self.figures = {(row.cluster, row.metric): (float(row.value), float(row.chance_mean)) for row in rows}

    def __len__(self) -> int:
        return self.clustered.k

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.clustered.k))

    def __getitem__(self, cluster: int) -> list[Advice]:
        if not 0 <= cluster < self.clustered.k:
            raise KeyError(cluster)
        if cluster not in self.known:
            self.known[cluster] = self._of_cluster(cluster)
        return self.known[cluster]

    def _of_cluster(self, cluster: int) -> list[Advice]:
        found = [*self._chain(cluster), *self._connect(cluster), *self._cut(cluster), *self._glue(cluster)]
        surer = [*self._ask(cluster), *self._confirm(cluster)]
        return [*_best(found, CHANGING), *_best(surer, SURER)]

    def _say(self, text: str, **values: object) -> Markup:
        return escape(translate(text, self.language)).format(**values)

    def _figure(self, cluster: int, metric: str) -> tuple[float, float]:
        """Return a score's value and its mean by chance, NaN where there is none."""
        return self.figures.get((cluster, metric), (math.nan, math.nan))

    def _others(self, product: str, cluster: int) -> Markup:
        """Return who in the register, outside the cluster, makes a product: those with most partners in it first."""
        makers = self.makers.get(product)
        if makers is None:
            return self._joined([])
        outside = makers[self.codes[makers] != cluster]
        linked, times = self.partners.of(cluster)
        times = times[np.isin(linked, outside)]
        linked = linked[np.isin(linked, outside)]
        first = linked[np.lexsort((linked, -times))][:MOST_NAMED]
        # Of the others, which have no partner in it, the first by id.
        rest = outside[: 2 * MOST_NAMED + len(linked)]
        found = [*first.tolist(), *rest[~np.isin(rest, linked)].tolist()][:MOST_NAMED]
        named = self._joined(self.names[self.ids[place]] for place in found)
        left = len(outside) - MOST_NAMED
        return (
            self._say(mark("{names} and {number} more"), names=named, number=number(float(left))) if left > 0 else named
        )

    def _joined(self, texts: Iterable[str]) -> Markup:
        """Return names or words one after the other, kept apart as the language does it."""
        semicolon = Markup("\N{ARABIC SEMICOLON} ") if self.language == "ar" else Markup("; ")
        return semicolon.join(bdi(text) for text in texts)

    def _chain(self, cluster: int) -> Iterator[Advice]:
        """Missing stages, and stages that one member alone holds."""
        table = self.gaps.get(cluster)
        if table is None:
            return
        chain = table[table["status"] != "raw"]
        for row in chain.to_dict("records"):
            if row["status"] not in ("missing", "single_supplier"):
                continue
            missing, gain = row["status"] == "missing", 1 / len(chain)
            others = self._others(row["product"], cluster)
            supplier = bdi(self.names.get(row["suppliers"], row["suppliers"]))
            sentence = self._say(
                CHAIN_SENTENCES[missing, bool(others)],
                product=_product(row["product"], row["stage"]),
                supplier=supplier,
                others=others,
                share=share_text(gain),
            )
            rule = translate(
                CHAIN_RULE if missing else SINGLE_RULE, self.language, final=isolated(row["final_product"])
            )
            yield Advice("recruit" if missing else "back_up", sentence, gain, rule)

    def _connect(self, cluster: int) -> Iterator[Advice]:
        table = self.openings.get(cluster)
        if table is None:
            return
        text = mark(
            "Connect {supplier} with {buyer}, who needs {resources}: serving this need covers up to {share} of "
            "what the members need."
        )
        rule = translate(CONNECT_RULE, self.language, least=share_text(LEAST_GAIN))
        served: set[str] = set()  # of several suppliers for one buyer the best is named; openings.csv has the others
        for row in table.sort_values("need_coverage_gain", ascending=False, kind="stable").to_dict("records"):
            gain = float(row["need_coverage_gain"])
            members = self.cluster_of[row["supplier"]] == self.cluster_of[row["buyer"]] == cluster
            if members and gain >= LEAST_GAIN and row["buyer"] not in served:
                served.add(row["buyer"])
                sentence = self._say(
                    text,
                    supplier=bdi(self.names[row["supplier"]]),
                    buyer=bdi(self.names[row["buyer"]]),
                    resources=self._joined(str(row["resources"]).split(";")),
                    share=share_text(gain),
                )
                yield Advice("connect", sentence, gain, rule)

    def _cut(self, cluster: int) -> Iterator[Advice]:
        """Members that hold the cluster together."""
        graph, members = self.clustered.subgraph(cluster), self.clustered.members(cluster)
        for vertex, sizes in cut_parts(graph).items():
            lost = sum(sizes) - max(sizes)
            gain = lost / (len(members) - 1)
            if gain < LEAST_CUT:
                continue
            said = translate_plural(
                "Link the partners of {member} with one another: if it left, {number} other member would be cut off.",
                "Link the partners of {member} with one another: if it left, {number} other members would be cut off.",
                lost,
                self.language,
                member="{member}",
                number=number(float(lost)),
            )
            sentence = escape(said).format(member=bdi(self.names[self.network.enterprise_ids[members[vertex]]]))
            yield Advice("back_up", sentence, gain, translate(CUT_RULE, self.language, least=share_text(LEAST_CUT)))

    def _glue(self, cluster: int) -> Iterator[Advice]:
        value, chance = self._figure(cluster, "glue_density")
        # Redrawn linkages of a cluster of everybody stay in it: what differs by rounding alone asks for nothing.
        if chance - value > 1e-9:
            text = mark(
                "Strengthen the glue: {value} of the pairs share stock, equipment or know-how; chance alone makes "
                "{chance}."
            )
            figures = {"value": share_text(value), "chance": share_text(chance)}
            rule = translate(GLUE_RULE, self.language, **figures)
            yield Advice("glue", self._say(text, **figures), chance - value, rule)

    def _ask(self, cluster: int) -> Iterator[Advice]:
        answered = self.network.answered[self.clustered.members(cluster)]
        silent = int((~answered).sum())
        if silent and silent / len(answered) >= MANY_SILENT:
            said = translate_plural(
                "Ask the {number} member that did not answer: what it reports may change this picture.",
                "Ask the {number} members that did not answer: what they report may change this picture.",
                silent,
                self.language,
                number=number(float(silent)),
            )
            rule = translate(ASK_RULE, self.language, least=share_text(MANY_SILENT))
            yield Advice("ask", escape(said), silent / len(answered), rule)

    def _confirm(self, cluster: int) -> Iterator[Advice]:
        value, _ = self._figure(cluster, "confirmed_share")
        # Where few are confirmed everywhere, that is a caveat of the survey and no advice to one cluster.
        if value < min(FEW_CONFIRMED, self.confirmed):
            text = mark(
                "Confirm the linkages before relying on them: only {share} of those that both ends could report "
                "were reported by both."
            )
            rule = translate(CONFIRM_RULE, self.language, least=share_text(FEW_CONFIRMED))
            yield Advice("confirm", self._say(text, share=share_text(value)), 1 - value, rule)


def share_text(share: float) -> str:
    r"""Return a share as a percentage, below ten percent with one decimal.

    Examples
    --------
    >>> share_text(0.5), share_text(0.0123)
    ('50\xa0%', '1.2\xa0%')
    """
    percent = round(100 * share, 1)
    return f"{percent:.0f}\N{NO-BREAK SPACE}%" if percent >= 10 or percent % 1 == 0 else f"{percent}\N{NO-BREAK SPACE}%"


def _product(product: str, stage: object) -> Markup:
    return bdi(product) + (Markup(" ({})").format(bdi(stage)) if isinstance(stage, str) and stage else "")


def _best(found: Sequence[Advice], kinds: tuple[str, ...]) -> list[Advice]:
    """Return the best of each kind in the order of the kinds, then the second of each, and so on.

    Within a kind by gain, ties by sentence; gains of different kinds are shares of different things.
    """
    kept = []
    for place, kind in enumerate(kinds):
        own = sorted((entry for entry in found if entry.kind == kind), key=lambda entry: (-entry.gain, entry.sentence))
        kept += [(turn, place, entry) for turn, entry in enumerate(own[:MOST_OF_A_KIND])]
    return [entry for _, _, entry in sorted(kept, key=lambda part: part[:2])]
