"""Rows of datasets: of all types, parts of them, how a read ends, what is refused; files of uploaded datasets, which become rows."""

import io
import json
from datetime import datetime, timezone

from dss import equal, refused, since

COUNTRIES = [
    ["DE", "Germany", 83456045, True],
    ["FR", "France", 68373433, True],
    ["GB", "United Kingdom", 68350000, False],
    ["IT", "Italy", 58993475, True],
    ["JP", "Japan", 124516650, False],
]

CSV = {
    "style": "excel",
    "charset": "utf8",
    "separator": ",",
    "quoteChar": '"',
    "escapeChar": "\\",
    "parseHeaderRow": True,
    "skipRowsBeforeHeader": 0,
    "skipRowsAfterHeader": 0,
    "compress": "",
}


def _sessions(dss):
    return dss.state["readSessions"]


def _rows(dataset, **options):
    return list(dataset.iter_rows(**options))


def _read(dss, name="countries", project="SALES", **query):
    """What DSS streams for a request of one's own."""
    answer = dss.client._perform_raw(
        "GET", f"/projects/{project}/datasets/{name}/data/", params={"format": "tsv-excel-noheader", **query}
    )
    return answer.content.decode()


def _post(dss, body, name="countries"):
    return dss.client._perform_raw("POST", f"/projects/SALES/datasets/{name}/data/", body=body).content.decode()


def _uploaded(dss, name="leads", columns=(("id", "bigint"), ("note", "string")), **params):
    dataset = dss.project().create_upload_dataset(name, connection="filesystem_managed")
    settings = dataset.get_settings()
    settings.get_raw()["formatType"] = "csv"
    settings.get_raw()["formatParams"] = {**CSV, **params}
    settings.get_raw()["schema"] = {"columns": [{"name": n, "type": t} for n, t in columns], "userModified": True}
    settings.save()
    return dataset


def rows_are_read_and_the_read_is_finished(dss):
    equal(_rows(dss.project().get_dataset("countries")), COUNTRIES)
    equal(_sessions(dss), {})


@since("14.3")
def cells_are_of_their_types_and_quoted(dss):
    rows = _rows(dss.project().get_dataset("orders_raw"))
    equal(len(rows), 1000)
    at = datetime(2025, 1, 1, 8, 30, tzinfo=timezone.utc)
    equal(rows[0], [9007199254740993, 1, at, datetime(2025, 1, 4), 0.99, False, ""])
    equal(rows[9][3], None)
    equal([row[6] for row in rows[1:6]], ["", "leave at the door", 'call "Tom" first', "two lines:\nback door", "a\tb"])


def nothing_and_an_empty_text_are_alike(dss):
    lines = _read(dss, "orders_raw", columns="note", limit="2")
    equal(lines, "\n\n")


def some_columns_are_read_in_the_order_of_the_schema(dss):
    equal(_read(dss, columns="population,code", limit="2"), "DE\t83456045\nFR\t68373433\n")
    header = _read(dss, columns="population,code", limit="1", format="tsv-excel-header")
    equal(header, "code\tpopulation\nDE\t83456045\n")


def rows_are_sampled(dss):
    def read(**sampling):
        return _read(dss, columns="code", sampling=json.dumps(sampling)).split()

    equal(read(samplingMethod="FULL"), ["DE", "FR", "GB", "IT", "JP"])
    equal(read(samplingMethod="HEAD_SEQUENTIAL", maxRecords=2), ["DE", "FR"])
    for method in ("RANDOM_FIXED_NB", "RANDOM_FIXED_NB_EXACT"):
        some = read(samplingMethod=method, maxRecords=3)
        equal((len(some), some), (3, sorted(set(some))))
    equal(read(samplingMethod="RANDOM_FIXED_RATIO", targetRatio=0), [])
    equal(read(samplingMethod="RANDOM_FIXED_RATIO", targetRatio=1), ["DE", "FR", "GB", "IT", "JP"])
    kept = read(samplingMethod="COLUMN_BASED", column="is_in_eu", maxRecords=3)
    equal(kept, ["DE", "FR", "IT"])


def rows_are_filtered(dss):
    def read(filter):
        return _read(dss, columns="code", filter=filter).split()

    equal(read("population > 100000000"), ["JP"])
    equal(read('is_in_eu == true && !(code == "DE" || code == \'IT\')'), ["FR"])
    equal(read('name >= "Italy" && population <= 58993475'), ["IT"])
    equal(read('name != "Italy" && population < 68350001'), ["GB"])
    equal(read("isBlank(name)"), [])


