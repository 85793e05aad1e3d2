"""What Stata scripts beside tables of codes say that the codes mean."""

import time

import pytest

from clusternet.ingest.exports.stata_scripts import labels_in


def test_labels_of_codes_and_of_columns():
    script = (
        'insheet using "form.tab", tab case names\r\n'
        'label define formal 1 `"Yes"\' 2 `"No, "not" yet"\' -9 "Don\'t know"\r\n'
        "label values formal formal\r\n"
        "  la values stage formal\r\n"
        "label values lost nothing\r\n"
        'la variable formal "Is it registered?"\r\n'
        'label variable certs__1 `"Which?:ISO "9001""\'\r\n'
    )
    labels = labels_in(script.encode("utf-8-sig"))
    assert labels.codes == {
        "formal": {"1": "Yes", "2": 'No, "not" yet', "-9": "Don't know"},
        "stage": {"1": "Yes", "2": 'No, "not" yet', "-9": "Don't know"},
    }
    assert labels.columns == {"formal": "Is it registered?", "certs__1": 'Which?:ISO "9001"'}


def test_a_line_may_go_on_below_and_a_set_may_be_added_to():
    script = 'label define a ///\r\n 1 `"One"\' /// \n 2 `"Two"\'\nlabel define a 3 `"Three"\', add\nlabel values x a'
    assert labels_in(script.encode()).codes["x"] == {"1": "One", "2": "Two", "3": "Three"}


def test_arabic_labels_and_an_empty_one():
    labels = labels_in('label define a 1 `"نعم"\' 2 `""\'\nlabel values x a'.encode())
    assert labels.codes["x"] == {"1": "نعم", "2": ""}


@pytest.mark.parametrize("script", [b"", b"\xff\xfe\x00\x01", b"label define", b"label values x", b"* label define a"])
def test_what_is_no_script_says_nothing(script):
    labels = labels_in(script)
    assert labels.codes == {}
    assert labels.columns == {}


@pytest.mark.parametrize("piece", [b"\n", b" ", b'1 "', b'`"', b"label define x 1 \n", b"\t\n"])
def test_a_hostile_script_takes_no_time(piece):
    start = time.perf_counter()
    labels_in(b"label define x " + piece * 100_000)
    assert time.perf_counter() - start < 5
