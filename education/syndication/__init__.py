"""Feeds, sitemaps, robots.txt, and purging of shared caches."""
