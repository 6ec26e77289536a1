"""SQL queries: their columns, their rows, how they end, what is refused."""

from datetime import datetime, timezone

from dss import equal, refused, since

COUNTRIES = [
    ["DE", "Germany", 83456045, True],
    ["FR", "France", 68373433, True],
    ["GB", "United Kingdom", 68350000, False],
    ["IT", "Italy", 58993475, True],
    ["JP", "Japan", 124516650, False],
]


def _open(dss):
    return dss.state["sqlQueries"]


def _query(dss, text="SELECT * FROM countries", **options):
    return dss.client.sql_query(text, **{"connection": "pg_dwh", **options})


def a_query_has_columns(dss):
    query = _query(dss)
    equal(query.streaming_session["hasResults"], True)
    equal(query.get_schema(), [
        {"name": "code", "type": "string", "originalType": "varchar", "length": 2},
        {"name": "name", "type": "string", "originalType": "varchar", "length": 60},
        {"name": "population", "type": "bigint", "originalType": "int8"},
        {"name": "is_in_eu", "type": "boolean", "originalType": "bool"},
    ])
    equal(list(_open(dss)), [query.queryId])
    query.verify()


def its_rows_are_read_and_verified(dss):
    query = _query(dss)
    equal(list(query.iter_rows()), COUNTRIES)
    query.verify()
    equal(_open(dss), {})


def rows_are_limited(dss):
    equal(list(_query(dss, 'select * from "public"."countries" limit 2;').iter_rows()), COUNTRIES[:2])


@since("14.3")
def cells_are_of_their_types_and_quoted(dss):
    rows = list(_query(dss, "SELECT * FROM orders_raw").iter_rows())
    equal(len(rows), 1000)
    at = datetime(2025, 1, 1, 8, 30, tzinfo=timezone.utc)
    equal(rows[0], [9007199254740993, 1, at, datetime(2025, 1, 4), 0.99, False, ""])
    equal(rows[9][3], None)
    equal([row[6] for row in rows[1:6]], ["", "leave at the door", 'call "Tom" first', "two lines:\nback door", "a\tb"])


def rows_are_read_once(dss):
    query = _query(dss)
    list(query.iter_rows())
    with refused("was read already"):
        query.iter_rows()


def queries_are_computed(dss):
    query = _query(dss, "SELECT is_in_eu, count(*) AS n, sum(population) AS people FROM countries GROUP BY is_in_eu ORDER BY 1")
    equal([(column["name"], column["type"]) for column in query.get_schema()], [("is_in_eu", "boolean"), ("n", "bigint"), ("people", "bigint")])
    rows = list(query.iter_rows())
    query.verify()
    equal(rows, [[False, 2, 192866650], [True, 3, 210822953]])


def a_dataset_or_a_database_names_the_connection(dss):
    for place in ({"dataset_full_name": "SALES.orders_raw"}, {"database": "dwh"}):
        equal(list(dss.client.sql_query("SELECT * FROM countries", **place).iter_rows()), COUNTRIES)


def what_is_nowhere_is_refused(dss):
    for place, words in [
        ({"connection": "nowhere"}, "Connection nowhere"),
        ({"dataset_full_name": "SALES.nothing"}, "Dataset SALES.nothing"),
        ({"dataset_full_name": "NOWHERE.orders_raw"}, "NOWHERE"),
        ({"database": "nowhere"}, "Database nowhere"),
        ({}, "one of connection, database and datasetFullName"),
        ({"connection": "pg_dwh", "database": "dwh"}, "one of connection"),
        ({"connection": "pg_dwh", "dataset_full_name": "SALES.orders_raw"}, "one of connection"),
        ({"connection": "pg_dwh", "project_key": "NOWHERE"}, "NOWHERE"),
    ]:
        with refused(words):
            dss.client.sql_query("SELECT * FROM countries", **place)
    equal(_open(dss), {})


def what_is_no_query_is_refused(dss):
    for text, words in [("", "empty"), ("DROP TABLE countries", "only queries that read"), ("SELECT FROM", "syntax error"), ("SELECT no_such FROM countries", "no_such"), ("SELECT * FROM nothing", '"nothing" does not exist')]:
        with refused(words):
            _query(dss, text)
    with refused("type hive"):
        _query(dss, type="hive")
    equal(_open(dss), {})


def a_connection_without_sql_is_refused_in_plain_text(dss):
    with refused("Connection is neither of SQL nor HDFS type"):
        _query(dss, connection="filesystem_managed")


def only_who_may_use_the_connection_may_ask(dss):
    with refused("nobody may not use pg_dwh"):
        dss.connect_as("nobody").sql_query("SELECT * FROM countries", connection="pg_dwh")


def a_failure_after_the_first_rows_is_told_at_the_end(dss):
    dss.script("queries/pg_dwh", "fail", message="ERROR: out of memory", after=0.4)
    query = _query(dss)
    equal(list(query.iter_rows()), COUNTRIES[:2])
    with refused("PSQLException", "ERROR: out of memory"):
        query.verify()
    equal(_open(dss), {})


def a_query_that_is_not_open_is_refused(dss):
    query = _query(dss)
    other = dss.connect_as("maria")
    query.client = other
    with refused("does not exist"):
        query.iter_rows()
    with refused("does not exist"):
        query.verify()
    query.client = dss.client
    query.verify()
    with refused("does not exist"):
        query.verify()
    with refused("does not exist"):
        query.iter_rows()
