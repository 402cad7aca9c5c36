"""The command `imis-plan`."""
