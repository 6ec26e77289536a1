"""Datasets: what they are, how they are made, changed and removed, and what uses them."""

from dataikuapi.dss.dataset import FSLikeDatasetSettings, SQLDatasetSettings
from dss import equal, refused, since

OUTPUTS = ["orders_prepared", "customers_prepared", "orders_joined", "revenue_by_country"]
SOURCES = ["orders_raw", "customers_raw", "countries"]


def _names(dss, key="SALES", **options):
    return [item["name"] for item in dss.project(key).list_datasets(**options)]


def datasets_are_listed(dss):
    items = dss.project().list_datasets()
    equal([item.name for item in items], SOURCES + OUTPUTS)
    raw = items[0]
    equal((raw.id, raw.type, raw.connection, raw["projectKey"]), ("orders_raw", "PostgreSQL", "pg_dwh", "SALES"))
    equal(raw.get_column("amount"), {"name": "amount", "type": "double"})
    equal(raw.to_dataset().name, "orders_raw")
    equal([item["managed"] for item in items], [False] * 3 + [True] * 4)
    with refused("nobody"):
        dss.client.get_project("nobody").list_datasets()


@since("14.3")
def lists_have_tags_and_what_is_shared(dss):
    churn = dss.project("CHURN")
    equal(_names(dss, "CHURN", tags=["gold"]), [])
    settings = churn.get_dataset("calls").get_settings()
    settings.tags = ["gold"]
    settings.save()
    equal(_names(dss, "CHURN", tags=["gold", "silver"]), ["calls"])
    project = dss.project().get_settings()
    project.add_exposed_object("DATASET", "countries", "CHURN")
    project.save()
    equal(_names(dss, "CHURN", include_shared=True)[-1], "countries")
    equal("countries" in _names(dss, "CHURN"), False)
    equal("countries" in _names(dss, "LOGISTICS", include_shared=True), False)


def a_dataset_is_there_or_not(dss):
    project = dss.project()
    equal(project.get_dataset("orders_raw").exists(), True)
    equal(project.get_dataset("nothing").exists(), False)
    equal(project.new_managed_dataset("nothing").already_exists(), False)


def files_and_tables_become_datasets(dss):
    project = dss.project()
    dss.client.create_connection("gcs", "GCS")
    dss.client.create_connection("az", "Azure")
    made = [
        (project.create_upload_dataset("u1"), "UploadedFiles", {}),
        (project.create_upload_dataset("u2", "filesystem_managed"), "UploadedFiles", {"uploadConnection": "filesystem_managed"}),
        (project.create_filesystem_dataset("f", "filesystem_managed", "/in"), "Filesystem", {"connection": "filesystem_managed", "path": "/in"}),
        (project.create_s3_dataset("s", "s3_lake", "/in", bucket="b"), "S3", {"connection": "s3_lake", "path": "/in", "bucket": "b"}),
        (project.create_gcs_dataset("g", "gcs", "/in"), "GCS", {"connection": "gcs", "path": "/in"}),
        (project.create_azure_blob_dataset("a", "az", "/in", container="c"), "Azure", {"connection": "az", "path": "/in", "container": "c"}),
        (project.create_fslike_dataset("h", "HDFS", "hdfs_root", "/in", {"k": 1}), "HDFS", {"connection": "hdfs_root", "path": "/in", "k": 1}),
        (project.create_sql_table_dataset("t", "PostgreSQL", "pg_dwh", "events", "public"), "PostgreSQL", {"connection": "pg_dwh", "mode": "table", "table": "events", "schema": "public", "catalog": None}),
        (project.create_dataset("q", "PostgreSQL", {"connection": "pg_dwh"}), "PostgreSQL", {"connection": "pg_dwh", "mode": "query"}),
        (project.create_dataset("c", "Filesystem", {"connection": "filesystem_managed", "path": "/c"}, "csv", {"separator": ";"}), "Filesystem", {"connection": "filesystem_managed", "path": "/c"}),
    ]
    for dataset, kind, params in made:
        definition = dataset.get_definition()
        equal((definition["type"], definition["params"], definition["managed"]), (kind, params, False))
        equal((definition["name"], definition["projectKey"], definition["schema"]["columns"]), (dataset.name, "SALES", []))
    equal((definition["formatType"], definition["formatParams"]), ("csv", {"separator": ";"}))
    equal(_names(dss)[-10:], ["u1", "u2", "f", "s", "g", "a", "h", "t", "q", "c"])


