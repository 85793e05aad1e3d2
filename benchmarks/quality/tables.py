"""The results as Markdown tables and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from benchmarks.quality.peers import OURS, PEERS
from benchmarks.quality.score import BINS, calibration_error
from benchmarks.quality.summary import NOTHING, Results, mean

READING = """\
AMI is the adjusted mutual information with the planted clusters: 1 = found exactly, 0 = no better than chance. \
Everybody in no cluster is a group of their own. A cluster has two members or more. Agreement is the mean AMI between \
the answers to different seeds (each with the next three; empty where there is only one answer). A run that fails or \
is stopped counts as AMI 0. Seconds are the median processor time of a run on one core, from our arrays to labels; \
memory is the peak of the method's own process over what it held before the first run, in MB, as far as the system \
tells. All but these two are the same in every run."""

#: The best peer's AMI from which clusters count as clear, and how far seeds should agree then.
_CLEAR, _AGREED = 0.95, 0.99


def markdown(results: Results, about: Mapping[str, str], missing: Sequence[str]) -> str:
    """Return all tables as one Markdown text.

    Parameters
    ----------
    results : Results
        The scores.
    about : mapping of str to str
        What was run: command, size, replicate, seeds.
    missing : sequence of str
        Methods whose package is not there.

    Returns
    -------
    str
        The text.
    """
    parts = ["# How well clusters are found", "; ".join(f"{key}: {value}" for key, value in about.items()) + "."]
    parts += [READING]
    if missing:
        parts.append(f"Left out because their package is not installed: {', '.join(missing)}.")
    parts += ["## Over all families", _overall(results), "## AMI by family", _by_family(results)]
    if any(method == OURS for method in results.methods):
        parts += ["## Beside the best peer", _beside_best(results), _agreement_where_clear(results)]
    if NOTHING in results.families:
        parts += ["## Where there is nothing to find", _nothing(results)]
    if results.bins(results.known)[0].sum():
        parts += ["## How far certainty can be trusted", *_reliability(results)]
    parts.append("## Each family")
    for family in results.known:
        parts += [f"### {family}", _family(results, family)]
    parts += ["## Each case", _cases(results), "## How the methods are called", _calls(results)]
    return "\n\n".join(parts) + "\n"


def as_json(results: Results, about: Mapping[str, str], missing: Sequence[str]) -> dict[str, object]:
    """Return the results as something that can be written as JSON; what depends on the machine stands apart."""
    families = {
        family: {
            method: {
                key: _plain(getattr(score, key))
                for key in ("ami", "clusters", "planted", "split", "connected", "agreement", "failed", "runs")
            }
            for method in results.methods
            for score in [results.family(family, method)]
        }
        for family in results.families
    }
    cases = {
        family: {
            method: {
                case.case: [_plain(case.ami), _plain(case.clusters), _plain(case.agreement)]
                for case in results.scores[family, method]
            }
            for method in results.methods
        }
        for family in results.families
    }
    cost = {
        family: {
            method: {"seconds": _plain(score.seconds, 4), "memory_mb": _plain(score.memory, 1)}
            for method in results.methods
            for score in [results.family(family, method)]
        }
        for family in results.families
    }
    return {
        "about": dict(about),
        "missing": list(missing),
        "versions": {PEERS[method].package: PEERS[method].version for method in sorted(results.methods)},
        "mean_ami": {
            method: {
                "over_families": _plain(results.over_families(method)),
                "over_cases": _plain(results.over_cases(method)),
            }
            for method in results.methods
        },
        "families": families,
        "reliability": {
            "error": _plain(calibration_error(results.bins(results.known))),
            "members": results.bins(results.known)[0].astype(int).tolist(),
            "certainty": [_plain(value) for value in _shares(results.bins(results.known), 1)],
            "right": [_plain(value) for value in _shares(results.bins(results.known), 2)],
        },
        "case_columns": ["ami", "clusters", "agreement"],
        "cases": cases,
        "cost": cost,
    }


def _overall(results: Results) -> str:
    rows = []
    for method in results.methods:
        scores = [results.family(family, method) for family in results.known]
        everywhere = [results.family(family, method) for family in results.families]
        rows.append(
            (
                _bold(method),
                _number(results.over_families(method)),
                _number(results.over_cases(method)),
                _number(mean([score.agreement for score in scores])),
                _number(mean([score.connected for score in scores])),
                _number(mean([score.seconds for score in everywhere]), 4),
                _number(np.nanmax([score.memory for score in everywhere], initial=0), 1),
                f"{sum(score.failed for score in everywhere)} of {sum(score.runs for score in everywhere)}",
            )
        )
    heads = ("method", "AMI, mean of families", "mean of cases", "agreement", "connected", "seconds", "MB", "failed")
    return _table(heads, rows)


def _by_family(results: Results) -> str:
    rows = []
    for method in results.methods:
        values = [_number(results.family(family, method).ami) for family in results.known]
        rows.append((_bold(method), *values, _number(results.over_families(method))))
    return _table(("method", *results.known, "mean"), rows)


