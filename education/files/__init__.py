"""Uploaded pictures and documents: forms, serving, and protection from deletion."""
