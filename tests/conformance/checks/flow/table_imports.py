"""Imports of tables: what there is, what an import would make, and what it makes."""

from dss import equal, refused, since

TABLES = ["countries", "customers_raw", "orders_raw", "events"]


def tables_are_listed(dss):
    project = dss.project()
    equal(project.list_sql_schemas("pg_dwh"), ["public"])
    equal(project.list_hive_databases(), ["default"])
    equal(project.list_sql_tables("pg_dwh"), [{"schema": "public", "table": name} for name in TABLES])
    equal(project.list_sql_tables("pg_dwh", schema_name="other"), [])
    equal(project.list_hive_tables("default"), [])
    for call in (lambda: project.list_sql_tables("s3_lake"), lambda: project.list_sql_schemas("s3_lake")):
        with refused("IllegalArgumentException", "s3_lake"):
            call()
    with refused("NotFoundException", "none"):
        project.list_sql_tables("none")
    with refused("UnauthorizedException", "pg_dwh"):
        dss.connect_as("lena").get_project("SALES").list_sql_tables("pg_dwh")


@since("14.3")
def indices_are_listed(dss):
    dss.client.create_connection("es", "ElasticSearch")
    equal(dss.project().list_elasticsearch_indices_or_aliases("es"), [])
    with refused("IllegalArgumentException"):
        dss.project().list_elasticsearch_indices_or_aliases("pg_dwh")


@since("15.2")
def iceberg_is_not_everywhere(dss):
    with refused("IllegalArgumentException", "pg_dwh"):
        dss.project().list_iceberg_namespaces("pg_dwh")
    equal(dss.project().list_iceberg_tables("pg_dwh", "x"), [{"namespace": None, "table": name} for name in TABLES])


def tables_are_imported(dss):
    project = dss.project()
    definition = project.init_tables_import()
    definition.add_sql_table("pg_dwh", "public", "events")
    definition.add_sql_table("pg_dwh", "public", "countries")
    definition.add_sql_table("pg_dwh", "public", "events")
    prepared = definition.prepare()
    future = prepared.execute()
    equal((future.state["alive"], future.state["aborted"], future.has_result()), (True, False, False))
    equal(future.wait_for_result(), {"datasets": ["events", "countries_2", "events_2"]})
    events = project.get_dataset("events").get_definition()
    equal((events["type"], events["params"]["table"], events["params"]["schema"]), ("PostgreSQL", "events", "public"))
    equal([column["name"] for column in events["schema"]["columns"]], ["event_id", "at", "name", "seconds"])
    equal(project.get_dataset("countries_2").get_definition()["params"]["table"], "countries")


def what_is_not_there_is_not_imported(dss):
    project = dss.project()
    before = dss.state["projects"]
    with refused("IllegalArgumentException"):
        project.init_tables_import().prepare()
    definition = project.init_tables_import()
    definition.add_sql_table("pg_dwh", "public", "nothing")
    with refused("NotFoundException", "nothing"):
        definition.prepare()
    hive = project.init_tables_import()
    hive.add_hive_table("default", "t")
    with refused("NotFoundException"):
        hive.prepare()
    equal(dss.state["projects"], before)
    dss.script("table-imports/SALES", "fail", message="No rights")
    real = project.init_tables_import()
    real.add_sql_table("pg_dwh", "public", "events")
    with refused("No rights"):
        real.prepare().execute().wait_for_result()
    equal(project.get_dataset("events").exists(), False)