@since("14.3")
def a_sample_becomes_a_dataset(dss):
    sample = dss.project().create_sample_dataset("p", "plug", "samp").get_definition()
    equal((sample["type"], sample["params"]), ("Sample_plug_samp", {"pluginId": "plug", "sampleName": "samp"}))


def managed_datasets_are_made(dss):
    project = dss.project()
    first = project.new_managed_dataset("m").with_store_into("filesystem_managed", format_option_id="PARQUET_HIVE").create()
    settings = first.get_settings()
    settings.add_discrete_partitioning_dimension("country")
    settings.set_partitioning_file_pattern("%{country}/.*")
    settings.save()
    definition = first.get_definition()
    equal((definition["managed"], definition["formatType"], definition["type"]), (True, "parquet", "Filesystem"))
    equal(definition["params"], {"connection": "filesystem_managed", "path": "${projectKey}/m"})
    copy = project.new_managed_dataset("n").with_store_into("pg_dwh").with_copy_partitioning_from("m").create().get_definition()
    equal(copy["partitioning"], definition["partitioning"])
    equal((copy["type"], copy["params"]["mode"], copy["params"]["table"]), ("PostgreSQL", "table", "${projectKey}_n"))
    csv = project.new_managed_dataset("n").with_store_into("filesystem_managed").create(overwrite=True).get_definition()
    equal((csv["type"], csv["formatType"]), ("Filesystem", "csv"))
    equal(csv["partitioning"]["dimensions"], [])
    folder = project.new_managed_dataset("o").with_store_into("filesystem_managed").with_copy_partitioning_from("f", "FOLDER").create()
    equal(folder.get_definition()["partitioning"]["dimensions"], [])


def settings_are_saved_whole(dss):
    dataset = dss.project("CHURN").get_dataset("contracts")
    settings = dataset.get_settings()
    equal(type(settings), FSLikeDatasetSettings)
    before = dataset.get_definition()
    settings.set_connection_and_path("filesystem_managed", "/p")
    settings.set_csv_format(separator="|")
    settings.add_time_partitioning_dimension("day")
    settings.add_raw_schema_column({"name": "z", "type": "string"})
    settings.set_feature_group(True)
    settings.get_raw()["whatIsToCome"] = {"a": [1]}
    settings.save()
    after = dataset.get_definition()
    equal(after["versionTag"]["versionNumber"], before["versionTag"]["versionNumber"] + 1)
    equal(after["partitioning"]["dimensions"], [{"name": "day", "type": "time", "params": {"period": "DAY"}}])
    equal((after["whatIsToCome"], after["featureGroup"]), ({"a": [1]}, True))
    equal((after["formatParams"]["separator"], after["schema"]["columns"][-1]["name"]), ("|", "z"))
    sql = dss.project().get_dataset("orders_raw").get_settings()
    equal((type(sql), sql.get_raw_params()["table"]), (SQLDatasetSettings, "orders_raw"))
    sql.set_table("pg_dwh", "public", "events")
    sql.save()
    equal(dss.project().get_dataset("orders_raw").get_definition()["params"]["table"], "events")
    others = {
        "smartName": "s",
        "typeSystemVersion": "V1",
        "flowOptions": {"rebuildBehavior": "EXPLICIT"},
        "readWriteOptions": {"writeBuckets": 2},
        "metrics": {"probes": [{"type": "basic"}]},
        "metricsChecks": {"checks": [{"type": "x"}]},
        "checks": [1],
        "customMeta": {"kv": {"a": "b"}},
        "customFields": {"a": 1},
        "dkuProperties": [{"name": "a", "value": "b"}],
        "checklists": {"checklists": [{"id": "c"}]},
    }
    equal((after["customFields"], after["checklists"]), ({}, {"checklists": []}))
    dataset.set_definition({**after, **others})
    stored = dataset.get_definition()
    equal({key: stored[key] for key in others}, others)
    dataset.set_definition({"type": "Inline", "name": "other", "projectKey": "SALES"})
    whole = dataset.get_definition()
    equal((whole["name"], whole["projectKey"], whole["type"], whole["schema"]["columns"]), ("contracts", "CHURN", "Inline", []))
    equal("whatIsToCome" in whole, False)


