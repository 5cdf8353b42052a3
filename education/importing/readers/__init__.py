"""Readers that convert a file to clean HTML and collect its metadata."""
