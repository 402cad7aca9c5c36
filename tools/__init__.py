"""Commands that build stored files: facts, formulas in the pages, catalogues, pictures, ledgers, notebook outputs."""
