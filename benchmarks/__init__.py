"""Side-by-side runs; not needed to use or test the package."""
