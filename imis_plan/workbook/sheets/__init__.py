"""The sheets of the workbook, one module each: positions and formats of their cells."""
