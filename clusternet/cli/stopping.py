"""A request to end, such as a shutdown of the machine, is taken like Ctrl-C: nothing half done stays."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

#: The exit code of a program that was asked to end (128 and the number of the signal).
TERMINATED = 143
#: The exit code of a program whose reader has gone.
CLOSED_PIPE = 141


class AskedToEndError(BaseException):
    """The system asked the program to end."""


@contextlib.contextmanager
def orderly_end() -> Iterator[None]:
    """Raise an AskedToEndError where the system asks the program to end, so that what is half written is removed."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise AskedToEndError

    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may say what a signal does.
        yield
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
