"""The command line that all contests share: sizes, peers, where the results go."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from benchmarks.growth import draw
from benchmarks.measuring import Contest, Contestant, Row, measured
from benchmarks.results_table import about, as_json, markdown
from benchmarks.turn import Turn

RESULTS = Path(__file__).resolve().parent / "results"
#: Seconds that one contestant may take for one size.
LIMITS = MappingProxyType({"small": 30.0, "full": 180.0})


def arguments(name: str, title: str, given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=title)
    extent = parser.add_mutually_exclusive_group()
    extent.add_argument("--small", dest="extent", action="store_const", const="small", help="a minute or so (default)")
    extent.add_argument("--full", dest="extent", action="store_const", const="full", help="every size")
    parser.add_argument("--sizes", type=sizes_from, default=(), help="other sizes, such as 1e4,1e5")
    parser.add_argument("--contests", default="", help="parts of names of contests, with commas; all by default")
    parser.add_argument("--only", default="", help="parts of names of contestants, with commas; all by default")
    parser.add_argument("--limit", type=float, help="seconds that one contestant may take for one size")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    parser.add_argument("--lock", type=Path, help="a file to lock while contestants run, so that other runs wait")
    parser.set_defaults(extent="small")
    return parser.parse_args(given)


def sizes_from(text: str) -> tuple[int, ...]:
    """Read sizes.

    Examples
    --------
    >>> sizes_from("1e4,250000")
    (10000, 250000)
    """
    return tuple(int(float(word)) for word in text.split(",") if word.strip())


def _named(words: str, name: str) -> bool:
    parts = [word.strip().casefold() for word in words.split(",") if word.strip()]
    return not parts or any(part in name.casefold() for part in parts)


def run(
    name: str,
    title: str,
    contests: Sequence[Contest],
    given: Sequence[str] | None = None,
    *,
    limits: Mapping[str, float] = LIMITS,
) -> list[Row]:
    """Run the contests of one benchmark and write its results.

    Parameters
    ----------
    name : str
        The benchmark's module in this package, whose ``CONTESTS`` these are; its results are called so too.
    title : str
        What it shows.
    contests : sequence of Contest
        The contests.
    given : sequence of str, optional
        The command line; by default that of the process.
    limits : mapping of str to float
        Seconds for one contestant and size in the small and in the full run, where the command line names none.

    Returns
    -------
    list of Row
        What was measured.
    """
    options = arguments(name, title, given)
    chosen = [contest for contest in contests if _named(options.contests, contest.name)]
    if not chosen:
        raise SystemExit(f"There is no such contest; there are: {', '.join(contest.name for contest in contests)}.")

    def wanted(contestant: Contestant) -> bool:
        return _named(options.only, contestant.name)

    def sizes(contest: Contest) -> Sequence[int]:
        return options.sizes or getattr(contest, options.extent)

    limit = options.limit or limits[options.extent]
    command = f"`python -m benchmarks.{name} --{options.extent}`"
    words = {"command": command, "limit": f"{limit:g} s for one contestant and size"}
    parts = {"sizes": ",".join(map(str, options.sizes)), "contests": options.contests, "only": options.only}
    told = about(chosen, words | {key: text for key, text in parts.items() if text})
    options.out.mkdir(parents=True, exist_ok=True)
    stem = options.out / (f"{name}-small" if options.extent == "small" else name)
    rows: list[Row] = []
    turn = Turn(options.lock) if options.lock else None
    for row in measured(f"benchmarks.{name}", chosen, sizes, limit=limit, only=wanted, turn=turn):
        rows.append(row)
        said = row.trouble or f"{row.seconds:.3g} s"
        print(f"{row.contest} {row.links:,}: {row.contestant}: {said}", file=sys.stderr, flush=True)
        # Written after every row, so that a run that is stopped keeps what it has.
        write(stem, title, chosen, rows, told, picture=False)
    if turn:
        turn.end()
    write(stem, title, chosen, rows, told)
    return rows


def write(
    stem: Path,
    title: str,
    contests: Sequence[Contest],
    rows: Sequence[Row],
    told: Mapping[str, str],
    *,
    picture: bool = True,
) -> None:
    """Write what was measured so far: the table, the picture where it is wanted, and the numbers."""
    path = stem.with_suffix(".svg")
    drawn = picture and draw(rows, contests, path)
    if picture and not drawn:
        path.unlink(missing_ok=True)
    page = markdown(title, contests, rows, told, path.name if drawn else "")
    stem.with_suffix(".md").write_text(page, encoding="utf-8")
    text = json.dumps(_finite(as_json(contests, rows, told)), indent=1, ensure_ascii=False)
    stem.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def _finite(value):
    """Return plain values in which what is not finite is null, and numbers have six digits."""
    if isinstance(value, dict):
        return {name: _finite(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(part) for part in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value
