"""Fit the coefficients of the certainty on planted registers, and print them as they stand in ``certainty.py``.

Run as ``python -m benchmarks.matching.fit``; takes a few minutes. With ``--check`` it only says whether the
coefficients that are in use are those that it finds.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize

from benchmarks.matching.made_names import FITTING, made_names
from benchmarks.matching.noise import ASKED, Mentions, planted_mentions
from clusternet.ingest.matching.candidates import candidate_pairs
from clusternet.ingest.matching.certainty import COEFFICIENTS
from clusternet.ingest.matching.features import FEATURES, Floats, pair_features
from clusternet.ingest.matching.index import Ints, Names, Register

#: Sizes of the registers, and how many there are of each in either script.
SIZES = {60: 6, 300: 3, 3000: 2, 20_000: 1}
#: For each mention of an enterprise of the register so many of others.
STRANGERS = 0.4
#: How strongly coefficients are drawn towards 0; as if so many mentions had spoken for it.
PENALTY = 3.0
#: Not fitted: names with other numbers are other branches, however rare a slip in a number is among planted ones.
FIXED = {"numbers_differ": -8.0}
#: Coefficients are written with so many digits behind the point.
DIGITS = 2


@dataclass(frozen=True, eq=False)
class Planted:
    """A register and what was written of it from memory."""

    register: Register
    mentions: Mentions

    @classmethod
    def of(cls, seed: int, size: int, script: str, half: int, *, asked: bool = False, count: int = 0) -> Planted:
        """Plant one; the enterprise at position i of the register has the i-th id."""
        count = count or min(2000, max(300, size))
        names = made_names(seed, size + int(count * STRANGERS), script=script, half=half)
        order = np.random.default_rng([seed, size]).permutation(len(names))
        known, strangers = ([names[place] for place in part] for part in (order[:size], order[size:]))
        table = pd.DataFrame({"enterprise_id": [f"{place:07d}" for place in range(size)], "name": known})
        kinds = ASKED if asked else None
        return cls(Register.from_table(table), planted_mentions(known, strangers, count, seed, kinds=kinds))


@dataclass(frozen=True, eq=False)
class Measured:
    """The pairs of one register: features, whose mention each is of, and whether it is right."""

    features: Floats
    mention: Ints
    right: np.ndarray
    mentions: int

    @classmethod
    def of(cls, planted: Planted) -> Measured:
        """Measure the pairs of a planted register."""
        mentions = Names.from_texts(planted.mentions.texts)
        mention, name = candidate_pairs(mentions, planted.register)
        right = planted.register.owner[name] == planted.mentions.truth[mention]
        return cls(pair_features(mentions, planted.register, mention, name), mention, right, len(mentions))


def misfit(coefficients: Floats, every: list[Measured], penalty: float = PENALTY) -> tuple[float, Floats]:
    """Return the negative logarithm of the likelihood with its penalty, and its gradient."""
    drawn = np.append(0.0, coefficients[1:])  # the first is the share of strangers, which is not drawn towards anything
    value, gradient = 0.5 * penalty * float(drawn @ drawn), penalty * drawn
    for one in every:
        evidence = one.features @ coefficients
        highest = np.zeros(one.mentions)
        np.maximum.at(highest, one.mention, evidence)
        shares = np.exp(evidence - highest[one.mention])
        total = np.exp(-highest) + np.bincount(one.mention, shares, minlength=one.mentions)
        chance = shares / total[one.mention]
        true = np.bincount(one.mention, chance * one.right, minlength=one.mentions)
        found = np.bincount(one.mention, one.right, minlength=one.mentions) > 0
        value -= float(np.log(np.where(found, np.maximum(true, 1e-300), np.exp(-highest) / total)).sum())
        wanted = np.where(one.right, chance / np.maximum(true[one.mention], 1e-300), 0.0)
        gradient = gradient - one.features.T @ (wanted - chance)
    return value, gradient


def fitted() -> dict[str, float]:
    """Return the coefficients that fit the planted registers best."""
    every = [
        Measured.of(Planted.of(seed, size, script, FITTING))
        for script in ("latin", "arabic")
        for size, seeds in SIZES.items()
        for seed in range(seeds)
    ]
    bounds = [(FIXED.get(name), FIXED.get(name)) for name in FEATURES]
    start = np.array([FIXED.get(name, 0.0) for name in FEATURES])
    options = {"maxiter": 3000, "maxfun": 6000}
    found = minimize(misfit, start, args=(every,), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return dict(zip(FEATURES, np.round(found.x, DIGITS).tolist(), strict=True))


def main() -> None:
    """Fit, and print or compare."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching.fit", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with the coefficients in use")
    options = parser.parse_args()
    found = fitted()
    if options.check:
        far = {
            name: (COEFFICIENTS.get(name, 0.0), value)
            for name, value in found.items()
            if abs(COEFFICIENTS.get(name, 0.0) - value) > 0.05
        }
        if far:
            raise SystemExit(f"Other coefficients are in use than are found (in use, found): {far}")
        print("The coefficients in use are those that are found.")
        return
    for name, value in found.items():
        print(f'        "{name}": {value},')


if __name__ == "__main__":
    main()
