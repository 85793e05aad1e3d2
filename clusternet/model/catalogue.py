"""A catalogue: a read-only family of named, documented things."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType, ModuleType
from typing import Generic, Protocol, TypeVar

from clusternet.errors import InputError
from clusternet.messages import mark


class Named(Protocol):
    """Anything that a catalogue can hold."""

    @property
    def name(self) -> str:
        """The name under which it is asked for."""


Entry = TypeVar("Entry", bound=Named)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that is most like another, or an empty text when none is.

    Examples
    --------
    >>> nearest("lieden", ["leiden", "walktrap"])
    'leiden'
    """
    spelled = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), spelled, n=1, cutoff=0.6)
    return spelled[found[0]] if found else ""


def _home(entry: object) -> str | None:
    return getattr(getattr(entry, "function", None), "__module__", None)


class Catalogue(Mapping[str, Entry], Generic[Entry]):
    """A family of named entries in the order in which they were written, that nobody can change.

    Parameters
    ----------
    kind : str
        What one entry is called in messages, such as ``"metric"``.
    entries : iterable
        The entries; their names must differ.

    Raises
    ------
    InputError
        If two entries have one name, or if a name is asked for that is not there.
    """

    def __init__(self, kind: str, entries: Iterable[Entry]) -> None:
        self.kind = kind
        named: dict[str, Entry] = {}
        for entry in entries:
            if entry.name in named:
                raise InputError(
                    mark("Two entries of a catalogue are called {name}; give one another name."), name=entry.name
                )
            named[entry.name] = entry
        self._entries = MappingProxyType(named)

    @classmethod
    def from_modules(cls, kind: str, of: type[Entry], modules: Iterable[ModuleType]) -> Catalogue[Entry]:
        """Collect every entry of a type that is defined in some modules, in the order of definition."""
        entries = (
            entry
            for module in modules
            for name, entry in vars(module).items()
            # An entry that a module only borrows from another one is listed where it was written.
            if isinstance(entry, of) and entry.name == name and _home(entry) in (None, module.__name__)
        )
        return cls(kind, entries)

    def __getitem__(self, name: str) -> Entry:
        try:
            return self._entries[name]
        except (KeyError, TypeError):
            near = nearest(str(name), self.names)
            raise InputError(
                mark('There is no {kind} called "{name}".{hint} Known: {known}.'),
                kind=self.kind,
                name=name,
                hint=f' Did you mean "{near}"?' if near else "",
                known=", ".join(self.names),
            ) from None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that can be asked for."""
        return tuple(self._entries)

    def get(self, name: str, default: Entry | None = None) -> Entry | None:  # type: ignore[override]
        """Return an entry by name, or the default when there is none."""
        return self._entries.get(name, default)

    def __contains__(self, name: object) -> bool:
        return name in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"<Catalogue of {len(self)} {self.kind}s: {', '.join(self)}>"
