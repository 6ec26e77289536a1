"""Personal API keys: whom they stand for, who sees them, and what can be changed of them."""

from dss import equal, refused, since

OCTOBER_1 = 1_759_309_200_000  # 2025-10-01T09:00Z, when a check begins


def _of(key, **other):
    """A key as it is, with some of its fields foretold."""
    foretold = {"label": "", "description": "", "createdOn": OCTOBER_1, "createdBy": "admin", "expiresOn": 0, **other}
    equal(key, {**foretold, "id": key["id"], "key": key["key"]})
    assert key["key"].startswith("dkuaps-")
    return key


def a_new_key_stands_for_its_user(dss):
    maria = dss.connect_as("maria")
    key = _of(maria.create_personal_api_key("laptop", "Mine"), user="maria", label="laptop", description="Mine", createdBy="maria")
    client = dss.connect(api_key=key["key"])
    equal([dict(item) for item in client.list_personal_api_keys()], [key])
    with refused("UnauthorizedException", "maria"):
        client.list_all_personal_api_keys()
    assert maria.create_personal_api_key(as_type="object").id_ != key["id"]
    equal(len(client.list_personal_api_keys("objects")), 2)


@since("14.3")
def an_administrator_makes_keys_for_others(dss):
    key = _of(dss.client.create_personal_api_key_for_user("maria", "robot", "Hers", as_type="dict"), user="maria", label="robot", description="Hers")
    equal([item.id for item in dss.connect(api_key=key["key"]).list_personal_api_keys()], [key["id"]])
    admin = dss.client.create_personal_api_key_for_user("admin")
    equal(len(dss.connect(api_key=admin.key).list_all_personal_api_keys()), 2)
    with refused("NotFoundException", "nobody"):
        dss.client.create_personal_api_key_for_user("nobody")
    with refused("IllegalArgumentException"):
        dss.client.create_personal_api_key_for_user("maria", label=7)
    with refused("UnauthorizedException"):
        dss.connect_as("maria").create_personal_api_key_for_user("admin")
    equal(len(dss.client.list_all_personal_api_keys()), 2)


def keys_are_listed(dss):
    equal((dss.client.list_personal_api_keys(), dss.client.list_all_personal_api_keys()), ([], []))
    own = _of(dss.client.create_personal_api_key("own", "O"), user="admin", label="own", description="O")
    dss.advance(60)
    theirs = dss.connect_as("maria").create_personal_api_key("hers", "H")
    equal(theirs["createdOn"], OCTOBER_1 + 60_000)
    listed = dss.client.list_all_personal_api_keys()
    equal([dict(item) for item in listed], [own, theirs])
    item = listed[1]
    equal((item.id, item.user, item.key, item.label, item.description), (theirs["id"], "maria", theirs["key"], "hers", "H"))
    equal((item.created_on.timestamp() * 1000, item.created_by), (OCTOBER_1 + 60_000, "maria"))
    equal(item.to_personal_api_key().id_, theirs["id"])
    equal([key.id_ for key in dss.client.list_all_personal_api_keys("objects")], [own["id"], theirs["id"]])
    equal([dict(item) for item in dss.client.list_personal_api_keys()], [own])


@since("14.3")
def a_definition_has_two_fields_to_change(dss):
    created = dss.client.create_personal_api_key("laptop", "Mine")
    key = dss.client.get_personal_api_key(created["id"])
    equal(key.get_definition(), created)
    hostile = {"id": "x", "key": "x", "user": "maria", "createdOn": 1, "createdBy": "x", "expiresOn": 1}
    key.set_definition({**hostile, "label": "desktop", "description": "Still mine"})
    equal(key.get_definition(), {**created, "label": "desktop", "description": "Still mine"})
    with refused("IllegalArgumentException"):
        key.set_definition({"label": 7})
    equal(key.get_definition(), {**created, "label": "desktop", "description": "Still mine"})
    with refused("IllegalArgumentException"):
        dss.client.create_personal_api_key(label=7)
    equal(len(dss.client.list_personal_api_keys()), 1)


@since("14.3")
def keys_of_others_are_not_there(dss):
    created = dss.client.create_personal_api_key("laptop")
    hers = dss.connect_as("maria").get_personal_api_key(created["id"])
    for act in (hers.get_definition, lambda: hers.set_definition({"label": "mine"}), hers.delete):
        with refused("NotFoundException", created["id"]):
            act()
    equal(dss.client.get_personal_api_key(created["id"]).get_definition(), created)
    theirs = dss.connect_as("maria").create_personal_api_key("hers")
    equal(dss.client.get_personal_api_key(theirs["id"]).get_definition(), theirs)


@since("14.3")
def a_deleted_key_is_gone(dss):
    created, other = dss.client.create_personal_api_key(), dss.client.create_personal_api_key()
    key = dss.client.get_personal_api_key(created["id"])
    key.delete()
    with refused("NotAuthenticatedException"):
        dss.connect(api_key=created["key"]).list_futures()
    dss.connect(api_key=other["key"]).list_futures()
    for act in (key.get_definition, lambda: key.set_definition({}), key.delete):
        with refused("NotFoundException"):
            act()
    equal([item.id for item in dss.client.list_personal_api_keys()], [other["id"]])


def a_global_key_is_no_user(dss):
    key = dss.client.create_global_api_key(admin=True)
    with refused("UnauthorizedException"):
        dss.connect(api_key=key.key).create_personal_api_key()
    equal(dss.client.list_all_personal_api_keys(), [])


def all_keys_are_for_administrators(dss):
    dss.client.create_personal_api_key()
    with refused("UnauthorizedException"):
        dss.connect_as("maria").list_all_personal_api_keys()
