"""clusternet."""
