"""How results reach the disk: all of them in one step, or none."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from clusternet.errors import ClusternetError, InputError, ResourceError
from clusternet.messages import mark
from clusternet.report.folder_exchange import exchanged
from clusternet.report.folder_lock import locked_folder

#: A folder that holds this file was written by us and may be replaced.
MANIFEST = "manifest.json"


class Written(NamedTuple):
    """What is known about a file that was written."""

    name: str
    sha256: str
    size: int
    rows: int | None


@dataclass
class PartialFolder:
    """A folder that is being filled and that nobody sees before it is complete."""

    path: Path
    written: list[Written] = field(default_factory=list)

    def write(self, name: str, content: bytes | str | Iterable[bytes | str], *, rows: int | None = None) -> None:
        """Write one file: under a temporary name, forced to the disk, then renamed.

        Parameters
        ----------
        name : str
            The name of the file, without any folder.
        content : bytes or str, or an iterable of them
            What it holds; a text is written as UTF-8. Of an iterable one part is in memory at a time.
        rows : int, optional
            The number of data rows, where it is a table.
        """
        digest, size = hashlib.sha256(), 0

        def parts() -> Iterator[bytes]:
            nonlocal size
            for part in [content] if isinstance(content, bytes | str) else content:
                data = part.encode("utf-8", "replace") if isinstance(part, str) else part
                digest.update(data)
                size += len(data)
                yield data

        write_file(self.path / name, parts())
        self.written.append(Written(name, digest.hexdigest(), size, rows))


def write_file(path: Path, data: bytes | Iterable[bytes]) -> None:
    """Write a file so that a reader finds the old content or the new, never a part."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        with unfinished.open("wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


@contextmanager
def file_trouble_named(out: Path) -> Iterator[None]:
    """Turn trouble with the file system into a ResourceError that says what to do."""
    try:
        yield
    except ClusternetError:
        raise
    except OSError as trouble:
        if trouble.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            message = mark('There is no room left to write "{out}"; free some space and run again.')
        elif trouble.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            message = mark('"{out}" cannot be written: permission denied; choose another folder.')
        else:
            message = mark('"{out}" could not be written ({reason}); nothing was changed.')
        raise ResourceError(message, out=out.name, reason=trouble.strerror or type(trouble).__name__) from trouble


@contextmanager
def published_folder(out: str | Path, *, overwrite: bool = False, own_file: str = MANIFEST) -> Iterator[PartialFolder]:
    """Give a folder to fill, and publish it by one rename when everything in it is written.

    When anything goes wrong, the folder is removed and what was at ``out`` before stays as it was.

    Parameters
    ----------
    out : str or Path
        Where the folder shall be; folders above it are made.
    overwrite : bool, default False
        Whether an earlier result at ``out`` may be replaced.
    own_file : str
        The file by which an earlier result of ours is known.

    Yields
    ------
    PartialFolder
        The folder to fill.

    Raises
    ------
    InputError
        If something is at ``out`` already and may not be replaced.
    ResourceError
        If ``out`` is a file or a link, or the disk is full, or the place cannot be written, or another run is
        writing it.
    """
    target = Path(out).resolve()
    with file_trouble_named(target):
        check_out(out, overwrite=overwrite, own_file=own_file)
        target.parent.mkdir(parents=True, exist_ok=True)
        with locked_folder(target):
            partial = PartialFolder(target.with_name(f".{target.name}.{secrets.token_hex(4)}.partial"))
            partial.path.mkdir()
            try:
                yield partial
                _force(partial.path)
                _publish(partial.path, target)
            except BaseException:
                shutil.rmtree(partial.path, ignore_errors=True)
                raise


def check_out(out: str | Path, *, overwrite: bool = False, own_file: str = MANIFEST) -> None:
    """Say at once, before anything is computed, whether a folder may be written.

    Parameters
    ----------
    out : str or Path
        Where the folder shall be.
    overwrite : bool, default False
        Whether an earlier result may be replaced.
    own_file : str
        The file by which an earlier result of ours is known.

    Raises
    ------
    InputError
        If something is at ``out`` already and may not be replaced.
    ResourceError
        If ``out`` is a file, or lies below one, or is a link to another place, or the place cannot be written.
    """
    if Path(out).is_symlink():
        # What is written would appear where nobody looks for it, and a link is not replaced in one step.
        message = mark('"{out}" is a link to another place; name the folder itself, or one that does not exist yet.')
        raise ResourceError(message, out=Path(out).name)
    target = Path(out).resolve()
    nearest = next(path for path in (target, *target.parents) if path.exists())
    if not nearest.is_dir():
        raise ResourceError(mark('"{out}" is a file; name a folder that does not exist yet.'), out=nearest.name)
    if nearest == target:
        empty = not any(target.iterdir())
        if not empty and not overwrite:
            message = mark('The folder "{out}" exists already; choose another one, or replace it with --overwrite.')
            raise InputError(message, out=target.name)
        if not empty and not (target / own_file).is_file():
            message = mark('The folder "{out}" holds other files than a result of ours and is not overwritten.')
            raise InputError(message, out=target.name)
        nearest = target.parent
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ResourceError(
            mark('"{out}" cannot be written: permission denied; choose another folder.'), out=target.name
        )


def _publish(partial: Path, target: Path) -> None:
    """Put a finished folder in its place, in one step.

    Where the system cannot let two folders change places, the old one is set aside first; it comes back if that fails,
    and if the process is killed just then, the next run brings it back.
    """
    if not target.exists():
        partial.replace(target)
        _force(target.parent)
        return
    if exchanged(partial, target):
        _force(target.parent)
        shutil.rmtree(partial, ignore_errors=True)
        return
    aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
    target.replace(aside)
    try:
        partial.replace(target)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        raise
    _force(target.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _force(folder: Path) -> None:
    """Force the entries of a folder to the disk, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
