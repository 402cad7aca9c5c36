"""The sheets of the workbook, one module each: what stands where, and how it looks."""
