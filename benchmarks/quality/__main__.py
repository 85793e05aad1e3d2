"""The quality benchmark: every method on every case with every seed, in one table and one picture.

Run as ``python -m benchmarks.quality``; writes quality.md, quality.json and quality.svg.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.quality.families import FAMILIES, SIZES, cases
from benchmarks.quality.measure import measured
from benchmarks.quality.peers import PEERS, Peer
from benchmarks.quality.picture import draw
from benchmarks.quality.score import CaseScore, scored
from benchmarks.quality.store import Store, cases_digest
from benchmarks.quality.summary import Results
from benchmarks.quality.tables import as_json, markdown

RESULTS = Path(__file__).resolve().parents[1] / "results"


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__.partition("\n")[0])
    parser.add_argument("--size", choices=SIZES, default="small", help="with full there are larger networks as well")
    parser.add_argument("--replicate", type=int, default=0, help="another number gives other networks of each kind")
    parser.add_argument("--seeds", type=int, default=20, help="seeds of each method; slow methods take fewer")
    parser.add_argument("--methods", default="", help="parts of names, with commas; all by default")
    parser.add_argument("--families", default="", help="names, with commas; all by default")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the results go")
    parser.add_argument("--limit", type=float, default=None, help="seconds for one run (20; full: 300)")
    parser.add_argument("--again", action="store_true", help="measure again what was measured before")
    return parser.parse_args(given)


def chosen_methods(words: str) -> tuple[list[Peer], list[str]]:
    """Return the methods that are wanted and installed, and the names of those whose package is missing."""
    parts = [word.strip().casefold() for word in words.split(",") if word.strip()]
    wanted = [peer for name, peer in PEERS.items() if not parts or any(part in name.casefold() for part in parts)]
    if not wanted:
        raise SystemExit(f"No method has such a name; there are: {', '.join(PEERS)}.")
    return [peer for peer in wanted if peer.version], [peer.name for peer in wanted if not peer.version]


def chosen_families(words: str) -> list[str]:
    """Return the families that are wanted."""
    parts = [word.strip() for word in words.split(",") if word.strip()]
    unknown = [part for part in parts if part not in FAMILIES]
    if unknown:
        raise SystemExit(f"There is no family {unknown[0]}; there are: {', '.join(FAMILIES)}.")
    return parts or list(FAMILIES)


def run(options: argparse.Namespace, methods: Sequence[Peer]) -> Results:
    """Measure every method on every family, or take what was measured before."""
    store = Store(options.out / ".parts")
    limit = options.limit or (300.0 if options.size == "full" else 20.0)
    found: dict[tuple[str, str], list[CaseScore]] = {}
    for family in chosen_families(options.families):
        networks = list(cases(options.size, options.replicate, [family]))
        if not networks:
            continue
        for case in networks:
            len(case.network.flat)  # made once, outside of what is measured
        digest = cases_digest(networks)
        for peer in methods:
            start = time.perf_counter()
            fingerprint = store.fingerprint(peer, digest, f"{options.seeds} {limit}")
            scores = None if options.again else store.load(family, peer, fingerprint)
            if scores is None:
                runs = measured(peer, networks, range(options.seeds), limit)
                scores = [
                    scored(case, [one for one in runs if one.case == place]) for place, case in enumerate(networks)
                ]
                store.save(family, peer, fingerprint, scores)
                print(f"{family}: {peer.name} in {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
            found[family, peer.name] = scores
    return Results(found)


def lists_in_one_line(text: str) -> str:
    r"""Write the innermost lists of a JSON text in one line each.

    Examples
    --------
    >>> lists_in_one_line("[\n 1,\n 2\n]")
    '[1, 2]'
    """

    def joined(found: re.Match[str]) -> str:
        return f"[{', '.join(part.strip() for part in found[0][1:-1].split(','))}]"

    return re.sub(r"\[[^\[\]{}\"]*\]", joined, text)


def main(given: Sequence[str] | None = None) -> None:
    """Run the benchmark and write its results."""
    options = arguments(given)
    methods, missing = chosen_methods(options.methods)
    options.out.mkdir(parents=True, exist_ok=True)
    results = run(options, methods)
    if not results.scores:
        raise SystemExit("There is nothing to show: no case, or no method that is installed.")
    about = {
        "Command": "`python -m benchmarks.quality`",
        "size": options.size,
        "replicate": f"{options.replicate}",
        "seeds": f"{options.seeds}, fewer for slow methods",
    }
    chosen = {"methods": options.methods, "families": options.families}
    about |= {name: words for name, words in chosen.items() if words}
    table = markdown(results, about, missing)
    (options.out / "quality.md").write_text(table, encoding="utf-8")
    text = json.dumps(as_json(results, about, missing), indent=1, ensure_ascii=False)
    (options.out / "quality.json").write_text(lists_in_one_line(text) + "\n", encoding="utf-8")
    if not draw(results, options.out / "quality.svg"):
        print("No picture: matplotlib is not installed.", file=sys.stderr)
    print(table.partition("## Each family")[0].rstrip())


if __name__ == "__main__":
    main()
