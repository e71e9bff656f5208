"""The doors: one function per page or button, one file per family of models."""
