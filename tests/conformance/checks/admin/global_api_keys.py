"""Global API keys: whom they let in, what is stored of them, and until when."""

from dss import equal, refused, since

OCTOBER_1 = 1_759_309_200_000  # 2025-10-01T09:00Z, when a check begins
DAY = 86_400_000


def _ids(dss):
    return [key.id for key in dss.client.list_global_api_keys()]


def _lets_in(dss, key):
    return len(dss.connect(api_key=key).get_project("SALES").list_jobs()) > 0


@since("14.3")
def a_new_key_lets_its_holder_in(dss):
    key = dss.client.create_global_api_key(label="ci", description="CI key")
    assert _lets_in(dss, key.key)
    with refused("UnauthorizedException", key.id_):
        dss.connect(api_key=key.key).list_global_api_keys()
    definition = key.get_definition()
    equal(dict(definition), {
        "id": key.id_,
        "key": key.key,
        "label": "ci",
        "description": "CI key",
        "createdOn": OCTOBER_1,
        "createdBy": "admin",
        "expiresOn": 0,
        "expiry": 0,
        "globalPermissions": {"admin": False},
    })
    equal(definition.created_on.timestamp() * 1000, OCTOBER_1)
    read = (definition.id, definition.label, definition.description, definition.created_by, definition.expires_on, definition.lifetime)
    equal(read, (key.id_, "ci", "CI key", "admin", None, 0))
    equal((definition.groups, definition.user_for_impersonation), (None, None))


@since("14.3")
def rights_are_its_own_or_those_of_groups(dss):
    client = dss.client
    own = client.create_global_api_key(admin=True)
    grouped = client.create_global_api_key_with_groups("ops", None, ["administrators"])
    plain = client.create_global_api_key_with_groups(groups=["data_team"])
    for key in (own, grouped):
        equal(len(dss.connect(api_key=key.key).list_global_api_keys()), 3)
    with refused("UnauthorizedException"):
        dss.connect(api_key=plain.key).list_global_api_keys()
    definition = grouped.get_definition()
    equal((definition.label, definition.groups, definition.description), ("ops", ["administrators"], None))
    assert "globalPermissions" not in definition
    equal(own.get_definition()["globalPermissions"], {"admin": True})


@since("14.3")
def keys_are_listed(dss):
    equal(dss.client.list_global_api_keys(), [])
    first = dss.client.create_global_api_key(label="first", description="One")
    dss.advance(60)
    second = dss.client.create_global_api_key_with_groups("second", "Two", ["data_team"])
    definition = second.get_definition()
    definition.user_for_impersonation = "maria"
    definition.lifetime = 3
    definition.save()
    listed = dss.client.list_global_api_keys()
    equal([dict(item) for item in listed], [dict(first.get_definition()), dict(second.get_definition())])
    equal([(item.id, item.key) for item in listed], [(first.id_, first.key), (second.id_, second.key)])
    item = listed[1]
    equal((item.label, item.description, item.groups, item.user_for_impersonation), ("second", "Two", ["data_team"], "maria"))
    equal((item.created_on.timestamp() * 1000, item.created_by), (OCTOBER_1 + 60_000, "admin"))
    equal((item["expiry"], item["expiresOn"]), (3, OCTOBER_1 + 60_000 + 3 * DAY))
    equal((listed[0]["expiry"], listed[0]["expiresOn"], listed[0]["globalPermissions"]), (0, 0, {"admin": False}))
    equal(item.to_global_api_key().id_, second.id_)
    equal([key.key for key in dss.client.list_global_api_keys("objects")], [first.key, second.key])


@since("14.3")
def a_key_is_found(dss):
    key = dss.client.create_global_api_key()
    equal(dss.client.get_global_api_key_by_id(key.id_).key, key.key)
    equal(dss.client.get_global_api_key(key.key).id_, key.id_)
    with refused("NotFoundException"):
        dss.client.get_global_api_key("no-secret")


@since("14.3")
def a_creation_can_fail_within_a_success(dss):
    try:
        dss.client.create_global_api_key_with_groups("x", "y", ["nobody"])
    except Exception as error:
        assert "API key creation failed" in str(error) and "Group nobody does not exist" in str(error), error
    else:
        raise AssertionError("A key with an unknown group was created")
    answer = dss.client._perform_json("POST", "/admin/global-api-keys/", body={"groups": ["nobody"]})
    equal((list(answer), answer["messages"]["error"]), (["messages"], True))
    equal(_ids(dss), [])


@since("14.3")
def what_is_no_definition_is_refused(dss):
    key = dss.client.create_global_api_key(label="ci")
    before = dict(key.get_definition())
    for wrong in ({"label": 7}, {"expiry": -1}, {"expiry": "1"}, {"groups": "x"}, {"globalPermissions": {"admin": "yes"}}):
        with refused("IllegalArgumentException"):
            key.set_definition({**before, **wrong})
        with refused("IllegalArgumentException"):
            dss.client._create_global_api_key(wrong)
    with refused("NotFoundException", "nobody"):
        key.set_definition({**before, "groups": ["nobody"]})
    equal(dict(key.get_definition()), before)
    equal(_ids(dss), [key.id_])


