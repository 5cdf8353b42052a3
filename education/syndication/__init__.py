"""What search engines, feed readers and shared caches get of our pages."""
