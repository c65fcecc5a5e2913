"""A gunicorn worker whose threads never wait for a slow line.

gunicorn's own threads read a request and write the answer themselves, so a few clients that send or read slowly, or not
at all, hold all of them. Here the main loop gathers each request until it is complete, a thread then answers it in
memory, and the main loop hands the answer over as fast as the client takes it. A slow client costs some memory and one
of `worker_connections`, and the oldest of them is disconnected when there is no room for another.
"""

import contextlib
import re
import selectors
import socket
import time
from functools import partial

from gunicorn.workers.gthread import TConn, ThreadWorker

# A connection on which nothing has moved for QUIET seconds is closed, and one that needs more than WHOLE seconds for a
# request or an answer: three long answers on a line of 1 kB a second take nine minutes.
QUIET = 30
WHOLE = 600
# What a client has still to say after the last answer is thrown away for this long, so that the answer reaches it.
FAREWELL = 5
# So many seconds everybody may take, however little room there is.
GRACE = 1
# Bytes. Django refuses a form that is larger than 16 MB by its header alone, so no more of it is gathered.
LARGEST = 17 * 1024 * 1024
LARGEST_HEADER = 64 * 1024
MEMORY = 128 * 1024 * 1024

_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*([0-9]{1,12})[ \t]*\r\n", re.IGNORECASE)
_ENCODED = re.compile(rb"\r\ntransfer-encoding:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.IGNORECASE)
_NEEDS_A_LENGTH = b"HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Exchange:
    """Stands in for the socket while a thread answers one request: its bytes to read, and the answer so far."""

    def __init__(self):
        self.request = memoryview(b"")
        self.answer = bytearray()

    def recv(self, size, *flags):
        piece, self.request = self.request[:size], self.request[size:]
        return piece.tobytes()

    def sendall(self, data):
        self.answer += data

    send = sendall

    def setblocking(self, flag):
        """Never waits."""

    settimeout = shutdown = setblocking

    def gettimeout(self):
        return None

    def close(self):
        """The worker closes the connection itself."""


class Connection(TConn):
    """One client. `sock` is what the threads see, `line` the real socket."""

    def __init__(self, cfg, line, client, server):
        super().__init__(cfg, line, client, server)
        self.line, self.sock = line, Exchange()
        self.data_ready = True  # or a thread would wait for it
        self.received = bytearray()
        self.length = None  # of the request, in bytes, once its header is there
        self.unsent = memoryview(b"")
        self.stays_open = True
        self.begun = self.moved = time.monotonic()
        self.patience = QUIET

    @property
    def held(self):
        """Bytes of memory."""
        return len(self.received) + len(self.sock.request) + len(self.sock.answer) + len(self.unsent)

    def begin(self, patience):
        """Start to measure how long something takes."""
        self.begun = self.moved = time.monotonic()
        self.patience = patience

    def is_overdue(self, now):
        return now > min(self.moved + self.patience, self.begun + WHOLE)

    def measure(self, searched):
        """Find out how long the request is. searched: how many bytes of it have been looked through in vain."""
        end = self.received.find(b"\r\n\r\n", max(searched - 3, 0))
        if end < 0:
            # gunicorn refuses a header of this size.
            self.length = len(self.received) if len(self.received) > LARGEST_HEADER else None
            return
        header = bytes(self.received[: end + 4])
        body = _LENGTH.search(header)
        size = int(body[1]) if body else 0
        self.length = len(header) + (size if size <= LARGEST else 0)
        if _ENCODED.search(header):
            # Django reads no body whose length was not announced.
            self.stays_open, self.unsent = False, memoryview(_NEEDS_A_LENGTH)
        elif _EXPECTS.search(header) and len(self.received) < self.length:
            with contextlib.suppress(OSError):
                self.line.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def take_request(self):
        """Give the request to the thread, and keep what the client has sent behind it."""
        self.sock.request = memoryview(bytes(self.received[: self.length]))
        del self.received[: self.length]
        self.length = None

    def take_answer(self):
        self.unsent = memoryview(bytes(self.sock.answer))
        self.sock.answer = bytearray()


class BufferingWorker(ThreadWorker):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.connections = set()
        # Those among them that no thread is busy with.
        self.waiting = set()

    def accept(self, listener):
        try:
            line, client = listener.accept()
        except BlockingIOError:
            return
        except OSError:
            # The client has gone already, or no more files can be opened.
            self._make_room()
            return
        connection = Connection(self.cfg, line, client, listener.getsockname())
        self.connections.add(connection)
        self.nr_conns = len(self.connections)
        self._wait(connection, selectors.EVENT_READ, self._read)
        # At the limit gunicorn stops accepting, until somebody has been answered or gives up.
        if self.nr_conns >= self.worker_connections:
            self._make_room()

    def murder_pending(self):
        """gunicorn calls this once a second."""
        now = time.monotonic()
        for connection in [each for each in self.waiting if each.is_overdue(now)]:
            self._close(connection)
        if not self.alive:
            # Nobody is halfway through a request here; a client may have sent one just now.
            for connection in [each for each in self.waiting if not each.held]:
                connection.patience = min(connection.patience, 2)

    def finish_request(self, connection, future):
        """A thread is done."""
        answered = not future.cancelled() and future.exception() is None and future.result()
        # If gunicorn has seen another end of the request than we, what follows cannot be trusted.
        left = connection.sock.request or (connection.parser and connection.parser.unreader.buf.getvalue())
        connection.stays_open = bool(answered) and not left and self.alive
        connection.sock.request = memoryview(b"")
        connection.take_answer()
        connection.begin(QUIET)
        self._write(connection)

    def _read(self, connection, _line=None):
        data = self._receive(connection)
        if not data:
            return
        connection.moved = time.monotonic()
        connection.patience = QUIET
        searched = len(connection.received)
        connection.received += data
        if sum(each.held for each in self.connections) > MEMORY:
            self._close(max(self.waiting, key=lambda each: each.held))
        if connection in self.waiting:
            self._proceed(connection, searched)

    def _proceed(self, connection, searched=0):
        """Let a thread answer if the request is complete, else wait for more of it."""
        if connection.length is None and connection.received:
            connection.measure(searched)
        if connection.unsent:
            self._write(connection)
        elif connection.length is not None and len(connection.received) >= connection.length:
            self._stop_waiting(connection)
            connection.take_request()
            self.enqueue_req(connection)
        else:
            self._wait(connection, selectors.EVENT_READ, self._read)

    def _write(self, connection, _line=None):
        try:
            while connection.unsent:
                connection.unsent = connection.unsent[connection.line.send(connection.unsent) :]
                connection.moved = time.monotonic()
        except BlockingIOError:
            self._wait(connection, selectors.EVENT_WRITE, self._write)
        except OSError:
            self._close(connection)
        else:
            if connection.stays_open:
                connection.begin(self.cfg.keepalive)
                self._proceed(connection)
            else:
                self._say_farewell(connection)

    def _say_farewell(self, connection):
        """Close when the client has done so: closing earlier could take the answer away from it."""
        connection.begin(FAREWELL)
        connection.received.clear()
        try:
            connection.line.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(connection)
        else:
            self._wait(connection, selectors.EVENT_READ, self._throw_away)

    def _throw_away(self, connection, _line):
        if self._receive(connection):
            connection.moved = time.monotonic()

    def _receive(self, connection):
        """What has come in. Closes a connection that its client has closed."""
        try:
            data = connection.line.recv(64 * 1024)
        except BlockingIOError:
            return None
        except OSError:
            data = b""
        if not data:
            self._close(connection)
        return data

    def _wait(self, connection, event, callback):
        self._stop_waiting(connection)
        self.waiting.add(connection)
        self.poller.register(connection.line, event, partial(callback, connection))

    def _stop_waiting(self, connection):
        if connection in self.waiting:
            self.waiting.remove(connection)
            self.poller.unregister(connection.line)

    def _make_room(self):
        slowest = min(self.waiting, key=lambda each: each.begun, default=None)
        if slowest and slowest.begun < time.monotonic() - GRACE:
            self._close(slowest)

    def _close(self, connection):
        self._stop_waiting(connection)
        self.connections.discard(connection)
        self.nr_conns = len(self.connections)
        connection.line.close()
