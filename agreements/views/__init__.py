"""Doors, one module per kind of page: agreements, signing, measures."""
