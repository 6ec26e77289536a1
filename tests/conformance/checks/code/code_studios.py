"""Code studios: their definitions, states, conflicts and copies."""

from dss import equal, refused

ZONE = "code_studio-versioned"
ZONES = [ZONE, "project-lib-versioned"]


def _studio(dss, studio_id="Kd83mPq2"):
    return dss.project().get_code_studio(studio_id)


def _state(dss, studio_id="Kd83mPq2"):
    return _studio(dss, studio_id).get_status().state


def _report(result, severity, code, title, message):
    (only,) = result["messages"]["messages"]
    equal((only["severity"], only["code"], only["title"], only["message"]), (severity, code, title, message))
    equal(result["messages"]["error"], severity == "ERROR")


def the_list(dss):
    items = dss.project().list_code_studios()
    equal([item.id for item in items], ["Xb2c9Qd1", "Kd83mPq2", "Zt1y7Wn5"])
    first = items[0]
    equal((first.name, first.owner, first.template_id), ("maria-vscode", "maria", "vscode-py311"))
    equal((first.template_label, first.template_description),
          ("VS Code (Python 3.11)", "VS Code with project libraries"))
    equal(first._data["projectKey"], "SALES")
    assert "libName" not in first._data
    settings = first.to_code_studio().get_settings()
    equal((settings.id, settings.name, settings.owner, settings.template_id, settings.lib_name),
          ("Xb2c9Qd1", "maria-vscode", "maria", "vscode-py311", "maria-vscode"))
    equal((settings.get_raw()["projectKey"], settings.get_raw()["tags"]), ("SALES", []))
    equal(settings.get_raw()["versionTag"], {
        "versionNumber": 0, "lastModifiedBy": {"login": "maria"}, "lastModifiedOn": dss.now - 100 * 3_600_000,
    })
    equal([each.get_settings().id for each in dss.project().list_code_studios(as_type="objects")],
          [item.id for item in items])
    equal(dss.project("CHURN").list_code_studios(), [])


def where_they_stand(dss):
    status = _studio(dss).get_status()
    equal(status.state, "RUNNING")
    equal(int(status.last_state_change.timestamp() * 1000), dss.now - 2 * 3_600_000)
    equal(status.get_zones(), ZONES)
    equal(status.get_zones(as_type="objects"), [
        {"id": zone, "zone": zone, "pathInContainer": f"/home/dataiku/workspace/{zone}"} for zone in ZONES
    ])
    equal(status.get_raw()["exposed"], [
        {"label": "Editor", "port": 8181, "exposeHtml": True, "proxiedUrlSuffix": "$uri$is_args$args"},
    ])
    never = _studio(dss, "Zt1y7Wn5").get_status()
    equal((never.state, never.last_state_change, never.get_zones()), ("STOPPED", None, []))
    equal(never.get_raw()["exposed"], [])


def one_is_created_and_deleted(dss):
    made = dss.project().create_code_studio("nightly", "vscode-py311")
    settings = made.get_settings()
    equal((settings.name, settings.owner, settings.template_id, settings.lib_name),
          ("nightly", "admin", "vscode-py311", "nightly"))
    equal(made.get_status().state, "STOPPED")
    item = dss.project().list_code_studios()[-1]
    equal((item.id, item.name), (made.code_studio_id, "nightly"))
    made.delete()
    assert made.code_studio_id not in [each.id for each in dss.project().list_code_studios()]
    with refused("NotFoundException"):
        made.get_settings()
    body = {"name": "raw", "templateId": "streamlit"}
    raw = dss.client._perform_json("POST", "/projects/SALES/code-studios/", body=body)["codeStudio"]
    equal((raw["projectKey"], raw["name"], raw["owner"], raw["templateId"]), ("SALES", "raw", "admin", "streamlit"))
    theirs = dss.connect_as("maria").get_project("SALES").create_code_studio("hers", "streamlit")
    equal(theirs.get_settings().owner, "maria")
    for name, template in ((1, "vscode-py311"), ("", "vscode-py311"), ("x", None)):
        with refused("IllegalArgumentException"):
            dss.project().create_code_studio(name, template)
    with refused("NotFoundException", "nope"):
        dss.project().create_code_studio("x", "nope")


def one_is_stopped(dss):
    began = dss.now
    future = _studio(dss).stop()
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    equal(future.peek_state()["payload"]["type"], "CODE_STUDIO_STOP")
    equal(_state(dss), "STOPPING")
    equal(_studio(dss).get_status().get_zones(), [])
    for act in (_studio(dss).stop, _studio(dss).restart):
        with refused("IllegalArgumentException", "STOPPING"):
            act()
    dss.advance(10)
    equal(_state(dss), "STOPPED")
    _report(future.get_result(), "SUCCESS", "INFO_CODE_STUDIO", "Done", "stop of admin-vscode is done")
    equal(int(_studio(dss).get_status().last_state_change.timestamp() * 1000), began + 10_000)
    again = _studio(dss).stop()
    equal((again.job_id, again.state["hasResult"], again.state["alive"]), (None, True, False))


