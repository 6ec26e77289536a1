"""Folders of projects."""

from dss import equal, refused, since


def _keys(folder):
    return folder.list_project_keys()


@since("14.3")
def folders_are_looked_through(dss):
    root = dss.client.get_root_project_folder()
    equal((root.id, root.name, root.get_parent(), root.get_path()), ("ROOT", None, None, "/"))
    equal(_keys(root), ["SALES", "LOGISTICS"])
    [science] = root.list_child_folders()
    equal((science.id, science.name, _keys(science), science.get_path()), ("Ab3dE9x", "Data science", ["CHURN"], "/Data science"))
    equal(science.get_parent().id, "ROOT")
    [archive] = science.list_child_folders()
    equal((archive.id, archive.get_name(), archive.get_path()), ("Qz81Lm0", "Archive", "/Data science/Archive"))
    equal((archive.list_child_folders(), archive.list_projects()), ([], []))
    equal(archive.get_parent().id, "Ab3dE9x")
    located = dss.project("CHURN").get_project_folder()
    equal((located.id, _keys(located), [each.id for each in located.list_child_folders()]), ("Ab3dE9x", ["CHURN"], ["Qz81Lm0"]))
    default = located.get_default_folder_for_project_creation()
    equal((default.id, _keys(default), [each.id for each in default.list_child_folders()]), ("Ab3dE9x", ["CHURN"], ["Qz81Lm0"]))
    equal(dss.project("SALES").get_project_folder().id, "ROOT")
    listed = {each["projectKey"]: each["projectLocation"] for each in dss.client.list_projects(include_location=True)}
    equal(listed["CHURN"], [{"id": "ROOT", "name": "Root"}, {"id": "Ab3dE9x", "name": "Data science"}])


def folders_are_created_and_deleted(dss):
    root = dss.client.get_root_project_folder()
    finance = root.create_sub_folder("Finance & more")
    equal((finance.name, finance.get_parent().id, _keys(finance)), ("Finance & more", "ROOT", []))
    closed = finance.create_sub_folder("Closed")
    equal([each.id for each in dss.client.get_project_folder(finance.id).list_child_folders()], [closed.id])
    closed.create_project("IN_IT", "In it", "admin")
    equal(_keys(dss.client.get_project_folder(closed.id)), ["IN_IT"])
    equal(dss.project("IN_IT").get_project_folder().id, closed.id)
    before = dss.state["projectFolders"]
    for folder in (finance, closed, root):
        with refused("IllegalArgumentException"):
            folder.delete()
    equal(dss.state["projectFolders"], before)
    dss.project("IN_IT").delete()
    closed.delete()
    finance.delete()
    with refused("NotFoundException", finance.id):
        dss.client.get_project_folder(finance.id)
    equal([each.name for each in dss.client.get_root_project_folder().list_child_folders()], ["Data science"])


def folders_and_projects_are_moved(dss):
    root = dss.client.get_root_project_folder()
    science = dss.client.get_project_folder("Ab3dE9x")
    archive = dss.client.get_project_folder("Qz81Lm0")
    root.move_project_to("SALES", archive)
    equal(_keys(dss.client.get_project_folder("Qz81Lm0")), ["SALES"])
    equal(_keys(dss.client.get_root_project_folder()), ["LOGISTICS"])
    dss.project("SALES").move_to_folder(science)
    equal(_keys(dss.client.get_project_folder("Ab3dE9x")), ["SALES", "CHURN"])
    equal(_keys(dss.client.get_project_folder("Qz81Lm0")), [])
    dss.project("CHURN").duplicate("COPY", "Copy")
    equal(dss.project("COPY").get_project_folder().id, "Ab3dE9x")
    dss.project("CHURN").duplicate("COPY_2", "Copy", target_project_folder=archive)
    equal(dss.project("COPY_2").get_project_folder().id, "Qz81Lm0")
    archive.move_to(root)
    equal([each.id for each in dss.client.get_root_project_folder().list_child_folders()], ["Ab3dE9x", "Qz81Lm0"])
    science.move_to(archive)
    equal(dss.client.get_project_folder("Ab3dE9x").get_path(), "/Archive/Data science")
    equal(dss.client.get_project_folder("Qz81Lm0").get_parent().id, "ROOT")


