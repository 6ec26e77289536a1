"""Who asks."""

from dss import equal, refused, since

MARIA = {
    "authSource": "PERSONAL_API_KEY",
    "via": [],
    "authIdentifier": "maria",
    "groups": ["data_team"],
    "userProfile": "FULL_DESIGNER",
    "associatedDSSUSer": "maria",
    "userForImpersonation": "maria",
}
SECRETS = [{"key": "token", "value": "v"}]


def _keep_a_secret(dss):
    settings = dss.client.get_user("maria").get_settings()
    settings.add_secret("token", "v")
    settings.save()


def the_owner_of_a_key_is_known(dss):
    _keep_a_secret(dss)
    maria = dss.connect_as("maria")
    equal(maria.get_auth_info(), MARIA)
    equal(maria.get_auth_info(with_secrets=True), {**MARIA, "secrets": SECRETS})
    admin = dss.client.get_auth_info()
    equal((admin["authIdentifier"], admin["groups"]), ("admin", ["administrators"]))


def an_administrator_becomes_another_user(dss):
    equal(dss.client.get_user("maria").get_client_as().get_auth_info(), MARIA)
    dss.add_ticket("ticket-of-admin", "admin", admin=True)
    equal(dss.connect(internal_ticket="ticket-of-admin").get_user("maria").get_client_as().get_auth_info(), MARIA)
    with refused("UnauthorizedException"):
        dss.connect_as("lena").get_user("maria").get_client_as().get_auth_info()


@since("14.3")
def whose_group_is_one_of_administrators_is_one(dss):
    maria = dss.client.get_user("maria").get_client_as()
    with refused("UnauthorizedException", "maria is not an administrator"):
        maria.list_users()
    dss.client.edit_users([{"login": "maria", "groups": ["administrators"]}])
    equal(len(maria.list_users()), 4)
    group = dss.client.get_group("administrators")
    group.set_definition({**group.get_definition(), "admin": False})
    with refused("UnauthorizedException", "maria is not an administrator"):
        maria.list_users()


def the_user_of_a_browser_is_known(dss):
    _keep_a_secret(dss)
    dss.add_ticket("session-1", "maria")
    browser = {**MARIA, "authSource": "USER_FROM_UI"}
    for headers in (
        {"Cookie": "dss_access_token=session-1"},
        {"cookie": "a=b; dss_access_token=session-1; c=d", "Accept": "*/*"},
    ):
        equal(dss.client.get_auth_info_from_browser_headers(headers), browser)
    found = dss.client.get_auth_info_from_browser_headers({"Cookie": "dss_access_token=session-1"}, with_secrets=True)
    equal(found, {**browser, "secrets": SECRETS})


@since("14.3")
def a_ticket_of_the_user_of_a_browser_authenticates(dss):
    dss.add_ticket("session-1", "maria")
    ticket = dss.client.get_ticket_from_browser_headers({"Cookie": "dss_access_token=session-1"})
    assert ticket != "session-1"
    equal(dss.connect(internal_ticket=ticket).get_auth_info()["authIdentifier"], "maria")


def a_browser_without_a_session_is_refused(dss):
    for headers in ({}, {"Cookie": "dss_access_token=wrong"}, {"Cookie": "other=x"}):
        with refused("UnauthorizedException"):
            dss.client.get_auth_info_from_browser_headers(headers)
        with refused("UnauthorizedException"):
            dss.client.get_ticket_from_browser_headers(headers)
    with refused("IllegalArgumentException"):
        dss.client._perform_json("POST", "/auth/info-from-browser-headers", body=[])


@since("14.3")
def permissions_are_checked(dss):
    check = dss.client.new_permission_check()
    for item in (("DATASET", "SALES", "orders_joined"), ("DATASET", "SALES", "nothing"), ("PROJECT", "NONE", "NONE")):
        equal(check.with_item(*item), check)
    answer = check.execute_raw()
    equal([(item["objectType"], item["objectProjectKey"], item["objectId"]) for item in answer["items"]], [
        ("DATASET", "SALES", "orders_joined"), ("DATASET", "SALES", "nothing"), ("PROJECT", "NONE", "NONE"),
    ])
    equal([item["readable"] for item in answer["items"]], [True, False, False])
    with refused("IllegalArgumentException"):
        dss.client._perform_json("POST", "/permissions/actions/check-objects", body={})


@since("15.2")
def a_ticket_stands_for_the_one_who_asked(dss):
    ticket = dss.connect_as("maria").get_ticket()
    equal(dss.connect(internal_ticket=ticket).get_auth_info(), MARIA)
    with refused("UnauthorizedException"):
        dss.connect(internal_ticket=ticket).list_users()
    equal(len(dss.connect(internal_ticket=dss.client.get_ticket()).list_users()), 4)
    assert ticket != dss.client.get_ticket()


@since("15.2")
def a_bearer_token_is_a_key_too(dss):
    dss.connect_as("maria")
    equal(dss.connect(jwt_bearer_token="key-of-maria").get_auth_info(), MARIA)
