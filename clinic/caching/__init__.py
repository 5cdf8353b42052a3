"""All caches of the site; docs/caching.md lists them."""
