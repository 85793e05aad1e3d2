"""One run at a time on one result folder; what a killed run left beside it is cleared away."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from clusternet.errors import ResourceError
from clusternet.messages import mark

#: Where the lock lies in its file: beyond what is written there, as Windows lets nobody read a locked byte.
_LOCKED_BYTE = 1 << 30
_GUARD = threading.Lock()


@dataclass
class _Hold:
    """Who holds a folder, how many times over, and the locked file, where one could be had."""

    thread: int
    count: int = 0
    stream: IO[str] | None = None


_HELD: dict[Path, _Hold] = {}


@contextlib.contextmanager
def locked_folder(out: str | Path) -> Iterator[None]:
    """Keep every other run away from a result folder while this one lasts; whoever holds it may ask again.

    The lock is the system's own and falls with the process, however that ends: a dead run's lock never stays. Where the
    disk knows no locks, as some network drives do not, nothing is locked.

    Parameters
    ----------
    out : str or Path
        Where the folder is or shall be.

    Raises
    ------
    ResourceError
        If another run holds it.
    """
    target = Path(out).resolve()
    with _GUARD:
        hold = _HELD.setdefault(target, _Hold(threading.get_ident()))
        if hold.thread != threading.get_ident():
            raise _taken(target, str(os.getpid()))
        hold.count += 1
    try:
        if hold.stream is None and target.parent.is_dir():
            hold.stream = _locked_file(target)
            if hold.stream is not None:
                _clear_away(target)
        yield
    finally:
        with _GUARD:
            hold.count -= 1
            if not hold.count:
                del _HELD[target]
        if not hold.count and hold.stream is not None:
            _give_up(hold.stream)


def _taken(target: Path, holder: str) -> ResourceError:
    return ResourceError(
        mark('Another run (process {holder}) is writing "{out}"; wait until it is done, or choose another folder.'),
        holder=holder or "?",
        out=target.name,
    )


def _locked_file(target: Path) -> IO[str] | None:
    """Return the locked file beside a folder; None where no lock can be had."""
    path = target.with_name(f".{target.name}.lock")
    while True:
        try:
            stream = path.open("a+", encoding="utf-8")
        except OSError:
            # A place that cannot be written is told by those who write.
            return None
        try:
            free = _lock(stream)
        except OSError:
            stream.close()
            return None
        if not free:
            stream.seek(0)
            holder = stream.read().strip()
            stream.close()
            raise _taken(target, holder)
        if _still_there(path, stream):
            with contextlib.suppress(OSError):  # on a full disk the lock holds as well without the number
                os.ftruncate(stream.fileno(), 0)
                os.write(stream.fileno(), str(os.getpid()).encode("ascii"))
            return stream
        # The run before has just removed it: a lock on a file that is gone keeps nobody away.
        stream.close()


def _still_there(path: Path, stream: IO[str]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(stream.fileno()))
    except FileNotFoundError:
        return False


def _lock(stream: IO[str]) -> bool:
    """Lock a file without waiting; return whether it was free."""
    if sys.platform == "win32":
        import msvcrt

        stream.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _give_up(stream: IO[str]) -> None:
    """Remove the file, then its lock: whoever waits for it finds it gone and makes a new one."""
    path = Path(stream.name)
    try:
        path.unlink(missing_ok=True)
        stream.close()
    except PermissionError:
        # Windows removes no open file; there the lock falls first.
        stream.close()
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _clear_away(target: Path) -> None:
    """Remove what killed runs left beside a folder; an old result that had been set aside comes back."""
    leftover = re.compile(rf"\.{re.escape(target.name)}\.[0-9a-f]{{8}}\.(partial|old|unfinished)")
    found = sorted(path for path in target.parent.iterdir() if leftover.fullmatch(path.name))
    for path in found:
        if path.suffix == ".old" and not target.exists():
            path.replace(target)
        elif path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
