"""What is matched: planted registers in both scripts, real names with planted noise, real lists with real twins."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from benchmarks.matching.made_names import FITTING, MEASURING, made_names
from benchmarks.matching.noise import ASKED, planted_mentions
from clusternet.ingest.names import normalised_name

#: For each mention of an enterprise of the register so many of enterprises that are not in it.
STRANGERS = 0.25
#: Seeds of what is measured begin here, far from those of the fit.
FIRST_SEED = 4_000
#: Facilities of two lists are one when their addresses have the same numbers and are this much alike, 0 to 100.
SAME_ADDRESS = 80


@dataclass(frozen=True, eq=False)
class Case:
    """One register with mentions of known meaning.

    Parameters
    ----------
    family : str
        What kind of case it is.
    name : str
        Which one.
    names : list of str
        The register.
    mentions : list of str
        What was written.
    truth : list of frozenset of int
        For each mention the positions in the register that are right; empty where none is, or where nobody knows.
    unknown : bool
        Whether an empty truth means that nobody knows, so that what is accepted there is only counted.
    """

    family: str
    name: str
    names: list[str]
    mentions: list[str]
    truth: list[frozenset[int]]
    unknown: bool = False


def planted_case(seed: int, size: int, script: str, *, asked: bool, half: int = MEASURING, count: int = 0) -> Case:
    """Plant a register and write its names from memory."""
    count = count or min(1000, max(300, size))
    names = made_names(seed, size + int(count * STRANGERS), script=script, half=half)
    order = np.random.default_rng([seed, size, 9]).permutation(len(names))
    known, strangers = ([names[place] for place in part] for part in (order[:size], order[size:]))
    written = planted_mentions(known, strangers, count, seed, kinds=ASKED if asked else None)
    truth = [frozenset([int(place)] if place >= 0 else []) for place in written.truth]
    family = "asked" if asked else "hard"
    return Case(f"{family}, {script}", f"{size} names, seed {seed}", known, written.texts, truth)


def tuning_cases() -> Iterator[Case]:
    """Cases of the other half of the words, on which the peers' thresholds are chosen."""
    for script in ("latin", "arabic"):
        yield planted_case(FIRST_SEED - 1, 1000, script, asked=True, half=FITTING)


def measured_cases(sizes: tuple[int, ...], seeds: int) -> Iterator[Case]:
    """All cases that are measured."""
    for asked in (True, False):
        for script in ("latin", "arabic"):
            for size in sizes:
                for seed in range(seeds):
                    yield planted_case(FIRST_SEED + seed, size, script, asked=asked)
    yield from garment_cases()


def garment_file() -> Path:
    """Return where the lists of garment facilities should be."""
    default = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("CLUSTERNET_REAL_DATA", default)) / "garment_facility_lists" / "all_lists.csv"


def garment_cases() -> Iterator[Case]:
    """Real names with planted noise, and real lists whose facilities are known by their address; none without data."""
    path = garment_file()
    if not path.is_file():
        return
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    distinct = sorted(dict.fromkeys(table["name"]), key=lambda name: (normalised_name(name), name))
    names = list({normalised_name(name): name for name in distinct}.values())
    for seed in range(3):
        order = np.random.default_rng([FIRST_SEED + seed, 5]).permutation(len(names))
        known, strangers = ([names[place] for place in part] for part in (order[:700], order[700:]))
        written = planted_mentions(known, strangers, 700, FIRST_SEED + seed, kinds=ASKED)
        truth = [frozenset([int(place)] if place >= 0 else []) for place in written.truth]
        yield Case("asked, real garment names", f"seed {seed}", known, written.texts, truth)
    yield from _list_cases(table)


def _list_cases(table: pd.DataFrame) -> Iterator[Case]:
    """Every list beside all others; which facilities are one is told by their addresses alone, never by names."""
    address = [" ".join(re.sub(r"[\W_]+", " ", normalised_name(text)).split()) for text in table["address"]]
    alike = process.cdist(address, address, scorer=fuzz.token_sort_ratio)
    numbers = [frozenset(re.findall(r"\d+", text)) for text in address]
    for number in sorted(table["list_id"].unique(), key=int):
        own = np.flatnonzero(table["list_id"] == number)
        others = np.flatnonzero(table["list_id"] != number)
        truth = [
            frozenset(
                place
                for place, other in enumerate(others)
                if alike[row, other] >= SAME_ADDRESS and numbers[row] == numbers[other]
            )
            for row in own
        ]
        names = table["name"].to_numpy(dtype=object)
        yield Case("real lists", f"list {number}", names[others].tolist(), names[own].tolist(), truth, unknown=True)
