"""From a file to clean HTML, and to what the file says about itself."""
