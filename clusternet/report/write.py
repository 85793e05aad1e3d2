"""Everything that a study writes, in one step."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from clusternet.draw import map_marks, map_payload
from clusternet.draw.cluster_labels import idle_names
from clusternet.draw.layout import Points, lay_out
from clusternet.errors import InputError, Problem
from clusternet.messages import LANGUAGES, mark, translate
from clusternet.model import ClusteredNetwork, Network, Partition, Scores, Survey
from clusternet.report.csv_text import csv_blocks
from clusternet.report.dictionary import dictionary_table
from clusternet.report.exports.from_nouns import export_graph
from clusternet.report.exports.gexf import gexf_blocks
from clusternet.report.exports.graphml import graphml_blocks
from clusternet.report.manifest import manifest_text, study_record
from clusternet.report.map_page import study_map_page
from clusternet.report.pdf import find_browser, pdf_bytes
from clusternet.report.publish import MANIFEST, PartialFolder, published_folder
from clusternet.report.report_page import report_page
from clusternet.report.tables import contract_tables, dropped_problems
from clusternet.report.workbook import workbook_bytes

Progress = Callable[[str], object]


def write_report(
    network: Network,
    partition: Partition,
    scores: Scores,
    *,
    out: str | Path,
    survey: Survey | None = None,
    languages: Sequence[str] = ("en",),
    overwrite: bool = False,
    command: str = "",
    seed: int = 0,
    problems: Iterable[Problem] = (),
    pdf: bool = False,
    packages: Mapping[str, str] = MappingProxyType({}),
    course: Callable[[], Mapping[str, object]] | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the report, the map, the tables, the graphs and the manifest into a new folder.

    The folder appears when complete. The same arguments give the same bytes, but for ``timing`` in ``manifest.json``.

    Parameters
    ----------
    network, partition, scores : Network, Partition, Scores
        The network, its clusters and their scores.
    out : str or Path
        The folder to make.
    languages : sequence of {"en", "ar"}
        The first is that of ``report.html``, map and tables; each further one has ``report.<language>.html``.
    overwrite : bool, default False
        Whether an earlier result in that folder may be replaced.
    command : str
        The command, as the manifest shall show it; leave out the name of the folder, so that two runs are alike.
    seed : int
        Seed of the layout of the map.
    survey, problems : Survey, iterable of Problem, optional
        Whose warnings are listed: the survey that the network was built from, and further ones.
    pdf : bool, default False
        Whether each report is printed as PDF too, which needs Chromium, Chrome or Edge.
    packages : mapping of str to str
        The versions of further packages that had a say, such as the one that offers the method.
    course : callable, optional
        Asked at the end what else ``timing`` shall hold: how long what took before, and how much memory. Nothing is
        published if it raises an error.
    progress : callable, optional
        Called with the name of each stage when it begins.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputError
        If a language is not known, the parts do not belong together, or the folder is there already.
    ResourceError
        If the folder cannot be written, or a PDF is wanted and no browser is there.
    """
    browser = find_browser() if pdf else ""
    started, clock = datetime.now(UTC), time.perf_counter()
    _check(network, partition, scores, languages)
    tell = progress or (lambda _stage: None)
    told = survey.problems if survey is not None else ()
    listed = [*told, *problems, *dropped_problems(network), *idle_names(network, partition)]
    record = study_record(
        network, partition, scores, command=command, seed=seed, languages=languages, packages=packages
    )
    with published_folder(out, overwrite=overwrite) as folder:
        tell(translate(mark("laying out the map"), languages[0]))
        positions = lay_out(network, partition, seed=seed)
        _write_pages(folder, network, partition, scores, survey, languages, positions, listed, record, browser, tell)
        _write_tables(folder, network, partition, scores, languages[0], positions, listed, tell)
        seconds = round(time.perf_counter() - clock, 3)
        timing = {"started": started.isoformat(), "seconds": seconds, **(course() if course else {})}
        folder.write(MANIFEST, manifest_text(record, folder.written, timing))
    return Path(out)


def _check(network: Network, partition: Partition, scores: Scores, languages: Sequence[str]) -> None:
    ClusteredNetwork(network, partition)
    if isinstance(languages, str) or not languages or any(language not in LANGUAGES for language in languages):
        raise InputError(
            mark("The languages are {given}; expected one or more of: {known}."),
            given=str(languages),
            known=", ".join(LANGUAGES),
        )
    unknown = set(scores.table["cluster"]) - set(range(partition.n_clusters))
    if unknown:
        raise InputError(
            mark("The scores speak of cluster {cluster}, which the partition does not have; score this partition."),
            cluster=max(unknown),
        )


def _write_pages(
    folder: PartialFolder,
    network: Network,
    partition: Partition,
    scores: Scores,
    survey: Survey | None,
    languages: Sequence[str],
    positions: Points,
    problems: Sequence[Problem],
    record: dict[str, object],
    browser: str,
    tell: Progress,
) -> None:
    wanted = list(dict.fromkeys(languages))
    names = {language: f"report.{language}.html" for language in wanted} | {wanted[0]: "report.html"}
    outline = survey.outline if survey is not None else ()
    for language in wanted:
        marks = map_marks(network, partition, scores, language=language, positions=positions, evidence=False)
        if language == wanted[0]:
            tell(translate(mark("writing the map"), wanted[0]))
            payload = map_payload(network, partition, scores, language=language, positions=positions, outline=outline)
            folder.write("map.html", study_map_page(payload))
        tell(translate(mark("writing the report"), wanted[0]))
        page = report_page(
            network,
            partition,
            scores,
            marks,
            language=language,
            problems=problems,
            record=record,
            other_reports={other: name for other, name in names.items() if other != language},
            survey=survey,
        )
        folder.write(names[language], page)
        if browser:
            tell(translate(mark("printing the report"), wanted[0]))
            folder.write(f"{names[language].removesuffix('.html')}.pdf", pdf_bytes(page, browser))


def _write_tables(
    folder: PartialFolder,
    network: Network,
    partition: Partition,
    scores: Scores,
    language: str,
    positions: Points,
    problems: Sequence[Problem],
    tell: Progress,
) -> None:
    tell(translate(mark("writing the tables"), language))
    tables = contract_tables(network, partition, scores, problems, language=language)
    for name, table in tables.items():
        folder.write(f"{name}.csv", csv_blocks(table), rows=len(table))
    tell(translate(mark("writing the workbook"), language))
    sheets = {**tables, "dictionary": dictionary_table(language)}
    folder.write("clusters.xlsx", workbook_bytes(sheets, language=language, title=network.settings.title))
    tell(translate(mark("writing the graphs"), language))
    graph = export_graph(network, partition, scores, positions=positions, language=language, tables=False)
    folder.write("network.graphml", graphml_blocks(graph))
    folder.write("network.gexf", gexf_blocks(graph))
