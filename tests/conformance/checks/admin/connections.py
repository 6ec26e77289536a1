"""Connections: their settings, who may use them, their details, their tests, and what DSS does with them."""

from dss import equal, refused, since

SEEDED = ["filesystem_managed", "pg_dwh", "s3_lake", "hdfs_root", "filesystem_folders"]
DEFAULTS = {
    "usableBy": "ALL",
    "allowedGroups": [],
    "allowWrite": True,
    "allowManagedDatasets": True,
    "allowManagedFolders": True,
    "allowKnowledgeBanks": False,
    "maxActivities": 0,
    "useGlobalProxy": True,
    "credentialsMode": "GLOBAL",
    "detailsReadability": {"readableBy": "NONE", "allowedGroups": []},
}
NEW = {
    "params": {"host": "erp.example.com", "port": "1521"},
    "usableBy": "ALLOWED",
    "allowedGroups": ["data_team"],
    "description": "ERP",
}
RUNNING = {"hasResult": False, "alive": True, "aborted": False, "unknown": False, "runningTime": 0}


def _create(dss, name="erp", **other):
    sent = {**NEW, **other}
    return dss.client.create_connection(name, "Oracle", sent["params"], sent["usableBy"], sent["allowedGroups"], sent["description"])


def _state(dss):
    return dss.client.list_connections()


@since("14.3")
def connections_are_listed(dss):
    _create(dss)
    listed = dss.client.list_connections()
    equal(list(listed), [*SEEDED, "erp"])
    equal(listed["pg_dwh"]["detailsReadability"], {"readableBy": "ALLOWED", "allowedGroups": ["data_team"]})
    equal(dict(listed["erp"]), {**DEFAULTS, **NEW, "name": "erp", "type": "Oracle"})
    equal([item["name"] for item in dss.client.list_connections("listitems")], list(listed))
    equal([connection.name for connection in dss.client.list_connections("objects")], list(listed))
    raw = listed["erp"].to_connection().get_settings().get_raw()
    equal(raw, dict(listed["erp"]))


@since("14.3")
def a_new_connection_has_defaults(dss):
    connection = dss.client.create_connection("open", "PostgreSQL")
    raw = connection.get_settings().get_raw()
    equal(raw, {**DEFAULTS, "name": "open", "type": "PostgreSQL", "params": {}, "description": None})


def the_answer_to_a_creation_is_a_text(dss):
    body = {"name": "open", "type": "PostgreSQL", "params": {}}
    equal(dss.client._perform_text("POST", "/admin/connections/", body=body), "Created connection open")


@since("14.3")
def what_is_no_connection_is_refused(dss):
    before = _state(dss)
    with refused("AlreadyExistsException", "pg_dwh"):
        _create(dss, "pg_dwh")
    with refused("IllegalArgumentException", "name"):
        _create(dss, "")
    with refused("IllegalArgumentException", "type"):
        dss.client.create_connection("erp", "Abacus")
    for wrong in ({"params": "none"}, {"usableBy": "SOME"}, {"allowedGroups": [1]}, {"description": 7}):
        with refused("IllegalArgumentException"):
            _create(dss, **wrong)
    equal(_state(dss), before)


