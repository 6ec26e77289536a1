"""Metrics of datasets and managed folders, and the checks of datasets."""

import json

from dss import equal, refused

COLUMNS = "basic:COUNT_COLUMNS"
FOLDER = "aB3kQ9xZ"


def _computed(answer):
    """What was measured, of an answer that has it at once."""
    equal((answer["hasResult"], answer["aborted"], answer["result"]["skipped"]), (True, False, []))
    return answer["result"]["computed"]


def metrics_of_datasets_are_computed(dss):
    orders = dss.project().get_dataset("orders_raw")
    before = orders.get_last_metric_values()
    assert COLUMNS in before.get_all_ids(), before.get_raw()
    [columns] = [one for one in before.get_raw()["metrics"] if one["metric"]["id"] == COLUMNS]
    equal((columns["metric"]["type"], columns["metric"]["metricType"], columns["displayedAsMetric"], columns["lastValues"]), ("basic", "COUNT_COLUMNS", True, []))
    assert {"metricId": COLUMNS, "partition": "NP", "value": "7", "dataType": "BIGINT"} in _computed(orders.compute_metrics())
    values = orders.get_last_metric_values()
    equal(values.get_global_value(COLUMNS), 7)
    equal(values.get_global_data(COLUMNS), {"partition": "NP", "dataType": "BIGINT", "value": "7", "computed": dss.now})
    equal(values.get_first_partition_data(COLUMNS), values.get_global_data(COLUMNS))
    equal(values.get_metric_by_id(COLUMNS)["metric"]["dataType"], "BIGINT")


def metrics_are_computed_by_id_and_by_probes(dss):
    orders = dss.project().get_dataset("orders_raw")
    equal(_computed(orders.compute_metrics(metric_ids=[COLUMNS])), [{"metricId": COLUMNS, "partition": "NP", "value": "7", "dataType": "BIGINT"}])
    equal(orders.compute_metrics(probes={"probes": []})["result"]["computed"], [])
    equal(orders.compute_metrics(probes={"probes": [{"type": "basic", "enabled": False}]})["result"]["computed"], [])
    assert orders.compute_metrics(probes={"probes": [{"type": "basic"}]})["result"]["computed"]
    with refused("ERR_DATASET_INVALID_METRIC_IDENTIFIER", "no:SUCH"):
        orders.compute_metrics(metric_ids=["no:SUCH"])
    with refused("no partitions", "2026"):
        orders.compute_metrics(partition="2026")
    with refused("does not exist"):
        dss.project().get_dataset("no_such").compute_metrics()
    with refused("does not exist"):
        dss.project().get_dataset("no_such").get_last_metric_values()


def metrics_have_a_history(dss):
    orders = dss.project().get_dataset("orders_raw")
    equal(orders.get_metric_history(COLUMNS)["values"], [])
    orders.compute_metrics()
    first = dss.now
    dss.advance(60)
    orders.compute_metrics()
    history = orders.get_metric_history(COLUMNS)
    equal((history["metricId"], history["metric"]["id"]), (COLUMNS, COLUMNS))
    equal(history["values"], [{"time": first, "value": "7"}, {"time": dss.now, "value": "7"}])
    for lookup in ({"id": COLUMNS}, {"type": "basic", "metricType": "COUNT_COLUMNS"}):
        # The client itself fails on a description where there is no `unicode`.
        described = dss.client._perform_json("GET", "/projects/SALES/datasets/orders_raw/metrics/history/NP", params={"metricLookup": json.dumps(lookup)})
        equal(described["values"], history["values"])
    with refused("metricLookup"):
        orders.get_metric_history("")


