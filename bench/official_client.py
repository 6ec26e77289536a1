"""Measures the official client: a line with a task and a count comes in, a line with the seconds goes out."""

import shutil
import sys
import tempfile
import time

from dataikuapi import DSSClient
from dataikuapi.dss.sqlquery import DSSSQLQuery

client = DSSClient(sys.argv[1], "key")


def calls(count):
    for _ in range(count):
        client._perform_json("GET", "/futures/a")


def rows(count):
    for _ in range(count):
        read = 0
        for _row in client.sql_query("select", connection="c").iter_rows():
            read += 1
        assert read == 100_000, read


def up(count, folder):
    client.get_project("P").get_managed_folder("empty").upload_folder("/", folder)


def down(count, _):
    """The client has no way down for a folder: this is what its users write."""
    folder = client.get_project("P").get_managed_folder(f"files{count}")
    with tempfile.TemporaryDirectory() as target:
        items = folder.list_contents()["items"]
        assert len(items) == count, len(items)
        for item in items:
            with folder.get_file(item["path"]) as source, open(target + item["path"], "wb") as file:
                shutil.copyfileobj(source.raw, file)


for line in sys.stdin:
    named, count = line.split()
    task, *argument = named.split(":")
    since = time.perf_counter()
    {"calls": calls, "rows": rows, "up": up, "down": down}[task](int(count), *argument)
    print(time.perf_counter() - since, flush=True)
