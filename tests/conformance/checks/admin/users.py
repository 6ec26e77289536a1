"""Users of the instance."""

from datetime import datetime, timezone

from dss import equal, refused, since

BOOT = 1_759_309_200_000  # 2025-10-01T09:00Z
DAY = 86_400_000
LOGINS = ["admin", "maria", "lena", "tom"]


def _logins(dss):
    return [user["login"] for user in dss.client.list_users()]


def users_are_listed(dss):
    users = dss.client.list_users()
    equal([user["login"] for user in users], LOGINS)
    equal(dict(users[1]), {
        "login": "maria",
        "displayName": "Maria Lopez",
        "email": "maria@example.com",
        "groups": ["data_team"],
        "sourceType": "LOCAL",
        "userProfile": "FULL_DESIGNER",
        "resultingUserProfile": "FULL_DESIGNER",
        "enabled": True,
        "creationDate": BOOT - 300 * DAY,
        "trialStatus": {"exists": False, "expired": False, "valid": False, "illegal": False, "expiresOn": 0, "grantedOn": 0},
        "activeWebSocketSesssions": 0,
    })


@since("14.3")
def users_are_listed_with_their_settings(dss):
    full = {user["login"]: dict(user) for user in dss.client.list_users(include_settings=True)}
    for login in LOGINS:
        equal(full[login], {**dss.client.get_user(login).get_definition(), "activeWebSocketSesssions": 0})
    handles = dss.client.list_users(as_objects=True)
    equal([handle.login for handle in handles], LOGINS)


@since("14.3")
def every_user_may_see_who_is_there(dss):
    maria = dss.connect_as("maria")
    infos = maria.list_users_info()
    equal([info.login for info in infos], LOGINS)
    for login, info in zip(LOGINS, infos):
        equal(maria.get_user(login).get_info().get_raw(), info.get_raw())
    lena = infos[2]
    equal((lena.display_name, lena.groups, lena.email, lena.enabled), ("Lena Fischer", ["readers"], "lena@example.com", True))
    equal((infos[3].email, infos[3].enabled), (None, False))
    equal(lena.get_raw(), {
        "login": "lena", "displayName": "Lena Fischer", "groups": ["readers"], "email": "lena@example.com", "enabled": True,
    })


@since("14.3")
def a_user_is_created(dss):
    user = dss.client.create_user(
        "zoe", "pw", display_name="Zoe", source_type="LDAP", groups=["data_team"], profile="READER", email="zoe@example.com",
    )
    definition = user.get_definition()
    for key, value in {
        "login": "zoe",
        "displayName": "Zoe",
        "sourceType": "LDAP",
        "groups": ["data_team"],
        "userProfile": "READER",
        "resultingUserProfile": "READER",
        "email": "zoe@example.com",
        "enabled": True,
        "creationDate": dss.now,
        "secrets": [],
        "credentials": {},
        "userProperties": {},
        "adminProperties": {},
    }.items():
        equal(definition[key], value)
    assert "password" not in definition
    equal(_logins(dss), [*LOGINS, "zoe"])
    activity = user.get_activity()
    equal(activity.get_raw(), {"login": "zoe", "lastSuccessfulLogin": 0, "lastFailedLogin": 0, "lastSessionActivity": 0})
    equal((activity.last_successful_login, activity.last_failed_login, activity.last_session_activity), (None, None, None))
    bare = dss.client.create_user("yan", "pw").get_definition()
    equal((bare["displayName"], bare["sourceType"], bare["groups"], bare["email"]), ("", "LOCAL", [], None))


def a_user_is_saved_whole(dss):
    user = dss.client.get_user("maria")
    before = user.get_definition()
    preferences = {name: value if name == "uiLanguage" else not value for name, value in before["preferences"].items()}
    after = {
        **before,
        "displayName": "Maria L.",
        "email": "m@example.com",
        "groups": ["readers"],
        "sourceType": "LDAP",
        "userProfile": "READER",
        "enabled": False,
        "preferences": {**preferences, "uiLanguage": "ja"},
        "secrets": [{"name": "s", "value": "v", "secret": True}],
        "credentials": {"pg": {"type": "BASIC", "user": "u", "password": "p"}},
        "userProperties": {"a": 1},
        "adminProperties": {"b": [2]},
        "addedLater": {"c": None},
    }
    equal(user.set_definition({**after, "password": "new", "login": "other", "creationDate": 1}), {"msg": "Updated user maria"})
    equal(user.get_definition(), {**after, "resultingUserProfile": "READER"})
    assert len(before["preferences"]) == 22


