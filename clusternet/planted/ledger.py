"""What the enterprises make, need and have to spare: the resources and recipes tables."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusternet.planted.chance import generator_for
from clusternet.planted.industries import BYPRODUCT_COST, CHAINS, ELECTRICITY, FACTORS, MACHINE, RAW_MATERIALS, STAGES
from clusternet.planted.membership import CHAIN_STAGES, LONGEST_CHAIN, STAGE_NUMBER, Membership

FINAL_PRODUCTS = tuple(STAGES[STAGE_NUMBER[chain.stages[-1]]].product for chain in CHAINS)
STAGE_ENERGY = np.array([stage.energy for stage in STAGES])
STAGE_COST = np.array([stage.unit_cost for stage in STAGES])


def output_per_final() -> np.ndarray:
    """Work out how much of each step's product one final product takes.

    Returns
    -------
    numpy.ndarray of float, shape (chains, LONGEST_CHAIN)
        Units of the step's product for one unit of the chain's final product; 0 where a chain is shorter.

    Examples
    --------
    >>> float(output_per_final()[0, 8])
    1.0
    """
    needed = np.zeros((len(CHAINS), LONGEST_CHAIN))
    for row, chain in enumerate(CHAINS):
        step_of = {STAGES[STAGE_NUMBER[name]].product: step for step, name in enumerate(chain.stages)}
        needed[row, len(chain.stages) - 1] = 1.0
        for step in reversed(range(len(chain.stages))):
            for resource, quantity in STAGES[CHAIN_STAGES[row, step]].inputs:
                if resource in step_of:
                    needed[row, step_of[resource]] += quantity * needed[row, step]
    return needed


def monthly_output(seed: int, members: Membership) -> np.ndarray:
    """Set what each enterprise makes in a month, so that the steps of a cluster match one another.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        Output by slot, in units of the enterprise's product, above 0.
    """
    generator = generator_for(seed, "output")
    least, most = np.array([chain.monthly_output for chain in CHAINS]).T
    finals = generator.integers(least[members.cluster_chain], most[members.cluster_chain], endpoint=True)
    # The isolated work at the scale of one workshop of the smallest cluster of their chain.
    finals = np.append(finals, 0)[members.cluster]
    finals = np.where(members.cluster >= 0, finals, least[members.chain])
    sharing = np.append(members.step_count, np.ones((1, LONGEST_CHAIN), dtype=np.int64), axis=0)
    sharing = sharing[members.cluster, members.step]
    scale = output_per_final()[members.chain, members.step] / sharing
    # Workshops keep a little to spare: from a tenth below what is called for to three tenths above.
    slack = 0.9 + 0.4 * generator.random(finals.size)
    return np.maximum(np.round(finals * scale * slack, 2), 0.01)


@dataclass(frozen=True, eq=False)
class ResourceRows:
    """Rows of the resources table that share one resource vocabulary, as arrays of one length.

    Parameters
    ----------
    slot : numpy.ndarray of int
        Slot of the enterprise.
    kind : numpy.ndarray of int
        Row of ``KINDS``: resource, factor and unit.
    offer : numpy.ndarray of bool
        True for offers, False for needs.
    quantity, unit_cost : numpy.ndarray of float
        Monthly quantity in the resource's unit, and price of one unit (NaN for needs).
    """

    slot: np.ndarray
    kind: np.ndarray
    offer: np.ndarray
    quantity: np.ndarray
    unit_cost: np.ndarray


def resource_kinds() -> list[tuple[str, str, str]]:
    """List every resource once, with its factor and unit."""
    kinds = [
        (stage.product, "product" if stage.product in FINAL_PRODUCTS else "material", stage.unit) for stage in STAGES
    ]
    kinds += [(name, "material", unit) for name, unit in RAW_MATERIALS.items()]
    kinds += [(name, "byproduct", "kg") for name in dict.fromkeys(n for s in STAGES for n, _ in s.leaves + s.reuses)]
    kinds += [(factor.resource, factor.factor, factor.unit) for factor in (*FACTORS, ELECTRICITY)]
    machines = dict.fromkeys(chain.machine for chain in CHAINS)
    kinds += [(MACHINE.resource.format(machine=name), MACHINE.factor, MACHINE.unit) for name in machines]
    return kinds


KINDS = resource_kinds()
KIND_NUMBER = {resource: number for number, (resource, _, _) in enumerate(KINDS)}


def priced(generator: np.random.Generator, usual: np.ndarray) -> np.ndarray:
    """Spread asking prices up to 15 % around the usual price."""
    return np.round(usual * (0.85 + 0.3 * generator.random(usual.size)), 3)


def stage_rows(members: Membership, output: np.ndarray, part: str) -> ResourceRows:
    """List what each enterprise's stage takes in or leaves: `part` is inputs, leaves or reuses."""
    lists = [getattr(stage, part) for stage in STAGES]
    count = np.array([len(entries) for entries in lists])
    first = np.cumsum(count) - count
    kinds = np.array([KIND_NUMBER[resource] for entries in lists for resource, _ in entries])
    amounts = np.array([quantity for entries in lists for _, quantity in entries])
    repeats = count[members.stage]
    slot = np.repeat(np.arange(output.size), repeats)
    within = np.arange(slot.size) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    entry = first[members.stage[slot]] + within
    quantity = np.maximum(np.round(output[slot] * amounts[entry], 2), 0.01)
    offer = np.full(slot.size, part == "leaves")
    return ResourceRows(slot, kinds[entry], offer, quantity, np.where(offer, BYPRODUCT_COST, np.nan))


