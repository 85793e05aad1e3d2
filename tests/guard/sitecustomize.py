"""No process of the tests may speak to a network: Python imports this file at its start, by its name (F15).

``tests/conftest.py`` puts the folder of this file on PYTHONPATH, so that every Python that a test starts is guarded as
the tests themselves are. An audit hook sees every socket, whoever opens it and under whatever name it was imported, and
cannot be taken out again. What it refuses it also writes down, so that code that swallows the error is found out too.
Sockets of the machine itself (AF_UNIX), as asyncio uses them, are let through.
"""

import os
import sys

#: The file in which attempts are written down.
LOG = "CLUSTERNET_NETWORK_LOG"
#: With a socket and an address.
_SPEAKING = frozenset(f"socket.{verb}" for verb in ("bind", "connect", "sendmsg", "sendto"))
#: With the name of somebody to ask for.
_ASKING = frozenset(f"socket.{verb}" for verb in ("getaddrinfo", "gethostbyaddr", "gethostbyname", "getnameinfo"))
_AF_UNIX = 1


class NetworkUsedError(RuntimeError):
    """Something tried to speak to a network."""


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Raise an error where an audit event speaks to a network."""
    if event in _SPEAKING:
        entry, address = arguments[0], arguments[1]
        own = _is_own_pair(address) or (event == "socket.bind" and address == ("::1", 0))  # how pip tries for IPv6
        if int(entry.family) == _AF_UNIX or own:  # type: ignore[attr-defined]
            return
    elif event not in _ASKING:
        return
    told = f"{event} {arguments[-1] if event in _SPEAKING else arguments[0]!r}"
    path = os.environ.get(LOG)
    if path:
        with open(path, "a", encoding="utf-8") as file:  # noqa: PTH123  (pathlib would be loaded in every process)
            file.write(told.replace("\n", " ") + "\n")
    raise NetworkUsedError(f"the tests may not use a network: {told}")


def _is_own_pair(address: object) -> bool:
    """Say whether this is how Windows, which has no AF_UNIX in Python, makes the two ends of a pipe."""
    return sys.platform == "win32" and isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1")


if os.environ.get(LOG):
    sys.addaudithook(refuse)
