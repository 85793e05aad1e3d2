"""ODK and SurveyCTO: files that hang together by KEY and PARENT_KEY, or one wide file."""

import pytest

from clusternet.ingest.exports.keyed import has_headers
from clusternet.ingest.exports.odk import is_odk, read_odk
from clusternet.ingest.exports.surveycto import is_surveycto, read_surveycto
from tests.ingest.exports.small import Sheets, heads_of, said, source_of

MAIN = [
    ["SubmissionDate", "name", "KEY", "Status", "FormVersion"],
    ["2026-03-01T10:00:00Z", "Cedar", "uuid:a", "", "1"],
    ["2026-03-01T11:00:00Z", "Oak", "uuid:b", "", "1"],
]
TIES = [
    ["partner", "PARENT_KEY", "KEY"],
    ["Oak", "uuid:a", "uuid:a/group/ties[1]"],
    ["Elm", "uuid:b", "uuid:b/group/ties[1]"],
    ["Ash", "uuid:a", "uuid:a/group/ties[2]"],
]
GOODS = [
    ["product", "PARENT_KEY", "KEY"],
    ["flour", "uuid:a/group/ties[2]", "uuid:a/group/ties[2]/goods[1]"],
    ["salt", "uuid:b/group/ties[1]", "uuid:b/group/ties[1]/goods[1]"],
]


def read(sheets, kind="ZIP", reader=read_odk):
    source = source_of()
    return reader(Sheets(sheets, "export.zip", kind), source), source


def export_with(main=MAIN, ties=TIES, goods=GOODS):
    return {"form": main, "form-ties": ties, "form-goods": goods}


def codes(source):
    return [code for code, _ in said(source)]


# ---------------------------------------------------------------------- which file it is
@pytest.mark.parametrize(
    ("header", "odk", "surveycto"),
    [
        (["KEY", "SubmissionDate", "ReviewState"], True, False),
        (["meta-instanceID", "KEY"], True, False),
        (["partner", "PARENT_KEY", "KEY"], True, False),
        (["KEY", "formdef_version"], False, True),
        (["SubmissionDate", "key", "CompletionDate"], True, True),
        (["KEY", "value"], False, False),
        (["SubmissionDate", "name"], False, False),
    ],
)
def test_the_tool_is_known_by_its_columns(header, odk, surveycto):
    assert is_odk({"x": [header]}) is odk
    assert is_surveycto({"x": [header]}) is surveycto


def test_headers_are_looked_for_in_every_sheet_however_they_are_spelled():
    heads = heads_of({"a": [["x"]], "b": [[" key "]], "c": []})
    assert has_headers(heads, "KEY")
    assert not has_headers(heads, "KEYS")


# ---------------------------------------------------------------------- files that hang together
def test_repeats_hang_on_their_parents_by_key():
    export, source = read(export_with())
    assert export.root == "form"
    assert export.parts["form-ties"].parent_at.tolist() == [0, 1, 0]
    assert export.parts["form-goods"].parent == "form-ties"
    assert export.parts["form-goods"].parent_at.tolist() == [2, 1]
    assert export.positions_in_root("form-goods").tolist() == [0, 1]
    assert export.submission == "KEY"
    assert codes(source) == []


def test_a_repeat_is_called_as_its_file_without_the_form_and_without_the_clash():
    sheets = {"my form": MAIN, "my form-ties": TIES, "my form-group-ties~1": TIES[:1]}
    export, _ = read(sheets)
    assert export.parts["my form-ties"].names == ("ties",)
    assert export.parts["my form-group-ties~1"].names == ("group-ties", "ties")


def test_two_repeats_of_one_name_are_told_apart_by_the_keys_that_they_name():
    inner = [["x", "PARENT_KEY", "KEY"], ["1", "uuid:b/group/ties[1]", "uuid:b/group/ties[1]/ties[1]"]]
    export, _ = read({"form": MAIN, "form-ties": TIES, "form-ties~1": inner})
    assert export.parts["form-ties~1"].parent == "form-ties"
    assert export.positions_in_root("form-ties~1").tolist() == [1]


def test_a_repeat_that_nobody_answered_hangs_on_the_submissions():
    export, source = read(export_with(ties=TIES[:1], goods=GOODS[:1]))
    assert export.parts["form-ties"].parent == "form"
    assert export.parts["form-ties"].rows.empty
    assert codes(source) == []


def test_files_without_a_key_are_no_part_of_it():
    export, source = read({**export_with(), "form - audit": [["event", "node"], ["begin", "/x"]]})
    assert "form - audit" not in export.parts
    assert codes(source) == []


