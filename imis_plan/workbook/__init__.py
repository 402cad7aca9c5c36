"""The budget as a spreadsheet that recalculates: the model's own formulas, written into cells by running the model on operands.

`operand` records operations, `tracing` runs the model on operands, `sheets` lays them out, `reading` turns changed cells back
into a scenario. Read `operand` and `tracing` first.
"""
