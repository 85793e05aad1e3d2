"""Who the enterprises are: names in two scripts, places, people, money and what may be published."""

import numpy as np
import pandas as pd

from clusternet.planted.chance import chosen_share, generator_for
from clusternet.planted.industries import CHAINS, STAGES
from clusternet.planted.ledger import STAGE_COST, STAGE_ENERGY
from clusternet.planted.membership import Membership
from clusternet.planted.words import (
    BRANDS,
    FAMILY_NAMES,
    GIVEN_NAMES,
    OUTSIDE_FORMS,
    OUTSIDE_GOODS,
    OUTSIDE_PLACES,
    PARTNERS,
    QUARTERS,
    TOWN_CENTRE,
    TRADING,
)

# Brands are few: beyond some hundreds of enterprises they would make too many names alike.
BRAND_SHARE = 0.3
MOST_BRANDED = 150
# Large registers add the father's name, as people do, to tell owners apart.
FATHER_FROM = 5_000
TRADING_SHARE = 0.03
# A trading name is shared on purpose, so only the first few brands trade.
TRADING_BRANDS = 4
ELSEWHERE_SHARE = 0.12
YOUTH_SHARE = 0.3
FORMAL_SHARE = 0.45


def numbered_ids(count: int) -> np.ndarray:
    """Give the enterprises their ids: E0001, E0002, ..., as wide as the last one needs.

    Parameters
    ----------
    count : int
        Number of enterprises.

    Returns
    -------
    numpy.ndarray of str, shape (count,)
        The ids, in order.

    Examples
    --------
    >>> numbered_ids(2).tolist()
    ['E0001', 'E0002']
    """
    width = max(4, len(str(count)))
    return np.strings.add("E", np.strings.zfill(np.arange(1, count + 1).astype(f"U{width}"), width)).astype(object)


def plant_names(seed: int, stage: np.ndarray, arabic: float) -> tuple[np.ndarray, np.ndarray]:
    """Name the enterprises after an owner or a brand, in English and in Arabic.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    stage : numpy.ndarray of int, shape (n,)
        Index into ``STAGES`` of each enterprise.
    arabic : float
        Share of the enterprises that go by their Arabic name, 0..1.

    Returns
    -------
    name, name_alt : numpy.ndarray of str, shape (n,)
        The name, and the same name in the other script.

    Examples
    --------
    >>> name, other = plant_names(0, np.zeros(2, dtype=int), 0.0)
    >>> bool((name != other).all())
    True
    """
    generator = generator_for(seed, "names")
    count = stage.size
    given, family, brand = (generator.integers(len(words), size=count) for words in (GIVEN_NAMES, FAMILY_NAMES, BRANDS))
    partners = np.maximum(generator.integers(-6, len(PARTNERS), size=count), 0)
    branded = generator.random(count) < min(BRAND_SHARE, MOST_BRANDED / count)
    father = generator.integers(len(GIVEN_NAMES), size=count)
    trading = generator_for(seed, "traders").permutation(count) < max(2, round(TRADING_SHARE * count))
    trades = [(stage.name.title(), stage.trade_arabic) for stage in STAGES]
    scripts = []
    for script in (0, 1):
        given_words, family_words, brand_words, partner_words, trade_words = (
            np.array([pair[script] for pair in pairs], dtype=object)
            for pairs in (GIVEN_NAMES, FAMILY_NAMES, BRANDS, PARTNERS, trades)
        )
        middle = " " + given_words[father] + " " if count >= FATHER_FROM else " "
        owner = given_words[given] + middle + family_words[family] + partner_words[partners]
        full = np.where(branded, brand_words[brand], owner) + " " + trade_words[stage]
        shop = brand_words[brand % TRADING_BRANDS] + " " + TRADING[script]
        scripts.append(np.where(trading, shop, full))
    in_arabic = chosen_share(generator_for(seed, "arabic"), count, arabic)
    english, arabic_name = scripts
    return np.where(in_arabic, arabic_name, english), np.where(in_arabic, english, arabic_name)


