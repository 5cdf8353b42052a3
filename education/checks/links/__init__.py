"""The weekly link check, run by the worker."""
