"""Makes calls of the official client that meet faults; `official_client.ts` starts it.

Reads a list of calls as JSON from stdin, and writes what came of each as JSON.
"""

import json
import os
import sys
import threading
import time

from dataikuapi import DSSClient
from dataikuapi.dss.future import DSSFuture
from dataikuapi.utils import DataikuException

# What has not ended by then is said to have no end, in seconds.
WATCHDOG = float(sys.argv[1])


def build(client):
    definition = {"type": "NON_RECURSIVE_FORCED_BUILD", "outputs": [{"type": "DATASET", "id": "orders_prepared"}]}
    return client.get_project("SALES"), definition


def read(client, call):
    return len(client.get_project("SALES").list_jobs()) == call["jobs"]


def put(client, call):
    client.get_project("CHURN").get_scenario("HOURLY_CHECK").set_payload("pass")
    return True


def delete(client, call):
    client.get_project("SALES").get_scenario(call["scenario"]).delete()
    return True


def start(client, call):
    project, definition = build(client)
    return bool(project.start_job(definition).id)


def stream_down(client, call):
    response = client.get_project("SALES").get_last_test_scenario_runs_report()
    return sum(len(piece) for piece in response.iter_content(1000)) == call["report"]


def wait(client, call):
    project, definition = build(client)
    return project.start_job_and_wait(definition) == "DONE"


def take(client, call):
    return DSSFuture.from_resp(client, call["future"]).wait_for_result() == {"rows": 7}


CALLS = {
    "read": read,
    "put": put,
    "delete": delete,
    "start": start,
    "stream down": stream_down,
    "wait": wait,
    "take": take,
}


def end(call):
    try:
        client = DSSClient(call["url"], api_key=call["key"])
        return {"end": "ok" if CALLS[call["kind"]](client, call) else "a wrong result"}
    except Exception as error:  # whatever it is, it is what the caller gets
        return {"end": type(error).__name__, "foreign": not isinstance(error, DataikuException)}


def play(index, call, said):
    said[index] = end(call)


calls = json.load(sys.stdin)
said = {}
threads = [threading.Thread(target=play, args=(index, call, said), daemon=True) for index, call in enumerate(calls)]
for thread in threads:
    thread.start()
limit = time.monotonic() + WATCHDOG
for thread in threads:
    thread.join(max(0.0, limit - time.monotonic()))
json.dump([said.get(index, {"end": "no end"}) for index in range(len(calls))], sys.stdout)
sys.stdout.flush()
# What hangs would keep the program.
os._exit(0)
