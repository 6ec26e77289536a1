"""Workspaces, and what is in them."""

from dataikuapi.dss.workspace import DSSWorkspaceHtmlLinkObject, DSSWorkspacePermissionItem
from dss import equal, refused, since


def workspaces_are_listed(dss):
    [marketing] = dss.client.list_workspaces()
    equal((marketing["workspaceKey"], marketing["displayName"], marketing["color"]), ("MARKETING", "Marketing", "#2ab1ac"))
    equal(marketing["description"], "What marketing looks at")
    equal([each.get("user") for each in marketing["permissions"]], ["maria", None])
    equal(dss.connect_as("maria").list_workspaces(), [marketing])
    [redacted] = dss.connect_as("lena").list_workspaces()
    equal(redacted, {**marketing, "permissions": None})
    equal(dss.connect_as("lena").get_workspace("MARKETING").get_settings().get_raw(), redacted)
    dss.client.create_workspace("HIDDEN", "Hidden")
    equal([each["workspaceKey"] for each in dss.connect_as("lena").list_workspaces()], ["MARKETING"])
    equal([each["workspaceKey"] for each in dss.client.list_workspaces()], ["MARKETING", "HIDDEN"])


def a_workspace_is_created(dss):
    settings = dss.client.create_workspace("BARE", "Bare").get_settings()
    equal((settings.display_name, settings.color, settings.description), ("Bare", "#2ab1ac", ""))
    equal(settings.get_raw()["permissions"], [{"user": "admin", "admin": True, "write": True, "read": True}])
    permissions = [DSSWorkspacePermissionItem.member_group("readers")]
    settings = dss.client.create_workspace("FULL", "Full", permissions=permissions, description="d", color="#fff").get_settings()
    equal((settings.color, settings.description, settings.get_raw()["permissions"]), ("#fff", "d", permissions))
    equal(settings.get_raw()["workspaceKey"], "FULL")


def a_workspace_is_saved_whole(dss):
    settings = dss.client.get_workspace("MARKETING").get_settings()
    settings.display_name = "M"
    settings.color = "#000"
    settings.description = ""
    settings.permissions = [
        DSSWorkspacePermissionItem.admin_group("data_team"),
        DSSWorkspacePermissionItem.contributor_user("lena"),
        DSSWorkspacePermissionItem.member_user("tom"),
    ]
    raw = settings.get_raw()
    raw["whatIsToCome"] = [1]
    settings.save()
    equal(dss.client.get_workspace("MARKETING").get_settings().get_raw(), raw)
    raw["workspaceKey"] = "OTHER"
    settings.save()
    equal(dss.client.get_workspace("MARKETING").get_settings().get_raw()["workspaceKey"], "MARKETING")


@since("14.3")
def objects_are_added_and_removed(dss):
    workspace = dss.client.get_workspace("MARKETING")
    equal([each.get_raw() for each in workspace.list_objects()], [
        {
            "id": "Wq5Lk2Za",
            "reference": {"projectKey": "SALES", "type": "DATASET", "id": "revenue_by_country", "workspaceKey": "MARKETING"},
        },
        {"id": "Ht7Yb3Xc", "htmlLink": {"name": "Wiki", "url": "https://wiki.example.com", "description": ""}},
    ])
    workspace.add_object(dss.project("SALES").get_dataset("orders_raw"))
    workspace.add_object(DSSWorkspaceHtmlLinkObject("n", "http://x", "d"))
    workspace.add_object({"appId": "PROJECT_A"})
    added = [each.get_raw() for each in workspace.list_objects()[2:]]
    equal(added[0]["reference"], {"projectKey": "SALES", "type": "DATASET", "id": "orders_raw", "workspaceKey": "MARKETING"})
    equal((added[1]["htmlLink"], added[2]["appId"]), ({"name": "n", "url": "http://x", "description": "d"}, "PROJECT_A"))
    equal(len({each["id"] for each in added}), 3)
    workspace.list_objects()[0].remove()
    equal([each.get_raw()["id"] for each in workspace.list_objects()], ["Ht7Yb3Xc", *(each["id"] for each in added)])