@since("14.3")
def a_definition_is_saved_whole(dss):
    key = dss.client.create_global_api_key(label="ci", description="CI", admin=True)
    hostile = {"id": "other", "key": "other", "createdOn": 1, "createdBy": "other", "expiresOn": 1}
    key.set_definition({
        **hostile,
        "label": "plain",
        "groups": ["data_team"],
        "dssUserForImpersonation": "maria",
        "expiry": 2,
        "unheardOf": [1],
    })
    equal(dict(key.get_definition()), {
        "id": key.id_,
        "key": key.key,
        "label": "plain",
        "description": None,
        "createdOn": OCTOBER_1,
        "createdBy": "admin",
        "expiresOn": OCTOBER_1 + 2 * DAY,
        "expiry": 2,
        "groups": ["data_team"],
        "dssUserForImpersonation": "maria",
        "unheardOf": [1],
    })
    with refused("UnauthorizedException"):
        dss.connect(api_key=key.key).list_global_api_keys()
    definition = key.get_definition()
    definition.label = "edited"
    definition.description = "Edited"
    definition.groups = ["administrators"]
    definition.save()
    edited = key.get_definition()
    equal((edited.label, edited.description, edited.groups), ("edited", "Edited", ["administrators"]))
    equal((edited.user_for_impersonation, edited.lifetime), ("maria", 2))
    equal(edited.expires_on.timestamp() * 1000, OCTOBER_1 + 2 * DAY)
    equal(len(dss.connect(api_key=key.key).list_global_api_keys()), 1)
    key.set_definition({"label": "own", "globalPermissions": {"admin": True}})
    equal(len(dss.connect(api_key=key.key).list_global_api_keys()), 1)


@since("14.3")
def a_key_expires(dss):
    key = dss.client.create_global_api_key()
    definition = key.get_definition()
    definition.lifetime = 2
    definition.save()
    dss.advance(2 * DAY / 1000 - 1)
    assert _lets_in(dss, key.key)
    dss.advance(1)
    with refused("NotAuthenticatedException"):
        _lets_in(dss, key.key)
    equal(_ids(dss), [key.id_])


@since("14.3")
def a_deleted_key_is_gone(dss):
    key, other = dss.client.create_global_api_key(), dss.client.create_global_api_key()
    key.delete()
    with refused("NotAuthenticatedException"):
        _lets_in(dss, key.key)
    assert _lets_in(dss, other.key)
    for act in (key.get_definition, key.delete, lambda: key.set_definition({}), lambda: dss.client.get_global_api_key(key.key)):
        with refused("NotFoundException"):
            act()
    equal(_ids(dss), [other.id_])


@since("14.3")
def administration_is_for_administrators(dss):
    key = dss.client.create_global_api_key(label="ci")
    before = dict(key.get_definition())
    client = dss.connect_as("maria")
    hers = type(key)(client, key.key, key.id_)
    for act in (
        client.list_global_api_keys,
        lambda: client.get_global_api_key(key.key),
        lambda: client.get_global_api_key_by_id(key.id_),
        lambda: client.create_global_api_key(admin=True),
        lambda: client.create_global_api_key_with_groups(groups=["administrators"]),
        lambda: hers.set_definition({"label": "mine"}),
        hers.delete,
    ):
        with refused("UnauthorizedException"):
            act()
    equal([dict(item) for item in dss.client.list_global_api_keys()], [before])


def older_clients_name_keys_by_their_secrets(dss):
    ask = dss.client._perform_json
    definition = {"label": "ci", "description": "d", "globalPermissions": {"admin": True}}
    made = ask("POST", "/admin/globalAPIKeys/", body=definition)
    path = f"/admin/globalAPIKeys/{made['key']}"
    equal(ask("GET", path), made)
    assert made in ask("GET", "/admin/globalAPIKeys/")
    equal(ask("GET", "/admin/globalAPIKeys/"), ask("GET", "/admin/global-api-keys/"))
    equal((made["label"], made["description"], made["globalPermissions"]), ("ci", "d", {"admin": True}))
    dss.client._perform_empty("PUT", path, body={**made, "label": "other", "expiry": 2})
    equal(ask("GET", path), {**made, "label": "other", "expiry": 2, "expiresOn": made["createdOn"] + 2 * DAY})
    dss.client._perform_empty("DELETE", path)
    for method, body in (("GET", None), ("PUT", made), ("DELETE", None)):
        with refused("NotFoundException"):
            dss.client._perform_empty(method, path, body=body)
    messages = ask("POST", "/admin/globalAPIKeys/", body={"groups": ["nobody"]})["messages"]
    equal(messages["messages"][0]["message"], "Group nobody does not exist")
    maria = dss.connect_as("maria")
    before = ask("GET", "/admin/globalAPIKeys/")
    for method, at in (("GET", "/admin/globalAPIKeys/"), ("POST", "/admin/globalAPIKeys/"), ("PUT", path), ("DELETE", path)):
        with refused("UnauthorizedException"):
            maria._perform_empty(method, at, body={} if method in ("POST", "PUT") else None)
    equal(ask("GET", "/admin/globalAPIKeys/"), before)
