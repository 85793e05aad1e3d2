"""``metrics`` and ``methods``: what there is, as a list or as whole cards."""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.messages import translate


def add_catalogue_commands(commands: Commands) -> None:
    """Add ``metrics`` and ``methods``."""
    for name, run, text, one in (
        ("metrics", _run_metrics, "list every metric, or print the card of one", "METRIC"),
        ("methods", _run_methods, "list every method, or print the card of one", "METHOD"),
    ):
        listing = commands.add(name, run, text)
        listing.add_argument("entry", nargs="?", metavar=one, help="print the whole card of this one")
        listing.add_argument("--json", action="store_true", help="print the whole cards as JSON")
        if name == "metrics":
            listing.add_argument("--markdown", action="store_true", help="print the reference page as Markdown")


def _run_metrics(arguments: argparse.Namespace) -> int:
    from clusternet.metrics import METRICS
    from clusternet.metrics.reference import card_facts, reference_page

    chosen = [METRICS[arguments.entry]] if arguments.entry else list(METRICS.values())
    if arguments.markdown:
        sys.stdout.write(reference_page(chosen, language_of(arguments)))
        return 0
    cards = [entry.card for entry in chosen]
    return _list(cards, arguments, columns=("name", "family", "better", "label"), facts=card_facts)


def _run_methods(arguments: argparse.Namespace) -> int:
    from clusternet.detect import METHODS
    from clusternet.detect.reference import method_facts

    chosen = [METHODS[arguments.entry]] if arguments.entry else list(METHODS.values())
    cards = [entry.card for entry in chosen]
    code = _list(cards, arguments, columns=("name", "label", "sentence"), facts=method_facts)
    for refusal in () if arguments.entry else METHODS.refused:
        sys.stderr.write(refusal.text(language_of(arguments)) + "\n")
    return code


def _list(
    cards: Sequence[Any],
    arguments: argparse.Namespace,
    *,
    columns: Sequence[str],
    facts: Callable[[Any, str], list[tuple[str, str]]],
) -> int:
    """Print cards: as JSON, the one that was named in full, or all as a table."""
    language = language_of(arguments)
    if arguments.json:
        say(json.dumps(_json_ready(cards), ensure_ascii=False, indent=2, allow_nan=False))
        return 0
    if arguments.entry:
        for card in cards:
            say(f"{card.name}: {translate(card.label, language)}\n{translate(card.sentence, language)}\n")
            for heading, text in facts(card, language):
                say(f"{heading}: {text}")
        return 0
    rows = [[translate(str(getattr(card, column)), language) for column in columns] for card in cards]
    widths = [max(len(row[place]) for row in rows) for place in range(len(columns))]
    for row in rows:
        say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    return 0


def _json_ready(value: Any) -> Any:
    """Return cards as what JSON can hold; a range without a bound has null there."""
    if is_dataclass(value):
        return {entry.name: _json_ready(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, Mapping):
        return {key: _json_ready(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_json_ready(entry) for entry in value]
    return None if isinstance(value, float) and math.isinf(value) else value
