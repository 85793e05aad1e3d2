"""Two folders change places in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

#: The call that exchanges two names, the flag that asks for it, and the folder from which names are read.
_LINUX = ("renameat2", 2, -100)
_MACOS = ("renamex_np", 2)
#: What a system or a disk answers that does not know how.
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, so that nobody ever finds neither of them.

    Parameters
    ----------
    one, other : Path
        Two folders on the same disk.

    Returns
    -------
    bool
        Whether it was done; False where the system or the disk cannot do it, and nothing was changed.

    Raises
    ------
    OSError
        If it can, and failed.
    """
    try:
        library = ctypes.CDLL(None, use_errno=True)
        names = os.fsencode(one), os.fsencode(other)
        if sys.platform == "linux":
            name, flag, here = _LINUX
            failed = getattr(library, name)(here, names[0], here, names[1], ctypes.c_uint(flag))
        elif sys.platform == "darwin":
            name, flag = _MACOS
            failed = getattr(library, name)(*names, ctypes.c_uint(flag))
        else:
            return False
    except (AttributeError, OSError, TypeError):
        # No such call in this C library; on Windows there is none to load at all.
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))
