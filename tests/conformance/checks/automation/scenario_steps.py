"""The steps of scenario runs, their errors and logs."""

from dss import equal, since

NINE = 1_759_309_200_000  # 2025-10-01T09:00Z, when a check begins
NIGHT = "scenarios/SALES.NIGHTLY_BUILD"
JOIN = "recipes/SALES.compute_orders_joined"
AT = "\n\tat com.dataiku.dip.simulated.Scenario.run(Scenario.java:1)"


def _nightly(dss):
    return dss.project().get_scenario("NIGHTLY_BUILD")


def _outcomes(details):
    return [(step["step"]["id"], step.outcome) for step in details.steps]


def steps_are_told_one_by_one(dss):
    scenario = _nightly(dss)
    fire = scenario.run()
    dss.advance(5)
    details = fire.get_scenario_run().get_details()
    equal(dict(details["scenarioRun"]), dict(fire.get_scenario_run().get_info()))
    (done, going) = details.steps
    equal((details.last_step["step"]["id"], going["end"]), ("build_revenue", 0))
    assert "result" not in going and going["additionalReportItems"] == []
    dss.advance(60)
    details = fire.get_scenario_run().get_details()
    equal(_outcomes(details), [("check_raw", "SUCCESS"), ("build_revenue", "SUCCESS"), ("metrics", "SUCCESS")])
    equal(details.first_error_details, None)
    equal([step.job_ids for step in details.steps[::2]], [[], []])
    check, build = details.steps[:2]
    equal({key: build[key] for key in ("runId", "retryIndex", "start", "end")}, {
        "runId": "2025-10-01-09-00-03-200",
        "retryIndex": 0,
        "start": NINE + 3_200,
        "end": NINE + 8_700,
    })
    equal(dict(build["step"]), dict(scenario.get_settings().raw_steps[1]))
    equal((check["start"], check["end"]), (NINE + 1_100, NINE + 3_100))
    equal(dict(build["result"]), {
        "type": "STEP_DONE",
        "outcome": "SUCCESS",
        "target": {"type": "SCENARIO_STEP", "projectKey": "SALES", "scenarioId": "NIGHTLY_BUILD", "stepId": "build_revenue"},
        "start": build["start"],
        "end": build["end"],
        "endTime": build["end"],
    })
    (job_id,) = build.job_ids
    status = dss.project().get_job(job_id).get_status()["baseStatus"]
    equal((status["state"], status["def"]["triggeredFrom"], status["def"]["initiator"]), ("DONE", "SCENARIO", "maria"))
    (item,) = build["additionalReportItems"]
    equal(dict(item), {
        "type": "JOB_EXECUTED",
        "jobId": job_id,
        "outcome": "SUCCESS",
        "target": {"type": "JOB", "projectKey": "SALES", "jobId": job_id},
        "start": status["jobStartTime"],
        "end": status["jobEndTime"],
    })


def the_first_error_is_found(dss):
    scenario = _nightly(dss)
    dss.script(JOIN, "fail", message="No space left")
    details = scenario.run_and_wait(no_fail=True).get_details()
    equal(_outcomes(details), [("check_raw", "SUCCESS"), ("build_revenue", "FAILED"), ("on_failure", "SUCCESS")])
    thrown = details.first_error_details
    equal(dict(thrown), {
        "clazz": "com.dataiku.dip.exceptions.CodedException",
        "title": "Job failed",
        "message": "No space left",
        "stack": f"com.dataiku.dip.exceptions.CodedException: No space left{AT}",
        "code": "ERR_RECIPE_EXECUTION_FAILED",
        "fixability": None,
    })
    equal(details.steps[1]["additionalReportItems"][0]["outcome"], "FAILED")
    dss.script(NIGHT, "fail", step="metrics", message="Timeout")
    dss.script(JOIN, "done")
    (step,) = [step for step in scenario.run_and_wait(no_fail=True).get_details().steps if step["step"]["id"] == "metrics"]
    # This step lets the scenario proceed: its failure is told as a warning.
    equal((step.outcome, step["result"]["thrown"]["message"], step.first_error_details), ("WARNING", "Timeout", None))
    dss.script(NIGHT, "fail", step="check_raw", message="No rows")
    details = scenario.run_and_wait(no_fail=True).get_details()
    thrown = details.steps[0].first_error_details
    equal((thrown["clazz"], thrown["title"], thrown["message"]), ("java.lang.Exception", "Step failed", "No rows"))
    equal(thrown["stack"], f"java.lang.Exception: No rows{AT}")
    tail = details.steps[0]["result"]["logTail"]
    equal((tail["totalLines"], len(tail["lines"]), len(tail["status"])), (3, 3, 3))
    assert "No rows" in tail["lines"][1] and tail["status"][1] > tail["status"][0]


def a_failed_step_is_tried_again(dss):
    retrain = dss.project("CHURN").get_scenario("RETRAIN")
    settings = retrain.get_settings()
    settings.raw_steps[0]["params"]["jobType"] = "RECURSIVE_FORCED_BUILD"
    settings.save()
    dss.script("recipes/CHURN.compute_features", "fail", times=2)
    details = retrain.run_and_wait().get_details()
    attempts = [step for step in details.steps if step["step"]["id"] == "features"]
    equal([(step["retryIndex"], step.outcome) for step in attempts], [(0, "FAILED"), (1, "FAILED"), (2, "SUCCESS")])
    equal(attempts[1]["start"] - attempts[0]["end"], 30_000)
    equal(details.first_error_details["title"], "Job failed")


@since("14.3")
def a_script_has_no_steps(dss):
    check = dss.project("CHURN").get_scenario("HOURLY_CHECK")
    run = check.run_and_wait()
    details = run.get_details()
    equal((details.steps, details.first_error_details), ([], None))
    assert "Running the script" in run.get_log()


@since("14.3")
def a_log_is_of_a_run_or_of_a_step(dss):
    run = _nightly(dss).get_last_runs()[0]
    whole, part = run.get_log(), run.get_log(step_id="check_raw")
    assert "Run ended: FAILED" in whole and "0 rows" in part
    assert 0 < len(part) < len(whole)
    assert set(part.splitlines()) <= set(whole.splitlines())
    equal(run.get_log(step_id="nothing"), "")
