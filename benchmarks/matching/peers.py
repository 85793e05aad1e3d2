"""Ours and the peers, each called in the same way: a register and mentions in, the best name and its score out."""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

OURS = "clusternet"
#: The interpreter of an environment with splink; by default this one.
SPLINK_PYTHON = "CLUSTERNET_SPLINK_PYTHON"
#: What the sum of a matrix of scores may hold at a time.
_BATCH = 20_000_000


@dataclass(frozen=True, eq=False)
class Answers:
    """For each mention the best name, -1 for none, and its score."""

    best: np.ndarray
    score: np.ndarray


Matcher = Callable[[Sequence[str], Sequence[str]], Answers]


def ours(names: Sequence[str], mentions: Sequence[str]) -> Answers:
    """Match with clusternet; what may not be accepted automatically has the score 0."""
    from clusternet.ingest.matching.index import Register
    from clusternet.ingest.matching.matcher import match_names

    ids = [f"{place:07d}" for place in range(len(names))]
    register = Register.from_table(pd.DataFrame({"enterprise_id": ids, "name": list(names)}))
    distinct = sorted(set(mentions))
    found = dict(zip(distinct, match_names(distinct, register), strict=True))
    matches = [found[text] for text in mentions]
    best = [match.offers[0].enterprise if match.offers else -1 for match in matches]
    return Answers(np.array(best), np.array([match.certainty for match in matches]))


def _fuzzy(names: Sequence[str], mentions: Sequence[str], scorer: Callable) -> Answers:
    from rapidfuzz import process, utils

    clean = [utils.default_process(name) for name in names]
    asked = [utils.default_process(text) for text in mentions]
    best, score = [], []
    step = max(1, _BATCH // len(clean))
    for first in range(0, len(asked), step):
        alike = process.cdist(asked[first : first + step], clean, scorer=scorer, dtype=np.float32)
        best.append(alike.argmax(axis=1))
        score.append(alike.max(axis=1) / 100)
    return Answers(np.concatenate(best), np.concatenate(score))


def token_sort(names: Sequence[str], mentions: Sequence[str]) -> Answers:
    """Match with rapidfuzz alone: ``token_sort_ratio``."""
    from rapidfuzz import fuzz

    return _fuzzy(names, mentions, fuzz.token_sort_ratio)


def weighted_ratio(names: Sequence[str], mentions: Sequence[str]) -> Answers:
    """Match with rapidfuzz alone: ``WRatio``."""
    from rapidfuzz import fuzz

    return _fuzzy(names, mentions, fuzz.WRatio)


def tfidf(names: Sequence[str], mentions: Sequence[str]) -> Answers:
    """Match with scikit-learn alone: the cosine of weighted sequences of three letters."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), dtype=np.float32)
    register = vectorizer.fit_transform(names).T.tocsr()
    asked = vectorizer.transform(mentions)
    best, score = [], []
    step = max(1, _BATCH // len(names))
    for first in range(0, len(mentions), step):
        alike = (asked[first : first + step] @ register).toarray()
        best.append(alike.argmax(axis=1))
        score.append(alike.max(axis=1))
    return Answers(np.concatenate(best), np.concatenate(score))


def splink(names: Sequence[str], mentions: Sequence[str]) -> Answers:
    """Match with splink, in whatever environment it is installed."""
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "in.json"), Path(folder, "out.json")
        asked.write_text(json.dumps({"names": list(names), "mentions": list(mentions)}))
        script = Path(__file__).with_name("splink_peer.py")
        command = [splink_python(), str(script), str(asked), str(answered)]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=True, stdout=quiet, stderr=quiet)  # noqa: S603
        found = json.loads(answered.read_text())
    return Answers(np.array(found["best"]), np.array(found["score"]))


def splink_python() -> str:
    """Return the interpreter that has splink."""
    return os.environ.get(SPLINK_PYTHON) or sys.executable


def splink_version() -> str:
    """Return the version of splink; empty where it is absent."""
    code = "import importlib.metadata as m; print(m.version('splink'))"
    python = shutil.which(splink_python())
    if python is None:
        return ""
    found = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    return found.stdout.strip() if found.returncode == 0 else ""


def matchers() -> dict[str, tuple[Matcher, str]]:
    """Return every matcher that is installed, with its version."""
    version = importlib.metadata.version
    found: dict[str, tuple[Matcher, str]] = {
        OURS: (ours, version("clusternet")),
        "rapidfuzz token_sort_ratio": (token_sort, version("rapidfuzz")),
        "rapidfuzz WRatio": (weighted_ratio, version("rapidfuzz")),
        "TF-IDF": (tfidf, version("scikit-learn")),
    }
    if here := splink_version():
        found["splink"] = splink, here
    return found
