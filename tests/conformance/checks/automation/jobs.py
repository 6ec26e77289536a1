"""Jobs: builds of datasets and other objects."""

import re

from dss import equal, refused, since

JOB_ID = re.compile(r"Build_(\w+)_NP_\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}")
JOINED = {"type": "RECURSIVE_BUILD", "outputs": [{"type": "DATASET", "id": "orders_joined", "partition": "NP"}]}
UPSTREAM = {**JOINED, "type": "RECURSIVE_FORCED_BUILD"}
JOIN = "recipes/SALES.compute_orders_joined"


def _build(name, kind="RECURSIVE_BUILD"):
    return {"type": kind, "outputs": [{"type": "DATASET", "id": name, "partition": "NP"}]}


def _stored(name, project_key="SALES", partition="NP"):
    return {
        "type": "DATASET",
        "targetDataset": name,
        "targetDatasetProjectKey": project_key,
        "targetPartition": partition,
    }


def _listed(project, job):
    return next(item for item in project.list_jobs() if item["def"]["id"] == job.id)


def _recipes(job):
    return sorted(activity["recipeName"] for activity in job.get_status()["baseStatus"]["activities"].values())


def the_past_is_listed(dss):
    (job,) = [job for job in dss.project().list_jobs() if job["def"]["triggeredFrom"] == "USER"]
    definition = job["def"]
    assert JOB_ID.fullmatch(definition["id"])
    equal(definition["name"], "Build_revenue_by_country_NP")
    equal(definition["type"], "RECURSIVE_BUILD")
    equal((definition["projectKey"], definition["initiator"]), ("SALES", "maria"))
    equal(definition["outputs"], [_stored("revenue_by_country")])
    equal((definition["mailNotification"], definition["refreshHiveMetastore"]), (False, False))
    equal((definition["refreshIntermediateMirrors"], definition["refreshTargetMirrors"]), (True, True))
    equal((job["state"], job["stableState"], job["warningsCount"]), ("FAILED", True, 0))
    equal(definition["initiationTimestamp"], dss.now - 4 * 3_600_000)
    assert definition["initiationTimestamp"] < job["startTime"] < job["endTime"] < dss.now
    (churn,) = [job for job in dss.project("CHURN").list_jobs() if job["def"]["triggeredFrom"] == "API"]
    equal((churn["state"], churn["warningsCount"], churn["def"]["initiator"]), ("DONE", 1, "API (admin)"))


def the_newest_job_is_first(dss):
    project = dss.project()
    first = project.start_job(JOINED)
    dss.advance(1)
    second = project.start_job(_build("orders_prepared"))
    equal([job["def"]["id"] for job in project.list_jobs()[:2]], [second.id, first.id])
    # The official client sends no limit, Dataiku's command line does.
    limited = dss.client._perform_json("GET", "/projects/SALES/jobs/", params={"limit": 1})
    equal([job["def"]["id"] for job in limited], [second.id])
    with refused("limit"):
        dss.client._perform_json("GET", "/projects/SALES/jobs/", params={"limit": "many"})


def jobs_of_one_moment_have_ids_of_their_own(dss):
    project = dss.project()
    started = [project.start_job(JOINED).id for _ in range(3)]
    equal(len(set(started)), 3)
    assert set(started) <= {job["def"]["id"] for job in project.list_jobs()}


def a_job_goes_through_its_states(dss):
    project, started = dss.project(), dss.now
    job = project.start_job(UPSTREAM)
    assert JOB_ID.fullmatch(job.id)
    status, listed = job.get_status()["baseStatus"], _listed(project, job)
    equal((status["state"], status["jobStartTime"], status["jobEndTime"]), ("NOT_STARTED", 0, 0))
    equal((listed["state"], listed["stableState"], listed["startTime"], listed["endTime"]), ("NOT_STARTED", False, 0, 0))
    assert "unexpectedFailure" not in status
    dss.advance(2)
    status, listed = job.get_status(), _listed(project, job)
    began = status["baseStatus"]["jobStartTime"]
    assert started <= began <= started + 2_000
    equal((status["baseStatus"]["state"], status["baseStatus"]["jobEndTime"]), ("RUNNING", 0))
    equal((listed["state"], listed["stableState"], listed["startTime"], listed["endTime"]), ("RUNNING", False, began, 0))
    equal(status["globalState"], {"total": 3, "done": 0, "failed": 0, "running": 2})
    dss.advance(60)
    status, listed = job.get_status(), _listed(project, job)
    ended = status["baseStatus"]["jobEndTime"]
    assert began < ended < dss.now
    equal((status["baseStatus"]["state"], status["baseStatus"]["jobStartTime"]), ("DONE", began))
    equal((listed["state"], listed["stableState"], listed["startTime"], listed["endTime"]), ("DONE", True, began, ended))
    equal(listed["warningsCount"], 0)
    equal(status["globalState"], {"total": 3, "done": 3, "failed": 0, "running": 0})


