"""Keys of secret links, and limits on how much one network may send."""
