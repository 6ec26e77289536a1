"""Scenario runs: fires that become runs, and how runs end."""

from dss import equal, refused, since

NINE = 1_759_309_200_000  # 2025-10-01T09:00Z, when a check begins
NIGHT = "scenarios/SALES.NIGHTLY_BUILD"
AT = "\n\tat com.dataiku.dip.simulated.Scenario.run(Scenario.java:1)"
MANUAL = {"id": "manual", "type": "manual", "name": "API run", "delay": 0, "active": False}


def _nightly(dss):
    return dss.project().get_scenario("NIGHTLY_BUILD")


def _millis(time):
    return round(time.timestamp() * 1000)


@since("14.3")
def a_fire_becomes_a_run(dss):
    fire = _nightly(dss).run({"country": "FR", "deep": {"x": [1]}})
    raw = fire.get_raw()
    context = raw.pop("triggerAuthCtx")
    equal(dict(raw), {
        "projectKey": "SALES",
        "scenarioId": "NIGHTLY_BUILD",
        "trigger": MANUAL,
        "runId": "2025-10-01-09-00-00-000",
        "timestamp": NINE,
        "cancelled": False,
        "params": {"country": "FR", "deep": {"x": [1]}},
    })
    equal({key: context[key] for key in context if key != "apiKey"}, {
        "authSource": "PERSONAL_API_KEY",
        "realUserLogin": "admin",
        "userGroups": ["administrators"],
        "userProfile": "FULL_DESIGNER",
        "via": [],
        "userGroupLevelPermissions": {"admin": True, "mayCreateProjects": True},
    })
    equal((fire.trigger_id, fire.run_id), ("manual", "2025-10-01-09-00-00-000"))
    equal(fire.get_scenario_run(), None)
    dss.advance(1)
    run = fire.get_scenario_run()
    equal(dict(run.get_info()), {
        "scenario": {
            "projectKey": "SALES",
            "id": "NIGHTLY_BUILD",
            "name": "Nightly build",
            "type": "step_based",
            "active": True,
            "runAsUser": None,
            "markedAsTest": False,
        },
        "runId": "2025-10-01-09-00-01-000",
        "start": NINE + 1_000,
        "end": 0,
        "trigger": dict(raw),
        "runAsUser": {"authSource": "USER_FROM_UI", "realUserLogin": "maria"},
        "variables": {},
        "clustersUsed": [],
        "reportersStates": [],
    })
    equal(fire.get_scenario_run().get_info(), _nightly(dss).get_current_run().get_info())


@since("14.3")
def a_fire_is_read_again(dss):
    scenario = _nightly(dss)
    fire = scenario.run({"a": 1})
    later = scenario.run({"a": 2})
    read = scenario.get_trigger_fire(later.trigger_id, later.run_id)
    equal(dict(read.get_raw()), dict(later.get_raw()))
    equal((fire.is_cancelled(), fire.is_cancelled(refresh=True)), (False, True))
    equal((later.is_cancelled(refresh=True), read.is_cancelled()), (False, False))
    for trigger_id, run_id in (("manual", "2020-01-01-00-00-00-000"), ("other", later.run_id)):
        with refused("NotFoundException"):
            scenario.get_trigger_fire(trigger_id, run_id)


@since("14.3")
def a_run_belongs_to_its_fire(dss):
    load = dss.project().get_scenario("LOAD_COUNTRY")
    first, second = load.run({"n": 1}), load.run({"n": 2})
    dss.advance(60)
    runs = [fire.get_scenario_run() for fire in (first, second)]
    equal([run.get_info()["trigger"]["params"] for run in runs], [{"n": 1}, {"n": 2}])
    equal([run.trigger for run in runs], [MANUAL, MANUAL])
    assert runs[0].get_end_time() < runs[1].get_start_time()
    stranger = type(first)(load, {**first.get_raw(), "trigger": {"id": "other"}})
    equal(stranger.get_scenario_run(), None)


def running_and_waiting_gives_the_run(dss):
    scenario = _nightly(dss)
    run = scenario.run_and_wait({"x": 1})
    equal((run.outcome, run.running, run.trigger), ("SUCCESS", False, MANUAL))
    info = run.get_info()
    equal(info["trigger"]["params"], {"x": 1})
    result = dict(info["result"])
    equal(result, {
        "type": "SCENARIO_DONE",
        "outcome": "SUCCESS",
        "target": {"type": "SCENARIO", "projectKey": "SALES", "scenarioId": "NIGHTLY_BUILD"},
        "start": info["start"],
        "end": info["end"],
        "endTime": info["end"],
    })
    assert NINE < info["start"] < info["end"] < dss.now
    equal((_millis(run.start_time), _millis(run.end_time)), (info["start"], info["end"]))
    equal((run.get_duration(), run.duration), ((info["end"] - info["start"]) / 1000,) * 2)


@since("14.3")
def a_failure_is_raised_unless_it_is_not_wanted(dss):
    scenario = _nightly(dss)
    dss.script(NIGHT, "fail", message="Disk is full")
    with refused("Scenario run returned status FAILED"):
        scenario.run_and_wait()
    run = scenario.run_and_wait(no_fail=True)
    equal(run.outcome, "FAILED")
    thrown = run.get_info()["result"]["thrown"]
    equal((thrown["clazz"], thrown["title"], thrown["message"]), ("java.lang.Exception", "Step failed", "Disk is full"))
    equal(thrown["stack"], f"java.lang.Exception: Disk is full{AT}")
    tail = run.get_info()["result"]["logTail"]
    equal((tail["totalLines"], len(tail["lines"]), len(tail["status"])), (9, 9, 9))
    assert "Disk is full" in tail["lines"][2] and tail["status"][2] > tail["status"][1]
    dss.script(NIGHT, "warn")
    fire = scenario.run()
    found = fire.wait_for_scenario_run()
    found.wait_for_completion(no_fail=True)
    equal(found.outcome, "WARNING")
    with refused("WARNING"):
        found.wait_for_completion()