def one_is_started_and_restarted(dss):
    began = dss.now
    future = _studio(dss, "Zt1y7Wn5").restart()
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    equal(future.peek_state()["payload"]["type"], "CODE_STUDIO_START")
    equal(_state(dss, "Zt1y7Wn5"), "STARTING")
    _report(future.wait_for_result(), "SUCCESS", "INFO_CODE_STUDIO", "Done", "restart of maria-trial is done")
    equal(_state(dss, "Zt1y7Wn5"), "RUNNING")
    equal(int(_studio(dss, "Zt1y7Wn5").get_status().last_state_change.timestamp() * 1000), began + 20_000)
    future = _studio(dss).restart()
    equal(_state(dss), "STOPPING")
    dss.advance(10)
    equal(_state(dss), "STARTING")
    future.wait_for_result()
    equal(_state(dss), "RUNNING")


def what_fails_says_so(dss):
    dss.script("code-studios/SALES.Kd83mPq2", "fail", message="No image")
    _report(_studio(dss).stop().wait_for_result(), "ERROR", "ERR_CODE_STUDIO", "stop failed", "No image")
    equal(_state(dss), "RUNNING")
    _report(_studio(dss).restart().wait_for_result(), "ERROR", "ERR_CODE_STUDIO", "restart failed", "No image")
    equal(_state(dss), "STOPPED")
    dss.script("code-studios/SALES.Kd83mPq2", "warn", message="Evicted")
    result = _studio(dss).restart().wait_for_result()
    _report(result, "WARNING", "WARN_CODE_STUDIO", "Done with warnings", "Evicted")
    equal(_state(dss), "RUNNING")


def what_is_aborted_is_not_done(dss):
    future = _studio(dss).stop()
    future.abort()
    equal(_state(dss), "RUNNING")
    future = _studio(dss).restart()
    future.abort()
    dss.advance(60)
    equal(_state(dss), "STOPPED")


def files_are_pulled(dss):
    studio = _studio(dss, "Xb2c9Qd1")
    conflicts = studio.check_conflicts(ZONE)
    equal((conflicts.is_error, conflicts.authors), (False, ["admin"]))
    equal((conflicts.added, conflicts.modified, conflicts.deleted), (["notes.md"], ["src/app.py"], []))
    equal(list(conflicts.get_raw()), [ZONE])
    equal((conflicts.get_raw()[ZONE]["commitFrom"], conflicts.get_raw()[ZONE]["commitTo"]),
          ("1b0f0c4f2b0b6a1c4b1f5a0d9f7e6c5b4a392817", "9d2e7c6b5a49382716051b0f0c4f2b0b6a1c4b1f"))
    equal(studio.pull_from_code_studio(ZONE), None)
    after = studio.check_conflicts(ZONE)
    equal((after.authors, after.added, after.modified, after.deleted), ([], [], [], []))


def files_are_pushed(dss):
    studio = _studio(dss, "Xb2c9Qd1")
    equal(studio.push_to_code_studio(ZONE), {"count": 12, "size": 40_960})
    equal(studio.check_conflicts(ZONE).added, [])


def a_zone_that_is_not_there(dss):
    studio = _studio(dss)
    conflicts = studio.check_conflicts("nowhere")
    equal((conflicts.is_error, conflicts.get_raw()), (True, {"error": "No zone nowhere"}))
    for copy in (studio.pull_from_code_studio, studio.push_to_code_studio):
        with refused("NotFoundException", "nowhere"):
            copy("nowhere")


def one_that_does_not_run_has_no_zones(dss):
    studio = _studio(dss, "Zt1y7Wn5")
    for look in (studio.check_conflicts, studio.pull_from_code_studio, studio.push_to_code_studio):
        with refused("IllegalArgumentException", "does not run"):
            look(ZONE)


def the_owner_changes(dss):
    studio = _studio(dss)
    answer = studio.change_owner("lena")
    equal(answer, studio.get_settings().get_raw())
    equal(studio.get_settings().owner, "lena")
    hers = dss.connect_as("maria").get_project("SALES")
    with refused("UnauthorizedException", "not the owner"):
        hers.get_code_studio("Kd83mPq2").change_owner("maria")
    hers.get_code_studio("Xb2c9Qd1").change_owner("tom")
    equal(_studio(dss, "Xb2c9Qd1").get_settings().owner, "tom")
    with refused("NotFoundException", "nobody"):
        studio.change_owner("nobody")
    equal(studio.get_settings().owner, "lena")


def what_does_not_exist_is_refused(dss):
    nobody = _studio(dss, "nobody")
    for look in (
        nobody.get_settings, nobody.get_status, nobody.stop, nobody.restart, nobody.delete,
        lambda: nobody.check_conflicts(ZONE), lambda: nobody.pull_from_code_studio(ZONE),
        lambda: nobody.push_to_code_studio(ZONE), lambda: nobody.change_owner("lena"),
        dss.project("CHURN").get_code_studio("Kd83mPq2").get_settings,
    ):
        with refused("NotFoundException"):
            look()
    nowhere = dss.project("NOPE")
    for look in (nowhere.list_code_studios, lambda: nowhere.create_code_studio("x", "vscode-py311"),
                 nowhere.get_code_studio("Kd83mPq2").get_status):
        with refused("NOPE"):
            look()
