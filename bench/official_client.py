"""Measures the official client: a line with a task and a count comes in, a line with what it took goes out."""

import json
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


for line in sys.stdin:
    task, count = line.split()
    since, cpu_since = time.perf_counter(), time.process_time()
    {"calls": calls, "rows": rows}[task](int(count))
    spent = {"seconds": time.perf_counter() - since, "cpu": time.process_time() - cpu_since}
    print(json.dumps(spent), flush=True)