def activities_follow_the_flow(dss):
    job = dss.project().start_job(UPSTREAM)
    waiting = job.get_status()["baseStatus"]["activities"].values()
    equal({(each["state"], each["startTime"], each["endTime"]) for each in waiting}, {("NOT_STARTED", 0, 0)})
    dss.advance(60)
    base = job.get_status()["baseStatus"]
    activities = {each["recipeName"]: each for each in base["activities"].values()}
    equal(
        {name: each["recipeType"] for name, each in activities.items()},
        {"compute_orders_prepared": "shaker", "compute_customers_prepared": "shaker", "compute_orders_joined": "join"},
    )
    join = activities.pop("compute_orders_joined")
    equal(join["targets"], [{"type": "DATASET", "id": "orders_joined"}])
    equal((join["endTime"] - join["startTime"], join["endTime"]), (3_000, base["jobEndTime"]))
    for each in activities.values():
        equal(each["state"], "DONE")
        assert base["jobStartTime"] <= each["startTime"] < each["endTime"] <= join["startTime"]
    assert not any(key in join for key in ("firstFailure", "warnings"))


def a_status_names_its_job(dss):
    job = dss.project().start_job(JOINED)
    status, started = job.get_status(), dss.now
    definition = status["baseStatus"]["def"]
    equal((definition["id"], definition["name"]), (job.id, "Build_orders_joined_NP"))
    equal((definition["type"], definition["projectKey"]), ("RECURSIVE_BUILD", "SALES"))
    equal((definition["initiator"], definition["initiationTimestamp"]), ("admin", started))
    equal(definition["outputs"], [_stored("orders_joined")])
    equal(status["initiator"], {"login": "admin", "displayName": "admin"})


def starting_and_waiting_gives_the_state(dss):
    project = dss.project()
    equal(project.start_job_and_wait(JOINED), "DONE")
    equal(project.list_jobs()[0]["state"], "DONE")


def a_failure_is_raised_unless_it_is_not_wanted(dss):
    project = dss.project()
    dss.script(JOIN, "fail", message="Connection refused")
    with refused("Status: FAILED"):
        project.start_job_and_wait(JOINED)
    equal(project.start_job_and_wait(JOINED, no_fail=True), "FAILED")
    job = project.get_job(project.list_jobs()[0]["def"]["id"])
    status = job.get_status()
    activities = {each["recipeName"]: each for each in status["baseStatus"]["activities"].values()}
    equal(activities["compute_orders_joined"]["state"], "FAILED")
    equal(activities["compute_orders_joined"]["firstFailure"]["message"], "Connection refused")
    equal(status["globalState"]["failed"], 1)
    listed = _listed(project, job)
    equal((listed["state"], listed["stableState"]), ("FAILED", True))
    assert listed["startTime"] < listed["endTime"] == status["baseStatus"]["jobEndTime"]


def warnings_are_counted(dss):
    project = dss.project()
    dss.script(JOIN, "warn", message="Cannot parse 'x' as bigint")
    equal(project.start_job_and_wait(JOINED), "DONE")
    listed = project.list_jobs()[0]
    equal(listed["warningsCount"], 1)
    activities = project.get_job(listed["def"]["id"]).get_status()["baseStatus"]["activities"].values()
    (warned,) = [each["warnings"]["warnings"] for each in activities if "warnings" in each]
    ((kind, warning),) = warned.items()
    equal((warning["type"], warning["count"]), (kind, 1))
    equal([stored["message"] for stored in warning["stored"]], ["Cannot parse 'x' as bigint"])


def the_type_decides_what_is_built(dss):
    project = dss.project("LOGISTICS")  # parcels_raw -> parcels_prepared -> routes: nothing is built yet

    def build(kind, name="routes"):
        job = project.start_job(_build(name, kind))
        dss.advance(120)
        equal(job.get_status()["baseStatus"]["state"], "DONE")
        return _recipes(job)

    equal(build("NON_RECURSIVE_FORCED_BUILD"), ["compute_routes"])
    equal(build("RECURSIVE_MISSING_ONLY_BUILD"), ["compute_parcels_prepared", "compute_routes"])
    equal(build("RECURSIVE_BUILD"), [])
    equal(build("RECURSIVE_MISSING_ONLY_BUILD"), [])
    equal(build("RECURSIVE_FORCED_BUILD"), ["compute_parcels_prepared", "compute_routes"])
    equal(build("NON_RECURSIVE_FORCED_BUILD", "parcels_prepared"), ["compute_parcels_prepared"])
    equal(build("RECURSIVE_MISSING_ONLY_BUILD"), [])  # what is there is not missing, although it is out of date
    equal(build("RECURSIVE_BUILD"), ["compute_routes"])


