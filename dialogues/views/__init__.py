"""The doors of the room: the work with a dialogue, and the form that residents answer."""
