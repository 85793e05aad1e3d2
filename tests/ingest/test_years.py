import pandas as pd
import pytest

from clusternet.ingest.years import years_of


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2015", 2015),
        ("٢٠١٥", 2015),
        ("2015.0", 2015),
        ("2015-03", 2015),
        ("2015-03-21", 2015),
        ("2015-03-21T10:00:00.000+03:00", 2015),
        ("2015/3/21", 2015),
        ("21/03/2015", 2015),
        ("3.2015", 2015),
    ],
)
def test_years_and_dates(text, year):
    years, unreadable = years_of(pd.Series([text]))
    assert (years[0], unreadable[0]) == (year, False)


@pytest.mark.parametrize("text", ["15", "long ago", "20155", "0999", "3000", "2015-2016", "21/03/15"])
def test_what_is_no_year(text):
    years, unreadable = years_of(pd.Series([text]))
    assert pd.isna(years[0])
    assert unreadable[0]


def test_an_empty_cell_is_neither():
    years, unreadable = years_of(pd.Series([None, "2001"]))
    assert pd.isna(years[0])
    assert unreadable.tolist() == [False, False]
