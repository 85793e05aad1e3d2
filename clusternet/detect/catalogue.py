"""The catalogue of methods: our own, and those that installed packages offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib import metadata

from clusternet.detect.method import Method
from clusternet.errors import InputError
from clusternet.messages import mark
from clusternet.model import Catalogue

#: The group of entry points under which a package offers its methods, each under the method's own name.
GROUP = "clusternet.methods"
#: What a partition says that no method found.
GIVEN = "given"


def installed_offers() -> tuple[metadata.EntryPoint, ...]:
    """Return what installed packages offer as methods, without importing any of it."""
    return tuple(metadata.entry_points(group=GROUP))


class MethodCatalogue(Catalogue[Method]):
    """Our own methods in the order in which they were written, then those of installed packages by name.

    What is installed is looked up once, when a name that is not ours is asked for or when all are listed, and a package
    is imported only then. One that cannot be used is left out of the list and of nothing else: asking for its method
    says why, and :attr:`refused` says it of all of them. Names of ours stay ours, whatever is installed.

    Parameters
    ----------
    kind : str
        What one entry is called in messages.
    entries : iterable of Method
        Our own methods.
    offers : callable, optional
        Returns the entry points of other packages; by default those of the group ``clusternet.methods``.

    Raises
    ------
    InputError
        If two entries have one name, if a name is asked for that is not there, or if the package that offers it cannot
        be used.
    """

    def __init__(
        self,
        kind: str,
        entries: Iterable[Method],
        offers: Callable[[], Iterable[metadata.EntryPoint]] = installed_offers,
    ) -> None:
        super().__init__(kind, entries)
        self._find_offers = offers
        self._outcomes: dict[str, Method | InputError] = {}

    @cached_property
    def _offers(self) -> dict[str, list[metadata.EntryPoint]]:
        found: dict[str, list[metadata.EntryPoint]] = {}
        for offer in sorted(self._find_offers(), key=lambda offer: (offer.name, _package(offer))):
            found.setdefault(offer.name, []).append(offer)
        return found

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that can be asked for, ours first; those of packages without importing them."""
        return (*self._entries, *(name for name in self._offers if name not in self._entries))

    @property
    def refused(self) -> tuple[InputError, ...]:
        """What is wrong with each method of an installed package that cannot be used."""
        outcomes = [self._outcome(name) for name in self._offers]
        return tuple(outcome for outcome in outcomes if isinstance(outcome, InputError))

    def resolved(self, method: str | Method) -> Method:
        """Return the method of a name, or a method itself.

        Raises
        ------
        InputError
            If there is none of that name, or if the method bears the name of another one in the catalogue.
        """
        if not isinstance(method, Method):
            return self[method]
        # Its clusters would say the name only, and chance would then be measured with the other one.
        if self.get(method.name, method) != method:
            raise InputError(
                mark('The catalogue has another method called "{name}"; give the function another name.'),
                name=method.name,
            )
        return method

    def __getitem__(self, name: str) -> Method:
        if not isinstance(name, str) or name in self._entries or name not in self._offers:
            return super().__getitem__(name)
        outcome = self._outcome(name)
        if isinstance(outcome, InputError):
            raise outcome.with_traceback(None)
        return outcome

    def get(self, name: str, default: Method | None = None) -> Method | None:  # type: ignore[override]
        """Return a method by name, or the default when there is none or it cannot be used."""
        if name in self:
            return self[name]
        return default

    def __contains__(self, name: object) -> bool:
        if super().__contains__(name):
            return True
        return isinstance(name, str) and name in self._offers and isinstance(self._outcome(name), Method)

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.names if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _outcome(self, name: str) -> Method | InputError:
        """Return the method that a package offers under a name, or what is wrong with it."""
        if name not in self._outcomes:
            try:
                self._outcomes[name] = self._loaded(name)
            except InputError as error:
                self._outcomes[name] = error
        return self._outcomes[name]

    def _loaded(self, name: str) -> Method:
        offer, *others = self._offers[name]
        if name in self._entries or name == GIVEN:
            raise InputError(
                mark(
                    'The package "{package}" offers a method called "{name}", a name that clusternet keeps for itself; '
                    "it is left out until its author gives it another name."
                ),
                package=_package(offer),
                name=name,
            )
        if others:
            raise InputError(
                mark('The packages {packages} all offer a method called "{name}"; keep one of them installed.'),
                packages=", ".join(f'"{_package(each)}"' for each in (offer, *others)),
                name=name,
            )
        try:
            found = offer.load()
        # Whatever goes wrong in somebody else's module must leave all other methods usable.
        except (Exception, SystemExit) as error:
            raise InputError(
                mark(
                    'The method "{name}" of the package "{package}" cannot be loaded ({reason}); repair or remove the '
                    "package."
                ),
                name=name,
                package=_package(offer),
                reason=f"{type(error).__name__}: {error}",
            ) from error
        if not isinstance(found, Method) or found.name != name:
            raise InputError(
                mark(
                    'The package "{package}" offers "{target}" as the method "{name}", but that is no method of this '
                    "name; expected a function called {name} with the decorator clusternet.detect.method."
                ),
                package=_package(offer),
                target=offer.value,
                name=name,
            )
        return found


def _package(offer: metadata.EntryPoint) -> str:
    """Return the name of the package that offers something."""
    return offer.dist.name if offer.dist else offer.value.partition(":")[0].partition(".")[0]
