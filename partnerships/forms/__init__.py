"""What a person may type: one file per family of models."""