def test_files_of_other_forms_are_left_out_and_told_once():
    others = {f"another form {number}": MAIN for number in range(3)}
    export, source = read({**export_with(), **others})
    assert export.root == "form"
    (problem,) = source.findings.warnings
    assert problem.message().startswith("3 files hold submissions of another form")


def test_repeats_alone_are_no_survey():
    export, source = read({"form-ties": TIES})
    assert export is None
    assert "export the whole survey again" in source.findings.errors[0].message()


def test_a_dialect_that_was_declared_for_another_file_is_named():
    export, source = read({"data": [["name"], ["Cedar"]]})
    assert export is None
    assert "[mapping] dialect" in source.findings.errors[0].message()


# ---------------------------------------------------------------------- E11
def test_E11_a_submission_that_came_twice_counts_once_with_one_copy_of_its_rows():
    export, source = read(export_with(main=[*MAIN, MAIN[1]], ties=[*TIES, TIES[1]], goods=[*GOODS, GOODS[1]]))
    assert export.parts["form"].rows["name"].tolist() == ["Oak", "Cedar"]
    assert sorted(export.parts["form-ties"].rows["partner"]) == ["Ash", "Elm", "Oak"]
    assert sorted(export.parts["form-goods"].rows["product"]) == ["flour", "salt"]
    assert codes(source) == ["E11"]


def test_E11_the_latest_time_wins():
    later = ["2026-03-05T10:00:00Z", "Cedar & Sons", "uuid:a", "", "1"]
    export, _ = read(export_with(main=[MAIN[0], later, *MAIN[1:]]))
    assert export.parts["form"].rows["name"].tolist() == ["Cedar & Sons", "Oak"]


def test_E11_the_first_version_of_an_edited_submission_has_its_own_key_and_stays():
    main = [[*MAIN[0], "meta-deprecatedID"], [*MAIN[1], "uuid:a"], [*MAIN[2], "uuid:zz"]]
    export, source = read(export_with(main=main))
    assert export.parts["form"].rows["name"].tolist() == ["Cedar", "Oak"]
    assert codes(source) == []


def test_E11_rows_of_a_replaced_submission_go_with_it_unsaid():
    main = [[*MAIN[0], "meta-deprecatedID"], [*MAIN[1], ""], [*MAIN[2], "uuid:a"]]
    export, source = read(export_with(main=main))
    assert export.parts["form-ties"].rows["partner"].tolist() == ["Elm"]
    assert export.parts["form-goods"].rows["product"].tolist() == ["salt"]
    assert codes(source) == ["E11"]


def test_E11_rows_of_no_submission_are_told_with_their_rows():
    export, source = read(export_with(ties=[*TIES, ["Yew", "uuid:lost", "uuid:lost/ties[1]"]]))
    assert len(export.parts["form-ties"].rows) == 3
    (problem,) = source.findings.warnings
    assert (problem.file, problem.row) == ("export.zip", 5)


@pytest.mark.parametrize("status", ["not decrypted", "Missing encrypted form data"])
def test_E11_submissions_that_are_still_encrypted_are_left_out_and_told(status):
    main = [MAIN[0], ["2026-03-01T10:00:00Z", "", "uuid:a", status, "1"], MAIN[2]]
    export, source = read(export_with(main=main))
    assert export.parts["form"].rows["name"].tolist() == ["Oak"]
    assert export.parts["form-ties"].rows["partner"].tolist() == ["Elm"]
    (problem,) = source.findings.warnings
    assert (problem.code, problem.row, problem.column) == ("E11", 2, "Status")
    assert "passphrase" in problem.message()


def test_rows_without_a_key_of_their_own_are_all_kept():
    ties = [TIES[0], *([row[0], row[1], ""] for row in TIES[1:])]
    export, source = read(export_with(ties=ties, goods=GOODS[:1]))
    assert export.parts["form-ties"].rows["partner"].tolist() == ["Oak", "Elm", "Ash"]
    assert codes(source) == []


# ---------------------------------------------------------------------- SurveyCTO
def test_a_wide_file_is_one_sheet_that_holds_no_repeats():
    main = [["SubmissionDate", "partner_1", "partner_2", "KEY", "formdef_version"], ["", "Oak", "", "uuid:a", "7"]]
    export, source = read({"form_WIDE": main}, kind="CSV", reader=read_surveycto)
    assert export.dialect == "surveycto"
    assert not export.has_repeats
    assert export.parts["form_WIDE"].headers[1] == "partner_1"
    assert codes(source) == []


def test_surveycto_gives_the_same_files_as_odk():
    main = [[*MAIN[0], "SET-OF-ties"], *([*row, f"{row[2]}/ties"] for row in MAIN[1:])]
    export, _ = read(export_with(main=main), reader=read_surveycto)
    assert export.positions_in_root("form-goods").tolist() == [0, 1]
    assert export.has_repeats
