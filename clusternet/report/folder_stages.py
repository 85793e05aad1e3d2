"""A folder in which a study keeps what it has computed, so that a run that was stopped continues where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from clusternet.errors import InputError
from clusternet.messages import mark, translate
from clusternet.report.publish import file_trouble_named, write_file

#: Goes up whenever a stage is stored otherwise; what another format wrote is computed again.
FORMAT = 1
#: Of so many different runs the stages are kept.
KEPT_RUNS = 3

README = "README.txt"
_FIRST_LINE = "clusternet stages"
_MAGIC = f"{_FIRST_LINE} {FORMAT}\n".encode()
_ENTRY = re.compile(r"(?P<stage>[a-z]+)-[0-9a-f]{32}\.stage")
_RUN = re.compile(r"run-[0-9a-f]{32}\.json")
_UNFINISHED = re.compile(
    rf"\.({re.escape(README)}|{_ENTRY.pattern.replace('?P<stage>', '?:')}|{_RUN.pattern})\.[0-9a-f]{{8}}\.unfinished"
)
#: What a killed run left half written is removed after so long; nobody writes a stage for an hour.
_ABANDONED_SECONDS = 3600.0

_ABOUT = (
    mark("This folder holds what clusternet has computed, so that a run that was stopped continues where it stopped."),
    mark("It is as confidential as the survey itself. Never hand it out with a result."),
    mark("It may be removed at any time, and the next run computes again. To clear it: clusternet cache DIR --clear"),
)


class DamagedStageError(Exception):
    """A stored stage that cannot be used, with the reason."""


class StoredStage(NamedTuple):
    """One stored stage: its name, its size in bytes, when it was made."""

    stage: str
    size: int
    made: datetime


@dataclass(frozen=True)
class StageFolder:
    """The folder, which need not be there yet.

    Parameters
    ----------
    path : Path
        Where it is.
    """

    path: Path

    def check(self, out: str | Path) -> None:
        """Say at once, before anything is computed, whether the stages of a run may be kept here.

        Parameters
        ----------
        out : str or Path
            The folder of the result; the stages are confidential and stay out of it.

        Raises
        ------
        InputError
            If it lies in the folder of the result or the other way round, or holds what is not ours.
        """
        here, there = self.path.resolve(), Path(out).resolve()
        if here.is_relative_to(there) or there.is_relative_to(here):
            raise InputError(
                mark('The stages of a run are confidential and cannot be kept in the result\'s own folder "{out}".'),
                out=there.name,
            )
        if os.path.lexists(self.path) and not (self.path.is_dir() and self._usable()):
            raise InputError(
                mark('"{cache}" holds other things than stages of a study; name a folder that does not exist yet.'),
                cache=here.name,
            )

    def begin(self, run: Sequence[str]) -> None:
        """Make the folder if it is not there, note which stages a run needs, and drop those of older runs.

        Parameters
        ----------
        run : sequence of str
            The names of the run's stages, as :meth:`store` takes them; equal runs have equal names.

        Raises
        ------
        OSError
            If the folder cannot be written.
        """
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "nt":
            self.path.chmod(0o700)
        if not (self.path / README).exists():
            write_file(self.path / README, _about())
        digest = hashlib.sha256("\n".join(run).encode()).hexdigest()[:32]
        write_file(self.path / f"run-{digest}.json", json.dumps(list(run)).encode())
        self._trim()

    def store(self, name: str, told: dict[str, Any], parts: Sequence[bytes]) -> None:
        """Keep a stage: under a temporary name, forced to the disk, then renamed.

        Parameters
        ----------
        name : str
            ``<stage>-<32 hexadecimal digits>.stage``.
        told : dict
            Plain data.
        parts : sequence of bytes
            What goes with it.

        Raises
        ------
        OSError
            If it cannot be written.
        """
        head = json.dumps({"name": name, "told": told, "sizes": [len(part) for part in parts]}).encode() + b"\n"
        digest = hashlib.sha256(head)
        for part in parts:
            digest.update(part)
        write_file(self.path / name, [_MAGIC, digest.hexdigest().encode() + b"\n", head, *parts])

    def load(self, name: str) -> tuple[dict[str, Any], list[bytes]] | None:
        """Return what was stored under a name, or None where nothing was.

        Raises
        ------
        DamagedStageError
            If it cannot be read, is of another format, or is not what was stored.
        """
        try:
            data = (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as trouble:
            raise DamagedStageError(trouble.strerror or type(trouble).__name__) from trouble
        magic, digest, rest = (*data.split(b"\n", 2), b"", b"")[:3]
        if magic + b"\n" != _MAGIC:
            raise DamagedStageError(mark("it is of another version"))
        if hashlib.sha256(rest).hexdigest().encode() != digest:
            raise DamagedStageError(mark("it is damaged"))
        line, _, body = rest.partition(b"\n")
        head = json.loads(line)
        if head["name"] != name:
            raise DamagedStageError(mark("it is damaged"))
        parts, start = [], 0
        for size in head["sizes"]:
            parts.append(body[start : start + size])
            start += size
        return head["told"], parts

    def stages(self) -> list[StoredStage]:
        """Return what is stored, the newest first.

        Raises
        ------
        InputError
            If the folder is not one of ours.
        ResourceError
            If it cannot be read.
        """
        with file_trouble_named(self.path):
            self._check_ours()
            found = [
                StoredStage(name["stage"], status.st_size, datetime.fromtimestamp(status.st_mtime, UTC))
                for path in self.path.iterdir()
                if (name := _ENTRY.fullmatch(path.name)) and (status := path.stat())
            ]
        return sorted(found, key=lambda stored: (stored.made, stored.stage), reverse=True)

    def clear(self) -> int:
        """Remove what is ours, and the folder if nothing else is in it; return how many stages there were.

        Raises
        ------
        InputError
            If the folder is not one of ours.
        ResourceError
            If it cannot be changed.
        """
        with file_trouble_named(self.path):
            self._check_ours()
            names = sorted(path.name for path in self.path.iterdir() if _is_ours(path.name))
            # The file by which the folder is known goes last, so that a clearing that was stopped can be repeated.
            for name in sorted(names, key=lambda name: name == README):
                (self.path / name).unlink(missing_ok=True)
            with suppress(OSError):
                self.path.rmdir()
        return sum(1 for name in names if _ENTRY.fullmatch(name))

    def _usable(self) -> bool:
        return self._marked() or all(_is_ours(path.name) for path in self.path.iterdir())

    def _marked(self) -> bool:
        try:
            with (self.path / README).open("rb") as stream:
                return stream.read(len(_FIRST_LINE)) == _FIRST_LINE.encode()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return False

    def _check_ours(self) -> None:
        if not self.path.is_dir() or not self._marked():
            raise InputError(
                mark(
                    '"{cache}" is no folder in which a study keeps its stages; '
                    "beside a result it is called RESULT.stages."
                ),
                cache=self.path.name,
            )

    def _trim(self) -> None:
        """Drop the stages that only older runs need, and what killed runs left half written.

        Other runs may be at work here. What is stored is listed before the runs are read, and a run is noted before its
        first stage is stored: so nothing is dropped that a run among the last ones has stored meanwhile.
        """
        there = sorted(path for path in self.path.iterdir() if _is_ours(path.name))
        runs = sorted((path for path in there if _RUN.fullmatch(path.name)), key=_age)
        needed = {name for run in runs[:KEPT_RUNS] for name in _needed(run)}
        for path in there:
            stored = _ENTRY.fullmatch(path.name) and path.name not in needed
            abandoned = _UNFINISHED.fullmatch(path.name) and _age(path) > _ABANDONED_SECONDS
            if stored or abandoned or path in runs[KEPT_RUNS:]:
                path.unlink(missing_ok=True)


def _is_ours(name: str) -> bool:
    return name == README or any(pattern.fullmatch(name) for pattern in (_ENTRY, _RUN, _UNFINISHED))


def _age(path: Path) -> float:
    """Return for how many seconds a file has not been written; one that another run has just dropped is old."""
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return float("inf")


def _needed(run: Path) -> Iterator[str]:
    """Yield the names of the stages that a run noted; of one that cannot be read, none."""
    try:
        names = json.loads(run.read_bytes())
    except (OSError, ValueError):
        return
    yield from (name for name in names if isinstance(name, str))


def _about() -> bytes:
    languages = ("en", "ar")
    told = [f"{_FIRST_LINE} {FORMAT}"]
    told += ["\n".join(translate(sentence, language) for sentence in _ABOUT) for language in languages]
    return ("\n\n".join(told) + "\n").encode()
