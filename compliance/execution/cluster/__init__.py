"""Execution spread over the workers of a dask cluster."""
