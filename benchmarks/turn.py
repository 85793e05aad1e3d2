"""Several benchmarks on one machine, one after the other."""

from __future__ import annotations

import time
from pathlib import Path
from typing import IO


class Turn:
    """A file that is locked while contestants run, so that several runs on one machine wait for one another.

    Parameters
    ----------
    path : Path
        The file; made when it is missing.
    most : float, default 120
        Seconds after which the lock is let go for whoever else waits, as soon as a contestant is done.
    """

    def __init__(self, path: Path, most: float = 120.0) -> None:
        self.path, self.most = path, most
        self._stream: IO[str] | None = None
        self._since = 0.0

    def __enter__(self) -> Turn:
        """Take the lock, or go on holding it."""
        if self._stream is None:
            import fcntl

            self._stream = self.path.open("a")
            fcntl.flock(self._stream, fcntl.LOCK_EX)
            self._since = time.monotonic()
        return self

    def __exit__(self, *what: object) -> None:
        """Let it go if it was held for long."""
        if time.monotonic() - self._since > self.most:
            self.end()
            # Who waits must wake up before this process asks again.
            time.sleep(1.0)

    def end(self) -> None:
        """Let it go."""
        if self._stream is not None:
            self._stream.close()
            self._stream = None