def partitions_have_their_own_metrics(dss):
    features = dss.project("CHURN").get_dataset("features")
    features.compute_metrics(partition="2025-10-01", metric_ids=[COLUMNS])
    equal(features.get_last_metric_values("2025-10-01").get_partition_value(COLUMNS, "2025-10-01"), 5)
    equal(features.get_metric_history(COLUMNS, "2025-10-01")["values"], [{"time": dss.now, "value": "5"}])
    equal(features.get_metric_history(COLUMNS, "2025-10-02")["values"], [])
    features.compute_metrics()
    equal(features.get_last_metric_values("ALL").get_partition_value(COLUMNS, "ALL"), 5)


def a_build_measures_what_the_settings_say(dss):
    project = dss.project()
    prepared = project.get_dataset("orders_prepared")
    prepared.build()
    equal(prepared.get_last_metric_values().get_global_value(COLUMNS), 7)
    measured = prepared.get_metric_history(COLUMNS)["values"]
    prepared.build()
    equal(len(prepared.get_metric_history(COLUMNS)["values"]), len(measured) + 1)
    measured = prepared.get_metric_history(COLUMNS)["values"]
    settings = prepared.get_settings()
    settings.get_raw()["metrics"]["probes"][0]["computeOnBuildMode"] = "NO"
    settings.save()
    prepared.build()
    equal(prepared.get_metric_history(COLUMNS)["values"], measured)


def metrics_go_with_their_dataset(dss):
    project = dss.project()
    orders = project.get_dataset("orders_raw")
    orders.compute_metrics()
    orders.rename("orders_old")
    equal(project.get_dataset("orders_old").get_last_metric_values().get_global_value(COLUMNS), 7)
    project.get_dataset("orders_old").delete()
    project.create_dataset("orders_old", "UploadedFiles", params={})
    equal(project.get_dataset("orders_old").get_metric_history(COLUMNS)["values"], [])


def checks_judge_metrics(dss):
    orders = dss.project().get_dataset("orders_raw")

    def check(label, type="numericRange", metric=COLUMNS, **bounds):
        return {"type": type, "metricId": metric, "meta": {"label": label}, **bounds}

    checks = [
        check("fine", minimum=7, minimumEnabled=True, maximum=7, maximumEnabled=True, softMinimum=7, softMinimumEnabled=True),
        check("too few", minimum=8, minimumEnabled=True),
        check("too many", maximum=6, maximumEnabled=True),
        check("rather few", softMinimum=8, softMinimumEnabled=True),
        check("rather many", softMaximum=6, softMaximumEnabled=True),
        check("not enabled", maximum=6),
        check("in a set", "valueSet", values=["6", "7"]),
        check("not in a set", "valueSet", values=["6"]),
        check("of nothing", metric="no:SUCH"),
        check("of another kind", "python"),
        {"type": "numericRange", "metricId": COLUMNS, "displayName": "named"},
        {"type": "numericRange", "metricId": COLUMNS},
    ]
    outcomes = _computed(orders.run_checks(checks=checks))
    equal(outcomes[0], {"metricId": "check:CHECK:fine", "partition": "NP", "value": "OK", "dataType": "STRING"})
    found = {one["metric"]["id"]: one["lastValues"][0]["value"] for one in orders.get_last_metric_values().get_raw()["metrics"] if one["lastValues"]}
    expected = ["OK", "ERROR", "ERROR", "WARNING", "WARNING", "OK", "OK", "ERROR", "EMPTY", "EMPTY", "OK", "OK"]
    labels = [one.get("meta", {}).get("label") for one in checks[:10]] + ["named", "check 12"]
    equal({key: value for key, value in found.items() if key.startswith("check:")}, {f"check:CHECK:{label}": outcome for label, outcome in zip(labels, expected)})
    settings = orders.get_settings()
    settings.get_raw()["metricsChecks"]["checks"] = [check("stored", minimum=8, minimumEnabled=True)]
    settings.get_raw()["checks"] = [check("stored too")]
    settings.save()
    orders.run_checks()
    values = orders.get_last_metric_values()
    equal((values.get_global_value("check:CHECK:stored"), values.get_global_value("check:CHECK:stored too")), ("ERROR", "OK"))
    with refused("list"):
        orders.run_checks(checks="all")
    with refused("no partitions", "2026"):
        orders.run_checks(partition="2026")