def more_is_asked_for_with_a_body(dss):
    body = {"format": "tsv-excel-noheader", "columns": ["code"], "filterExpression": "is_in_eu == false"}
    equal(_post(dss, body), "GB\nJP\n")
    equal(_post(dss, {**body, "sampling": {"samplingMethod": "HEAD_SEQUENTIAL", "maxRecords": 3}}), "GB\n")
    with refused("not partitioned"):
        _post(dss, {**body, "partitions": ["a"]})
    with refused("no column nothing"):
        _post(dss, {**body, "columns": ["nothing"]})
    with refused("NotFoundException", "SALES.nothing"):
        _post(dss, body, "nothing")


def partitions_are_read(dss):
    dataset = dss.project("CHURN").get_dataset("features")
    dataset.build(partitions="2025-03-01,2025-03-02")
    days = [len(_rows(dataset, partitions=day)) for day in ("2025-03-01", "2025-03-02", "2025-03-01,2025-03-02", "2025-03-03")]
    equal(days, [60, 60, 120, 0])
    equal(len(_rows(dataset)), 120)
    equal(_rows(dataset, partitions="2025-03-01")[0][:3], [1000, "basic", 19.9])
    dataset.clear(partitions="2025-03-01")
    equal(len(_rows(dataset)), 60)
    with refused("not partitioned"):
        _rows(dss.project().get_dataset("countries"), partitions="a")


def a_read_that_fails_ends_early_and_says_so(dss):
    dataset = dss.project().get_dataset("countries")
    for end, words in (("fail", "Disk gone"), ("abort", "Disk gone")):
        dss.script("rows/SALES.countries", end, message=words, after=0.4, times=1)
        seen = []
        with refused(words):
            for row in dataset.iter_rows():
                seen.append(row)
        equal(seen, COUNTRIES[:2])
        equal(_sessions(dss), {})
    equal(_rows(dataset), COUNTRIES)


def what_cannot_be_read_is_refused(dss):
    for query, words in (
        ({"format": "avro"}, "avro is no format"),
        ({"columns": "code,nothing"}, "no column nothing"),
        ({"partitions": "a"}, "not partitioned"),
        ({"sampling": "{"}, "no JSON"),
        ({"sampling": "{}"}, "no known method"),
        ({"sampling": '{"samplingMethod": "COLUMN_BASED", "column": "x"}'}, "no column x"),
        ({"limit": "many"}, "limit"),
        ({"filter": "code =="}, "a value is missing"),
        ({"filter": "cod == 1"}, "no column cod"),
        ({"filter": "isBlank(code"}, ") is missing"),
        ({"filter": "len(code) > 1"}, "len is not understood"),
        ({"filter": "code # 1"}, "not understood"),
        ({"filter": "code code"}, "not expected"),
    ):
        with refused(words):
            _read(dss, **query)
    with refused("NotFoundException", "SALES.nothing"):
        _rows(dss.project().get_dataset("nothing"))
    finish = "/projects/SALES/datasets/countries/finish-streaming/"
    with refused("NotFoundException"):
        dss.client._perform_empty("GET", finish, params={"readSessionId": "nobody"})
    _read(dss, readSessionId="mine")
    with refused("NotFoundException"):
        dss.client._perform_empty("GET", finish.replace("countries", "orders_raw"), params={"readSessionId": "mine"})
    dss.client._perform_empty("GET", finish, params={"readSessionId": "mine"})


def rows_follow_their_dataset(dss):
    project = dss.project()
    dataset = project.get_dataset("orders_prepared")
    count = len(_rows(dataset))
    dataset.build()
    equal(len(_rows(dataset)), 1000)
    dataset.rename("orders_ready")
    renamed = project.get_dataset("orders_ready")
    equal(len(_rows(renamed)), 1000)
    target = project.new_managed_dataset("copied").with_store_into("filesystem_managed").create()
    renamed.copy_to(target, sync_schema=True, write_mode="OVERWRITE").wait_for_result()
    equal(_rows(target)[:3], _rows(renamed)[:3])
    renamed.copy_to(target, sync_schema=True, write_mode="APPEND").wait_for_result()
    equal(len(_rows(target)), 2000)
    renamed.clear()
    equal((len(_rows(renamed)), len(_rows(target)), count >= 0), (0, 2000, True))
    target.delete(drop_data=True)
    again = project.new_managed_dataset("copied").with_store_into("filesystem_managed").create()
    equal(_rows(again), [])


