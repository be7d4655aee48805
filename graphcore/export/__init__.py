"""Files that ship."""
