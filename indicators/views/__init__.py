"""Doors, one module per kind of page: the figures and reading them in, and what is fetched from Kolada."""
