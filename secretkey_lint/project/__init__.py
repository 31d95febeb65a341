"""What no file alone says: where a binding stands."""
