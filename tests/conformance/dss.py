"""What a check is given: a simulated DSS as new, the official client on it, and the controls of its server."""

import inspect
import time
from contextlib import contextmanager
from pathlib import Path

import requests
from dataikuapi import DSSClient
from dataikuapi.dss.future import DSSFuture
from dataikuapi.utils import DataikuException

# No wait of a check is longer, in seconds of the simulated DSS.
PATIENCE = 3600


class NeverEnds(BaseException):
    """The client waits for ever; no exception that the client or a check would catch."""


class Dss:
    """A simulated DSS whose time stands still, but for the sleeping of the client."""

    def __init__(self, url, key, ledger):
        self.url, self.key, self._ledger = url, key, ledger
        self._slept = 0.0
        self._controls = requests.Session()
        self._controls.auth = (key, "")
        self.client = self.connect(api_key=key)
        time.sleep = self._sleep

    def connect(self, **options):
        """The official client, with every reply looked at."""
        client = DSSClient(self.url, **options)
        client._session.hooks["response"].append(self._ledger.look)
        return client

    def connect_as(self, login, admin=False):
        """The official client with a key of a user."""
        self._post("keys", key=f"key-of-{login}", login=login, admin=admin)
        return self.connect(api_key=f"key-of-{login}")

    def add_ticket(self, ticket, login, admin=False):
        self._post("tickets", ticket=ticket, login=login, admin=admin)

    def project(self, key="SALES"):
        return self.client.get_project(key)

    def start_task(self, seconds, **options):
        """Starts a task; gives what DSS answers to the start."""
        return self._post("tasks", seconds=seconds, **options)

    def future(self, seconds, client=None, **options):
        """Starts a task; gives the official client's handle, made from what DSS answers to the start."""
        return DSSFuture.from_resp(client or self.client, self.start_task(seconds, **options))

    def script(self, thing, end, **outcome):
        self._post("script", object=thing, outcome={"end": end, **outcome})

    def restart(self, seconds):
        self._post("restart", seconds=seconds)

    def forget(self, future_id):
        self._post("forget", futureId=future_id)

    def advance(self, seconds):
        self._post("advance", seconds=seconds)

    @property
    def state(self):
        """What the simulated DSS knows."""
        return self._controls.get(f"{self.url}/simulator/state").json()

    @property
    def now(self):
        """Its time, in milliseconds since 1970."""
        return self.state["now"]

    @property
    def requests_received(self):
        return len(self.state["received"])

    def _post(self, control, **body):
        response = self._controls.post(f"{self.url}/simulator/{control}", json=body)
        if response.status_code != 200:
            raise RuntimeError(f"{control}: {response.text}")
        return response.json()

    def _sleep(self, seconds):
        self._slept += seconds
        if self._slept > PATIENCE:
            raise NeverEnds(f"After {PATIENCE} s the client still waits")
        self.advance(seconds)


def since(version):
    """A check of what an older client cannot do: it is not run with one."""
    def mark(check):
        check.since = version
        return check
    return mark


def equal(actual, expected):
    """Fails with both values when they differ."""
    assert actual == expected, f"{actual!r} is not {expected!r}"


@contextmanager
def refused(*words):
    """The client must raise its exception, with each of the words in it."""
    try:
        yield
    except DataikuException as error:
        for word in words:
            assert word in str(error), f"{word!r} is not in {error}"
    else:
        raise AssertionError(f"DSS has not refused: {words}")


def checks_in(modules):
    """The checks by name: each public function of a file of checks."""
    return {
        f"{name}.{function.__name__}": function
        for name, module in modules.items()
        for function in vars(module).values()
        if inspect.isfunction(function) and function.__module__ == module.__name__ and not function.__name__.startswith("_")
    }
