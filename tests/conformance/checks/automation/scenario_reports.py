"""Reports of test scenarios."""

from xml.etree import ElementTree

from dss import equal, refused, since


def _counts(report):
    suites = ElementTree.fromstring(report.content).findall("testsuite")
    return {suite.get("name"): (int(suite.get("tests")), int(suite.get("failures"))) for suite in suites}


@since("14.3")
def a_test_has_reports(dss):
    (run,) = dss.project().get_scenario("TEST_REVENUE").get_last_runs()
    equal(_counts(run.get_report()), {"SALES.TEST_REVENUE": (3, 1)})
    equal(_counts(run.get_step_run_report("prepare")), {"SALES.TEST_REVENUE": (1, 0)})
    (failure,) = ElementTree.fromstring(run.get_step_run_report("compare").content).iter("failure")
    equal(failure.get("message"), "Expected 4 countries, found 3")
    with refused("NotFoundException"):
        run.get_step_run_report("nothing")


@since("14.3")
def what_is_no_test_has_no_reports(dss):
    run = dss.project().get_scenario("NIGHTLY_BUILD").get_last_runs()[0]
    for report in (run.get_report, lambda: run.get_step_run_report("check_raw")):
        with refused("not marked as a test scenario"):
            report()
    run.get_info()["scenario"]["markedAsTest"] = True  # so that the client asks all the same
    for report in (run.get_report, lambda: run.get_step_run_report("check_raw")):
        with refused("not marked as a test scenario"):
            report()


@since("14.3")
def a_project_has_reports_of_its_tests(dss):
    project = dss.project()
    equal(_counts(project.get_last_test_scenario_runs_report()), {"SALES.TEST_SMOKE": (2, 0), "SALES.TEST_REVENUE": (3, 1)})
    equal(_counts(project.get_last_test_scenario_runs_report(bundle_id="v1")), {})
    page = project.get_last_test_scenario_runs_html_report().text
    assert "<td>Smoke test</td><td>SUCCESS</td>" in page and "<td>Revenue test</td><td>FAILED</td>" in page
    assert "<td>" not in project.get_last_test_scenario_runs_html_report(bundle_id="v1").text
    status = project.get_testing_status()
    equal((status.nb_total_ran_scenarios, status.nb_scenarios_per_outcome), (2, {"SUCCESS": 1, "FAILED": 1}))
    equal(status.get_raw(), {"nbTotalRanScenarios": 2, "nbScenariosPerOutcome": {"SUCCESS": 1, "FAILED": 1}})
    equal(project.get_testing_status(bundle_id="v1").nb_total_ran_scenarios, 0)