def factor_rows(seed: int, members: Membership, output: np.ndarray) -> list[ResourceRows]:
    """List who needs and who can spare labour, capital, advice, machine time and electricity."""
    machine_kind = np.array([KIND_NUMBER[MACHINE.resource.format(machine=chain.machine)] for chain in CHAINS])
    rows = []
    for factor in (*FACTORS, ELECTRICITY, MACHINE):
        generator = generator_for(seed, "factor", factor.resource)
        chance = generator.random(output.size)
        # Whoever needs a factor has none to spare: the two stand at opposite ends of one draw.
        slot = np.flatnonzero((chance < factor.needing) | (chance >= 1 - factor.offering))
        offer = chance[slot] >= factor.needing
        least, most = factor.quantity
        quantity = generator.integers(least, most, size=slot.size, endpoint=True).astype(float)
        if factor is ELECTRICITY:
            used = np.maximum(np.round(output * STAGE_ENERGY[members.stage], 2), 0.01)[slot]
            quantity = np.where(offer, quantity, used)
        kind = machine_kind[members.chain[slot]] if factor is MACHINE else KIND_NUMBER[factor.resource]
        price = priced(generator, np.full(slot.size, factor.unit_cost))
        rows.append(
            ResourceRows(slot, np.broadcast_to(kind, slot.shape), offer, quantity, np.where(offer, price, np.nan))
        )
    return rows


def plant_resources(
    seed: int, members: Membership, output: np.ndarray, ids: np.ndarray, answered: np.ndarray
) -> pd.DataFrame:
    """Write down the needs and offers of the enterprises that answered.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.
    output : numpy.ndarray of float, shape (n,)
        Monthly output by slot.
    ids : numpy.ndarray of str, shape (n,)
        Enterprise ids by position.
    answered : numpy.ndarray of bool, shape (n,)
        Who answered, by position.

    Returns
    -------
    pandas.DataFrame
        The resources table, by enterprise: its products first, then inputs, by-products and other factors.
    """
    every = np.arange(output.size)
    asked = priced(generator_for(seed, "prices"), STAGE_COST[members.stage])
    parts = [ResourceRows(every, members.stage, np.ones(every.size, dtype=bool), output, asked)]
    parts += [stage_rows(members, output, part) for part in ("inputs", "leaves", "reuses")]
    parts += factor_rows(seed, members, output)
    slot, kind, offer, quantity, unit_cost = (
        np.concatenate([getattr(rows, field) for rows in parts])
        for field in ("slot", "kind", "offer", "quantity", "unit_cost")
    )
    position = members.position[slot]
    order = np.argsort(position, kind="stable")
    order = order[answered[position[order]]]
    resource, factor, unit = (np.array(words, dtype=object) for words in zip(*KINDS, strict=True))
    kind = kind[order]
    return pd.DataFrame(
        {
            "enterprise_id": ids[position[order]],
            "resource": resource[kind],
            "role": np.where(offer[order], "offer", "need").astype(object),
            "factor": factor[kind],
            "quantity": quantity[order],
            "unit": unit[kind],
            "unit_cost": unit_cost[order],
        }
    )


def plant_recipes(members: Membership) -> pd.DataFrame:
    """Write down how the products of the planted chains are made.

    Parameters
    ----------
    members : Membership
        The planted clusters.

    Returns
    -------
    pandas.DataFrame
        The recipes table: product, stage, input, quantity of the input for one unit of the product.
    """
    numbers = np.unique(CHAIN_STAGES[np.unique(members.chain)])
    stages = [STAGES[number] for number in numbers if number >= 0]
    rows = [(s.product, s.name, resource, float(quantity)) for s in stages for resource, quantity in s.inputs]
    return pd.DataFrame(rows, columns=["product", "stage", "input", "quantity"])
