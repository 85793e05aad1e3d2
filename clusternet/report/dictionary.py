"""The data dictionary: what each file that a study writes holds, and what each of its columns means."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from clusternet.messages import mark, translate


class Entry(NamedTuple):
    """One column of one file; the column is empty where the whole file is meant."""

    file: str
    column: str
    meaning: str


DICTIONARY = (
    Entry(
        "report.html",
        "",
        mark("The report for people who read; report.ar.html or report.en.html in the other language."),
    ),
    Entry("report.pdf", "", mark("The report as it prints, where it was asked for with --pdf.")),
    Entry("map.html", "", mark("The map, to be explored with the pointer; it works without any connection.")),
    Entry("clusters.xlsx", "", mark("All tables in one workbook, one sheet each.")),
    Entry("clusters.csv", "", mark("One row per cluster; after the columns named here, one column per score.")),
    Entry("clusters.csv", "cluster", mark("The number of the cluster, from 0; the largest comes first.")),
    Entry("clusters.csv", "label", mark("The stage, sector and place over-represented among the members.")),
    Entry("clusters.csv", "size", mark("Number of members.")),
    Entry("clusters.csv", "cohesion_index", mark("Share of chance results that the cluster's cohesion beats, 0 to 1.")),
    Entry(
        "clusters.csv",
        "complementarity_index",
        mark("Share of chance results that the cluster's complementarity beats, 0 to 1."),
    ),
    Entry("clusters.csv", "verdict", mark("Natural cluster, club, chain to connect, or loose group.")),
    Entry("clusters.csv", "stability", mark("How much of the cluster comes back when answers are left out, 0 to 1.")),
    Entry(
        "clusters.csv",
        "support",
        mark(
            "Nats by which the cluster is more surprising than any group of its size that chance is expected to make."
        ),
    ),
    Entry(
        "clusters.csv",
        "beyond_chance",
        mark("yes where chance would make such a group in fewer than one network in 20."),
    ),
    Entry("members.csv", "", mark("One row per enterprise of the register.")),
    Entry("members.csv", "enterprise_id", mark("The enterprise's id in the survey.")),
    Entry("members.csv", "name", mark("The enterprise's name as surveyed.")),
    Entry("members.csv", "cluster", mark("The number of its cluster; -1 when it is in none.")),
    Entry("members.csv", "certainty", mark("How sure the membership is, 0 to 1.")),
    Entry("members.csv", "role", mark("The enterprise's role in its cluster.")),
    Entry(
        "shares.csv", "", mark("How far each enterprise belongs to each cluster; several rows for one on a boundary.")
    ),
    Entry("shares.csv", "share", mark("Its share of membership, 0 to 1; shares below 0.005 are left out.")),
    Entry("scores.csv", "", mark("One row per cluster and score.")),
    Entry("scores.csv", "family", mark("The family to which the score belongs.")),
    Entry("scores.csv", "metric", mark("The score's key, as in the table of scores of the report.")),
    Entry("scores.csv", "value", mark("The value; empty when it is undefined, the note says why.")),
    Entry("scores.csv", "chance_mean", mark("The mean value in networks made by chance.")),
    Entry("scores.csv", "effect", mark("Distance from chance, in standard deviations of chance.")),
    Entry("scores.csv", "p_value", mark("How often chance does as well, 0 to 1.")),
    Entry(
        "scores.csv", "q_value", mark("The same, corrected for the number of clusters (Benjamini-Hochberg), 0 to 1.")
    ),
    Entry("scores.csv", "low, high", mark("The interval of the value, from resampling.")),
    Entry("scores.csv", "note", mark("Why a value is undefined, or what to know about it.")),
    Entry("layers.csv", "", mark("One row per layer of linkage: which layers carry the clusters.")),
    Entry("layers.csv", "counts", mark("Whether the layer is part of the network in which clusters are looked for.")),
    Entry("layers.csv", "pairs, enterprises", mark("Linked pairs of the register, and enterprises with at least one.")),
    Entry(
        "layers.csv",
        "inside, expected",
        mark("The share of the pairs inside clusters, and what chance would put there."),
    ),
    Entry("layers.csv", "modularity", mark("The first less the second: how well the clusters hold in this layer.")),
    Entry(
        "layers.csv",
        "log_odds",
        mark("What a link of the layer adds to the evidence that two share a cluster, in nats."),
    ),
    Entry("linkages.csv", "", mark("One row per linkage, after the reports of both ends were put together.")),
    Entry("linkages.csv", "source, target", mark("The two ends: ids of enterprises, or names of outside partners.")),
    Entry("linkages.csv", "layer", mark("The kind of linkage.")),
    Entry("linkages.csv", "weight", mark("Its weight: the mean of what its reporters said, above 0.")),
    Entry("linkages.csv", "n_reports", mark("How many enterprises reported it; 0 for a record that nobody reported.")),
    Entry("plan.csv", "", mark("Who could supply whom at the least cost, by cluster and resource.")),
    Entry("plan.csv", "supplier, buyer", mark("The ids of the two members.")),
    Entry("plan.csv", "quantity", mark("How much the supplier delivers, in the unit of the resource.")),
    Entry("plan.csv", "unit_cost", mark("The supplier's price; where it gave none, the median price of the survey.")),
    Entry("plan.csv", "cost", mark("Quantity times price, with haulage; empty where the resource has no price.")),
    Entry(
        "gaps.csv",
        "",
        mark("For the final product that each cluster comes closest to: what is made inside, what is missing."),
    ),
    Entry("gaps.csv", "product", mark("A product of the chain, or a raw input that no recipe makes.")),
    Entry(
        "gaps.csv",
        "status",
        mark("present: two makers or more; single_supplier: one; missing: none; raw: a raw input."),
    ),
    Entry("gaps.csv", "suppliers", mark("The ids of the members that make it, or offer the raw input.")),
    Entry("openings.csv", "", mark("Pairs that fit and are not linked yet, those first that would add most.")),
    Entry("openings.csv", "supplier", mark("The id of a member, or of an enterprise that the cluster could recruit.")),
    Entry("openings.csv", "buyer", mark("The id of the one that needs what the supplier has.")),
    Entry(
        "openings.csv", "need_coverage_gain", mark("What serving this pair could add to the needs covered, at most.")
    ),
    Entry(
        "openings.csv", "stage_coverage_gain", mark("What recruiting the one outside would add to the stages covered.")
    ),
    Entry("problems.csv", "", mark("Everything remarkable in the input, with file, row and column.")),
    Entry(
        "network.graphml, network.gexf",
        "",
        mark("The network for programs that draw graphs, with each enterprise's cluster."),
    ),
    Entry("network.graphml", "x, y", mark("Where each enterprise stands on the map, in points; y points up.")),
    Entry("manifest.json", "", mark("Versions, settings, seed, and the SHA-256 of every file read and written.")),
)

#: How the CSV files are written.
CSV_NOTE = mark(
    "CSV files are UTF-8 with a byte order mark, separated by commas; an empty cell is a missing value; numbers have "
    "12 significant digits; an apostrophe stands before a text that a spreadsheet would run as a formula."
)


def dictionary_table(language: str) -> pd.DataFrame:
    """Return the data dictionary as a table: file, column, meaning."""
    rows = [(entry.file, entry.column, translate(entry.meaning, language)) for entry in DICTIONARY]
    return pd.DataFrame([*rows, ("*.csv", "", translate(CSV_NOTE, language))], columns=["file", "column", "meaning"])
