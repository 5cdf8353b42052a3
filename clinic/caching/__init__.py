"""Everything that the site caches. docs/caching.md: what, where, for how long, and who invalidates it."""
