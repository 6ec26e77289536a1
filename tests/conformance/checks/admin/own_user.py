"""What users keep for themselves."""

from dss import equal, refused


def what_is_kept_is_saved(dss):
    maria = dss.connect_as("maria")
    others = {login: dss.client.get_user(login).get_definition() for login in ("admin", "lena")}
    before = dss.client.get_user("maria").get_definition()
    settings = maria.get_own_user().get_settings()
    equal(settings.get_raw(), {"userProperties": {}, "secrets": [], "credentials": {}})
    settings.add_secret("token", "v")
    settings.set_basic_connection_credential("pg", "u", "p")
    settings.user_properties["color"] = "red"
    settings.save()
    saved = {
        "userProperties": {"color": "red"},
        "secrets": [{"name": "token", "value": "v", "secret": True}],
        "credentials": {"pg": {"type": "BASIC", "user": "u", "password": "p"}},
    }
    equal(maria.get_own_user().get_settings().get_raw(), saved)
    equal(dss.client.get_user("maria").get_definition(), {**before, **saved})
    equal({login: dss.client.get_user(login).get_definition() for login in others}, others)


def nobody_promotes_oneself(dss):
    maria = dss.connect_as("maria")
    before = dss.client.get_user("maria").get_definition()
    settings = maria.get_own_user().get_settings()
    settings.get_raw()["groups"] = ["administrators"]
    settings.get_raw()["login"] = "admin"
    settings.save()
    equal(dss.client.get_user("maria").get_definition(), before)


def what_cannot_be_is_refused(dss):
    before = dss.state["users"]
    maria = dss.connect_as("maria")
    for wrong in ({"secrets": {}}, {"credentials": []}, {"userProperties": 7}):
        with refused("IllegalArgumentException"):
            maria._perform_empty("PUT", "/current-user", body=wrong)
    stranger = dss.connect_as("a-key-without-a-user")
    with refused("NotFoundException"):
        stranger.get_own_user().get_settings()
    with refused("NotFoundException"):
        stranger._perform_empty("PUT", "/current-user", body={})
    equal(dss.state["users"], before)
