"""Data collections, and what is in them."""

from dataikuapi.dss.data_collection import DSSDataCollectionPermissionItem
from dss import equal, refused

DAY = 86_400_000


def collections_are_listed(dss):
    [customers] = dss.client.list_data_collections(as_type="dict")
    equal((customers["id"], customers["displayName"], customers["description"]), ("Fv9Pq1Rs", "Customers", "All that is known of customers"))
    equal((customers["color"], customers["tags"], customers["itemCount"]), ("#f28c38", ["prod"], 1))
    equal(customers["lastModifiedOn"], dss.now - DAY)
    assert "permissions" not in customers
    equal(dss.connect_as("lena").list_data_collections(as_type="dict"), [customers])
    raw = dss.client.get_data_collection("Fv9Pq1Rs").get_settings().get_raw()
    equal({key: raw[key] for key in customers}, customers)
    equal([each.get("user") for each in raw["permissions"]], ["maria", None])
    equal(dss.connect_as("lena").get_data_collection("Fv9Pq1Rs").get_settings().get_raw(), {**raw, "permissions": None})
    dss.client.create_data_collection("Hidden")
    equal(len(dss.connect_as("lena").list_data_collections()), 1)


def a_collection_is_created(dss):
    bare = dss.client.create_data_collection("Bare")
    raw = bare.get_settings().get_raw()
    equal((raw["displayName"], raw["color"], raw["description"], raw["tags"], raw["itemCount"]), ("Bare", "#f28c38", "", [], 0))
    equal((raw["permissions"], raw["lastModifiedOn"]), ([{"user": "admin", "admin": True, "write": True, "read": True}], dss.now))
    equal(raw["id"], bare.id)
    permissions = [DSSDataCollectionPermissionItem.reader_group("readers")]
    full = dss.client.create_data_collection("Full", id="full", tags=["t"], description="d", color="#fff", permissions=permissions)
    equal(full.id, "full")
    raw = full.get_settings().get_raw()
    equal((raw["color"], raw["description"], raw["tags"], raw["permissions"]), ("#fff", "d", ["t"], permissions))
    equal([each.id for each in dss.client.list_data_collections()], ["Fv9Pq1Rs", bare.id, "full"])


def a_collection_is_saved_whole(dss):
    dss.advance(60)
    settings = dss.client.get_data_collection("Fv9Pq1Rs").get_settings()
    settings.display_name = "C"
    settings.color = "#000"
    settings.description = ""
    settings.tags = ["a", "b"]
    settings.permissions = [
        DSSDataCollectionPermissionItem.admin_group("data_team"),
        DSSDataCollectionPermissionItem.contributor_user("lena"),
    ]
    raw = settings.get_raw()
    raw["whatIsToCome"] = [1]
    settings.save()
    expected = {**raw, "lastModifiedOn": dss.now, "itemCount": 1}
    equal(dss.client.get_data_collection("Fv9Pq1Rs").get_settings().get_raw(), expected)
    raw |= {"id": "other", "itemCount": 7, "lastModifiedOn": 7}
    settings.save()
    equal(dss.client.get_data_collection("Fv9Pq1Rs").get_settings().get_raw(), expected)


def objects_are_added_and_removed(dss):
    collection = dss.client.get_data_collection("Fv9Pq1Rs")
    equal(collection.list_objects(as_type="dict"), [{"type": "DATASET", "projectKey": "SALES", "id": "customers_prepared"}])
    dss.advance(60)
    collection.add_object(dss.project("CHURN").get_dataset("features"))
    collection.add_object({"type": "DATASET", "projectKey": "CHURN", "id": "features"})
    equal(collection.list_objects(as_type="dict")[1:], [{"type": "DATASET", "projectKey": "CHURN", "id": "features"}])
    [listed] = dss.client.list_data_collections()
    equal((listed.item_count, listed.get_raw()["lastModifiedOn"]), (2, dss.now))
    dss.advance(60)
    collection.list_objects()[0].remove()
    equal([each["id"] for each in collection.list_objects(as_type="dict")], ["features"])
    equal(dss.client.list_data_collections()[0].get_raw()["lastModifiedOn"], dss.now)
    collection.add_object({"type": "DATASET", "projectKey": "SALES", "id": "orders_raw"})
    collection.add_object({"type": "DATASET", "projectKey": "SALES", "id": "countries"})
    collection.list_objects()[1].remove()
    equal([each["id"] for each in collection.list_objects(as_type="dict")], ["features", "countries"])


