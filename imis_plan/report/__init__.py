"""From notebooks to reports: execution, HTML, manifests, the page that compares all scenarios."""
