"""Rows of datasets: read, built, copied, cleared, and how a read ends."""

from dss import equal, refused

COUNTRIES = [
    ["DE", "Germany", 83456045, True],
    ["FR", "France", 68373433, True],
    ["GB", "United Kingdom", 68350000, False],
    ["IT", "Italy", 58993475, True],
    ["JP", "Japan", 124516650, False],
]


def _rows(dss, name, project="CHURN", **options):
    return list(dss.project(project).get_dataset(name).iter_rows(**options))


def rows_are_read_and_verified(dss):
    equal(_rows(dss, "countries", "SALES"), COUNTRIES)
    equal(dss.state["readSessions"], {})
    orders = _rows(dss, "orders_raw", "SALES")
    equal((len(orders), orders[0][0], orders[5][6]), (1000, 9007199254740993, "a\tb"))
    parcels = _rows(dss, "parcels_raw", "LOGISTICS")
    equal((len(parcels), parcels[0][3], parcels[0][4]), (10, "POINT(2 48.5)", '["fragile","a \\"b\\""]'))


def _text(dss, name, **query):
    return dss.client._perform_text("GET", "/projects/SALES/datasets/%s/data/" % name, params=query)


def rows_may_have_a_header(dss):
    equal(_text(dss, "countries", format="tsv-excel-header", limit=1, columns="name,code"), "name\tcode\nGermany\tDE\n")
    for query in ({"format": "nothing"}, {"columns": "nothing"}, {"filter": "("}, {"limit": "x"}, {"sampling": "{"}):
        with refused("IllegalArgumentException"):
            _text(dss, "countries", **query)
    with refused("NotFoundException", "nothing"):
        _text(dss, "nothing")


def a_read_that_fails_says_so_at_its_end(dss):
    dss.script("rows/SALES.countries", "fail", message="disk is gone")
    with refused("disk is gone"):
        _rows(dss, "countries", "SALES")


def partitions_are_read_apart(dss):
    features = dss.project("CHURN").get_dataset("features")
    equal(_rows(dss, "features"), [])
    for day in ("2025-01-01", "2025-01-02"):
        features.build(partitions=day)
    equal(len(_rows(dss, "features")), 24)
    equal(len(_rows(dss, "features", partitions="2025-01-02")), 12)
    features.clear(partitions=["2025-01-01"])
    equal(len(_rows(dss, "features")), 12)


def rows_follow_their_dataset(dss):
    project = dss.project("CHURN")
    contracts = project.get_dataset("contracts")
    contracts.copy_to(project.get_dataset("calls"), write_mode="APPEND").wait_for_result()
    equal(len(_rows(dss, "calls")), 30)
    contracts.copy_to(project.get_dataset("calls"), sync_schema=True).wait_for_result()
    equal(_rows(dss, "calls"), _rows(dss, "contracts"))
    contracts.clear()
    equal(_rows(dss, "contracts"), [])


def data_is_dropped_with_a_dataset_or_stays(dss):
    project = dss.project("CHURN")
    for dropped, left in ((True, 0), (False, 18)):
        name = "calls" if not dropped else "contracts"
        definition = project.get_dataset(name).get_definition()
        project.get_dataset(name).delete(drop_data=dropped)
        again = project.create_dataset(name, "UploadedFiles", definition["params"])
        again.set_schema(definition["schema"])
        equal(len(_rows(dss, name)), left)


def what_is_not_there_is_refused(dss):
    with refused("NotFoundException", "nothing"):
        _rows(dss, "nothing", "SALES")
