"""Notebooks that run, and their kernels."""

from dataikuapi.dss.notebook import DSSNotebook
from dss import equal, refused

HOUR = 3_600_000


def _names(notebooks):
    return [(each["projectKey"], each["name"]) for each in notebooks]


def notebooks_that_run_are_listed(dss):
    listed = dss.client.list_running_notebooks(as_objects=False)
    equal(_names(listed), [("SALES", "explore orders"), ("CHURN", "features")])
    equal(listed[0]["language"], "python")
    first, second = listed[0]["activeSessions"]
    equal((first["sessionId"], first["kernelId"], first["kernelPid"]), ("session-a1", "kernel-a1", 4002))
    equal((first["kernelConnections"], first["kernelExecutionState"]), (1, "idle"))
    equal((first["sessionCreator"], first["sessionCreatorDisplayName"]), ("maria", "Maria Lopez"))
    equal(first["sessionUnixOwner"], "dataiku")
    equal((first["sessionStartTime"], first["kernelLastActivityTime"]), (dss.now - 50 * HOUR, dss.now - 49 * HOUR))
    equal(second["sessionCreator"], "admin")
    equal(_names(dss.project("CHURN").list_running_notebooks(as_objects=False)), [("CHURN", "features")])
    equal(dss.project("LOGISTICS").list_running_notebooks(), [])


def a_session_is_unloaded(dss):
    sales, churn = dss.client.list_running_notebooks()
    equal([session["sessionId"] for session in sales.get_sessions()], ["session-a1", "session-b22"])
    sales.unload(session_id="session-a1")
    [sales] = dss.project("SALES").list_running_notebooks()
    equal([session["sessionId"] for session in sales.get_sessions()], ["session-b22"])
    state = DSSNotebook(dss.client, "SALES", "explore orders").get_state()
    equal((state["name"], [session["sessionId"] for session in state["activeSessions"]]), ("explore orders", ["session-b22"]))
    equal((state["projectKey"], state["language"]), ("SALES", "python"))
    churn.unload()
    equal(_names(dss.client.list_running_notebooks(as_objects=False)), [("SALES", "explore orders")])
    equal(dss.project("CHURN").list_running_notebooks(), [])


def what_is_not_there_is_refused(dss):
    before = dss.state["notebooks"]
    [notebook] = dss.project("CHURN").list_running_notebooks()
    with refused("NotFoundException", "Session nobody"):
        notebook.unload(session_id="nobody")
    for project, name in (("CHURN", "nothing"), ("NOWHERE", "features")):
        path = f"/projects/{project}/notebooks/"
        with refused("NotFoundException"):
            dss.client._perform_json("GET", path, params={"notebookName": name})
        with refused("NotFoundException"):
            dss.client._perform_json("DELETE", path, params={"notebookName": name, "sessionId": "session-c333"})
    with refused("NotFoundException"):
        dss.project("NOWHERE").list_running_notebooks()
    with refused("UnauthorizedException", "maria is not an administrator"):
        dss.connect_as("maria").list_running_notebooks()
    equal(dss.state["notebooks"], before)
