"""Slow lines cost memory, never a thread: gunicorn with our worker, our settings and a tiny application."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LARGE = 3_000_000
APPLICATION = f'''
import runpy

from diversity_portal import buffering_worker

ours = runpy.run_path("{ROOT / "gunicorn.conf.py"}")
globals().update({{name: ours[name] for name in ours if name not in ("on_starting", "logconfig_dict")}})
globals().update({{"threads": 1}} | OVERRIDES)
vars(buffering_worker).update(OVERRIDES)


def application(environ, start_response):
    body = environ["wsgi.input"].read() if environ["PATH_INFO"] != "/refuses" else b""
    told = " ".join(environ[name] for name in ("SCRIPT_NAME", "PATH_INFO", "wsgi.url_scheme")) + f" {{len(body)}}"
    page = b"x" * {LARGE} if environ["PATH_INFO"] == "/large" else told.encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(page)))])
    return [page]
'''


@pytest.fixture(scope="module")
def start(tmp_path_factory):
    """Starts gunicorn; returns a function that opens a connection to it."""
    running, opened = [], []

    def start(**overrides):
        folder = tmp_path_factory.mktemp("gunicorn")
        (folder / "tiny.py").write_text(APPLICATION.replace("OVERRIDES", repr(overrides)))
        address = str(folder / "socket")
        arguments = ["-m", "gunicorn", "-c", str(folder / "tiny.py"), "tiny", "--bind"]
        process = subprocess.Popen(
            [sys.executable, *arguments, f"unix:{address}"],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": f"{folder}:{ROOT}"},
            stderr=subprocess.PIPE,
            text=True,
        )
        running.append(process)
        assert any("Booting worker" in line for line in process.stderr)

        def connect(sent=b""):
            line = socket.socket(socket.AF_UNIX)
            opened.append(line)
            line.settimeout(20)
            line.connect(address)
            line.sendall(sent)
            return line

        return connect

    yield start
    for line in opened:
        line.close()
    for process in running:
        process.terminate()
        process.wait()
        process.stderr.close()


@pytest.fixture(scope="module")
def connect(start):
    return start()


def read_all(line):
    received = b""
    while data := line.recv(100_000):
        received += data
    return received


def answer(line):
    return read_all(line).partition(b"\r\n\r\n")[2]


def get(path, *headers):
    return "\r\n".join([f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]).encode()


def post(size, *headers, path="/"):
    return get(path, f"Content-Length: {size}", *headers).replace(b"GET", b"POST", 1)


CLOSE = "Connection: close"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        post(100_000) + b"meaning=",
        post(4, "Expect: 100-continue"),
        get("/large"),
        get("/large") * 3,
        get("/", CLOSE),
        get("/") + b"GET / HT",
    ],
    ids=["silent", "line", "header", "body", "expecting", "reading", "pipelined", "not closing", "second request"],
)
def test_forty_slow_lines_do_not_keep_another_waiting(connect, sent):
    slow = [connect(sent) for _each in range(40)]

    asked = time.monotonic()
    told = answer(connect(get("/", CLOSE)))

    assert told == b" / http 0"
    # A slow line would be waited for much longer.
    assert time.monotonic() - asked < 15
    assert len(slow) == 40


def test_a_request_that_comes_byte_by_byte_is_answered(connect):
    line = connect()

    for byte in post(5, CLOSE) + b"words":
        line.sendall(bytes([byte]))

    assert answer(line) == b" / http 5"


def test_an_answer_that_is_read_slowly_arrives_whole(connect):
    line = connect(get("/large", CLOSE))

    first = line.recv(10)

    assert len(first + read_all(line)) > LARGE


def test_one_connection_carries_several_requests_in_order(connect):
    line = connect(get("/one") + post(3, path="/two") + b"abc" + get("/three", CLOSE))

    parts = read_all(line).split(b"HTTP/1.1 200 OK")
    assert [part.partition(b"\r\n\r\n")[2] for part in parts[1:]] == [
        b" /one http 0",
        b" /two http 3",
        b" /three http 0",
    ]


def test_a_client_that_asks_before_it_sends_its_words_is_told_to_go_on(connect):
    line = connect(post(5, "Expect: 100-continue", CLOSE))

    assert line.recv(100).startswith(b"HTTP/1.1 100 Continue\r\n\r\n")
    line.sendall(b"words")
    assert read_all(line).endswith(b" / http 5")


def test_a_body_of_unknown_length_is_refused(connect):
    line = connect(get("/", "Transfer-Encoding: chunked").replace(b"GET", b"POST", 1) + b"5\r\nwords\r\n0\r\n\r\n")

    assert read_all(line).startswith(b"HTTP/1.1 411 Length Required\r\n")


def test_the_answer_to_an_upload_that_is_too_large_reaches_a_client_that_is_still_sending(connect):
    size = 30_000_000
    line = connect(post(size, path="/refuses"))

    line.sendall(b"x" * size)

    assert answer(line) == b" /refuses http 0"


@pytest.mark.parametrize(
    "header",
    [
        "SCRIPT_NAME: /evil",
        "SCRIPT-NAME: /evil",
        "PATH_INFO: /evil",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Protocol: ssl",
        "X-Forwarded-SSL: on",
        "X-Forwarded-Prefix: /evil",
    ],
)
def test_gunicorn_believes_no_header_about_where_the_portal_is(connect, header):
    assert answer(connect(get("/page", header, CLOSE))) == b" /page http 0"


def test_a_line_on_which_nothing_moves_is_closed(start):
    connect = start(QUIET=0.1, FAREWELL=0.1)

    quiet = [connect(sent) for sent in (b"", b"GET / HT", post(9) + b"a", get("/", CLOSE))]

    assert [read_all(line)[:15] for line in quiet] == [b"", b"", b"", b"HTTP/1.1 200 OK"]


def test_when_there_is_no_room_the_slowest_is_disconnected(start):
    connect = start(worker_connections=10, GRACE=0)

    slow = [connect(post(9) + b"a") for _each in range(25)]

    assert answer(connect(get("/", CLOSE))) == b" / http 0"
    assert [read_all(line) for line in slow[:15]] == [b""] * 15
