"""The budget as a spreadsheet that recalculates: running the model on operands writes its formulas into cells.

`operand` records operations, `tracing` runs the model on operands, `sheets` writes them to sheets, `read` and `to_scenario` turn
a changed workbook back into a scenario. Read `operand` and `tracing` first.
"""
