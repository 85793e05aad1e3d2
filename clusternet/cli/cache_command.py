"""``cache``: what a study keeps so that a run that was stopped continues, and how to be rid of it."""

from __future__ import annotations

import argparse

from clusternet.cli.output import language_of, say, stage_words
from clusternet.cli.parsing import Commands
from clusternet.messages import mark, translate, translate_plural


def add_cache_command(commands: Commands) -> None:
    """Add ``cache``."""
    cache = commands.add("cache", _run_cache, "list the stages that studies keep in a folder, or remove them")
    cache.add_argument("folder", metavar="DIR", help="the folder; beside a result it is called RESULT.stages")
    cache.add_argument("--clear", action="store_true", help="remove what a study wrote there, and nothing else")


def _run_cache(arguments: argparse.Namespace) -> int:
    from pathlib import Path

    from clusternet.ingest.memory import memory_text
    from clusternet.report.folder_stages import StageFolder

    language = language_of(arguments)
    folder = StageFolder(Path(arguments.folder))
    if arguments.clear:
        gone = folder.clear()
        words = mark("{count} stage was removed"), mark("{count} stages were removed")
        say(translate_plural(*words, gone, language))
        return 0
    found = folder.stages()
    for stored in found:
        stage = translate(stage_words().get(stored.stage, stored.stage), language)
        say(f"{stored.made:%Y-%m-%d %H:%M:%S} UTC  {memory_text(stored.size):>9}  {stage}")
    total = memory_text(sum(stored.size for stored in found))
    words = mark("{count} stage, {total} in all"), mark("{count} stages, {total} in all")
    say(translate_plural(*words, len(found), language, total=total))
    return 0