def outside_names(seed: int, n_enterprises: int) -> np.ndarray:
    """Name the partners outside the register: trading houses of other towns.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    n_enterprises : int
        Size of the survey; larger surveys name more partners.

    Returns
    -------
    numpy.ndarray of str, shape (partners,)
        Names, all different, at least 8 of them.

    Examples
    --------
    >>> outside_names(0, 30).size
    8
    """
    names = [f"{place} {goods} {form}" for place in OUTSIDE_PLACES for goods in OUTSIDE_GOODS for form in OUTSIDE_FORMS]
    order = generator_for(seed, "outside names").permutation(len(names))
    wanted = min(len(names), max(8, n_enterprises // 12))
    return np.array(names, dtype=object)[order[:wanted]]


def plant_places(seed: int, members: Membership) -> dict[str, np.ndarray]:
    """Settle the enterprises in the quarters of one town, most of a cluster in the same quarter.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.

    Returns
    -------
    dict of str to numpy.ndarray, shape (n,)
        Columns place, latitude and longitude (degrees), by slot.
    """
    generator = generator_for(seed, "places")
    count = members.position.size
    name, north, east = (np.array(column) for column in zip(*QUARTERS, strict=True))
    home = generator.integers(name.size, size=members.size.size)
    moved = (generator.random(count) < ELSEWHERE_SHARE) | (members.cluster < 0)
    quarter = np.where(moved, generator.integers(name.size, size=count), home[members.cluster])
    # A cluster has a street of its own inside its quarter; half a kilometre is about 0.005 degrees.
    street = generator.uniform(-0.009, 0.009, size=(2, members.size.size))
    around = generator.uniform(-0.009, 0.009, size=(2, count))
    near = generator.uniform(-0.003, 0.003, size=(2, count))
    shift = np.where(moved, around, street[:, members.cluster] + near)
    return {
        "place": name[quarter].astype(object),
        "latitude": np.round(TOWN_CENTRE[0] + north[quarter] + shift[0], 5),
        "longitude": np.round(TOWN_CENTRE[1] + east[quarter] + shift[1], 5),
    }


def plant_people(seed: int, members: Membership) -> dict[str, np.ndarray]:
    """Staff the enterprises: workers, and how many of them are women and young people.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.

    Returns
    -------
    dict of str to numpy.ndarray, shape (n,)
        Columns workers (at least 1), women_workers and youth_workers (heads), by slot.
    """
    generator = generator_for(seed, "people")
    workers = np.minimum(generator.geometric(0.17, size=members.position.size), 60)
    women_share = np.array([chain.women_share for chain in CHAINS])[members.chain]
    return {
        "workers": workers,
        "women_workers": generator.binomial(workers, women_share),
        "youth_workers": generator.binomial(workers, YOUTH_SHARE),
    }


def plant_register(
    seed: int, members: Membership, output: np.ndarray, ids: np.ndarray, answered: np.ndarray, arabic: float
) -> pd.DataFrame:
    """Write down the enterprises; those that did not answer leave income, turnover and energy blank.

    Parameters
    ----------
    seed : int
        Seed of the survey.
    members : Membership
        The planted clusters.
    output : numpy.ndarray of float, shape (n,)
        Monthly output by slot, in units of the enterprise's product.
    ids : numpy.ndarray of str, shape (n,)
        Enterprise ids by position.
    answered : numpy.ndarray of bool, shape (n,)
        Who answered, by position.
    arabic : float
        Share of the enterprises that go by their Arabic name, 0..1.

    Returns
    -------
    pandas.DataFrame
        The enterprises table, in order of id. Money is in currency a month, energy in kWh a month.
    """
    generator = generator_for(seed, "money")
    count = members.position.size
    stage = members.stage
    name, name_alt = plant_names(seed, stage, arabic)
    income = 10 * np.round(15 + 36 * generator.random(count) ** 1.5).astype(np.int64)
    consent = np.array(["aggregate", "named", "none"], dtype=object)[
        np.searchsorted([0.4, 0.92], generator_for(seed, "consent").random(count))
    ]
    people = plant_people(seed, members)
    # Workshops live on more than what they make for the chain: other custom covers the pay of their workers.
    pay = 1.25 * income * people["workers"]
    # Hand work first, then machines: a base of electricity for each worker, and the rest by output.
    energy = np.round(25 * people["workers"] + output * STAGE_ENERGY[stage]).astype(np.int64)
    columns: dict[str, np.ndarray] = {
        "name": name,
        "name_alt": name_alt,
        "sector": np.array([entry.sector for entry in STAGES], dtype=object)[stage],
        "stage": np.array([entry.name for entry in STAGES], dtype=object)[stage],
        **plant_places(seed, members),
        **people,
        "monthly_income": income,
        "turnover": np.round(output * STAGE_COST[stage] + pay).astype(np.int64),
        "energy_use": energy,
        "formal": np.where(generator_for(seed, "formal").random(count) < FORMAL_SHARE, "yes", "no").astype(object),
    }
    slot_of = np.argsort(members.position)
    table = pd.DataFrame({"enterprise_id": ids} | {key: column[slot_of] for key, column in columns.items()})
    for answer in ("monthly_income", "turnover", "energy_use"):
        table[answer] = table[answer].astype("Int64").mask(~answered)
    table["respondent"] = np.where(answered, "yes", "no").astype(object)
    # Nobody who did not answer has agreed to anything.
    table["consent_publish"] = np.where(answered, consent[slot_of], "none").astype(object)
    return table
