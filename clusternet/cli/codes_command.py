"""``codes``: what the code of a problem means, with an example and what to do."""

from __future__ import annotations

import argparse
import json

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.messages import mark, translate


def add_codes_command(commands: Commands) -> None:
    """Add ``codes``."""
    listing = commands.add("codes", _run_codes, "list the codes of problems, or explain one with an example")
    listing.add_argument("code", nargs="?", metavar="CODE", help="explain this one, such as A14")
    listing.add_argument("--json", action="store_true", help="print whole cards as JSON")


def _run_codes(arguments: argparse.Namespace) -> int:
    from clusternet.model.problem_codes import PROBLEM_CODES

    language = language_of(arguments)
    chosen = [PROBLEM_CODES[arguments.code.strip().upper()]] if arguments.code else list(PROBLEM_CODES.values())
    if arguments.json:
        cards = [card.as_dict(language) for card in chosen]
        say(json.dumps(cards, ensure_ascii=False, indent=2))
    elif arguments.code:
        card = chosen[0].as_dict(language)
        say(f"{card['code']}: {card['title']}\n{card['meaning']}\n")
        head = mark("Example ({file}):") if card["file"] else mark("Example:")
        say(translate(head, language, file=card["file"]))
        for line in card["example"].splitlines() or [translate(mark("(nothing)"), language)]:
            say(f"    {line}")
        say("\n" + translate(mark("What to do: {remedy}"), language, remedy=card["remedy"]))
    else:
        for entry in chosen:
            say(f"{entry.name}  {translate(entry.title, language)}")
    return 0
