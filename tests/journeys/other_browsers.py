"""Firefox, WebKitGTK and an old Chromium, each driven by what it brings itself: Playwright drives none of the three.

Firefox speaks the commands of WebDriver over a socket of its own (Marionette), WebKitGTK over HTTP (WebKitWebDriver),
and Chromium its DevTools protocol over a pipe. What a journey needs is the same in each: see `Browser`.
"""

import contextlib
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from abc import ABC, abstractmethod

PATIENCE = 20  # seconds in which something must have happened
# What WebDriver calls the reference to an element, in all its answers.
_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class Browser(ABC):
    """A browser with one window. The selectors are those of CSS."""

    @abstractmethod
    def open(self, address: str) -> None:
        """Go to an address, and wait for its page."""

    @abstractmethod
    def run(self, script: str, *arguments):
        """What the body of a function returns in the page."""

    @abstractmethod
    def press(self, selector: str) -> None:
        """As a person presses it. The page that follows may not be there yet."""

    @abstractmethod
    def type(self, selector: str, text: str) -> None:
        """Letters at the end of a field, key by key or as from an input method."""

    @abstractmethod
    def reload(self) -> None:
        """Load the page again."""

    @abstractmethod
    def back(self) -> None:
        """Go back to the page before."""

    @abstractmethod
    def close(self) -> None:
        """End the browser."""

    def wait_for(self, condition: str, *arguments):
        """What the body of a function returns, as soon as that is true. Raises TimeoutError."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(PageIsChanging):
                if found := self.run(condition, *arguments):
                    return found
            time.sleep(0.02)
        raise TimeoutError(f"never true in {type(self).__name__}: {condition}")

    def wait_for_page(self, address: str) -> None:
        """Until a page is there whole whose address contains this."""
        self.wait_for("return document.readyState === 'complete' && location.href.includes(arguments[0])", address)


class PageIsChanging(Exception):
    """A page went while it was being asked."""


class _WebDriver(Browser):
    """The commands of https://www.w3.org/TR/webdriver2/, however they are sent."""

    @abstractmethod
    def command(self, name: str, **parameters):
        """Send a command of WebDriver; returns what it found."""

    def open(self, address):
        self.command("Navigate", url=address)

    def run(self, script, *arguments):
        return self.command("ExecuteScript", script=script, args=list(arguments))

    def press(self, selector):
        self.command("ElementClick", id=self._element(selector))

    def type(self, selector, text):
        self.command("ElementSendKeys", id=self._element(selector), text=text)

    def reload(self):
        self.command("Refresh")

    def back(self):
        self.command("Back")

    def _element(self, selector: str) -> str:
        return self.command("FindElement", using="css selector", value=selector)[_ELEMENT]


class Firefox(_WebDriver):
    """It can press keys, too, where the focus is."""

    program = shutil.which("firefox-esr") or shutil.which("firefox")

    def __init__(self, profile: pathlib.Path):
        # 0: any port that is free. Firefox writes down which.
        profile.joinpath("user.js").write_text(
            'user_pref("marionette.port", 0);\nuser_pref("intl.accept_languages", "en");\n', encoding="utf-8"
        )
        self._process = subprocess.Popen(
            [self.program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        written = profile / "MarionetteActivePort"
        _wait_until(lambda: written.exists() and written.read_text(encoding="utf-8").strip())
        self._socket = socket.create_connection(("127.0.0.1", int(written.read_text(encoding="utf-8"))), PATIENCE)
        self._file = self._socket.makefile("rb")
        self._sent = 0
        self._read()  # who answers
        self.command("NewSession", capabilities={"alwaysMatch": {"pageLoadStrategy": "normal"}})

    def command(self, name, **parameters):
        self._sent += 1
        words = json.dumps([0, self._sent, f"WebDriver:{name}", parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(words), words))
        _kind, _number, fault, found = self._read()
        if fault:
            raise _changing_or_fault(fault)
        return found["value"] if isinstance(found, dict) and set(found) == {"value"} else found

    def press_keys(self, *keys: str):
        """keys: letters, or the characters by which WebDriver names other keys."""
        strokes = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.command("PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": strokes}])

    def _read(self):
        length = b""
        while not length.endswith(b":"):
            length += self._file.read(1)
        return json.loads(self._file.read(int(length[:-1])))

    def close(self):
        self._file.close()
        self._socket.close()
        _end(self._process)