@since("14.3")
def settings_are_edited_and_saved(dss):
    settings = dss.client.get_user("maria").get_settings()
    preferences = settings.preferences
    names = [name for name, member in vars(type(preferences)).items() if isinstance(member, property) and name != "ui_language"]
    equal(len(names), 21)
    for name in names:
        equal(getattr(preferences, name), True)
        setattr(preferences, name, False)
    equal(preferences.ui_language, "en")
    preferences.ui_language = "fr"
    equal(settings.enabled, True)
    settings.enabled = False
    equal(settings.creation_date, datetime.fromtimestamp((BOOT - 300 * DAY) / 1000, tz=timezone.utc))
    settings.admin_properties["team"] = "ops"
    settings.user_properties["color"] = "red"
    settings.add_secret("token", "one")
    settings.add_secret("token", "two")
    settings.add_secret("gone", "x")
    settings.remove_secret("gone")
    settings.set_basic_connection_credential("pg", "u", "p")
    settings.set_basic_connection_credential("gone", "u", "p")
    settings.remove_connection_credential("gone")
    settings.set_basic_plugin_credential("pl", "ps", "pr", "pa", "u", "p")
    settings.set_oauth2_plugin_credential("pl", "ps", "pr", "pb", "rt")
    settings.remove_plugin_credential("pl", "ps", "pr", "pa")
    settings.save()
    saved = dss.client.get_user("maria").get_settings()
    for name in names:
        equal(getattr(saved.preferences, name), False)
    equal(saved.preferences.ui_language, "fr")
    equal((saved.enabled, saved.admin_properties, saved.user_properties), (False, {"team": "ops"}, {"color": "red"}))
    raw = saved.get_raw()
    equal(raw["secrets"], [{"name": "token", "value": "two", "secret": True}])
    equal(raw["credentials"], {
        "pg": {"type": "BASIC", "user": "u", "password": "p"},
        '"PLUGIN", "pl", "ps", "pr", "pb"': {"type": "OAUTH_REFRESH_TOKEN", "refreshToken": "rt"},
    })


@since("14.3")
def a_user_is_deleted_with_its_key(dss):
    lena = dss.connect_as("lena")
    equal(len(lena.list_users_info()), 4)
    dss.client.get_user("lena").delete()
    equal(_logins(dss), ["admin", "maria", "tom"])
    with refused("NotFoundException", "lena"):
        dss.client.get_user("lena").get_info()
    with refused("NotAuthenticatedException"):
        lena.list_users_info()


@since("14.3")
def one_deletes_oneself_only_when_told_to(dss):
    with refused("IllegalArgumentException"):
        dss.client.get_user("admin").delete()
    equal(dss.client.delete_users(["admin"]), [{"login": "admin", "status": "FAILURE", "error": "You cannot delete yourself"}])
    equal(_logins(dss), LOGINS)
    paul = dss.connect_as("paul", admin=True)
    dss.client.create_user("paul", "pw")
    paul.get_user("paul").delete(allow_self_deletion=True)
    equal(_logins(dss), LOGINS)
    sara = dss.connect_as("sara", admin=True)
    dss.client.create_user("sara", "pw")
    equal(sara.delete_users(["sara"], allow_self_deletion=True), [{"login": "sara", "status": "SUCCESS", "error": ""}])
    equal(_logins(dss), LOGINS)


@since("14.3")
def many_users_are_created(dss):
    outcomes = dss.client.create_users([
        {"login": "u1", "password": "pw", "displayName": "One", "groups": ["readers"], "email": "u1@example.com"},
        {"login": "maria", "password": "pw"},
        {"login": "u2"},
        {"login": "u3", "password": "pw", "userProfile": "READER", "groups": None},
    ])
    equal([(each["login"], each["status"]) for each in outcomes], [
        ("u1", "SUCCESS"), ("maria", "FAILURE"), ("u2", "FAILURE"), ("u3", "SUCCESS"),
    ])
    equal([each["error"] for each in outcomes], [
        "", "User maria exists already", "The local user u2 needs a password", "",
    ])
    one, three = dss.client.get_user("u1").get_definition(), dss.client.get_user("u3").get_definition()
    equal((one["displayName"], one["groups"], one["email"]), ("One", ["readers"], "u1@example.com"))
    equal((three["userProfile"], three["groups"]), ("READER", []))
    equal(_logins(dss), [*LOGINS, "u1", "u3"])
    equal(dss.client.get_user("maria").get_definition()["displayName"], "Maria Lopez")


