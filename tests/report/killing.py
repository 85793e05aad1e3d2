"""A process that kills itself at the n-th thing that it does to the disk, so that every moment of a run can be its last."""

import os
import signal
import sys
from pathlib import Path

_EVENTS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class _HalfWritten:
    """A stream that gives half of each text to the disk first, so that a kill can fall between the halves."""

    def __init__(self, stream, point):
        self._stream, self._point = stream, point

    def __enter__(self):
        self._stream.__enter__()
        return self

    def __exit__(self, *given):
        return self._stream.__exit__(*given)

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def write(self, data):
        half = len(data) // 2
        self._stream.write(data[:half])
        self._stream.flush()
        self._point()
        return half + self._stream.write(data[half:])


def _watched(folder, point):
    """Call something before every change below a folder."""

    def audit(event, given):
        if event == "open":
            changing = isinstance(given[2], int) and given[2] & _WRITING
            named = given[0]
        else:
            changing, named = event in _EVENTS, given[0] if given else None
        if changing and isinstance(named, str | bytes | Path) and os.fsdecode(named).startswith(str(folder)):
            point()

    sys.addaudithook(audit)
    force, real_open = os.fsync, Path.open

    def forced(handle):
        point()
        force(handle)
        point()

    def opened(path, mode="r", *given, **further):
        stream = real_open(path, mode, *given, **further)
        return _HalfWritten(stream, point) if mode == "wb" else stream

    os.fsync, Path.open = forced, opened


def killed_at(number, run, folder):
    """Do something in a process of its own that is killed before its ``number``-th change below a folder.

    Returns how many changes it came to, or None when it was killed. A negative number kills nobody.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            done = 0

            def point():
                nonlocal done
                if done == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                done += 1

            _watched(folder, point)
            run()
            os.write(writing, str(done).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        told = said.read()
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return None
    assert told, "the run failed before it was killed"
    return int(told)
