"""What was handed out before, so that two editions laid side by side do not give an enterprise away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from clusternet.errors import InputError, PrivacyError
from clusternet.messages import mark
from clusternet.report.edition.suppression import Rules
from clusternet.report.publish import file_trouble_named, write_file


def register_of(key_file: Path) -> Path:
    """Return the register of editions that lies beside a key."""
    return key_file.with_name(f"{key_file.name}.releases.json")


def releases(register: Path) -> list[dict[str, Any]]:
    """Return the editions that were handed out, oldest first.

    Raises
    ------
    InputError
        If the file is not a register of ours: without it two editions could give an enterprise away.
    """
    with file_trouble_named(register):
        if not register.exists():
            return []
        text = register.read_text(encoding="utf-8", errors="replace")
    try:
        found = json.loads(text)
        known = isinstance(found, list) and all(isinstance(entry["groups"], dict) for entry in found)
    except (ValueError, TypeError, KeyError):
        known = False
    if not known:
        raise InputError(
            mark('The register of editions "{file}" cannot be read; bring it back from a copy.'), file=register.name
        )
    return list(found)


def check_against(earlier: Sequence[Mapping[str, Any]], groups: Mapping[str, Sequence[str]], rules: Rules) -> None:
    """Refuse an edition that differs by a few enterprises from one that was handed out.

    Who has both could subtract them: two groups, or all enterprises, that are alike but for fewer than the minimum on
    either side tell what these few answered.

    Parameters
    ----------
    earlier : sequence of mapping
        As from :func:`releases`.
    groups : mapping of str to sequence of str
        The pseudonyms of each group.
    rules : Rules
        When a cell says too much.

    Raises
    ------
    PrivacyError
        If the edition and an earlier one can be subtracted.
    """
    now = _sets(groups)
    for entry in earlier:
        before = _sets(entry["groups"])
        for one in now:
            for other in before:
                gone, come = len(other - one), len(one - other)
                if gone + come and max(gone, come) < rules.minimum:
                    raise PrivacyError(
                        mark(
                            "This edition and one that was handed out before differ by so few enterprises that both "
                            "together give them away; hand out the earlier one again, or publish other clusters."
                        )
                    )


def _sets(groups: Mapping[str, Sequence[str]]) -> list[frozenset[str]]:
    found = [frozenset(members) for members in groups.values()]
    return [*found, frozenset().union(*found)]


def added(register: Path, earlier: Sequence[Mapping[str, Any]], entry: Mapping[str, Any]) -> None:
    """Write an edition into the register, once."""
    if entry in earlier:
        return
    text = json.dumps([*earlier, entry], indent=1, sort_keys=True) + "\n"
    with file_trouble_named(register):
        write_file(register, text.encode())
