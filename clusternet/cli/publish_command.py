"""``publish``: an edition of a result that may leave the office."""

from __future__ import annotations

import argparse

from clusternet.cli.output import language_of, say
from clusternet.cli.parsing import Commands
from clusternet.messages import mark, translate

_PROFILES = ("public", "partners")


def add_publish_command(commands: Commands) -> None:
    """Add ``publish``."""
    publish = commands.add("publish", _run_publish, "make an edition of a result that may leave the office")
    publish.add_argument("folder", metavar="DIR", help="the folder that a study wrote")
    publish.add_argument("--out", required=True, metavar="PUBLIC", help="folder to write")
    publish.add_argument(
        "--profile", default="public", metavar="P", help=f"for whom: {' or '.join(_PROFILES)} (default: public)"
    )
    publish.add_argument("--key", metavar="FILE", help="key of the pseudonyms (default: publication.key beside DIR)")
    publish.add_argument("--minimum", type=int, default=3, metavar="N", help="fewest enterprises behind a number")
    publish.add_argument(
        "--count-all", action="store_true", help="count enterprises without consent too, where nobody was asked"
    )
    publish.add_argument("--overwrite", action="store_true", help="replace an earlier edition in that folder")


def _run_publish(arguments: argparse.Namespace) -> int:
    from clusternet.study import publish_study

    language = language_of(arguments)
    edition = publish_study(
        arguments.folder,
        out=arguments.out,
        profile=arguments.profile,
        key_file=arguments.key,
        minimum=arguments.minimum,
        count_all=arguments.count_all,
        languages=arguments.lang,
        overwrite=arguments.overwrite,
    )
    say(
        translate(
            mark("{groups} groups are shown, {kept} numbers kept back: {folder}"),
            language,
            groups=edition.groups,
            kept=edition.kept_back,
            folder=edition.folder,
        )
    )
    if edition.left_out:
        line = mark("Left out whole, because with an earlier edition they would tell too much: {columns}")
        say(translate(line, language, columns=", ".join(edition.left_out)))
    say(
        translate(
            mark("Keep {key} and {audit} in the office; look through the edition before you hand it out."),
            language,
            key=edition.key_file.name,
            audit=edition.audit_file.name,
        )
    )
    return 0
