"""The planted survey: the verb that makes one, and the tables it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusternet.model import Settings, Survey
from clusternet.planted.chance import chosen_share, generator_for
from clusternet.planted.ledger import FINAL_PRODUCTS, monthly_output, plant_recipes, plant_resources
from clusternet.planted.membership import Membership, plant_membership, truth_labels
from clusternet.planted.options import (
    INDUSTRIES,
    LARGEST_SURVEY,
    SMALLEST_SURVEY,
    checked_choice,
    checked_cluster_count,
    checked_number,
    checked_whole,
)
from clusternet.planted.register import numbered_ids, outside_names, plant_register
from clusternet.planted.reports import plant_linkages
from clusternet.planted.ties import LAYERS, Layer, plant_ties

POVERTY_LINE = 200


@dataclass(frozen=True, eq=False)
class PlantedTables:
    """A planted survey as tables, with its answer.

    Parameters
    ----------
    enterprises : pandas.DataFrame
        One row for each enterprise, in order of id.
    linkages : pandas.DataFrame
        One row for each reported tie, layer by layer; no two rows share layer, source, target and reporter.
    resources : pandas.DataFrame
        Needs and offers of the enterprises that answered.
    recipes : pandas.DataFrame
        How the products of the planted chains are made.
    truth : pandas.DataFrame
        Columns enterprise_id and cluster: 0 for the largest cluster, 1 for the next, ..., -1 for none.
    settings : dict
        Flat keys for the study.toml that goes with the tables.
    """

    enterprises: pd.DataFrame
    linkages: pd.DataFrame
    resources: pd.DataFrame
    recipes: pd.DataFrame
    truth: pd.DataFrame
    settings: dict[str, object]

    def survey(self) -> Survey:
        """Return the tables as a survey, as if they had been read from files."""
        settings = Settings.from_mapping(self.settings)
        return Survey.from_tables(self.enterprises, self.linkages, self.resources, self.recipes, settings=settings)


def plant_all_ties(
    seed: int, members: Membership, layers: tuple[str, ...], mean_ties: float, noise: float
) -> dict[Layer, tuple[np.ndarray, np.ndarray]]:
    """Draw the ties of every chosen layer; the layers divide `mean_ties` by their usual shares."""
    chosen = [layer for layer in LAYERS if layer.name in layers]
    whole = sum(layer.share for layer in chosen)
    return {
        layer: plant_ties(seed, members, layer, round(mean_ties * members.n_members * layer.share / whole), noise)
        for layer in chosen
    }


def plant_survey(
    n_enterprises: int = 300,
    *,
    n_clusters: int | None = None,
    industries: Sequence[str] | None = None,
    layers: Sequence[str] | None = None,
    mean_ties: float = 8.5,
    noise: float = 0.22,
    non_response: float = 0.08,
    double_reports: float = 0.3,
    outside: float = 0.06,
    isolated: float = 0.02,
    arabic: float = 0.3,
    seed: int = 0,
) -> PlantedTables:
    """Make a survey of invented enterprises whose clusters, value chains with social glue, are known.

    Parameters
    ----------
    n_enterprises : int
        Enterprises in the register, 30 to 1,000,000.
    n_clusters : int, optional
        Clusters to plant, 2 or more, of at least 5 members each; by default 13 to 14 members on average.
    industries : sequence of str, optional
        Industries whose chains are planted; by default furniture, garments, leather shoes, olive soap,
        metalwork and ceramics.
    layers : sequence of str, optional
        Layers to plant; by default the eleven standard ones.
    mean_ties : float
        Ties inside the register for each member of a cluster, over all layers together, 1..40. Layers that run
        out of pairs, rivalry first, stay below their part.
    noise : float
        Share of the ties inside the register that cross clusters, 0..1.
    non_response : float
        Share of the enterprises that did not answer, 0..1: they stay in the register, but report no linkage,
        need or offer. What others report about them stays.
    double_reports : float
        Share of the ties inside the register that both ends report, if both answer, 0..1.
    outside : float
        Share of the ties of the trade layers (supply, subcontracting) that go to partners outside, 0..0.9.
    isolated : float
        Share of the enterprises with no tie at all, in no cluster, 0..1.
    arabic : float
        Share of the enterprises whose name is in Arabic, 0..1; `name_alt` has the other script.
    seed : int
        Seed of all chance, 0 or more. The same arguments give the same tables.

    Returns
    -------
    PlantedTables
        The tables of the survey, its settings and the answer.

    Raises
    ------
    InputError
        If an option is out of its range, or too few enterprises are left to form two clusters.

    Examples
    --------
    >>> tables = plant_survey(40, n_clusters=3, seed=7)
    >>> sorted(tables.truth["cluster"].unique().tolist())
    [-1, 0, 1, 2]
    """
    n_enterprises = checked_whole("n_enterprises", n_enterprises, SMALLEST_SURVEY, LARGEST_SURVEY)
    seed = checked_whole("seed", seed, 0)
    chosen_industries = checked_choice("industries", industries, INDUSTRIES)
    chosen_layers = checked_choice("layers", layers, tuple(layer.name for layer in LAYERS))
    mean_ties = checked_number("mean_ties", mean_ties, 1, 40)
    noise = checked_number("noise", noise, 0, 1)
    non_response = checked_number("non_response", non_response, 0, 1)
    double_reports = checked_number("double_reports", double_reports, 0, 1)
    outside = checked_number("outside", outside, 0, 0.9)
    isolated = checked_number("isolated", isolated, 0, 1)
    arabic = checked_number("arabic", arabic, 0, 1)
    n_members = n_enterprises - round(isolated * n_enterprises)
    clusters = checked_cluster_count(n_clusters, n_members)

    members = plant_membership(seed, n_enterprises, n_members, clusters, chosen_industries)
    ids = numbered_ids(n_enterprises)
    answered = ~chosen_share(generator_for(seed, "non-response"), n_enterprises, non_response)
    output = monthly_output(seed, members)
    ties = plant_all_ties(seed, members, chosen_layers, mean_ties, noise)
    partners = outside_names(seed, n_enterprises)
    linkages = plant_linkages(
        seed, members, ties, ids, answered, partners, double_reports=double_reports, outside=outside
    )
    return PlantedTables(
        enterprises=plant_register(seed, members, output, ids, answered, arabic),
        linkages=linkages,
        resources=plant_resources(seed, members, output, ids, answered),
        recipes=plant_recipes(members),
        truth=pd.DataFrame({"enterprise_id": ids, "cluster": truth_labels(members)}),
        settings={
            "title": f"Planted survey of {n_enterprises} enterprises",
            "language": "en",
            "boundary": "All enterprises of one invented town (synthetic)",
            "design": "roster",
            "poverty_line": POVERTY_LINE,
            "final_products": sorted({FINAL_PRODUCTS[chain] for chain in np.unique(members.cluster_chain).tolist()}),
            "ties": "union",
            "seed": seed,
        },
    )
