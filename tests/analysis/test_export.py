"""Tables for other programs."""

import pandas as pd

from imis_plan.analysis.export import csv_file, csv_text


def test_a_file_begins_with_the_mark_by_which_excel_knows_utf_8():
    """On a terminal, and for programs that read it, the text has none."""
    frame = pd.DataFrame({"ligne": ["Matériel, « imprimé »"], "montant": [1.5]})
    assert csv_text(frame) == '"ligne","montant"\n"Matériel, « imprimé »",1.5\n'
    assert csv_file(frame) == b"\xef\xbb\xbf" + csv_text(frame).encode()