@since("14.3")
def a_builder_says_everything(dss):
    builder = dss.project().new_job("RECURSIVE_BUILD")
    builder.with_output("orders_joined").with_output("features", "DATASET", "CHURN", "2025-10-01")
    builder.with_output("exports", object_type="MANAGED_FOLDER", partition="2025-09")
    builder.with_output("churn", object_type="SAVED_MODEL", object_project_key="CHURN")
    builder.with_refresh_metastore(True).with_auto_update_schema_before_each_recipe_run(True)
    builder.with_type("NON_RECURSIVE_FORCED_BUILD")
    equal(builder.get_definition()["type"], "NON_RECURSIVE_FORCED_BUILD")
    job = builder.start()
    definition = _listed(dss.project(), job)["def"]
    equal(definition["type"], "NON_RECURSIVE_FORCED_BUILD")
    equal(definition["refreshHiveMetastore"], True)
    equal(definition["autoUpdateSchemaBeforeEachRecipeRun"], True)
    folder = {"targetManagedFolder": "exports", "targetManagedFolderProjectKey": "SALES", "targetPartition": "2025-09"}
    model = {"targetSavedModel": "churn", "targetSavedModelProjectKey": "CHURN"}
    equal(definition["outputs"], [
        _stored("orders_joined"),
        _stored("features", "CHURN", "2025-10-01"),
        {"type": "MANAGED_FOLDER", **folder},
        {"type": "SAVED_MODEL", **model},
    ])
    equal(job.get_status()["baseStatus"]["def"]["outputs"], definition["outputs"])


def a_definition_has_defaults(dss):
    project = dss.project()
    job = project.new_job().with_output("orders_joined").start()
    definition = _listed(project, job)["def"]
    equal((definition["type"], definition["refreshHiveMetastore"]), ("NON_RECURSIVE_FORCED_BUILD", False))
    equal((definition["initiator"], definition["triggeredFrom"]), ("API (admin)", "API"))
    equal(definition["initiationTimestamp"], dss.now)
    plain = project.start_job({"outputs": [{"id": "orders_joined"}]})
    equal(_listed(project, plain)["def"]["outputs"], [_stored("orders_joined")])


def a_builder_starts_and_waits(dss):
    project = dss.project()
    job = project.new_job("RECURSIVE_BUILD").with_output("orders_joined").start_and_wait()
    equal(job.get_status()["baseStatus"]["state"], "DONE")
    dss.script(JOIN, "fail", times=2)
    builder = project.new_job_definition_builder().with_output("orders_joined")
    with refused("Status: FAILED"):
        builder.start_and_wait()
    equal(builder.start_and_wait(no_fail=True).get_status()["baseStatus"]["state"], "FAILED")


def an_abort_ends_a_job(dss):
    project = dss.project()
    job = project.start_job(JOINED)
    dss.advance(2)
    equal(job.abort(), {"msg": f"Job {job.id} aborted"})
    aborted = dss.now
    dss.advance(60)
    base, listed = job.get_status()["baseStatus"], _listed(project, job)
    equal((base["state"], base["jobEndTime"]), ("ABORTED", aborted))
    equal((listed["state"], listed["stableState"], listed["endTime"]), ("ABORTED", True, aborted))
    states = {activity["recipeName"]: activity["state"] for activity in base["activities"].values()}
    assert "DONE" not in states.values() and "RUNNING" not in states.values(), states
    job.abort()
    equal(job.get_status()["baseStatus"]["jobEndTime"], aborted)


def a_job_that_is_aborted_before_it_starts_has_no_times(dss):
    project = dss.project()
    job = project.start_job(JOINED)
    job.abort()
    dss.advance(60)
    listed = _listed(project, job)
    equal((listed["state"], listed["stableState"], listed["startTime"], listed["endTime"]), ("ABORTED", True, 0, 0))


def an_aborted_job_is_raised_unless_it_is_not_wanted(dss):
    project = dss.project()
    dss.script(JOIN, "abort")
    with refused("Status: ABORTED"):
        project.start_job_and_wait(JOINED)
    equal(project.start_job_and_wait(JOINED, no_fail=True), "ABORTED")


