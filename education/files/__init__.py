"""Uploaded pictures and documents: their forms, and why a shown one can't be deleted."""
