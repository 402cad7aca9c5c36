"""Run notebooks in Jupyter kernels, and functions in processes: fork server, kernel provisioner, papermill engine, timeouts."""