@since("14.3")
def settings_are_saved_whole(dss):
    connection = dss.client.get_connection("pg_dwh")
    settings = connection.get_settings()
    equal((settings.type, settings.usable_by, settings.usable_by_allowed_groups), ("PostgreSQL", "ALLOWED", ["data_team"]))
    equal((settings.details_readability.readable_by, settings.details_readability.allowed_groups), ("ALLOWED", ["data_team"]))
    flags = (settings.allow_write, settings.allow_managed_datasets, settings.allow_managed_folders, settings.allow_knowledge_banks)
    equal(flags, (True, True, False, False))
    settings.allow_write = False
    settings.allow_managed_datasets = False
    settings.allow_managed_folders = True
    settings.allow_knowledge_banks = True
    settings.set_usability(False, "readers")
    settings.details_readability.set_readability(False, "readers")
    raw = settings.get_raw()
    raw.update(maxActivities=3, credentialsMode="PER_USER", useGlobalProxy=False, params={"host": "other"}, description="Other")
    raw["unheardOf"] = [1, None]
    settings.save()
    saved = dss.client.get_connection("pg_dwh").get_settings().get_raw()
    equal(saved, {
        "name": "pg_dwh",
        "type": "PostgreSQL",
        "params": {"host": "other"},
        "description": "Other",
        "usableBy": "ALLOWED",
        "allowedGroups": ["readers"],
        "allowWrite": False,
        "allowManagedDatasets": False,
        "allowManagedFolders": True,
        "allowKnowledgeBanks": True,
        "maxActivities": 3,
        "useGlobalProxy": False,
        "credentialsMode": "PER_USER",
        "detailsReadability": {"readableBy": "ALLOWED", "allowedGroups": ["readers"]},
        "unheardOf": [1, None],
    })
    settings.set_usability(True)
    settings.details_readability.set_readability(True)
    settings.allow_managed_folders = False
    settings.save()
    again = connection.get_definition()
    equal((again["usableBy"], again["detailsReadability"]["readableBy"], again["allowManagedFolders"]), ("ALL", "ALL", False))


def a_definition_takes_the_place_of_the_other(dss):
    connection = dss.client.get_connection("pg_dwh")
    equal(connection.set_definition({"name": "other", "type": "Oracle"}), {"msg": "Updated connection pg_dwh"})
    equal(connection.get_definition(), {**DEFAULTS, "name": "pg_dwh", "type": "PostgreSQL", "params": {}})
    for wrong in ({"params": []}, {"allowWrite": 1}, {"detailsReadability": {"readableBy": "SOME"}}):
        with refused("IllegalArgumentException"):
            connection.set_definition(wrong)
    equal(connection.get_definition(), {**DEFAULTS, "name": "pg_dwh", "type": "PostgreSQL", "params": {}})


@since("14.3")
def secrets_are_not_shown(dss):
    connection = _create(dss, params={"user": "scott", "password": "tiger"})
    params = connection.get_settings().get_raw()["params"]
    assert params["user"] == "scott" and params["password"].startswith("e:AES:")
    equal(_state(dss)["erp"]["params"], params)
    connection.get_settings().save()
    equal(connection.get_info().get_basic_credential(), {"user": "scott", "password": "tiger"})


@since("14.3")
def a_deleted_connection_is_gone(dss):
    dss.client.get_connection("pg_dwh").delete()
    equal(list(_state(dss)), [name for name in SEEDED if name != "pg_dwh"])
    before = _state(dss)
    gone = dss.client.get_connection("pg_dwh")
    for act in (gone.get_settings, gone.get_info, gone.test, gone.sync_root_acls, gone.delete, lambda: gone.set_definition({})):
        with refused("NotFoundException", "pg_dwh"):
            act()
    equal(_state(dss), before)


def administration_is_for_administrators(dss):
    before = _state(dss)
    client = dss.connect_as("maria")
    connection = client.get_connection("pg_dwh")
    for act in (
        client.list_connections,
        lambda: client.create_connection("mine", "Oracle"),
        connection.get_settings,
        lambda: connection.set_definition({}),
        connection.sync_datasets_acls,
        connection.delete,
    ):
        with refused("UnauthorizedException"):
            act()
    equal(_state(dss), before)


def names_are_of_what_can_be_used(dss):
    equal(dss.client.list_connections_names("all"), SEEDED)
    equal(dss.client.list_connections_names("PostgreSQL"), ["pg_dwh"])
    equal(dss.connect_as("lena").list_connections_names("all"), [name for name in SEEDED if name != "pg_dwh"])
    equal(dss.connect_as("maria").list_connections_names("all"), SEEDED)
    with refused("IllegalArgumentException", "type"):
        dss.client._perform_json("GET", "/connections/get-names")