def metadata_is_saved_whole(dss):
    dataset = dss.project().get_dataset("orders_raw")
    metadata = dataset.get_metadata()
    equal(metadata, {"tags": [], "checklists": {"checklists": []}, "custom": {"kv": {}}, "customFields": {}})
    metadata["tags"] = ["gold"]
    metadata["custom"]["kv"] = {"owner": "maria"}
    metadata["description"] = "Orders"
    metadata["checklists"] = {"checklists": [{"id": "c"}]}
    metadata["customFields"] = {"a": 1}
    dataset.set_metadata(metadata)
    equal(dataset.get_metadata(), metadata)
    definition = dataset.get_definition()
    equal((definition["tags"], definition["customMeta"], definition["description"]), (["gold"], {"kv": {"owner": "maria"}}, "Orders"))
    dataset.set_metadata({"tags": []})
    equal(dataset.get_metadata()["custom"], {"kv": {}})


def a_new_name_goes_everywhere(dss):
    project = dss.project()
    project.get_dataset("orders_prepared").rename("orders_clean")
    equal(project.get_dataset("orders_prepared").exists(), False)
    renamed = project.get_dataset("orders_clean")
    equal((renamed.get_definition()["name"], renamed.get_definition()["smartName"]), ("orders_clean", "orders_clean"))
    equal([usage["objectId"] for usage in renamed.get_usages()], ["compute_orders_prepared", "compute_orders_joined"])
    renamed.build()


def a_dataset_is_deleted(dss):
    project = dss.project()
    project.get_dataset("orders_joined").delete()
    equal("orders_joined" in _names(dss), False)
    equal([each["objectId"] for each in project.get_dataset("countries").get_usages()], ["compute_revenue_by_country"])
    project.get_dataset("countries").delete(drop_data=True)
    equal("countries" in _names(dss), False)


def builds_are_told(dss):
    prepared = dss.project().get_dataset("orders_prepared")
    fresh = dss.project("LOGISTICS").get_dataset("parcels_prepared").get_info()
    equal((fresh.last_build_end_time, fresh.last_build_start_time, fresh.is_last_build_successful), (None, None, False))
    prepared.build()
    info = prepared.get_info()
    equal((info.is_last_build_successful, info.last_build_end_time.timestamp() * 1000 <= dss.now), (True, True))
    equal(info.last_build_start_time, info.last_build_end_time)
    raw = info.get_raw()
    equal((raw["name"], raw["type"], raw["creatingRecipe"]), ("orders_prepared", "Filesystem", "compute_orders_prepared"))
    equal(raw["recipes"], [{"id": "compute_orders_joined", "type": "join"}])
    source = dss.project().get_dataset("orders_raw").get_info()
    equal((source.last_build_end_time, source.is_last_build_successful), (None, False))


def uses_are_told(dss):
    equal(dss.project().get_dataset("orders_joined").get_usages(), [
        {"type": "RECIPE_OUTPUT", "objectId": "compute_orders_joined", "objectProjectKey": "SALES"},
        {"type": "RECIPE_INPUT", "objectId": "compute_revenue_by_country", "objectProjectKey": "SALES"},
    ])


def partitions_come_with_builds_and_go(dss):
    dataset = dss.project().get_dataset("orders_prepared")
    equal(dataset.list_partitions(), ["NP"])
    settings = dataset.get_settings()
    settings.add_time_partitioning_dimension("day")
    settings.save()
    with refused("has no files"):
        dataset.list_partitions()
    dataset.build(partitions="2025-03-02,2025-03-01")
    equal(dataset.list_partitions(), ["2025-03-01", "2025-03-02"])
    dataset.clear(partitions=["2025-03-02"])
    equal(dataset.list_partitions(), ["2025-03-01"])
    dataset.clear()
    with refused("has no files"):
        dataset.list_partitions()
    equal(dataset.get_info().is_last_build_successful, True)
    with refused("ERR_DATASET_ACTION_NOT_SUPPORTED"):
        dss.project().get_dataset("orders_raw").clear()


