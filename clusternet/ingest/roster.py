"""A roster matrix: who named whom on a list of all, as a square table."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd

from clusternet.errors import shown
from clusternet.ingest.columns import Codes, number_column
from clusternet.ingest.findings import Place, listed
from clusternet.ingest.names import clean_key
from clusternet.ingest.registers import number_text, register_from_file, register_of_ids, text_table, with_layer
from clusternet.ingest.separators import Grid
from clusternet.ingest.settings import SETTINGS_FILE
from clusternet.ingest.source import Reading, Source, TextTable
from clusternet.ingest.tables import read_grid
from clusternet.messages import mark
from clusternet.model.schema import Column

_WEIGHT = Codes(word="D01", infinite="D02", no_number="D02", negative="D03", beyond="D02")


def read_roster(source: Source) -> Reading:
    """Read one matrix per layer and the register; see :mod:`clusternet.ingest.mapping`.

    Parameters
    ----------
    source : Source
        The survey being read.

    Returns
    -------
    Reading
        One linkage for each cell that is not empty and not 0, reported by its row; the layers asked of the source only
        unless ``[mapping] asked`` says otherwise.
    """
    mapping, settings = source.settings.mapping, source.settings
    matrices: dict[str, TextTable] = {}
    for layer, name in _files(source).items():
        path = source.file_in_folder(name, key="mapping.file")
        grid = None if path is None else read_grid(path, source)
        matrix = None if grid is None else _matrix(grid, source)
        if matrix is not None:
            matrices[layer] = matrix
        known = settings.layer(layer)
        if known is not None:
            settings = with_layer(settings, known, asked=mapping.get("asked", "source"))
    tables: dict[str, TextTable] = {}
    found = [_linkages(matrix, layer, source) for layer, matrix in matrices.items()]
    if found:
        rows = pd.concat([table.rows for table in found]) if len(found) > 1 else found[0].rows
        tables["linkages"] = TextTable(rows, found[0].place)
    register = _register(matrices, source)
    if register is not None:
        tables["enterprises"] = register
    return Reading(tables, settings)


def _files(source: Source) -> dict[str, str]:
    """Return the file of each layer."""
    mapping, place = source.settings.mapping, Place(SETTINGS_FILE)
    files = dict(mapping.get("matrices", {}))
    if "layer" in mapping:
        name = mapping.get("file") or ("" if source.path.is_dir() else source.path.name)
        if name:
            files[mapping["layer"]] = name
    if not files:
        template = mark(
            "The mapping of a roster names no matrix; write file and layer, or [mapping.matrices] with layer = file."
        )
        source.findings.error("E09", template, place, column="mapping.file")
    return files


def _matrix(grid: Grid, source: Source) -> TextTable | None:
    """Return the cells of a matrix as text: the columns are the named, ``""`` holds the namers."""
    findings, place = source.findings, grid.place
    before = len(findings.errors)
    cells = grid.cells
    if len(cells) < 2:
        template = mark("There is no matrix here; expected ids in the first row and the first column.")
        findings.error("A03", template, place)
        return None
    # R writes no name above the column of row names.
    named = cells[0] if len(cells[0]) + 1 == len(cells[1]) else cells[0][1:]
    columns = [clean_key(name) for name in named]
    width = len(columns) + 1
    wrong = [row for row, record in zip(grid.rows[1:], cells[1:], strict=True) if len(record) != width]
    template = mark("The row has another number of fields than the matrix has columns ({width}); correct it.")
    findings.each("A13", template, place, wrong, width=width)
    rows = [clean_key(record[0]) if record else "" for record in cells[1:]]
    for name, count in Counter(columns).items():
        if count > 1 or not name:
            template = mark(
                'The column "{value}" of the matrix stands {count} times or has no name; write each id once.'
            )
            findings.error("A20", template, place, row=grid.rows[0], value=shown(name), count=count)
    repeated = {name for name, count in Counter(rows).items() if count > 1 or not name}
    strange = [position for position, name in enumerate(rows) if name in repeated or name not in set(columns)]
    template = mark(
        'The row "{value}" of the matrix stands twice, has no id, or has no column of its own; '
        "a roster is square, with the same ids in rows and columns."
    )
    numbers = [grid.rows[position + 1] for position in strange]
    findings.each("A21", template, place, numbers, values=[rows[position] for position in strange])
    if len(findings.errors) > before:
        return None
    body = np.array([record[1:] for record in cells[1:]], dtype=object).reshape(len(rows), len(columns))
    body[body == ""] = np.nan
    found = pd.DataFrame({name: pd.array(body[:, i], dtype="str") for i, name in enumerate(columns)})
    found.index = pd.MultiIndex.from_arrays([np.array(grid.rows[1:]), np.array(rows, dtype=object)])
    silent = sorted(set(columns) - set(rows))
    if silent:
        template = mark("{count} enterprises of the roster have a column and no row ({value}); they did not answer.")
        value = shown(", ".join(silent))
        findings.warning("N01", template, place, row=grid.rows[0], value=value, count=len(silent))
    source.note_rows(place.file, len(rows))
    return TextTable(found, place)


def _linkages(matrix: TextTable, layer: str, source: Source) -> TextTable:
    """Return the cells that are a tie as nominations."""
    rows = matrix.rows.index.get_level_values(0)
    namers = matrix.rows.index.get_level_values(1).to_numpy(dtype=object)
    named = matrix.rows.columns.to_numpy(dtype=object)
    plain = TextTable(matrix.rows.set_axis(rows), matrix.place)
    weights = np.column_stack(
        [number_column(plain, Column(name, "number", least=0), source, _WEIGHT).values for name in named]
    )
    own = namers[:, None] == named[None, :]
    loops = own & (weights > 0)
    if loops.any():
        template = mark("{count} cells of the diagonal are not empty and were ignored (rows {rows}).")
        where = rows[loops.any(axis=1)]
        about = {"row": int(where[0]), "count": int(loops.sum()), "rows": listed(where)}
        source.findings.warning("D06", template, matrix.place, **about)
    at, to = np.nonzero((weights > 0) & ~own)
    decimal = source.options.decimal
    return text_table(
        {
            "source": namers[at],
            "target": named[to],
            "layer": [layer] * len(at),
            "weight": [number_text(float(value), decimal) for value in weights[at, to]],
            "reporter": namers[at],
        },
        rows[at],
        matrix.place,
    )


def _register(matrices: dict[str, TextTable], source: Source) -> TextTable | None:
    """Return the register; enterprises without a row in any matrix did not answer."""
    if "properties" in source.settings.mapping:
        register = register_from_file(source, key="properties")
    elif matrices:
        ids = [name for matrix in matrices.values() for name in matrix.rows.columns]
        register = register_of_ids(ids, next(iter(matrices.values())).place)
    else:
        return None
    if register is None or not matrices or "respondent" in register.rows.columns:
        return register
    answered = {name for matrix in matrices.values() for name in matrix.rows.index.get_level_values(1)}
    said = ["yes" if clean_key(str(name)) in answered else "no" for name in register.rows["enterprise_id"]]
    if "no" not in said:
        return register
    return TextTable(register.rows.assign(respondent=pd.array(said, dtype="str")), register.place)
