"""Where each invariant is proven: by the tests here that carry its number, and by those of the rooms named below."""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NUMBERS = tuple(f"I{number:02d}" for number in range(1, 33))

#: Tests elsewhere that say the same of more, or of the whole way from files to report; a name alone means its file's.
ELSEWHERE = {
    "I01": (
        "tests/ingest/test_reading.py::test_I01_order_separator_and_line_ends_make_no_difference",
        "tests/ingest/test_edge_blocks.py::test_rows_are_those_of_the_csv_module_or_odd",
        "tests/model/test_network.py::test_i01_order_of_rows_and_ends_changes_no_bit",
        "tests/test_flow.py::test_shuffled_rows_and_swapped_ends_write_the_same_bytes",
        "tests/test_reproduction.py::test_f11_the_order_of_the_rows_leaves_no_trace_in_any_table",
    ),
    "I02": ("tests/ingest/test_reading.py::test_two_files_are_one",),
    "I03": (
        "tests/ingest/test_names.py::test_I03_normalising_twice_changes_nothing",
        "tests/ingest/test_names.py::test_I03_keys_are_stable",
    ),
    "I04": (
        "tests/ingest/test_reading.py::test_I04_every_row_is_kept_dropped_or_refused",
        "tests/model/test_receipt.py::test_i04_every_row_is_kept_dropped_or_rejected",
    ),
    "I05": ("tests/model/test_network.py::test_i05_every_enterprise_stays_and_strengths_add_up",),
    "I07": ("tests/model/test_partition.py::test_i07_sizes_and_labels",),
    "I08": ("tests/model/test_partition.py::test_i08_labels_are_canonical",),
    "I09": (
        "tests/test_flow.py::test_i09_another_process_hash_seed_locale_and_time_zone",
        "tests/test_reproduction.py::test_f10_f11_one_thing_at_a_time_leaves_no_trace",
        "tests/detect/test_natural.py::test_f11_threads_and_hash_seeds_leave_no_trace",
        "tests/inference/test_workers.py::test_other_processes_give_the_same_bytes",
    ),
    "I10": (
        "tests/detect/test_methods.py::test_i09_i10_order_and_scale_leave_no_trace",
        "tests/model/test_sums.py::test_i10_scale_leaves_no_trace",
        "tests/test_flow.py::test_scaled_weights_change_only_what_is_measured_in_weight",
    ),
    "I11": ("tests/detect/test_methods.py::test_i11_an_isolated_firm_changes_no_other",),
    "I12": ("tests/detect/test_methods.py::test_i12_clusters_are_connected_and_of_two_or_more",),
    "I13": ("tests/detect/test_methods.py::test_i13_components_are_processed_apart",),
    "I14": (
        "tests/detect/test_moves.py::test_the_books_are_kept",
        "tests/detect/test_moves.py::test_merging_never_makes_it_longer",
        "tests/detect/test_resolution.py::test_quality_is_modularity_with_a_resolution",
        "tests/detect/test_quality.py::test_agrees_with_plain_sums",
    ),
    "I15": ("tests/detect/test_methods.py::test_i15_planted_blocks_come_back_from_every_seed",),
    "I16": ("tests/detect/test_methods.py::test_i16_ring_of_cliques",),
    "I18": (
        "tests/model/test_sums.py::test_i18_sums_do_not_depend_on_order",
        "tests/metrics/test_catalogue.py::test_reordering_rows_changes_no_bit",
        "tests/metrics/test_catalogue.py::test_renaming_changes_nothing",
    ),
    "I19": ("tests/metrics/test_catalogue.py::test_special_graphs_give_one_value_per_cluster_in_range",),
    "I27": (
        "tests/inference/test_scoring.py::test_i27_needs_dealt_at_random_are_not_better_than_chance",
        "tests/inference/test_calibration.py::test_clusters_found_in_noise_are_rarely_called_cohesive",
        "tests/inference/test_calibration.py::test_needs_dealt_at_random_are_rarely_called_complementary",
    ),
    "I28": (
        "tests/report/exports/test_exports.py::test_gephi_comes_back",
        "tests/report/exports/test_exports.py::test_pajek_comes_back",
        "tests/report/exports/test_exports.py::test_ucinet_comes_back",
        "tests/report/exports/test_exports.py::test_polinode_has_two_sheets_that_fit",
        "tests/report/exports/test_graph_files.py::test_graphml_comes_back",
        "tests/ingest/test_graphs.py::test_our_own_layered_graph_comes_back",
        "tests/ingest/test_reading.py::test_round_trip_of_every_table",
    ),
    "I29": ("tests/report/exports/test_exports.py::test_from_memory_and_from_the_folder_are_the_same_bytes",),
    "I30": ("tests/report/edition/test_editing.py::test_who_gave_no_consent_is_counted_nowhere",),
    "I31": ("tests/test_flow.py::test_i31_report_numbers_follow_from_the_exported_tables",),
    "I32": (
        "tests/metrics/test_peers.py::test_networkx_says_the_same",
        "tests/metrics/test_peers.py::test_contributions_add_up_to_the_modularity_of_networkx",
        "tests/metrics/test_oracle.py::test_every_key_agrees_with_the_plain_implementation",
        "tests/detect/test_quality.py::test_agrees_with_networkx_and_igraph",
        "tests/detect/test_agreement.py::test_the_others_agree_with_scikit_learn_and_entropies",
    ),
}


@functools.cache
def names_of(path: Path) -> list[str]:
    """Return the names of the tests in a file, those of classes too."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


@functools.cache
def table() -> dict[str, list[str]]:
    """Return the node ids of every invariant's tests."""
    found = defaultdict(list)
    for path in sorted(HERE.glob("test_*.py")):
        for name in names_of(path):
            for number in re.findall(r"_(I[0-9]{2})(?=_)", name):
                found[number].append(f"{path.relative_to(ROOT).as_posix()}::{name}")
    return {number: [*found[number], *ELSEWHERE.get(number, ())] for number in NUMBERS}