def data_is_copied(dss):
    project = dss.project()
    source = project.get_dataset("orders_raw")
    target = project.create_upload_dataset("copy")
    future = source.copy_to(target)
    equal((future.state["alive"], future.state["aborted"], future.has_result()), (True, False, False))
    future.wait_for_result()
    equal(target.get_schema(), source.get_schema())
    appended = project.create_upload_dataset("appended")
    equal(source.copy_to(appended, sync_schema=False, write_mode="APPEND").wait_for_result(), {"copied": "SALES.appended"})
    equal(appended.get_schema()["columns"], [])
    with refused("IllegalArgumentException"):
        source.copy_to(target, write_mode="TWICE")
    with refused("NotFoundException"):
        source.copy_to(project.get_dataset("nothing"))
    dss.script("datasets/SALES.orders_raw", "fail", message="No space")
    with refused("No space"):
        source.copy_to(target).wait_for_result()


@since("14.3")
def a_dataset_is_described(dss):
    dataset = dss.project().get_dataset("countries")
    said = dataset.generate_ai_description()
    equal((said["description"], said["schema"]["columns"][3]["comment"]), ("countries has 4 columns.", "The is in eu"))
    equal("description" in dataset.get_definition(), False)
    dataset.generate_ai_description(language="french", save_description=True)
    equal(dataset.get_definition()["description"], said["description"])
    equal(dataset.get_schema()["columns"], said["schema"]["columns"])


def what_cannot_be_is_refused(dss):
    project = dss.project()
    before = dss.state["projects"]
    raw = project.get_dataset("orders_raw")
    definition = raw.get_definition()
    for wrong in ({"type": None}, {"params": []}, {"tags": [1]}, {"schema": {"columns": [{"name": "a"}]}}, {"managed": "yes"}, {"schema": {"columns": [{"name": "a", "type": "int"}] * 2}}, {"partitioning": 1}):
        with refused("IllegalArgumentException"):
            raw.set_definition({**definition, **wrong})
    for wrong in ({"tags": "gold"}, {"description": 1}, {"custom": []}):
        with refused("IllegalArgumentException"):
            raw.set_metadata(wrong)
    with refused("AlreadyExistsException"):
        project.create_upload_dataset("orders_raw")
    for name in ("", "a.b"):
        with refused("IllegalArgumentException"):
            project.create_upload_dataset(name)
    with refused("NotFoundException", "Connection none"):
        project.create_filesystem_dataset("x", "none", "/in")
    with refused("NotFoundException", "Connection none"):
        project.create_upload_dataset("x", "none")
    managed = project.new_managed_dataset
    for helper in (managed("x").with_store_into("s3_lake"), managed("x").with_store_into("filesystem_managed", format_option_id="PAPER")):
        with refused("IllegalArgumentException"):
            helper.create()
    with refused("NotFoundException", "SALES.none"):
        managed("x").with_store_into("filesystem_managed").with_copy_partitioning_from("none").create()
    with refused("AlreadyExistsException"):
        managed("orders_raw").with_store_into("filesystem_managed").create()
    with refused("AlreadyExistsException"):
        raw.rename("countries")
    with refused("UnauthorizedException", "pg_dwh"):
        dss.connect_as("lena").get_project("SALES").create_sql_table_dataset("x", "PostgreSQL", "pg_dwh", "t", "s")
    nothing = project.get_dataset("nothing")
    calls = (nothing.get_definition, lambda: nothing.set_definition(definition), nothing.delete, nothing.clear, nothing.get_info, nothing.get_usages, nothing.list_partitions, nothing.get_metadata, lambda: nothing.set_metadata({}), lambda: nothing.rename("x"), lambda: nothing.copy_to(raw))
    for call in calls:
        with refused("NotFoundException", "nothing"):
            call()
    equal(dss.state["projects"], before)
