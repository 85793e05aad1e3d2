"""The stages of a study that are kept in a folder, and taken from it where they are there already."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from clusternet.errors import Problem
from clusternet.messages import mark, translate
from clusternet.model import Network, Partition, Scores
from clusternet.report.folder_stages import DamagedStageError, StageFolder
from clusternet.study.stage_keys import stage_names
from clusternet.study.stored_nouns import (
    Packed,
    UnstorableError,
    packed_clusters,
    packed_scores,
    unpacked_clusters,
    unpacked_scores,
)

Result = TypeVar("Result")
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Stages:
    """Makes each stage of one study, or takes it from the folder in which an earlier run has left it.

    Nothing that is wrong with the folder stops a study: it is told, and the stage is made.

    Parameters
    ----------
    cache : str or Path, optional
        The folder; without it every stage is made and nothing is kept.
    notice : callable
        Called with a whole sentence where something is wrong with the folder.
    language : {"en", "ar"}
        The language of the notices.
    """

    def __init__(self, cache: str | Path | None, notice: Callable[[str], None], language: str = "en") -> None:
        self._folder = None if cache is None else StageFolder(Path(cache))
        self._notice, self._language = notice, language
        self._names: dict[str, str] = {}
        self._storing = True
        #: The stages that were taken from the folder.
        self.taken: list[str] = []

    def begin(self, network: Network, **asked: Any) -> None:
        """Note what this run will need; what is asked for is as :func:`stage_names` takes it."""
        if self._folder is None:
            return
        try:
            self._names = stage_names(network, **asked)
            self._folder.begin(list(self._names.values()))
        except UnstorableError as error:
            self._give_up(mark("the survey holds something that cannot be kept"), str(error))
        except OSError as trouble:
            self._give_up(*_reason(trouble))

    def clusters(self, network: Network, make: Callable[[], Partition]) -> Partition:
        """Return the clusters of a network."""
        earlier = network.provenance
        return self._stage(
            "clusters",
            make,
            lambda clusters: packed_clusters(clusters, network, earlier),
            lambda told, parts: unpacked_clusters(told, parts, network, earlier),
        )

    def scores(self, clusters: Partition, make: Callable[[], Scores]) -> Scores:
        """Return the scores of clusters."""
        earlier = clusters.provenance
        return self._stage(
            "scores",
            make,
            lambda scores: packed_scores(scores, earlier),
            lambda told, parts: unpacked_scores(told, parts, earlier),
        )

    def doubt(
        self, network: Network, scores: Scores, make: Callable[[], tuple[Partition, Scores]]
    ) -> tuple[Partition, Scores]:
        """Return clusters and scores with how sure they are."""
        earlier = scores.provenance

        def packed(found: tuple[Partition, Scores]) -> Packed:
            one, two = packed_clusters(found[0], network, earlier), packed_scores(found[1], earlier)
            told = {"clusters": one.told, "scores": two.told, "first": len(one.parts)}
            return Packed(told, [*one.parts, *two.parts])

        def unpacked(told: Mapping[str, Any], parts: Sequence[bytes]) -> tuple[Partition, Scores]:
            first = told["first"]
            return (
                unpacked_clusters(told["clusters"], parts[:first], network, earlier),
                unpacked_scores(told["scores"], parts[first:], earlier),
            )

        return self._stage("doubt", make, packed, unpacked)

    def _stage(
        self,
        stage: str,
        make: Callable[[], Result],
        packed: Callable[[Result], Packed],
        unpacked: Callable[[Mapping[str, Any], Sequence[bytes]], Result],
    ) -> Result:
        found = self._stored(stage, unpacked)
        if found is not None:
            self.taken.append(stage)
            return found
        made = make()
        self._store(stage, made, packed)
        return made

    def _stored(self, stage: str, unpacked: Callable[[Mapping[str, Any], Sequence[bytes]], Result]) -> Result | None:
        if self._folder is None or stage not in self._names:
            return None
        try:
            stored = self._folder.load(self._names[stage])
            return None if stored is None else unpacked(*stored)
        except DamagedStageError as error:
            reason = str(error)
        except (KeyError, ValueError, TypeError, IndexError, EOFError):
            reason = mark("it is damaged")
        ignored = mark("What was kept of an earlier run is not used ({reason}), and the stage is computed again.")
        self._tell("F14", ignored, self._names[stage], reason)
        return None

    def _store(self, stage: str, made: Result, packed: Callable[[Result], Packed]) -> None:
        if self._folder is None or not self._storing:
            return
        try:
            content = packed(made)
            self._folder.store(self._names[stage], content.told, content.parts)
        except UnstorableError as error:
            self._give_up(mark("the survey holds something that cannot be kept"), str(error))
        except OSError as trouble:
            self._give_up(*_reason(trouble))

    def _give_up(self, reason: str, further: str = "") -> None:
        """Keep nothing any more; what is there may still be taken."""
        told = translate(reason, self._language) + (f": {further}" if further else "")
        template = mark("Nothing of this run is kept from here on ({reason}); if it is stopped, it begins anew.")
        self._tell("F02", template, self._folder.path.name if self._folder else "", told)
        self._storing = False

    def _tell(self, code: str, template: str, file: str, reason: str) -> None:
        values = {"reason": translate(reason, self._language)}
        self._notice(Problem(code, "warning", template, values, file=file).line(self._language))


def _reason(trouble: OSError) -> tuple[str, str]:
    if trouble.errno in _FULL:
        return mark("the disk is full"), ""
    return mark("the folder cannot be written"), trouble.strerror or type(trouble).__name__
