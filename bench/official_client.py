"""Measures the official client: a line with a task and a count comes in, a line with the seconds goes out."""

import sys
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


def dataset_rows(count):
    for _ in range(count):
        read = 0
        for _row in client.get_project("P").get_dataset("D").iter_rows():
            read += 1
        assert read == 100_000, read


for line in sys.stdin:
    task, count = line.split()
    since = time.perf_counter()
    {"calls": calls, "rows": rows, "dataset_rows": dataset_rows}[task](int(count))
    print(time.perf_counter() - since, flush=True)
