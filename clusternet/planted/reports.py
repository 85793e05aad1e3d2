"""Who told the survey about which tie: the linkages table."""

import numpy as np
import pandas as pd

from clusternet.planted.chance import chosen_share, generator_for
from clusternet.planted.industries import STAGES
from clusternet.planted.membership import Membership
from clusternet.planted.ties import Layer

# Weights 1..5; what is added up to here is the share of ties up to each weight.
WEIGHT_SHARES = (0.34, 0.62, 0.82, 0.94)
TIMES_A_MONTH = np.array([1, 2, 4, 8, 20])
TARGET_REPORTS = 0.3
DIFFERING = 0.35
# Of its own product, one unit of supply weight is goods worth about this much currency.
LOT_WORTH = 60.0


def outside_ties(seed: int, layer: Layer, n_ties: int, n_enterprises: int, n_names: int, share: float) -> np.ndarray:
    """Draw the ties of a trade layer that go to outside partners.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    layer : Layer
        The layer.
    n_ties : int
        Ties of the layer inside the register.
    n_enterprises, n_names : int
        Members that may have such ties, and outside partners.
    share : float
        Share of the layer's ties that shall go outside, 0..0.9.

    Returns
    -------
    numpy.ndarray of int, shape (ties, 2)
        Slot of the enterprise and number of the partner, each pair once.
    """
    wanted = min(round(n_ties * share / (1 - share)), n_enterprises * n_names // 2)
    generator = generator_for(seed, "outside", layer.name)
    codes = np.empty(0, dtype=np.int64)
    while codes.size < wanted:
        more = generator.integers(n_enterprises * n_names, size=wanted - codes.size)
        pool = np.concatenate([codes, more])
        _, first = np.unique(pool, return_index=True)
        codes = pool[np.sort(first)]
    return np.column_stack([codes // n_names, codes % n_names])


def layer_reports(
    seed: int, layer: Layer, source: np.ndarray, target: np.ndarray, answered: np.ndarray, double_reports: float
) -> dict[str, np.ndarray]:
    """Let the ends of a layer's ties report them, and drop what nobody there to answer would have said.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    layer : Layer
        The layer.
    source, target : numpy.ndarray of int, shape (ties,)
        Positions of the ends; a target of ``answered.size`` or more is an outside partner.
    answered : numpy.ndarray of bool, shape (n,)
        Who answered, by position.
    double_reports : float
        Share of the ties between enterprises that both ends report, 0..1.

    Returns
    -------
    dict of str to numpy.ndarray, shape (reports,)
        Positions source, target and reporter, and weight 1..5; sorted by source, target and reporter.
    """
    generator = generator_for(seed, "reports", layer.name)
    # Sorting first hides which ties were drawn as noise.
    order = np.lexsort((target, source))
    source, target = source[order], target[order]
    inside = target < answered.size
    if not layer.directed:
        swap = inside & (generator.random(source.size) < 0.5)
        source, target = np.where(swap, target, source), np.where(swap, source, target)
    weight = 1 + np.searchsorted(WEIGHT_SHARES, generator.random(source.size))
    by_target = inside & (generator.random(source.size) < TARGET_REPORTS) & layer.directed
    step = np.where(generator.random(source.size) < DIFFERING, generator.choice([-1, 1], size=source.size), 0)
    twice = np.zeros(source.size, dtype=bool)
    twice[inside] = chosen_share(generator_for(seed, "double", layer.name), int(inside.sum()), double_reports)

    by_source = ~by_target | twice
    by_target |= twice
    # The buyer's or partner's own report may give another weight than the first one.
    other_weight = np.where(twice, np.clip(weight + step, 1, 5), weight)
    reports = {
        "source": np.concatenate([source[by_source], source[by_target]]),
        "target": np.concatenate([target[by_source], target[by_target]]),
        "reporter": np.concatenate([source[by_source], target[by_target]]),
        "weight": np.concatenate([weight[by_source], other_weight[by_target]]),
    }
    heard = answered[reports["reporter"]]
    order = np.lexsort((reports["reporter"], reports["target"], reports["source"]))
    order = order[heard[order]]
    return {key: column[order] for key, column in reports.items()}


def plant_linkages(
    seed: int,
    members: Membership,
    ties: dict[Layer, tuple[np.ndarray, np.ndarray]],
    ids: np.ndarray,
    answered: np.ndarray,
    partners: np.ndarray,
    *,
    double_reports: float,
    outside: float,
) -> pd.DataFrame:
    """Write down the ties as the survey heard of them.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.
    ties : dict of Layer to (source, target)
        Slots of the ends of each layer's ties.
    ids : numpy.ndarray of str, shape (n,)
        Enterprise ids by position.
    answered : numpy.ndarray of bool, shape (n,)
        Who answered, by position.
    partners : numpy.ndarray of str, shape (partners,)
        Names of the outside partners.
    double_reports : float
        Share of the ties between enterprises that both ends report, 0..1.
    outside : float
        Share of the ties of trade layers that go to outside partners, 0..0.9.

    Returns
    -------
    pandas.DataFrame
        The linkages table, layer by layer. Amounts stand on supply rows only, in the seller's unit a month.
    """
    parts = []
    for layer, (source_slot, target_slot) in ties.items():
        source, target = members.position[source_slot], members.position[target_slot]
        if layer.trade:
            beyond = outside_ties(seed, layer, source.size, members.n_members, partners.size, outside)
            source = np.concatenate([source, members.position[beyond[:, 0]]])
            target = np.concatenate([target, ids.size + beyond[:, 1]])
        parts.append(layer_reports(seed, layer, source, target, answered, double_reports))
    source, target, reporter, weight = (
        np.concatenate([part[key] for part in parts]) for key in ("source", "target", "reporter", "weight")
    )
    lengths = [part["source"].size for part in parts]
    words = np.array([layer.name for layer in ties], dtype=object)
    layer_number = np.repeat(np.arange(words.size), lengths)
    supplied = words[layer_number] == "supply"

    stage = np.empty(ids.size, dtype=np.int64)
    stage[members.position] = members.stage
    lot = np.array([max(1.0, round(LOT_WORTH / entry.unit_cost)) for entry in STAGES])
    unit = np.array([entry.unit for entry in STAGES] + [None], dtype=object)
    seller_stage = stage[source]
    ends = np.concatenate([ids, partners])
    return pd.DataFrame(
        {
            "source": ids[source],
            "target": ends[target],
            "layer": words[layer_number],
            "weight": weight,
            "reporter": ids[reporter],
            "frequency": TIMES_A_MONTH[weight - 1],
            "amount": np.where(supplied, weight * lot[seller_stage], np.nan),
            "unit": unit[np.where(supplied, seller_stage, len(STAGES))],
        }
    )
