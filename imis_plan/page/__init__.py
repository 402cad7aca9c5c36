"""HTML and PDF pages: the report, the briefing and the index of reports, each one self-contained file."""