def _beside_best(results: Results) -> str:
    rows, differences = [], []
    for family in results.known:
        best, own = results.best_peer(family), results.family(family, OURS).ami
        if best is None:
            continue
        differences.append(own - best[1])
        rows.append((family, best[0], _number(best[1]), _number(own), _signed(differences[-1])))
    rows.append(("mean", "best of each family", "", "", _signed(mean(differences))))
    return _table(("family", "best peer", "its AMI", OURS, "difference"), rows)


def _agreement_where_clear(results: Results) -> str:
    """Say how far our seeds agree on the networks whose best peer finds nearly all."""
    own = []
    for family in results.known:
        for place, case in enumerate(results.scores[family, OURS]):
            others = [results.scores[family, method][place].ami for method in results.methods if method != OURS]
            if max(others, default=0.0) >= _CLEAR:
                own.append((case.agreement, f"{family}, {case.case}"))
    if not own:
        return ""
    least, where = min(own)
    enough = sum(agreement >= _AGREED for agreement, _ in own)
    return (
        f"On the {len(own)} networks whose best peer reaches an AMI of {_CLEAR:g}, the seeds of {OURS} agree to "
        f"{_number(mean(agreement for agreement, _ in own))} on average, to {_AGREED:g} or more on {enough} of them, "
        f"and least on {where}: {_number(least)}."
    )


def _nothing(results: Results) -> str:
    rows = []
    for method in results.methods:
        score = results.family(NOTHING, method)
        rows.append((_bold(method), _number(score.split), _number(score.clusters, 1), _number(score.agreement)))
    heads = ("method", "runs with more clusters than components", "clusters", "agreement")
    return _table(heads, rows)


def _reliability(results: Results) -> list[str]:
    bins = results.bins(results.known)
    by_family = [
        f"{family} {_number(calibration_error(results.bins([family])))}"
        for family in results.known
        if results.bins([family])[0].sum()
    ]
    said, right = _shares(bins, 1), _shares(bins, 2)
    rows = [
        (f"{i / BINS:g} to {(i + 1) / BINS:g}", f"{int(bins[0, i])}", _number(said[i]), _number(right[i]))
        for i in range(BINS)
    ]
    text = (
        "Members of the clusters of the first seed, by the certainty of their membership. A member is placed rightly "
        "if its planted cluster is the one that most members of its found cluster have. Expected calibration error, "
        f"each member weighing the same: {_number(calibration_error(bins))}; by family: {', '.join(by_family)}."
    )
    return [text, _table(("certainty", "members", "mean certainty", "placed rightly"), rows)]


def _family(results: Results, family: str) -> str:
    rows = []
    for method in sorted(results.methods, key=lambda method: -results.family(family, method).ami):
        score = results.family(family, method)
        rows.append(
            (
                _bold(method),
                _number(score.ami),
                f"{_number(score.clusters, 1)} / {_number(score.planted, 1)}",
                _number(score.connected),
                _number(score.agreement),
                _number(score.seconds, 4),
                _number(score.memory, 1),
                f"{score.failed} of {score.runs}",
            )
        )
    heads = ("method", "AMI", "clusters found / planted", "connected", "agreement", "seconds", "MB", "failed")
    return _table(heads, rows)


def _cases(results: Results) -> str:
    peers = [method for method in results.methods if method != OURS]
    rows = []
    for family in results.known:
        own = {case.case: case for case in results.scores.get((family, OURS), ())}
        for place, case in enumerate(results.scores[family, results.methods[0]]):
            best = max(peers, key=lambda method: results.scores[family, method][place].ami, default=None)
            found = own.get(case.case)
            rows.append(
                (
                    family,
                    case.case,
                    f"{case.planted}",
                    "" if found is None else _number(found.ami),
                    "" if found is None else _number(found.clusters, 1),
                    best or "",
                    "" if best is None else _number(results.scores[family, best][place].ami),
                )
            )
    return _table(("family", "case", "planted", f"{OURS}: AMI", "its clusters", "best peer", "its AMI"), rows)


def _calls(results: Results) -> str:
    rows = [
        (_bold(name), PEERS[name].version or "", PEERS[name].note, f"{PEERS[name].most_seeds or 'all'}")
        for name in sorted(results.methods)
    ]
    return _table(("method", "version of its package", "called with", "seeds"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _bold(method: str) -> str:
    return f"**{method}**" if method == OURS else method


def _number(value: float, digits: int = 3) -> str:
    return "" if np.isnan(value) else f"{value:.{digits}f}"


def _signed(value: float) -> str:
    return "" if np.isnan(value) else f"{value:+.3f}"


def _shares(bins: np.ndarray, row: int) -> np.ndarray:
    return np.divide(bins[row], bins[0], out=np.full(BINS, np.nan), where=bins[0] > 0)


def _plain(value: float | int | None, digits: int = 6) -> float | int | None:
    if value is None or isinstance(value, int):
        return value
    return None if np.isnan(value) else round(float(value), digits)