@since("14.3")
def many_users_are_changed(dss):
    before = {login: dss.client.get_user(login).get_definition() for login in LOGINS}
    outcomes = dss.client.edit_users([
        {"login": "maria", "groups": ["readers"], "enabled": False},
        {"login": "nobody", "enabled": False},
        {"login": "lena", "enabled": "no"},
    ])
    equal(outcomes, [
        {"login": "maria", "status": "SUCCESS", "error": ""},
        {"login": "nobody", "status": "FAILURE", "error": "User nobody does not exist"},
        {"login": "lena", "status": "FAILURE", "error": "enabled of a user is not as it must be"},
    ])
    expected = {**before, "maria": {**before["maria"], "groups": ["readers"], "enabled": False}}
    equal({login: dss.client.get_user(login).get_definition() for login in LOGINS}, expected)


@since("14.3")
def many_users_are_deleted(dss):
    outcomes = dss.client.delete_users(["lena", "nobody", "tom"])
    equal(outcomes, [
        {"login": "lena", "status": "SUCCESS", "error": ""},
        {"login": "nobody", "status": "FAILURE", "error": "User nobody does not exist"},
        {"login": "tom", "status": "SUCCESS", "error": ""},
    ])
    equal(_logins(dss), ["admin", "maria"])


def when_users_were_there(dss):
    activities = dss.client.list_users_activity()
    equal([activity.login for activity in activities], LOGINS)
    equal([activity.login for activity in dss.client.list_users_activity(enabled_users_only=True)], LOGINS[:3])
    for login, activity in zip(LOGINS, activities):
        equal(dss.client.get_user(login).get_activity().get_raw(), activity.get_raw())
    equal(activities[1].get_raw(), {
        "login": "maria",
        "lastSuccessfulLogin": BOOT - DAY,
        "lastFailedLogin": 0,
        "lastSessionActivity": BOOT - DAY + 60_000,
    })
    equal(activities[3].get_raw()["lastFailedLogin"], BOOT - 269 * DAY)
    equal(activities[3].last_successful_login, None)


def whose_trial_is_over(dss):
    equal([user["login"] for user in dss.client.list_expired_trial_users()], ["tom"])
    status = dss.client.get_user("tom").get_settings().get_raw()["trialStatus"]
    equal((status["exists"], status["expired"], status["valid"]), (True, True, False))
    assert status["grantedOn"] < status["expiresOn"] < dss.now


def who_may_do_what(dss):
    matrix = dss.client.get_authorization_matrix().raw
    equal(set(matrix["perUser"]), {"admin", "maria", "lena"})
    equal(set(matrix["perGroup"]), {"administrators", "data_team", "readers"})


@since("14.3")
def what_cannot_be_is_refused(dss):
    before = dss.state["users"]
    nobody = dss.client.get_user("nobody")
    for call in (
        nobody.get_definition,
        nobody.get_settings,
        nobody.get_activity,
        nobody.get_info,
        nobody.delete,
        lambda: nobody.set_definition({"login": "nobody"}),
    ):
        with refused("NotFoundException", "nobody"):
            call()
    with refused("AlreadyExistsException"):
        dss.client.create_user("maria", "pw")
    for arguments in (("", "pw"), ("new", "")):
        with refused("IllegalArgumentException"):
            dss.client.create_user(*arguments)
    with refused("IllegalArgumentException"):
        dss.client.create_user("new", "pw", source_type="MOON")
    maria = dss.client.get_user("maria")
    definition = maria.get_definition()
    for wrong in (
        {"displayName": 7},
        {"email": []},
        {"groups": "readers"},
        {"groups": [7]},
        {"sourceType": "MOON"},
        {"enabled": "yes"},
        {"preferences": []},
        {"secrets": [{"value": "v"}]},
        {"credentials": []},
        {"userProperties": 1},
        {"adminProperties": "x"},
        {"userProfile": 1},
        {"password": 1},
    ):
        with refused("IllegalArgumentException"):
            maria.set_definition({**definition, **wrong})
    for call in (
        lambda: dss.client.create_users({}),
        lambda: dss.client._perform_text("POST", "/admin/users/actions/bulk", body=["maria"]),
        lambda: dss.client.edit_users(["maria"]),
        lambda: dss.client.delete_users([{"login": "maria"}]),
    ):
        with refused("IllegalArgumentException"):
            call()
    equal(dss.state["users"], before)


@since("14.3")
def only_administrators_manage_users(dss):
    before = dss.state["users"]
    client = dss.connect_as("maria")
    lena = client.get_user("lena")
    for call in (
        client.list_users,
        client.list_users_activity,
        client.list_expired_trial_users,
        client.get_authorization_matrix,
        lambda: client.create_user("new", "pw"),
        lambda: client.create_users([]),
        lambda: client.edit_users([]),
        lambda: client.delete_users([]),
        lena.get_definition,
        lena.get_settings,
        lena.get_activity,
        lena.delete,
        lambda: lena.set_definition({"login": "lena"}),
    ):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
    equal(dss.state["users"], before)