def a_log_grows_with_its_job(dss):
    job = dss.project().start_job(JOINED)
    activity = next(iter(job.get_status()["baseStatus"]["activities"]))
    first = job.get_log()
    assert job.id in first
    equal(job.get_log(activity), "")
    dss.advance(60)
    whole, part = job.get_log(), job.get_log(activity=activity)
    assert whole.startswith(first) and len(whole) > len(first)
    assert 0 < len(part) < len(whole)
    assert set(part.splitlines()) <= set(whole.splitlines())
    assert activity in part
    equal(job.get_log("nobody"), "")


def a_log_says_what_failed(dss):
    dss.script(JOIN, "fail", message="Out of memory")
    project = dss.project()
    project.start_job_and_wait(JOINED, no_fail=True)
    assert "Out of memory" in project.get_job(project.list_jobs()[0]["def"]["id"]).get_log()


def what_does_not_exist_is_refused(dss):
    project = dss.project()
    before = project.list_jobs()
    nobody = project.get_job("Build_nothing_NP_2025-01-01T00-00-00.000")
    for look in (nobody.get_status, nobody.get_log, nobody.abort):
        with refused("NotFoundException", "Build_nothing_NP_2025-01-01T00-00-00.000"):
            look()
    with refused("NotFoundException", "SALES.nothing"):
        project.start_job(_build("nothing"))
    elsewhere = dss.project("NOWHERE")
    # DSS says of a project that does not exist that one may not see it.
    for look in (elsewhere.list_jobs, elsewhere.get_job("x").get_status, lambda: elsewhere.start_job(JOINED)):
        with refused("UnauthorizedException", "NOWHERE"):
            look()
    # A job of another project is not found either.
    with refused("NotFoundException"):
        dss.project("CHURN").get_job(before[0]["def"]["id"]).get_status()
    equal(project.list_jobs(), before)


def a_build_that_makes_no_sense_is_refused(dss):
    nonsense = [
        {"type": "BUILD_ALL", "outputs": JOINED["outputs"]},
        {**JOINED, "outputs": []},
        {**JOINED, "outputs": [{**JOINED["outputs"][0], "partition": "2025-10-01"}]},
    ]
    for definition in nonsense:
        with refused("IllegalArgumentException"):
            dss.project().start_job(definition)


def a_definition_that_is_none_is_refused(dss):
    project = dss.project()
    before = project.list_jobs()
    for definition in ({}, {"type": "RECURSIVE_BUILD"}, {"outputs": "orders_joined"}, {"outputs": [{}]}, {"outputs": [None]}):
        with refused("IllegalArgumentException"):
            project.start_job(definition)
    equal(project.list_jobs(), before)


def ids_are_taken_in_every_spelling(dss):
    project = dss.project()
    job = project.start_job(JOINED)
    for spelling in (job.id.replace(".", "%2E"), job.id.replace("_", "%5F")):
        equal(project.get_job(spelling).get_status()["baseStatus"]["def"]["id"], job.id)
        assert job.id in project.get_job(spelling).get_log()


def a_restart_aborts_what_runs(dss):
    project = dss.project()
    job = project.start_job(JOINED)
    dss.advance(2)
    dss.restart(60)
    with refused("503"):
        job.get_status()
    dss.advance(60)
    equal(job.get_status()["baseStatus"]["state"], "ABORTED")


@since("15.2")
def jobs_that_run_are_listed(dss):
    project, maria = dss.project(), dss.connect_as("maria")
    equal((project.list_running_jobs(), dss.client.list_running_jobs()), ([], []))
    job = project.start_job(JOINED)
    other = maria.get_project("CHURN").start_job({"type": "NON_RECURSIVE_FORCED_BUILD", "outputs": [{"id": "features"}]})
    ids = lambda jobs: [(each.project_key, each.job_id) for each in jobs]
    equal(ids(project.list_running_jobs()), [("SALES", job.id)])
    equal(ids(dss.client.list_running_jobs()), [("SALES", job.id), ("CHURN", other.id)])
    equal(ids(dss.client.list_running_jobs(all_users=False)), [("SALES", job.id)])
    equal(ids(maria.list_running_jobs(all_users=False)), [("CHURN", other.id)])
    dss.advance(1)
    (item,) = project.list_running_jobs()
    equal(item, next(each for each in project.list_jobs() if each["def"]["id"] == job.id))
    equal(next(each for each in dss.client.list_running_jobs() if each.job_id == job.id), item)
    equal(int(item.start_time.timestamp() * 1000), item["startTime"])
    equal((item.end_time, item.to_job().id), (None, job.id))
    equal([each.id for each in project.list_running_jobs(as_type="objects")], [job.id])
    job.abort()
    equal((project.list_running_jobs(), ids(dss.client.list_running_jobs())), ([], [("CHURN", other.id)]))
    with refused("NotFoundException", "NOWHERE"):
        dss.project("NOWHERE").list_running_jobs()
