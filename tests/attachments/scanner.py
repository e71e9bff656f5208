"""A stand-in for the virus scanner: listens on a real socket and talks as clamd does."""

import socket
import struct
import threading

EICAR = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"


class Scanner:
    """Answers one connection after another until it is stopped; remembers what it was sent."""

    def __init__(self, listening, answer=None):
        self.listening, self.answer, self.received, self.chunks = listening, answer, b"", []
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self):
        while True:
            try:
                asked, _ = self.listening.accept()
            except OSError:
                return
            with asked, asked.makefile("rb") as words:
                self._one(asked, words)

    def _one(self, asked, words):
        assert words.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", words.read(4))[0]:
            self.chunks.append(size)
            content += words.read(size)
        self.received = content
        found = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        asked.sendall(found if self.answer is None else self.answer)

    def stop(self):
        self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(5)


def over_network(answer=None):
    """The scanner and its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    return Scanner(listening, answer), f"clamd://127.0.0.1:{listening.getsockname()[1]}"


def over_file(path):
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(str(path))
    listening.listen()
    return Scanner(listening), f"unix://{path}"
