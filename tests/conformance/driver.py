"""Runs checks of the simulated DSS with the official client, each as a line of JSON asks for it.

{"url", "key", "check"} -> {"outcome": "passed" | "failed" | "broken", "detail", "seen": [fields], "driven": [members]}
The first line that it prints names the checks, and the members of the client that must be driven.
"""

import functools
import importlib
import inspect
import json
import signal
import sys
import traceback
import warnings
from pathlib import Path

import requests

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from dss import Dss, NeverEnds, checks_in  # noqa: E402
from replies import Ledger, Unexpected, read_tables  # noqa: E402

# No check takes longer, in seconds of the machine.
LIMIT = 30

driven = set()


def record(owner, name):
    """Lets a member of the client note that it was called."""
    plain = inspect.getattr_static(owner, name)
    label = f"{owner.__name__}.{name}"
    if isinstance(plain, property):
        def read(self):
            driven.add(label)
            return plain.fget(self)
        setattr(owner, name, property(read, plain.fset, plain.fdel, plain.__doc__))
        return label
    function = plain.__func__ if isinstance(plain, (staticmethod, classmethod)) else plain

    @functools.wraps(function)
    def called(*args, **options):
        driven.add(label)
        return function(*args, **options)

    setattr(owner, name, type(plain)(called) if function is not plain else called)
    return label


def is_member(member):
    return inspect.isfunction(member) or isinstance(member, (property, staticmethod, classmethod))


def record_all(members):
    """Records the members that the tables name; "*" stands for all public ones of a class, but for those with a "-" before them."""
    labels = []
    for place, names in members.items():
        module, owner_name = place.split(":")
        owner = member_of(module, owner_name)
        if owner is None:
            continue
        if "*" in names:
            public = [name for name, member in vars(owner).items() if not name.startswith("_") and is_member(member)]
            names = [name for name in public if f"-{name}" not in names]
        # An older client lacks some.
        labels += [record(owner, name) for name in names if hasattr(owner, name)]
    return labels


def member_of(module, name):
    """A class of the client; None when it is too old to have it."""
    try:
        return getattr(importlib.import_module(module), name, None)
    except ModuleNotFoundError:
        return None


def where(error):
    """The line of the check that failed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/checks/" in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}: {frames[-1].line}\n      " if frames else ""


def too_long(*_):
    raise NeverEnds(f"The check takes more than {LIMIT} s")


def run(function, url, key, tables):
    ledger = Ledger(tables)
    driven.clear()
    outcome, detail = "passed", None
    signal.alarm(LIMIT)
    try:
        function(Dss(url, key, ledger))
    except (Exception, NeverEnds, Unexpected) as error:
        outcome = "broken" if isinstance(error, requests.ConnectionError) else "failed"
        detail = f"{where(error)}{type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
    return {
        "outcome": outcome,
        "detail": detail,
        "seen": sorted(ledger.seen),
        "driven": sorted(driven),
    }


def main():
    out, sys.stdout = sys.stdout, sys.stderr

    def say(value):
        print(json.dumps(value), file=out, flush=True)

    signal.signal(signal.SIGALRM, too_long)
    warnings.simplefilter("ignore", DeprecationWarning)
    folder = HERE / "checks"
    members, tables, owners, ignored = read_tables(folder)
    labels = record_all(members)
    files = sorted(folder.glob("*/*.py"), key=lambda file: file.stem)
    checks = checks_in({file.stem: importlib.import_module(f"checks.{file.parent.name}.{file.stem}") for file in files})
    needed = {name: check.since for name, check in checks.items() if hasattr(check, "since")}
    say({"checks": list(checks), "since": needed, "members": labels, "tables": tables, "owners": owners, "ignored": ignored})
    for line in sys.stdin:
        asked = json.loads(line)
        say(run(checks[asked["check"]], asked["url"], asked["key"], tables))


main()
