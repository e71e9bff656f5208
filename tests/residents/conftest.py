"""Published promises in Lycksele, as the room of the promises makes them, on the same day."""

from tests.citizen_promises.conftest import clock, draft, neighbour, promise, publish, published

__all__ = ["clock", "draft", "neighbour", "promise", "publish", "published"]
