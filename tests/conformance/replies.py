"""What the official client reads of the replies, and whether it was really there.

Each noun has a table beside its checks: per route, the fields that the client reads or that DSS always sends, with their types.
A "?" before a type says that the evidence calls the field optional: then it may be absent or null.
"?never" is what the client looks for and the embedded DSS has no reason to send: it answers at once, or leaves it out.
Where a reply is no JSON, the table says its media type instead of fields, or "empty".
"""

import copy
import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import urlsplit

import dataikuapi

_CLIENT = os.path.dirname(dataikuapi.__file__)
_PREFIX = re.compile(r"^/+(dip/publicapi|public/api)(?=/)")
_ABSENT = object()


class Unexpected(BaseException):
    """A reply is not as the evidence says; no exception that the client or a check would catch."""


_TYPES = {
    "any": lambda value: True,
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "number": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "never": lambda value: False,
}


def _parts(path):
    return re.findall(r"\[\]|[^.\[\]]+", path)


def _values(value, parts):
    """The values at a path; a leaf that is not there is _ABSENT, a branch that is not there is the matter of its own entry."""
    if not parts:
        yield value
        return
    head, rest = parts[0], parts[1:]
    if head == "[]":
        for item in value if isinstance(value, list) else [_ABSENT]:
            yield from _values(item, rest)
    elif head == "*":
        for item in value.values() if isinstance(value, dict) else [_ABSENT]:
            yield from _values(item, rest)
    elif isinstance(value, dict) and head in value:
        yield from _values(value[head], rest)
    elif not rest and value is not None:
        yield _ABSENT


class _Read:
    """A place in a reply, which notes what the client reads below it."""

    def __init__(self, path, ledger, route):
        self.path, self.ledger, self.route = path, ledger, route

    def below(self, key):
        exact = f"{self.path}.{key}" if self.path else key
        wild = f"{self.path}.*" if self.path else "*"
        fields = self.ledger.tables[self.route]
        known = any(field == exact or field.startswith((exact + ".", exact + "[")) for field in fields)
        taken = wild if not known and any(field == wild or field.startswith(wild + ".") for field in fields) else exact
        return _Read(taken, self.ledger, self.route)

    def note(self, key):
        if sys._getframe(3).f_code.co_filename.startswith(_CLIENT):
            path = self.below(key).path
            if not path.endswith("*") and path not in self.ledger.tables[self.route]:
                raise Unexpected(f"The client reads {path} of {self.route}, which no table names")


class _Object(dict):
    """A JSON object of a reply; it stays a dict for whoever takes it as one."""

    def __init__(self, value, read):
        super().__init__((key, _tracked(item, read.below(key))) for key, item in value.items())
        self._read, self._written = read, set()

    def __setitem__(self, key, value):
        self._written.add(key)
        super().__setitem__(key, value)

    def __getitem__(self, key):
        self._note(key)
        return super().__getitem__(key)

    def get(self, key, default=None):
        self._note(key)
        return super().get(key, default)

    def __contains__(self, key):
        self._note(key)
        return super().__contains__(key)

    def pop(self, key, *default):
        self._note(key)
        return super().pop(key, *default)

    def __deepcopy__(self, memo):
        return copy.deepcopy(dict(self), memo)

    def _note(self, key):
        """What was written by the client was not read from the reply."""
        if key not in self._written:
            self._read.note(key)


def _tracked(value, read):
    if isinstance(value, dict):
        return _Object(value, read)
    if isinstance(value, list):
        item = _Read(f"{read.path}[]", read.ledger, read.route)
        return [_tracked(each, item) for each in value]
    return value


class Ledger:
    """Looks at every reply that the client gets."""

    def __init__(self, tables):
        self.tables = tables
        self.patterns = [
            (route.split(" ")[0], re.compile(re.sub(r":\w+", "[^/]+", re.escape(route.split(" ")[1])).replace(r"\*", ".+") + ("$" if route.endswith("/") else "/?$")), route)
            for route in tables
        ]
        self.seen = set()

    def route_of(self, method, path):
        # A fixed segment is nearer than a hole: the route with the fewest holes wins.
        found = [route for verb, pattern, route in self.patterns if verb == method and pattern.match(path)]
        return min(found, key=lambda route: route.count(":"), default=None)

    def look(self, response, *_args, **_options):
        """The hook of a session of requests."""
        if response.status_code >= 300:
            return
        # DSS takes "//", which the client sends here and there, for "/".
        path = re.sub("/{2,}", "/", _PREFIX.sub("", urlsplit(response.url).path))
        route = self.route_of(response.request.method, path)
        if route is None:
            raise Unexpected(f"No table names {response.request.method} {path}")
        for problem in self._verify(route, response):
            raise Unexpected(problem)

    def _verify(self, route, response):
        fields = self.tables[route]
        if fields == "empty":
            if response.content != b"":
                yield f"{route} is not empty"
        elif isinstance(fields, str):
            if not response.headers.get("content-type", "").startswith(fields):
                yield f"{route} is {response.headers.get('content-type')}, not {fields}"
        else:
            value = response.json()
            expected = list if any(field.startswith("[]") for field in fields) else dict
            if not isinstance(value, expected):
                yield f"{route} is no {expected.__name__}"
                return
            for field, kind in fields.items():
                yield from self._verify_field(route, value, field, kind)
            tracked = _tracked(value, _Read("", self, route))
            response.json = lambda **_options: tracked

    def _verify_field(self, route, value, field, kind):
        optional, fits = kind.startswith("?"), _TYPES[kind.lstrip("?")]
        for found in _values(value, _parts(field)):
            if found is _ABSENT or found is None and kind != "any":
                if not optional:
                    yield f"{route} has no {field}"
            elif fits(found):
                self.seen.add(f"{route} {field}")
            else:
                yield f"{field} of {route} is {json.dumps(found)}, not of type {kind.lstrip('?')}"


def read_tables(folder: Path):
    """The tables of all nouns: the members that they name, what they say of replies, which noun owns a route, what a route ignores."""
    members, replies, owners, ignored = {}, {}, {}, {}
    for file in sorted(folder.glob("*/*.json")):
        table = json.loads(file.read_text())
        for route, fields in table["replies"].items():
            if route in owners:
                raise ValueError(f"Both {owners[route]} and {file.stem} have a table of {route}")
            replies[route], owners[route] = fields, file.stem
        for place, names in table["members"].items():
            before = members.get(place, [])
            members[place] = "*" if "*" in (names, before) else [*before, *names]
        ignored.update(table.get("ignored", {}))
    return members, replies, owners, ignored
