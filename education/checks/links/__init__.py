"""The weekly check of our pages' links, done by the worker."""
