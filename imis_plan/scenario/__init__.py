"""From parameter files to a checked, frozen plan."""
