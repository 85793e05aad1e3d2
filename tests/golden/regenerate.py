"""Make the kept digests anew, and say what differs: ``python -m tests.golden.regenerate [STUDY ...]``.

Run it only when bytes were changed on purpose, and read what it prints: each line is a file that other people's scripts
and readers will find changed. With ``--check`` nothing is written, and the exit code is 1 if anything differs.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.golden.studies import FOLDER, STUDIES, digests, kept, surroundings


def differences(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return one line for each file that is new, gone or changed."""
    lines = []
    for name in sorted({*before, *after}):
        if name not in before:
            lines.append(f"+ {name} ({after[name]['bytes']} bytes)")
        elif name not in after:
            lines.append(f"- {name} ({before[name]['bytes']} bytes)")
        elif before[name] != after[name]:
            lines.append(f"! {name} ({before[name]['bytes']} -> {after[name]['bytes']} bytes)")
    return lines


def main(arguments: Sequence[str]) -> int:
    """Make the digests of the studies that are named, or of all; return the exit code."""
    check = "--check" in arguments
    names = [name for name in arguments if name != "--check"] or list(STUDIES)
    unknown = sorted(set(names) - set(STUDIES))
    if unknown:
        sys.stderr.write(f"There is no study {', '.join(unknown)}; known: {', '.join(STUDIES)}.\n")
        return 2
    os.environ.setdefault("CLUSTERNET_WORKERS", "1")
    changed, told = False, list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            old = kept(name)
            new = {"made_with": surroundings(), "files": digests(STUDIES[name](Path(folder) / name))}
            lines = differences(old["files"], new["files"])
            changed |= bool(lines)
            sys.stdout.write(f"{name}: {len(lines)} of {len(new['files'])} files differ\n")
            sys.stdout.writelines(f"  {line}\n" for line in lines)
            for key in sorted({*old["made_with"], *new["made_with"]}):
                was, now = old["made_with"].get(key, "nothing"), new["made_with"].get(key, "nothing")
                line = f"made with {key} {now}, before {was}\n"
                if was != now and line not in told:
                    told.append(line)
                    sys.stdout.write(line)
            if not check:
                text = json.dumps(new, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
                (FOLDER / f"{name}.json").write_text(text, encoding="utf-8", newline="\n")
    return int(check and changed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
