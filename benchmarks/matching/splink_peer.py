"""Splink on names alone, as a program of its own: ``python splink_peer.py in.json out.json``.

It runs in whatever environment splink is installed and imports nothing of ours. Names are given as splink's guides
have it: several similarities, several blocking rules, trained by expectation maximisation on the data themselves.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

#: A word that more names share is no use to look names up by.
_COMMON = 300


def _words(name: str) -> list[str]:
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[\W_]+", " ", text).split() or [text]


def _records(names: list[str], rare: Counter) -> dict[str, list]:
    words = [_words(name) for name in names]
    return {
        "unique_id": list(range(len(names))),
        "name": [" ".join(found) for found in words],
        "ordered": [" ".join(sorted(found)) for found in words],
        "words": [sorted(set(found)) for found in words],
        "rare": [sorted({word for word in found if rare[word] <= _COMMON}) for found in words],
        "start": ["".join(found)[:5] for found in words],
        "ending": ["".join(found)[-5:] for found in words],
    }


def linked(names: list[str], mentions: list[str]) -> tuple[list[int], list[float]]:
    """Return for each mention the likeliest name, -1 for none, and its probability."""
    import pyarrow
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    rare = Counter(word for name in names for word in set(_words(name)))
    database = DuckDBAPI()
    tables = [
        database.register(pyarrow.table(_records(texts, rare)), dataset_display_name=title)
        for texts, title in ((mentions, "mentions"), (names, "names"))
    ]
    rules = [block_on("start"), block_on("ending"), block_on("rare", arrays_to_explode=["rare"])]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.98, 0.95, 0.92, 0.88, 0.8]),
            cl.LevenshteinAtThresholds("ordered", [1, 2, 4, 8]),
            cl.ArrayIntersectAtSizes("words", [4, 3, 2, 1]),
        ],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=0.7 / len(names),
    )
    linker = Linker(tables, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("start"), block_on("ending")):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                rule, fix_probability_two_random_records_match=True
            )
        except ValueError as error:
            # Where too few pairs are alike the training runs into zeros; splink then goes by its default weights.
            print(f"not trained: {error}", file=sys.stderr)
    best, score = [-1] * len(mentions), [-1000.0] * len(mentions)
    for row in linker.inference.predict(threshold_match_probability=0.0001).as_record_list():
        sides = {row[f"source_dataset_{side}"]: row[f"unique_id_{side}"] for side in "lr"}
        mention, name, weight = sides["mentions"], sides["names"], row["match_weight"]
        if best[mention] < 0 or (weight, -name) > (score[mention], -best[mention]):
            best[mention], score[mention] = name, weight
    return best, score


def main() -> None:
    """Read what is asked, and write what was found."""
    asked = json.loads(Path(sys.argv[1]).read_text())
    best, score = linked(asked["names"], asked["mentions"])
    Path(sys.argv[2]).write_text(json.dumps({"best": best, "score": score}))


if __name__ == "__main__":
    main()
