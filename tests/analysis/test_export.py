"""Tables for other programs."""

import csv

import numpy as np
import pandas as pd
import pytest

from imis_plan.analysis.export import csv_file, csv_text


def test_a_file_begins_with_the_mark_by_which_excel_knows_utf_8():
    """On a terminal, and for programs that read it, the text has none."""
    frame = pd.DataFrame({"ligne": ["Matériel, « imprimé »"], "montant": [1.5]})
    assert csv_text(frame) == '"ligne","montant"\n"Matériel, « imprimé »",1.5\n'
    assert csv_file(frame) == b"\xef\xbb\xbf" + csv_text(frame).encode()


@pytest.mark.parametrize(
    "column",
    [
        [1.5, -0.0, 0.0, 1e22, 1 / 3],
        [np.nan, np.inf, -np.inf, 1.0, 1.0],
        [2027, 2028, 2029, 2030, -1],
        [True, False, True, True, False],
        ['a "quoted" word', "a, b", "two\nlines", "é", ""],
        ["a", None, "b", "a", "a"],
        np.array([1, "1", 2.5, True, None], dtype=object),
    ],
)
def test_a_csv_file_has_the_text_that_pandas_writes(column):
    """Without rows there is the head alone; columns by name are written as a frame is."""
    frame = pd.DataFrame({"name": column, "other": range(5)})
    for table in (frame, frame[:0]):
        assert csv_text(table) == table.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    assert csv_text({name: frame[name].to_numpy() for name in frame}) == csv_text(frame)
