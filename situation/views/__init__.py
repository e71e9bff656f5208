"""Doors, one module per kind of page: pictures, their parts, problems."""