@since("14.3")
def what_cannot_be_moved_is_refused(dss):
    root = dss.client.get_root_project_folder()
    science = dss.client.get_project_folder("Ab3dE9x")
    archive = dss.client.get_project_folder("Qz81Lm0")
    before = dss.state["projectFolders"]
    for destination in (science, archive):
        with refused("IllegalArgumentException", "into itself"):
            science.move_to(destination)
    with refused("IllegalArgumentException", "root"):
        root.move_to(science)
    with refused("IllegalArgumentException", "is not in"):
        archive.move_project_to("SALES", science)
    with refused("NotFoundException", "NOWHERE"):
        root.move_project_to("NOWHERE", science)
    with refused("NotFoundException", "folder none"):
        dss.client._perform_empty("POST", "/project-folders/Ab3dE9x/move", params={"destination": "none"})
    with refused("NotFoundException", "folder none"):
        dss.client._perform_empty("POST", "/project-folders/ROOT/projects/SALES/move", params={"destination": "none"})
    with refused("NotFoundException", "folder none"):
        dss.client.create_project("X", "X", "admin", project_folder_id="none")
    with refused("NotFoundException", "folder none"):
        dss.client._perform_json("POST", "/projects/SALES/duplicate/", body={"targetProjectKey": "X", "targetProjectName": "X", "targetProjectFolderId": "none"})
    with refused("IllegalArgumentException", "needs a name"):
        science.create_sub_folder("")
    with refused("NotFoundException", "NOWHERE"):
        dss.project("NOWHERE").get_project_folder()
    for verb, path in (
        ("GET", "/project-folders/none"),
        ("GET", "/project-folders/none/settings"),
        ("PUT", "/project-folders/none/settings"),
        ("GET", "/project-folders/none/default-for-project-creation"),
        ("POST", "/project-folders/none/children?name=x"),
        ("POST", "/project-folders/none/move?destination=ROOT"),
        ("POST", "/project-folders/none/projects/SALES/move?destination=ROOT"),
        ("DELETE", "/project-folders/none"),
    ):
        with refused("NotFoundException", "folder none"):
            dss.client._perform_raw(verb, path)
    equal(dss.state["projectFolders"], before)


def settings_are_saved_whole(dss):
    folder = dss.client.get_project_folder("Ab3dE9x")
    settings = folder.get_settings()
    equal((settings.get_name(), settings.get_owner(), settings.get_permissions()), ("Data science", "maria", []))
    settings.set_name("Science")
    settings.set_owner("lena")
    settings.get_permissions().append({"group": "readers", "read": True, "writeContents": False, "admin": False})
    settings.get_raw()["whatIsToCome"] = [1]
    settings.save()
    equal(dss.client.get_project_folder("Ab3dE9x").get_settings().get_raw(), settings.get_raw())
    equal(dss.client.get_project_folder("Ab3dE9x").name, "Science")
    before = dss.state["projectFolders"]
    raw = settings.get_raw()
    for wrong in (
        {"name": ""},
        {"name": 7},
        {"owner": "nobody"},
        {"owner": 7},
        {"permissions": {}},
        {"permissions": [1]},
        {"permissions": [{"read": True}]},
        {"permissions": [{"group": "a", "user": "b"}]},
        {"permissions": [{"group": "a", "read": "yes"}]},
    ):
        with refused("IllegalArgumentException"):
            dss.client._perform_empty("PUT", "/project-folders/Ab3dE9x/settings", body={**raw, **wrong})
    equal(dss.state["projectFolders"], before)


@since("14.3")
def administrators_of_a_folder_may_change_it(dss):
    before = dss.state["projectFolders"]
    lena = dss.connect_as("lena")
    science, archive = lena.get_project_folder("Ab3dE9x"), lena.get_project_folder("Qz81Lm0")
    settings = science.get_settings()
    for call in (
        settings.save,
        lambda: science.create_sub_folder("x"),
        lambda: archive.move_to(lena.get_root_project_folder()),
        lambda: science.move_project_to("CHURN", archive),
        archive.delete,
    ):
        with refused("UnauthorizedException", "lena is not an administrator of project folder"):
            call()
    equal(dss.state["projectFolders"], before)
    equal(science.get_default_folder_for_project_creation().id, "ROOT")
    maria = dss.connect_as("maria").get_project_folder("Ab3dE9x")
    equal(maria.get_default_folder_for_project_creation().id, "Ab3dE9x")
    for permission in ({"group": "readers", "admin": True}, {"user": "lena", "admin": True}):
        raw = maria.get_settings()
        raw.get_raw()["permissions"] = [permission]
        raw.save()
        science.create_sub_folder("x")
    with refused("UnauthorizedException", "project folder ROOT"):
        science.move_project_to("CHURN", lena.get_root_project_folder())
    with refused("UnauthorizedException", "project folder ROOT"):
        science.move_to(lena.get_root_project_folder())
