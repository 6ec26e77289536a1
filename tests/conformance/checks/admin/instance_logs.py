"""Logs of the instance."""

from datetime import datetime, timezone

from dss import equal, refused

DAY = 86_400_000


def _at(millis):
    return datetime.fromtimestamp(millis / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def logs_are_listed(dss):
    logs = dss.client.list_logs()
    equal([log["name"] for log in logs], ["backend.log", "nginx.log", "ipython.log"])
    equal([log["lastModified"] for log in logs], [dss.now - 90_000, dss.now - 12 * DAY, dss.now - DAY])
    equal([log["totalSize"] for log in logs], [len(dss.client.get_log(log["name"]).encode()) for log in logs])


def a_log_is_read(dss):
    expected = f"[{_at(dss.now - DAY)}] [main] [INFO] [notebook] - Kernel started: étude\n"
    equal(dss.client.get_log("ipython.log"), expected)
    equal(dss.client.get_log("nginx.log"), "")
    with refused("NotFoundException", "none.log"):
        dss.client.get_log("none.log")


def only_administrators_read_them(dss):
    client = dss.connect_as("maria")
    for call in (client.list_logs, lambda: client.get_log("backend.log")):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