def a_build_computes_rows(dss):
    project = dss.project()
    for name in ("orders_prepared", "customers_prepared", "orders_joined", "revenue_by_country"):
        project.get_dataset(name).build()
    revenue = _rows(project.get_dataset("revenue_by_country"))
    equal(sorted(row[0] for row in revenue), ["DE", "FR", "GB", "IT", "JP"])
    equal(sum(row[2] for row in revenue), 1000)
    orders = _rows(project.get_dataset("orders_joined"))
    equal(round(sum(row[3] for row in orders), 2), round(sum(row[1] for row in revenue), 2))
    equal(orders[1][4:], ['Customer "8"', "GB"])


def files_are_uploaded_and_become_rows(dss):
    dataset = _uploaded(dss)
    equal((dataset.uploaded_list_files(), _rows(dataset)), ([], []))
    text = 'id,note\r\n1,"a ""quoted"", note"\r\n2,"two\nlines"\r\n3,\r\n'
    equal(dataset.uploaded_add_file(io.BytesIO(text.encode()), "first.csv"), None)
    equal(
        dataset.uploaded_list_files(),
        [{"filename": "first.csv", "path": "/first.csv", "length": len(text), "mime": "text/csv"}],
    )
    equal(_rows(dataset), [[1, 'a "quoted", note'], [2, "two\nlines"], [3, ""]])
    dataset.uploaded_add_file(io.BytesIO("note,id\nü 日本 👩‍👩‍👧,9007199254740993\n".encode()), "second.bin")
    equal(_rows(dataset)[3], [9007199254740993, "ü 日本 👩‍👩‍👧"])
    equal(dataset.uploaded_list_files()[1]["mime"], "application/octet-stream")
    dataset.clear()
    equal((dataset.uploaded_list_files(), _rows(dataset)), ([], []))


def a_file_without_a_format_has_no_rows(dss):
    dataset = dss.project().create_upload_dataset("plain", connection="filesystem_managed")
    dataset.uploaded_add_file(io.BytesIO(b"a,b\n1,2\n"), "a.csv")
    equal(_rows(dataset), [])


def files_without_header_and_of_another_style_are_read(dss):
    dataset = _uploaded(dss, "unix", style="unix", separator=";", parseHeaderRow=False, skipRowsBeforeHeader=1)
    dataset.uploaded_add_file(io.BytesIO(b'# comment\n1;"a \\"b\\"; c"\n'), "a.csv")
    equal(_rows(dataset), [[1, 'a "b"; c']])


def uploads_follow_their_dataset(dss):
    project = dss.project()
    dataset = _uploaded(dss)
    dataset.uploaded_add_file(io.BytesIO(b"id,note\n1,a\n"), "a.csv")
    dataset.rename("prospects")
    prospects = project.get_dataset("prospects")
    equal(_rows(prospects), [[1, "a"]])
    prospects.delete()
    equal(_uploaded(dss, "prospects").uploaded_list_files(), [])


def what_cannot_be_uploaded_is_refused(dss):
    dataset = _uploaded(dss)
    dataset.uploaded_add_file(io.BytesIO(b"id,note\n1,a\n"), "a.csv")
    with refused("a.csv", "already"):
        dataset.uploaded_add_file(io.BytesIO(b"id,note\n2,b\n"), "a.csv")
    equal(_rows(dataset), [[1, "a"]])
    for name in ("x/y.csv", "x\\y.csv"):
        with refused("no name"):
            dataset.uploaded_add_file(io.BytesIO(b"x"), name)
    countries = dss.project().get_dataset("countries")
    with refused("UploadedFiles"):
        countries.uploaded_list_files()
    with refused("UploadedFiles"):
        countries.uploaded_add_file(io.BytesIO(b"x"), "a.csv")
    nothing = dss.project().get_dataset("nothing")
    with refused("NotFoundException", "SALES.nothing"):
        nothing.uploaded_list_files()
    with refused("NotFoundException", "SALES.nothing"):
        nothing.uploaded_add_file(io.BytesIO(b"x"), "a.csv")
    with refused("multipart"):
        dss.client._perform_json("POST", "/projects/SALES/datasets/leads/uploaded/files", body={"file": "x"})
