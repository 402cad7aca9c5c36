"""Commands that build stored files: formulas in the pages, catalogues, pictures, expected ledgers, notebook outputs."""
