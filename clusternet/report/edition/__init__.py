"""Public editions of a result: groups instead of enterprises, small and dominated cells kept back."""