def metrics_of_folders_follow_their_files(dss):
    folder = dss.project().get_managed_folder(FOLDER)
    equal(sorted(folder.get_last_metric_values().get_all_ids()), ["basic:COUNT_FILES", "basic:SIZE"])
    computed = _computed(folder.compute_metrics())
    equal(computed[0], {"metricId": "basic:COUNT_FILES", "partition": "NP", "value": "2", "dataType": "BIGINT"})
    equal(len(computed), 2)
    first = dss.now
    before = folder.get_last_metric_values()
    equal(before.get_global_data("basic:COUNT_FILES"), {"partition": "NP", "dataType": "BIGINT", "value": "2", "computed": first})
    equal(before.get_metric_by_id("basic:SIZE")["metric"]["dataType"], "BIGINT")
    folder.put_file("more.txt", b"12345")
    dss.advance(60)
    equal([one["metricId"] for one in _computed(folder.compute_metrics(metric_ids=["basic:SIZE"]))], ["basic:SIZE"])
    after = folder.get_last_metric_values()
    equal(after.get_global_value("basic:SIZE") - before.get_global_value("basic:SIZE"), 5)
    equal(after.get_global_value("basic:COUNT_FILES"), 2)
    history = folder.get_metric_history("basic:SIZE")
    equal((history["metricId"], history["metric"]["id"]), ("basic:SIZE", "basic:SIZE"))
    sizes = [str(values.get_global_value("basic:SIZE")) for values in (before, after)]
    equal(history["values"], [{"time": first, "value": sizes[0]}, {"time": dss.now, "value": sizes[1]}])
    equal(folder.compute_metrics(probes={"probes": [{"type": "python"}]})["result"]["computed"], [])
    with refused("ERR_DATASET_INVALID_METRIC_IDENTIFIER"):
        folder.compute_metrics(metric_ids=["records:COUNT_RECORDS"])
    with refused("does not exist"):
        dss.project().get_managed_folder("no_such").get_last_metric_values()
    with refused("does not exist"):
        dss.project().get_managed_folder("no_such").compute_metrics()


def computing_can_take_long_and_fail(dss):
    orders = dss.project().get_dataset("orders_raw")
    dss.script("metrics/SALES.orders_raw", "done", seconds=30)
    answer = orders.compute_metrics()
    equal(answer["hasResult"], False)
    result = dss.client.get_future(answer["jobId"]).wait_for_result()
    assert result["computed"], result
    dss.script("metrics/SALES.orders_raw", "fail", seconds=30)
    answer = orders.compute_metrics()
    with refused("ERR_METRIC_DATASET_COMPUTATION_FAILED"):
        dss.client.get_future(answer["jobId"]).wait_for_result()


def rows_are_measured(dss):
    calls = dss.project("CHURN").get_dataset("calls")
    ids = ["records:COUNT_RECORDS", *("col_stats:%s:seconds" % each for each in ("MIN", "MAX", "COUNT", "COUNT_NULL", "SUM", "AVG", "COUNT_DISTINCT"))]
    calls.compute_metrics(metric_ids=ids)
    values = calls.get_last_metric_values()
    equal(values.get_global_value("records:COUNT_RECORDS"), 18)
    rows = [row[3] for row in calls.iter_rows() if row[3] is not None]
    equal(len(rows), 15)
    expected = {"MIN": min(rows), "MAX": max(rows), "COUNT": 15, "COUNT_NULL": 3, "SUM": sum(rows), "AVG": sum(rows) / 15, "COUNT_DISTINCT": len(set(rows))}
    for name, value in expected.items():
        equal(float(values.get_global_value("col_stats:%s:seconds" % name)), float(value))