def details_have_credentials(dss):
    info = dss.client.get_connection("pg_dwh").get_info()
    equal((info.get_type(), info.get_credential_mode()), ("PostgreSQL", "GLOBAL"))
    equal(info.get_params(), {
        "host": "db.example.com", "port": 5432, "db": "dwh", "user": "dss", "password": "warehouse", "properties": [],
    })
    equal(info.get_basic_credential(), {"user": "dss", "password": "warehouse"})
    lake = dss.client.get_connection("s3_lake")
    equal(lake.get_location_info().get_aws_credential(), {"accessKey": "AKIALAKE", "secretKey": "lake"})
    equal(lake.get_info().get_resolved_params()["chroot"], "/${projectKey}")
    equal(lake.get_info("SALES").get_resolved_params()["chroot"], "/SALES")
    equal(info.get_resolved_params(), info.get_params())
    assert not {"resolvedAWSCredential", "resolvedOAuth2Credential"} & set(info)
    sharepoint = dss.client.create_connection("docs", "SharePointOnline", params={"accessToken": "token"})
    equal(sharepoint.get_info().get_oauth2_credential(), {"accessToken": "token"})
    with refused("UnauthorizedException"):
        lake.get_info("NOWHERE")


def details_are_for_their_readers(dss):
    equal(dss.connect_as("maria").get_connection("pg_dwh").get_info().get_type(), "PostgreSQL")
    equal(dss.connect_as("lena").get_connection("s3_lake").get_info().get_type(), "EC2")
    for login, name in (("lena", "pg_dwh"), ("maria", "hdfs_root")):
        with refused("UnauthorizedException", name):
            dss.connect_as(login).get_connection(name).get_info()


@since("14.3")
def a_connection_is_tested(dss):
    connection = dss.client.get_connection("pg_dwh")
    equal(connection.test(), {"connectionOK": True})
    dss.script("connections/pg_dwh", "fail", message="no route to host", times=1)
    equal(connection.test(), {"connectionOK": False, "connectionErrorMsg": "no route to host"})
    equal(connection.test(), {"connectionOK": True})
    equal(dss.client.get_connection("s3_lake").test()["connectionOK"], False)
    with refused("NotImplementedException"):
        dss.client.get_connection("hdfs_root").test()
    with refused("UnauthorizedException"):
        dss.connect_as("lena").get_connection("pg_dwh").test()


def access_rights_are_set_again(dss):
    connection = dss.client.get_connection("hdfs_root")
    future, started = connection.sync_root_acls(), dss.now
    state = future.state
    equal({key: state[key] for key in RUNNING}, RUNNING)
    equal((state["startTime"], state["jobId"]), (started, future.job_id))
    result = future.wait_for_result()
    equal((result["success"], result["error"]), (True, False))
    assert "the root" in result["messages"][0]["message"]
    dss.client._perform_json("POST", "/admin/connections/hdfs_root/sync", body={"root": False})
    names = [future["payload"]["displayName"] for future in dss.client.list_futures()]
    assert "Access rights on the datasets of hdfs_root" in names
    future = dss.client.get_connection("pg_dwh").sync_datasets_acls()
    equal((future.job_id, future.has_result(), future.state["alive"]), (None, True, False))
    equal((future.state["aborted"], future.state["unknown"]), (False, False))
    equal((future.state["startTime"], future.state["runningTime"]), (0, 0))
    equal(len(future.state["result"]["messages"]), 1)
    with refused("IllegalArgumentException", "root"):
        dss.client._perform_json("POST", "/admin/connections/pg_dwh/sync", body={})


def connections_are_indexed(dss):
    answer = dss.client.catalog_index_connections(["pg_dwh"])
    equal({key: answer[key] for key in RUNNING}, RUNNING)
    equal(answer["startTime"], dss.now)
    future = dss.client.get_future(answer["jobId"])
    equal(future.wait_for_result(), {"indexedConnections": ["pg_dwh"]})
    answer = dss.client.catalog_index_connections(["pg_dwh"], all_connections=True)
    equal(dss.client.get_future(answer["jobId"]).wait_for_result(), {"indexedConnections": SEEDED})
    with refused("NotFoundException", "none"):
        dss.client.catalog_index_connections(["none"])
    with refused("IllegalArgumentException"):
        dss.client.catalog_index_connections(["pg_dwh"], indexing_mode="HALF")
