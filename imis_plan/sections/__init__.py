"""The chapters of the report, a folder each: sentences, tables and figures beside each other."""
