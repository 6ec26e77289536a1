"""Groups: what their members may do."""

from dss import equal, refused, since


def groups_are_listed(dss):
    listed = {group["name"]: group for group in dss.client.list_groups()}
    equal(list(listed), ["administrators", "data_team", "readers"])
    equal([group["admin"] for group in listed.values()], [True, False, False])
    equal([group["sourceType"] for group in listed.values()], ["LOCAL", "LOCAL", "LDAP"])
    equal([group["description"] for group in listed.values()], ["Administrators", "Data team", "Readers"])


@since("14.3")
def every_user_may_see_their_names(dss):
    infos = dss.connect_as("maria").list_groups_info()
    equal([info.name for info in infos], ["administrators", "data_team", "readers"])
    equal(infos[0].get_raw(), {"name": "administrators"})


def a_group_is_created(dss):
    group = dss.client.create_group("analysts", description="Analysts", source_type="LDAP")
    definition = group.get_definition()
    equal((definition["name"], definition["description"], definition["sourceType"]), ("analysts", "Analysts", "LDAP"))
    equal((definition["admin"], definition["mayCreateProjects"]), (False, False))
    for key in ("ldapGroupNames", "azureADGroupNames", "ssoGroupNames", "customGroupNames"):
        equal(definition[key], [])
    equal(dss.client.create_group("bare").get_definition()["sourceType"], "LOCAL")
    equal([each["name"] for each in dss.client.list_groups()][-2:], ["analysts", "bare"])


def a_group_is_saved_whole(dss):
    group = dss.client.get_group("data_team")
    before = group.get_definition()
    after = {
        key: True if isinstance(value, bool) else ["one", "two"] if isinstance(value, list) else value
        for key, value in before.items()
    }
    after |= {"description": "Everybody", "sourceType": "AZURE_AD", "mayDoWhatIsToCome": True}
    equal(group.set_definition(after), {"msg": "Updated group data_team"})
    equal(group.get_definition(), after)
    group.set_definition({**after, "name": "renamed"})
    equal(group.get_definition(), after)


def a_group_is_deleted(dss):
    dss.client.get_group("readers").delete()
    equal([group["name"] for group in dss.client.list_groups()], ["administrators", "data_team"])
    with refused("NotFoundException"):
        dss.client.get_group("readers").get_definition()
    assert "readers" not in [name for user in dss.state["users"].values() for name in user["document"]["groups"]]


def what_cannot_be_is_refused(dss):
    before = dss.state["groups"]
    group = dss.client.get_group("nobody")
    for call in (group.get_definition, lambda: group.set_definition({"name": "nobody"}), group.delete):
        with refused("NotFoundException", "nobody"):
            call()
    with refused("AlreadyExistsException"):
        dss.client.create_group("readers")
    with refused("IllegalArgumentException"):
        dss.client.create_group("")
    with refused("IllegalArgumentException"):
        dss.client.create_group("x", source_type="MOON")
    readers = dss.client.get_group("readers")
    definition = readers.get_definition()
    for wrong in ({"admin": "yes"}, {"ldapGroupNames": "a,b"}, {"mayCreateProjects": 1}, {"description": 7}):
        with refused("IllegalArgumentException"):
            readers.set_definition({**definition, **wrong})
    equal(dss.state["groups"], before)


def only_administrators_manage_groups(dss):
    before = dss.state["groups"]
    client = dss.connect_as("maria")
    group = client.get_group("readers")
    for call in (
        client.list_groups,
        group.get_definition,
        group.delete,
        lambda: client.create_group("analysts"),
        lambda: group.set_definition({"name": "readers"}),
    ):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
    equal(dss.state["groups"], before)