def a_workspace_is_deleted(dss):
    dss.client.get_workspace("MARKETING").delete()
    equal(dss.client.list_workspaces(), [])
    with refused("NotFoundException", "MARKETING"):
        dss.client.get_workspace("MARKETING").get_settings()


def what_cannot_be_is_refused(dss):
    before = dss.state["workspaces"]
    create = dss.client.create_workspace
    with refused("AlreadyExistsException", "MARKETING"):
        create("MARKETING", "Again")
    for key, name, more in (
        ("", "N", {}),
        ("A B", "N", {}),
        (None, "N", {}),
        ("A", "", {}),
        ("A", "N", {"color": 7}),
        ("A", "N", {"description": 7}),
        ("A", "N", {"permissions": {}}),
        ("A", "N", {"permissions": [1]}),
        ("A", "N", {"permissions": [{"read": True}]}),
        ("A", "N", {"permissions": [{"group": "a", "user": "b"}]}),
        ("A", "N", {"permissions": [{"group": "a", "read": "yes"}]}),
    ):
        with refused("IllegalArgumentException"):
            create(key, name, **more)
    workspace = dss.client.get_workspace("MARKETING")
    raw = workspace.get_settings().get_raw()
    for wrong in ({"displayName": ""}, {"displayName": 7}, {"color": 7}, {"description": 7}, {"permissions": None}):
        with refused("IllegalArgumentException"):
            dss.client._perform_empty("PUT", "/workspaces/MARKETING", body={**raw, **wrong})
    for wrong in (
        {},
        {"appId": ""},
        {"appId": "A", "htmlLink": {"name": "n"}},
        {"htmlLink": {}},
        {"htmlLink": "x"},
        {"reference": {"projectKey": "P", "type": "DATASET"}},
        {"reference": {"projectKey": "P", "id": "x"}},
        {"reference": {"type": "DATASET", "id": "x"}},
    ):
        with refused("IllegalArgumentException"):
            dss.client._perform_json("POST", "/workspaces/MARKETING/objects", body=wrong)
    with refused("NotFoundException", "Object none"):
        dss.client._perform_empty("DELETE", "/workspaces/MARKETING/objects/none")
    for verb, path in (
        ("GET", "/workspaces/none"),
        ("PUT", "/workspaces/none"),
        ("DELETE", "/workspaces/none"),
        ("GET", "/workspaces/none/objects"),
        ("POST", "/workspaces/none/objects"),
        ("DELETE", "/workspaces/none/objects/x"),
    ):
        with refused("NotFoundException", "Workspace none"):
            dss.client._perform_raw(verb, path)
    equal(dss.state["workspaces"], before)


def rights_are_looked_at(dss):
    before = dss.state["workspaces"]
    lena, tom = dss.connect_as("lena").get_workspace("MARKETING"), dss.connect_as("nobody").get_workspace("MARKETING")
    settings = lena.get_settings()
    for call in (settings.save, lena.delete, lambda: lena.add_object({"appId": "A"}), lena.list_objects()[0].remove, tom.list_objects, tom.get_settings):
        with refused("UnauthorizedException", "is not an administrator of workspace MARKETING"):
            call()
    with refused("UnauthorizedException", "maria is not an administrator"):
        dss.connect_as("maria").create_workspace("X", "X")
    equal(dss.state["workspaces"], before)
    maria = dss.connect_as("maria").get_workspace("MARKETING").get_settings()
    maria.permissions = [DSSWorkspacePermissionItem.contributor_group("readers"), DSSWorkspacePermissionItem.admin_user("maria")]
    maria.save()
    lena.add_object({"appId": "A"})
    lena.list_objects()[0].remove()
    with refused("UnauthorizedException"):
        lena.delete()
    dss.connect_as("maria").get_workspace("MARKETING").delete()
