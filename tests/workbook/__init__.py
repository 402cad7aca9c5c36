"""The workbook: its formulas, its sheets, and the way back."""
