"""What fixes have in common: the finding and its file, Python's tree with places, edits and their application."""
