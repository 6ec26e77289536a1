"""Scenario runs of the past."""

from datetime import datetime

from dss import equal, refused

NIGHT = "scenarios/SALES.NIGHTLY_BUILD"


def _nightly(dss):
    return dss.project().get_scenario("NIGHTLY_BUILD")


def past_runs_are_listed_newest_first(dss):
    scenario = _nightly(dss)
    runs = scenario.get_last_runs()
    equal([run.outcome for run in runs], ["FAILED", "WARNING", "SUCCESS", "SUCCESS"])
    equal([run.id for run in scenario.get_last_runs(limit=2)], [run.id for run in runs[:2]])
    equal(scenario.get_current_run(), None)
    equal(runs[0].trigger, scenario.get_settings().raw_triggers[0])
    scenario.run()
    dss.advance(3)
    current = scenario.get_current_run()
    equal((current.running, current.id), (True, scenario.get_last_runs()[0].id))
    equal(len(scenario.get_last_runs()), 5)
    equal([run.id for run in scenario.get_last_runs(only_finished_runs=True)], [run.id for run in runs])
    equal((scenario.get_last_finished_run().id, scenario.get_last_successful_run().id), (runs[0].id, runs[0].id))
    for broken in (-1, "many"):
        with refused("limit"):
            scenario.get_last_runs(limit=broken)
    for _ in range(10):
        dss.advance(60)
        scenario.run()
    dss.advance(60)
    raw = dss.client._perform_json("GET", "/projects/SALES/scenarios/NIGHTLY_BUILD/get-last-runs")
    equal([run["runId"] for run in raw], [run.id for run in scenario.get_last_runs(limit=10)])


def runs_are_the_same_wherever_they_are_read(dss):
    scenario = _nightly(dss)
    dss.script(NIGHT, "fail", message="No rows")
    fire = scenario.run({"a": 1})
    fire.wait_for_scenario_run().wait_for_completion(no_fail=True)
    listed = scenario.get_last_runs()
    by_date = scenario.get_runs_by_date("2025-09-01", "2025-10-02")
    equal([dict(run.get_info()) for run in by_date], [dict(run.get_info()) for run in listed])
    info = dict(listed[0].get_info())
    equal(dict(scenario.get_run(listed[0].id).get_info()), info)
    equal(dict(fire.get_scenario_run().get_info()), info)
    equal(dict(listed[0].get_details()["scenarioRun"]), info)
    listed[0].refresh()
    equal(dict(listed[0].get_info()), info)
    assert info["result"]["thrown"]["code"] is None and info["trigger"]["params"] == {"a": 1}


def runs_are_listed_by_day(dss):
    scenario = _nightly(dss)
    runs = scenario.get_runs_by_date(datetime(2025, 9, 29), to_date=datetime(2025, 10, 1))
    equal([run.id for run in runs], ["2025-09-30-02-00-01-000", "2025-09-29-02-00-01-000"])
    equal(scenario.get_runs_by_date("2025-10-01", "2025-10-01"), [])
    equal(len(scenario.get_runs_by_date("2025-10-01", "2025-10-02")), 1)
    for broken in ("01.10.2025", "2025-02-31x"):
        with refused("fromDate"):
            scenario.get_runs_by_date(broken, "2025-10-02")
        with refused("toDate"):
            scenario.get_runs_by_date("2025-10-01", broken)


def an_average_needs_enough_runs(dss):
    scenario = _nightly(dss)
    runs = scenario.get_last_runs(3, only_finished_runs=True)
    equal(scenario.get_average_duration(), sum(run.duration for run in runs) / 3)
    equal(scenario.get_average_duration(limit=5), None)
