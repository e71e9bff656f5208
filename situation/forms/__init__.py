"""What a person may type: one file per kind of page."""
