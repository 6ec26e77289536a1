"""Schemas of datasets: read, written, found in data, traced."""

from dss import equal, refused, since

RELATION = {
    "inputDataset": "SALES.orders_prepared",
    "inputColumn": "amount",
    "outputDataset": "SALES.orders_joined",
    "outputColumn": "amount",
}


def a_schema_is_saved_whole(dss):
    dataset = dss.project().get_dataset("countries")
    schema = dataset.get_schema()
    equal([column["type"] for column in schema["columns"]], ["string", "string", "bigint", "boolean"])
    version = dataset.get_definition()["versionTag"]["versionNumber"]
    after = {"columns": [{"name": "code", "type": "string", "meaning": "country", "more": 1}], "userModified": True}
    dataset.set_schema(after)
    equal(dataset.get_schema(), after)
    equal(dataset.get_definition()["schema"], after)
    equal(dataset.get_definition()["versionTag"]["versionNumber"], version + 1)
    for wrong in ({}, {"columns": {}}, {"columns": [{"name": "", "type": "int"}]}, {"columns": [{"name": "a", "type": "int"}] * 2}):
        with refused("IllegalArgumentException"):
            dataset.set_schema(wrong)
    equal(dataset.get_schema(), after)


def files_are_looked_at(dss):
    project = dss.project()
    fresh = project.create_filesystem_dataset("leads", "filesystem_managed", "/leads")
    future = fresh.test_and_detect()
    equal((future.state["alive"], future.state["aborted"], future.has_result()), (True, False, False))
    found = future.wait_for_result()["format"]
    equal((found["ok"], found["type"], found["params"]["separator"]), (True, "csv", ","))
    equal(found["schemaDetection"]["detectedSchema"]["columns"], [{"name": "col_0", "type": "string"}, {"name": "col_1", "type": "string"}])
    equal(found["schemaDetection"]["textReasons"], [])
    fresh.autodetect_settings().save()
    definition = fresh.get_definition()
    equal((definition["formatType"], definition["schema"]["columns"]), ("csv", found["schemaDetection"]["newSchema"]["columns"]))
    contracts = dss.project("CHURN").get_dataset("contracts")
    texts = contracts.autodetect_settings().get_raw()["schema"]["columns"]
    equal({column["type"] for column in texts}, {"string"})
    inferred = contracts.autodetect_settings(infer_storage_types=True).get_raw()
    equal(inferred["schema"]["columns"], contracts.get_schema()["columns"])
    equal(inferred["formatParams"]["separator"], ";")
    dss.script("datasets/SALES.leads", "fail", message="binary")
    with refused("binary"):
        fresh.autodetect_settings()


def tables_are_looked_at(dss):
    dataset = dss.project().get_dataset("countries")
    dataset.set_schema({"columns": [{"name": "gone", "type": "string"}]})
    detection = dataset.test_and_detect()["schemaDetection"]
    equal([column["name"] for column in detection["detectedSchema"]["columns"]], ["code", "name", "population", "is_in_eu"])
    equal(detection["newSchema"]["columns"][-1]["name"], "gone")
    equal(dataset.autodetect_settings().get_raw()["schema"], detection["newSchema"])
    project = dss.project()
    dss.client.create_connection("es", "ElasticSearch")
    index = project.create_dataset("index", "ElasticSearch", {"connection": "es", "index": "i"})
    equal(index.autodetect_settings().get_raw()["schema"]["columns"], [])
    index.set_schema({"columns": [{"name": "a", "type": "int"}]})
    equal(index.autodetect_settings().get_raw()["schema"]["columns"], [{"name": "a", "type": "int"}])
    orders = project.get_dataset("orders_raw")
    equal([column["name"] for column in orders.test_and_detect()["schemaDetection"]["newSchema"]["columns"]][:2], ["order_id", "customer_id"])


@since("15.2")
def data_of_plugins_is_looked_at(dss):
    dataset = dss.project().create_dataset("rest", "CustomPython_rest", {})
    dataset.set_schema({"columns": [{"name": "a", "type": "int"}]})
    equal(dataset.autodetect_settings().get_raw()["schema"], {"columns": [{"name": "a", "type": "int"}]})
    dataset.set_schema({"columns": []})
    equal(dataset.autodetect_settings().get_raw()["schema"], {"columns": []})


@since("14.3")
def a_column_is_traced(dss):
    joined = dss.project().get_dataset("orders_joined")
    relations = joined.get_column_lineage("amount")
    equal(relations[0], RELATION)
    equal([(each["inputDataset"], each["outputDataset"]) for each in relations[1:]], [("SALES.orders_raw", "SALES.orders_prepared")])
    equal(joined.get_column_lineage("amount", max_dataset_count=2), [RELATION])
    with refused("IllegalArgumentException", "nothing"):
        joined.get_column_lineage("nothing")
    equal(dss.project("CHURN").get_dataset("contracts").get_column_lineage("signed_on"), [])


def hive_is_kept_in_step(dss):
    project = dss.project()
    dataset = project.create_fslike_dataset("h", "HDFS", "hdfs_root", "/h")
    dataset.synchronize_hive_metastore()
    dataset.update_from_hive()
    for call in (project.get_dataset("countries").synchronize_hive_metastore, project.get_dataset("countries").update_from_hive):
        with refused("IllegalArgumentException", "countries"):
            call()


def what_is_not_there_is_refused(dss):
    nothing = dss.project().get_dataset("nothing")
    for call in (nothing.get_schema, lambda: nothing.set_schema({"columns": []}), nothing.synchronize_hive_metastore, nothing.update_from_hive, nothing.test_and_detect):
        with refused("NotFoundException", "nothing"):
            call()
