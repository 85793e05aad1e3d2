"""The tables of the contract, as other people's scripts read them: fixed names, fixed columns, fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import numpy as np
import pandas as pd

from clusternet.draw import cluster_labels
from clusternet.errors import Problem
from clusternet.messages import mark
from clusternet.model import Network, Partition, Scores
from clusternet.model.scores import GAP_COLUMNS, LAYER_COLUMNS, OPENING_COLUMNS, PLAN_COLUMNS

CLUSTER_COLUMNS = (
    "cluster",
    "label",
    "size",
    "cohesion_index",
    "complementarity_index",
    "verdict",
    "stability",
    "support",
    "beyond_chance",
)
MEMBER_COLUMNS = ("enterprise_id", "name", "cluster", "certainty", "role")
SHARE_COLUMNS = ("enterprise_id", "cluster", "share")
LINKAGE_COLUMNS = ("source", "target", "layer", "weight", "n_reports")
PROBLEM_COLUMNS = ("code", "severity", "file", "sheet", "row", "column", "value", "message")

#: What the network left out, with the code and the sentence under which it is listed.
DROPPED = MappingProxyType(
    {
        "self_links": ("D06", mark("{count} reported linkages of an enterprise with itself were left out.")),
        "zero_weights": ("D04", mark("{count} reported linkages of weight 0 were left out.")),
        "unconfirmed": (
            "D09",
            mark("{count} linkages were left out because only one of two ends that answered reported them."),
        ),
    }
)


def contract_tables(
    network: Network, partition: Partition, scores: Scores, problems: Iterable[Problem], *, language: str
) -> dict[str, pd.DataFrame]:
    """Return every table that a study writes, by name, in the contract's columns.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The results.
    problems : iterable of Problem
        Everything found in the input.
    language : {"en", "ar"}
        The language of labels and messages.

    Returns
    -------
    dict of str to DataFrame
        ``clusters``, ``members``, ``shares``, ``scores``, ``layers``, ``linkages``, ``plan``, ``gaps``, ``openings``
        and ``problems``. Columns whose numbers were not computed are there and empty.
    """
    return {
        "clusters": cluster_table(partition, scores, cluster_labels(network, partition, language=language)),
        "members": member_table(network, partition, scores),
        "shares": partition.shares[list(SHARE_COLUMNS)],
        "scores": scores.table,
        "layers": layer_table(scores),
        "linkages": network.linkages[list(LINKAGE_COLUMNS)],
        "plan": scores.plan[list(PLAN_COLUMNS)],
        "gaps": scores.gaps[list(GAP_COLUMNS)],
        "openings": scores.openings[list(OPENING_COLUMNS)],
        "problems": problem_table(problems, language),
    }


def cluster_table(partition: Partition, scores: Scores, labels: list[str]) -> pd.DataFrame:
    """Return one row per cluster: label, size, the tests and stability (empty until computed), then every score."""
    count = partition.n_clusters
    tests = scores.clusters.set_index("cluster").reindex(np.arange(count)).reset_index(drop=True)
    table = pd.DataFrame(
        {
            "cluster": np.arange(count),
            "label": pd.Series(labels, dtype=object),
            "size": partition.sizes,
            "cohesion_index": tests["cohesion_index"].astype(np.float64),
            "complementarity_index": tests["complementarity_index"].astype(np.float64),
            "verdict": tests["verdict"].fillna("").astype(object),
            "stability": tests["stability"].astype(np.float64),
            "support": partition.cluster_support,
            "beyond_chance": partition.clusters["beyond_chance"]
            .map({True: "yes", False: "no"})
            .fillna("")
            .astype(object),
        }
    )
    wide = scores.wide().reindex(np.arange(count)).reset_index(drop=True)
    wide = wide[[column for column in wide.columns if column not in table.columns]]
    return pd.concat([table, wide], axis=1)


def layer_table(scores: Scores) -> pd.DataFrame:
    """Return one row per layer: what it links, and how far the clusters hold in it."""
    table = scores.layers[list(LAYER_COLUMNS)]
    return table.assign(counts=np.where(table["counts"].eq(True), "yes", "no").astype(object))


def member_table(network: Network, partition: Partition, scores: Scores) -> pd.DataFrame:
    """Return one row per enterprise, sorted by id; the cluster is -1 for those in none, the role empty until computed.

    Roles are keys, the same in every language; pages show ``translate(role, language)``.
    """
    ids = network.register["enterprise_id"].astype(object)
    roles = dict(zip(scores.members["enterprise_id"], scores.members["role"], strict=True))
    return pd.DataFrame(
        {
            "enterprise_id": ids,
            "name": network.register["name"].astype(object),
            "cluster": partition.codes,
            "certainty": partition.member_certainty,
            "role": ids.map(lambda identifier: roles.get(identifier, "")).astype(object),
        }
    )


def dropped_problems(network: Network) -> list[Problem]:
    """Return a warning for each kind of linkage that the network left out."""
    return [
        Problem(code, "warning", sentence, {"count": network.dropped[key]}, value=str(network.dropped[key]))
        for key, (code, sentence) in DROPPED.items()
        if network.dropped.get(key, 0)
    ]


def problem_table(problems: Iterable[Problem], language: str) -> pd.DataFrame:
    """Return one row per problem."""
    rows = [
        (
            problem.code,
            problem.severity,
            problem.file,
            problem.sheet,
            pd.NA if problem.row is None else problem.row,
            problem.column,
            problem.value,
            problem.message(language),
        )
        for problem in problems
    ]
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS)).astype(object)