class WebKit(_WebDriver):
    program = shutil.which("WebKitWebDriver")
    _ADDRESSES = {
        "Navigate": ("POST", "/url"),
        "ExecuteScript": ("POST", "/execute/sync"),
        "FindElement": ("POST", "/element"),
        "ElementClick": ("POST", "/element/{id}/click"),
        "ElementSendKeys": ("POST", "/element/{id}/value"),
        "Refresh": ("POST", "/refresh"),
        "Back": ("POST", "/back"),
    }

    def __init__(self, profile: pathlib.Path):
        self._port = _free_port()
        # WebKitGTK draws on a screen: on one of our own that nobody sees.
        self._process = subprocess.Popen(
            ["xvfb-run", "--auto-servernum", self.program, f"--port={self._port}"],
            env={**os.environ, "HOME": str(profile), "LANG": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._session = ""
        _wait_until(self._is_ready)
        made = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": {}}})
        self._session = f"/session/{made['sessionId']}"

    def _is_ready(self) -> bool:
        with contextlib.suppress(OSError):
            return self._ask("GET", "/status", None)["ready"]
        return False

    def command(self, name, **parameters):
        verb, address = self._ADDRESSES[name]
        return self._ask(verb, self._session + address.format(**parameters), parameters)

    def _ask(self, verb: str, path: str, parameters):
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self._port}{path}",
            None if parameters is None else json.dumps(parameters).encode(),
            {"Content-Type": "application/json"},
            method=verb,
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as fault:
            raise _changing_or_fault(json.load(fault)["value"]) from None

    def close(self):
        with contextlib.suppress(OSError):
            self._ask("DELETE", self._session, None)
        _end(self._process)


class OldChromium(Browser):
    """Chromium 78, which scripts/old-chromium fetches."""

    program = os.environ.get("OLD_CHROMIUM")

    def __init__(self, profile: pathlib.Path):
        home = pathlib.Path(self.program).parent
        to_chromium, self._to_chromium = os.pipe()
        self._from_chromium, from_chromium = os.pipe()

        def at_3_and_4():
            # Where Chromium expects its pipe. Moved away first: one of the two may stand where the other belongs.
            read, write = os.dup(to_chromium), os.dup(from_chromium)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self._process = subprocess.Popen(
            [
                self.program,
                *("--headless", "--no-sandbox", "--single-process", "--no-zygote", "--disable-gpu"),
                *("--remote-debugging-pipe", "--lang=en", "--window-size=1280,900", f"--user-data-dir={profile}"),
            ],
            env={**os.environ, "LD_LIBRARY_PATH": str(home / "lib")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=at_3_and_4,
            start_new_session=True,
        )
        os.close(to_chromium)
        os.close(from_chromium)
        self._read = os.fdopen(self._from_chromium, "rb", buffering=0)
        self._rest = b""
        self._sent = 0
        self._session = None
        page = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=page, flatten=True)["sessionId"]
        self._ask("Page.enable")

    def _ask(self, method: str, **parameters):
        self._sent += 1
        asked = {"id": self._sent, "method": method, "params": parameters}
        if self._session:
            asked["sessionId"] = self._session
        os.write(self._to_chromium, json.dumps(asked).encode() + b"\0")
        while (answer := self._next()).get("id") != self._sent:
            pass
        if "error" in answer:
            raise PageIsChanging(answer["error"]["message"])
        return answer["result"]

    def _next(self):
        while b"\0" not in self._rest:
            read = self._read.read(1 << 16)
            if not read:
                raise RuntimeError("Chromium has ended")
            self._rest += read
        answer, _, self._rest = self._rest.partition(b"\0")
        return json.loads(answer)

    def open(self, address):
        self._leave(lambda: self._ask("Page.navigate", url=address))

    def run(self, script, *arguments):
        found = self._ask(
            "Runtime.evaluate",
            expression=f"(function () {{ {script} }}).apply(null, {json.dumps(arguments)})",
            returnByValue=True,
            userGesture=True,
        )
        if "exceptionDetails" in found:
            raise RuntimeError(found["exceptionDetails"]["exception"].get("description", found))
        return found["result"].get("value")

    def press(self, selector):
        """With the mouse, in the middle of the thing."""
        middle = self.run(
            "const thing = document.querySelector(arguments[0]); thing.scrollIntoView({block: 'center'});"
            "const box = thing.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]",
            selector,
        )
        for event in ("mousePressed", "mouseReleased"):
            self._ask("Input.dispatchMouseEvent", type=event, x=middle[0], y=middle[1], button="left", clickCount=1)

    def type(self, selector, text):
        self.run(
            "const field = document.querySelector(arguments[0]); field.focus();"
            "if (field.setSelectionRange) field.setSelectionRange(field.value.length, field.value.length)",
            selector,
        )
        self._ask("Input.insertText", text=text)

    def reload(self):
        self._leave(lambda: self._ask("Page.reload"))

    def back(self):
        history = self._ask("Page.getNavigationHistory")
        before = history["entries"][history["currentIndex"] - 1]
        self._leave(lambda: self._ask("Page.navigateToHistoryEntry", entryId=before["id"]))

    def _leave(self, go):
        """Wait for the page after this one: a mark on the page tells them apart."""
        self.run("window.isThePageBefore = true")
        go()
        self.wait_for("return !window.isThePageBefore && document.readyState === 'complete'")

    def close(self):
        _end(self._process)
        os.close(self._to_chromium)
        self._read.close()


def _changing_or_fault(fault: dict) -> Exception:
    """What WebDriver says of a page that goes while it is asked, or of anything else."""
    going = {"no such element", "stale element reference", "javascript error", "unknown error"}
    kind = PageIsChanging if fault["error"] in going else RuntimeError
    return kind(f"{fault['error']}: {fault['message']}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _wait_until(is_so) -> None:
    until = time.monotonic() + 2 * PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise TimeoutError("the browser did not start")
        time.sleep(0.05)


def _end(process: subprocess.Popen) -> None:
    """End a browser with all that it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(PATIENCE)