def a_collection_is_deleted(dss):
    dss.client.get_data_collection("Fv9Pq1Rs").delete()
    equal(dss.client.list_data_collections(), [])
    with refused("NotFoundException", "Fv9Pq1Rs"):
        dss.client.get_data_collection("Fv9Pq1Rs").get_settings()


def what_cannot_be_is_refused(dss):
    before = dss.state["dataCollections"]
    create = dss.client.create_data_collection
    with refused("AlreadyExistsException", "Fv9Pq1Rs"):
        create("Again", id="Fv9Pq1Rs")
    for name, more in (
        ("", {}),
        (None, {}),
        ("N", {"id": 7}),
        ("N", {"id": ""}),
        ("N", {"color": 7}),
        ("N", {"description": 7}),
        ("N", {"tags": "t"}),
        ("N", {"tags": [7]}),
        ("N", {"permissions": [{"read": True}]}),
    ):
        with refused("IllegalArgumentException"):
            create(name, **more)
    raw = dss.client.get_data_collection("Fv9Pq1Rs").get_settings().get_raw()
    for wrong in ({"displayName": ""}, {"color": 7}, {"description": 7}, {"tags": None}, {"permissions": None}):
        with refused("IllegalArgumentException"):
            dss.client._perform_empty("PUT", "/data-collections/Fv9Pq1Rs", body={**raw, **wrong})
    collection = dss.client.get_data_collection("Fv9Pq1Rs")
    with refused("IllegalArgumentException", "not a MODEL"):
        collection.add_object({"type": "MODEL", "projectKey": "SALES", "id": "x"})
    with refused("NotFoundException", "Dataset SALES.none"):
        collection.add_object({"type": "DATASET", "projectKey": "SALES", "id": "none"})
    with refused("NotFoundException", "NOWHERE"):
        collection.add_object({"type": "DATASET", "projectKey": "NOWHERE", "id": "x"})
    for dataset in ("SALES/none", "NONE/customers_prepared"):
        with refused("NotFoundException", "in data collection"):
            dss.client._perform_empty("DELETE", f"/data-collections/Fv9Pq1Rs/objects/dataset/{dataset}")
    for verb, path in (
        ("GET", "/data-collections/none"),
        ("PUT", "/data-collections/none"),
        ("DELETE", "/data-collections/none"),
        ("GET", "/data-collections/none/objects"),
        ("POST", "/data-collections/none/objects"),
        ("DELETE", "/data-collections/none/objects/dataset/SALES/x"),
    ):
        with refused("NotFoundException", "Data collection none"):
            dss.client._perform_raw(verb, path)
    equal(dss.state["dataCollections"], before)


def rights_are_looked_at(dss):
    before = dss.state["dataCollections"]
    lena, nobody = (dss.connect_as(each).get_data_collection("Fv9Pq1Rs") for each in ("lena", "nobody"))
    settings = lena.get_settings()
    dataset = {"type": "DATASET", "projectKey": "SALES", "id": "orders_raw"}
    for call in (settings.save, lena.delete, lambda: lena.add_object(dataset), lena.list_objects()[0].remove, nobody.list_objects, nobody.get_settings):
        with refused("UnauthorizedException", "is not an administrator of data collection Fv9Pq1Rs"):
            call()
    with refused("UnauthorizedException", "maria is not an administrator"):
        dss.connect_as("maria").create_data_collection("X")
    equal(dss.state["dataCollections"], before)
    dss.connect_as("maria").get_data_collection("Fv9Pq1Rs").delete()
