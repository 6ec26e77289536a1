"""Users of suppliers."""

from dss import equal, refused, since

LENA = {"displayName": "Lena Fischer-Braun", "email": "lena@example.com", "groups": ["readers", "data_team"]}


def _logins(future):
    """The logins that a future gives, once it has been seen to be one."""
    equal(future.has_result(), False)
    return [user["login"] for user in future.wait_for_result()]


def _lena(dss):
    definition = dss.client.get_user("lena").get_definition()
    return {key: definition[key] for key in LENA}


def _succeeds(future):
    equal(future.has_result(), False)
    result = future.wait_for_result()
    equal((result["success"], result["error"]), (True, False))


@since("14.3")
def users_are_fetched(dss):
    fetch = dss.client.start_fetch_external_users
    equal(_logins(fetch("LDAP")), ["lena", "omar", "ines"])
    equal(_logins(fetch("AZURE_AD")), ["noor"])
    equal(_logins(fetch("LDAP", login="omar")), ["omar"])
    equal(_logins(fetch("LDAP", email="ines@example.com")), ["ines"])
    equal(_logins(fetch("LDAP", group_name="readers")), ["lena", "omar"])
    equal(_logins(fetch("LDAP", login="omar", email="ines@example.com")), [])
    equal(_logins(fetch("LDAP", login="ines", group_name="readers")), ["ines"])
    equal(_logins(fetch("LDAP", login="nobody")), [])


def groups_are_fetched(dss):
    future = dss.client.start_fetch_external_groups("LDAP")
    equal(future.has_result(), False)
    equal(future.wait_for_result(), ["data_team", "readers"])
    equal(dss.client.start_fetch_external_groups("AZURE_AD").wait_for_result(), ["readers"])


@since("14.3")
def users_are_created(dss):
    found = dss.client.start_fetch_external_users("LDAP", login="omar").wait_for_result()
    future = dss.client.start_provision_users("LDAP", found)
    with refused("NotFoundException"):
        dss.client.get_user("omar").get_info()
    _succeeds(future)
    definition = dss.client.get_user("omar").get_definition()
    equal((definition["sourceType"], definition["displayName"], definition["groups"]), ("LDAP", "Omar Haddad", ["readers"]))


def one_that_is_there_is_not_created_again(dss):
    before = dss.state["users"]
    result = dss.client.start_provision_users("LDAP", [{"login": "lena"}]).wait_for_result()
    equal((result["success"], result["error"]), (False, True))
    equal(result["messages"][0]["message"], "User lena exists already")
    equal(dss.state["users"], before)


def a_user_is_resynchronized(dss):
    before = _lena(dss)
    future = dss.client.get_user("lena").start_resync_from_supplier()
    equal(_lena(dss), before)
    _succeeds(future)
    equal(_lena(dss), LENA)


@since("14.3")
def many_users_are_resynchronized(dss):
    dss.client.create_user("omar", "pw", source_type="LDAP")
    _succeeds(dss.client.start_resync_users_from_supplier(["lena"]))
    equal(_lena(dss), LENA)
    equal(dss.client.get_user("omar").get_info().display_name, "")
    _succeeds(dss.client.start_resync_users_from_supplier([]))
    equal(dss.client.get_user("omar").get_info().display_name, "")


@since("14.3")
def all_users_are_resynchronized(dss):
    dss.client.create_user("noor", "pw", source_type="AZURE_AD")
    _succeeds(dss.client.start_resync_all_users_from_supplier())
    equal(_lena(dss), LENA)
    equal(dss.client.get_user("noor").get_info().display_name, "Noor Aziz")
    equal(dss.client.get_user("maria").get_info().display_name, "Maria Lopez")


def one_who_left_the_supplier_is_reported(dss):
    dss.client.create_user("gone", "pw", source_type="LDAP")
    result = dss.client.get_user("gone").start_resync_from_supplier().wait_for_result()
    equal((result["error"], result["messages"][0]["message"]), (True, "User gone of LDAP does not exist"))


def what_cannot_be_is_refused(dss):
    before = dss.state["users"], dss.client.list_futures(all_users=True)
    client = dss.client
    for call in (
        lambda: client.start_fetch_external_users("MOON"),
        lambda: client.start_fetch_external_groups("MOON"),
        lambda: client.start_provision_users("MOON", []),
        lambda: client.start_provision_users("LDAP", ["lena"]),
        client.get_user("maria").start_resync_from_supplier,
        lambda: client.start_resync_users_from_supplier(["lena", "maria"]),
        lambda: client.start_resync_users_from_supplier([7]),
    ):
        with refused("IllegalArgumentException"):
            call()
    for call in (
        client.get_user("nobody").start_resync_from_supplier,
        lambda: client.start_resync_users_from_supplier(["nobody"]),
    ):
        with refused("NotFoundException", "nobody"):
            call()
    equal((dss.state["users"], client.list_futures(all_users=True)), before)


def only_administrators_ask_suppliers(dss):
    before = dss.state["users"], dss.client.list_futures(all_users=True)
    client = dss.connect_as("maria")
    for call in (
        lambda: client.start_fetch_external_users("LDAP"),
        lambda: client.start_fetch_external_groups("LDAP"),
        lambda: client.start_provision_users("LDAP", []),
        lambda: client.start_resync_users_from_supplier(["lena"]),
        client.start_resync_all_users_from_supplier,
        client.get_user("lena").start_resync_from_supplier,
    ):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
    equal((dss.state["users"], dss.client.list_futures(all_users=True)), before)