def a_cancelled_fire_has_no_run(dss):
    scenario = _nightly(dss)
    dss.script(NIGHT, "cancel")
    fire = scenario.run()
    with refused("cancelled"):
        fire.wait_for_scenario_run()
    equal(scenario.run().wait_for_scenario_run(no_fail=True), None)
    equal(fire.get_scenario_run(), None)


def a_fire_waits_while_the_scenario_runs(dss):
    scenario = _nightly(dss)  # of several that wait, the last one counts
    first = scenario.run()
    dss.advance(2)
    second, third = scenario.run(), scenario.run()
    dss.advance(2)
    equal([fire.is_cancelled(refresh=True) for fire in (first, second, third)], [False, True, False])
    equal(third.get_scenario_run(), None)
    run = third.wait_for_scenario_run()
    assert run.start_time >= first.get_scenario_run().end_time
    check = dss.project("CHURN").get_scenario("HOURLY_CHECK")  # which dismisses them
    check.run()
    dss.advance(2)
    equal(check.run().is_cancelled(), True)


@since("14.3")
def an_abort_ends_the_run(dss):
    scenario = _nightly(dss)
    fire = scenario.run()
    dss.advance(5)
    run = fire.get_scenario_run()
    equal(scenario.abort(), {"msg": "abort requested"})
    run.refresh()
    equal((scenario.get_status().running, run.running), (False, True))
    dss.advance(1)
    run.refresh()
    equal((run.outcome, run.get_info()["end"]), ("ABORTED", dss.now))
    step = run.get_details().last_step
    equal((step.outcome, step["additionalReportItems"][0]["outcome"]), ("ABORTED", "ABORTED"))
    equal(dss.project().get_job(step.job_ids[0]).get_status()["baseStatus"]["state"], "ABORTED")
    with refused("ABORTED"):
        run.wait_for_completion()
    equal(scenario.abort(), {"msg": "abort requested"})  # nothing runs any more


def an_abort_of_its_future_ends_the_run(dss):
    scenario = _nightly(dss)
    scenario.run()
    dss.advance(5)
    (state,) = dss.client.list_running_scenarios(all_users=True)
    equal(state["payload"]["targets"][0]["objectId"], "NIGHTLY_BUILD")
    dss.client.get_future(state["jobId"]).abort()
    dss.advance(1)
    equal(scenario.get_last_finished_run().outcome, "ABORTED")
    equal(dss.client.list_running_scenarios(all_users=True), [])


def a_restart_aborts_runs_and_loses_fires(dss):
    scenario = _nightly(dss)
    first = scenario.run()
    dss.advance(5)
    second = scenario.run()
    dss.restart(60)
    with refused("503"):
        first.get_scenario_run()
    dss.advance(60)
    equal(first.get_scenario_run().outcome, "ABORTED")
    equal(second.get_scenario_run(), None)
    with refused("NotFoundException"):
        second.is_cancelled(refresh=True)


def a_scenario_follows_another(dss):
    follower = dss.project("CHURN").get_scenario("SCORE_AFTER_SALES")
    before = len(follower.get_last_runs())
    dss.script(NIGHT, "fail", times=1)
    _nightly(dss).run_and_wait(no_fail=True)
    dss.advance(60)
    equal(len(follower.get_last_runs()), before)
    run = _nightly(dss).run_and_wait()
    dss.advance(60)
    last = follower.get_last_runs(1)[0]
    equal((last.trigger["type"], _millis(last.start_time)), ("follow_scenariorun", _millis(run.end_time) + 1_000))


@since("14.3")
def what_does_not_exist_is_refused(dss):
    nobody, nowhere = dss.project().get_scenario("NOBODY"), dss.project("NOWHERE")
    fire = type(_nightly(dss).run())
    lost = fire(nobody, {"trigger": MANUAL, "runId": "x"})
    looks = (
        nobody.run,
        nobody.abort,
        nobody.get_last_runs,
        lambda: nobody.get_runs_by_date("2025-10-01", "2025-10-02"),
        lambda: nobody.get_run("x"),
        lambda: nobody.get_trigger_fire("manual", "x"),
        lost.get_scenario_run,
    )
    for look in looks:
        with refused("NotFoundException", "NOBODY"):
            look()
    run = dss.project().get_scenario("TEST_SMOKE").get_last_runs()[0]
    run.get_info()["runId"] = "2020-01-01-00-00-00-000"
    for look in (run.refresh, run.get_details, run.get_log, run.get_report, lambda: run.get_step_run_report("build")):
        with refused("NotFoundException", "2020-01-01-00-00-00-000"):
            look()
    for look in (
        nowhere.get_testing_status,
        nowhere.get_last_test_scenario_runs_report,
        nowhere.get_last_test_scenario_runs_html_report,
    ):
        with refused("UnauthorizedException"):
            look()
    with refused("IllegalArgumentException", "parameters"):
        _nightly(dss).run([1])
