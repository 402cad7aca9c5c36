"""From notebooks to reports: execution, manifests, batches."""
