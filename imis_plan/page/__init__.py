"""HTML and PDF pages: the report, the briefing, the annex and the index of reports, each one self-contained file."""
