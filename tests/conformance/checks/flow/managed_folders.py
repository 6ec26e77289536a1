"""Managed folders: created, changed, copied, deleted; and what uses them."""

from dss import equal, refused, since

REPORTS = "aB3kQ9xZ"


def _folders(dss, key="SALES"):
    return {folder["id"]: folder["name"] for folder in dss.project(key).list_managed_folders()}


def _paths(folder):
    return [item["path"] for item in folder.list_contents()["items"]]


def folders_are_listed(dss):
    [reports] = dss.project().list_managed_folders()
    equal((reports["id"], reports["projectKey"], reports["name"], reports["type"]), (REPORTS, "SALES", "reports", "Filesystem"))
    params = reports["params"]
    equal((params["connection"], params["path"], params["notReadyIfEmpty"]), ("filesystem_folders", "${projectKey}/${odbId}", False))
    equal(params["filesSelectionRules"], {"mode": "ALL", "excludeRules": [], "includeRules": [], "explicitFiles": []})
    equal(reports["flowOptions"], {"virtualizable": False, "rebuildBehavior": "NORMAL", "crossProjectBuildBehavior": "DEFAULT"})
    equal(reports["checks"], {"runOnBuild": False, "checks": [], "displayedState": {"checks": [], "partition": "NP"}})
    [probe] = reports["metrics"]["probes"]
    equal((probe["type"], probe["computeOnBuildMode"]), ("basic", "PARTITION"))
    equal(reports["metrics"]["displayedState"]["metrics"], ["basic:COUNT_FILES", "basic:SIZE"])
    equal((reports["tags"], reports["customFields"], reports["checklists"], reports["partitioning"]), ([], {}, {"checklists": []}, {"dimensions": []}))
    equal((reports["versionTag"]["versionNumber"], reports["creationTag"]["lastModifiedBy"]), (0, {"login": "maria"}))
    equal(dss.project().get_managed_folder(REPORTS).get_definition(), reports)
    equal(dss.project("LOGISTICS").list_managed_folders(), [])
    with refused("NO does not exist"):
        dss.project("NO").list_managed_folders()


def folders_are_created(dss):
    project = dss.project()
    folder = project.create_managed_folder("letters")
    assert len(folder.id) == 8 and folder.id.isalnum(), folder.id
    definition = folder.get_definition()
    equal((definition["name"], definition["type"], definition["projectKey"], definition["id"]), ("letters", "Filesystem", "SALES", folder.id))
    equal((definition["params"]["connection"], definition["params"]["path"]), ("filesystem_folders", "/${projectKey}/${odbId}"))
    equal(definition["creationTag"], {"versionNumber": 0, "lastModifiedBy": {"login": "admin"}, "lastModifiedOn": dss.now})
    equal(folder.list_contents(), {"items": []})
    body = {"name": "letters", "projectKey": "SALES", "type": None, "params": {"connection": "filesystem_managed", "path": "/x"}}
    whole = dss.client._perform_json("POST", "/projects/SALES/managedfolders/", body=body)
    equal(whole, project.get_managed_folder(whole["id"]).get_definition())
    equal(project.create_managed_folder("lake", folder_type="S3", connection_name="s3_lake").get_settings().type, "S3")
    hdfs = project.create_managed_folder("deep", connection_name="hdfs_root").get_definition()
    equal((hdfs["type"], hdfs["params"]["connection"]), ("HDFS", "hdfs_root"))
    equal(list(_folders(dss).values()), ["reports", "letters", "letters", "lake", "deep"])


def folders_that_cannot_be_are_refused(dss):
    project = dss.project()
    before = _folders(dss)
    with refused("no_such", "does not exist"):
        project.create_managed_folder("x", connection_name="no_such")
    with refused("Invalid connection type for managed folders", "PostgreSQL"):
        project.create_managed_folder("x", connection_name="pg_dwh")
    with refused("IllegalArgumentException", "S3"):
        project.create_managed_folder("x", folder_type="S3")
    with refused("IllegalArgumentException", "name"):
        project.create_managed_folder("")
    connection = dss.client.get_connection("filesystem_folders")
    settings = connection.get_definition()
    connection.set_definition({**settings, "allowManagedFolders": False})
    with refused("may not create a managed folder", "filesystem_folders"):
        project.create_managed_folder("x")
    connection.set_definition({**settings, "usableBy": "ALLOWED", "allowedGroups": ["data_team"]})
    with refused("lena may not create a managed folder"):
        dss.connect_as("lena").get_project("SALES").create_managed_folder("x")
    equal(_folders(dss), before)


def settings_are_saved_whole(dss):
    folder = dss.project().get_managed_folder(REPORTS)
    before = folder.get_definition()
    settings = folder.get_settings()
    equal(settings.get_raw(), before)
    equal((settings.type, settings.get_raw_params()), ("Filesystem", before["params"]))
    settings.add_discrete_partitioning_dimension("country")
    settings.add_time_partitioning_dimension("month", period="MONTH")
    settings.set_partitioning_file_pattern("%{country}/%Y-%M/.*")
    settings.get_raw()["tags"] = ["prod"]
    settings.get_raw()["whatIsToCome"] = {"a": [1]}
    settings.save()
    after = folder.get_definition()
    equal(after["partitioning"], {"dimensions": [{"name": "country", "type": "value"}, {"name": "month", "type": "time", "params": {"period": "MONTH"}}], "filePathPattern": "%{country}/%Y-%M/.*"})
    equal(after["versionTag"], {"versionNumber": 1, "lastModifiedBy": {"login": "admin"}, "lastModifiedOn": dss.now})
    equal({**after, "partitioning": None, "versionTag": None}, {**before, "partitioning": None, "versionTag": None, "tags": ["prod"], "whatIsToCome": {"a": [1]}})
    settings = folder.get_settings()
    settings.remove_partitioning()
    settings.set_connection_and_path("s3_lake", "/elsewhere")
    settings.save()
    moved = folder.get_definition()
    equal((moved["type"], moved["params"]["connection"], moved["params"]["path"]), ("S3", "s3_lake", "/elsewhere"))
    equal((moved["partitioning"]["dimensions"], moved["versionTag"]["versionNumber"]), ([], 2))
    equal(folder.list_contents(), {"items": []})
    said = folder.set_definition({**moved, "id": "other", "projectKey": "CHURN", "name": "renamed", "creationTag": None})
    equal(said, {"msg": f"Updated managed folder SALES.{REPORTS}"})
    kept = folder.get_definition()
    equal((kept["id"], kept["projectKey"], kept["name"], kept["creationTag"]), (REPORTS, "SALES", "renamed", before["creationTag"]))


def settings_that_cannot_be_are_refused(dss):
    folder = dss.project().get_managed_folder(REPORTS)
    definition = folder.get_definition()
    for wrong in (
        {"name": ""},
        {"params": None},
        {"params": {**definition["params"], "connection": "pg_dwh"}},
        {"params": {**definition["params"], "path": 7}},
        {"type": "S3"},
        {"checks": []},
        {"metrics": []},
        {"flowOptions": "NORMAL"},
        {"customFields": []},
        {"partitioning": {"dimensions": 1}},
        {"partitioning": {"filePathPattern": 1}},
        {"tags": [1]},
        {"shortDesc": 1},
        {"description": []},
    ):
        with refused("IllegalArgumentException"):
            folder.set_definition({**definition, **wrong})
    equal(folder.get_definition(), definition)


@since("14.3")
def folders_are_renamed(dss):
    folder = dss.project().get_managed_folder(REPORTS)
    paths = _paths(folder)
    folder.rename("Berichte")
    equal((_folders(dss), _paths(folder)), ({REPORTS: "Berichte"}, paths))
    equal(folder.get_definition()["versionTag"]["versionNumber"], 1)
    with refused("IllegalArgumentException", "newName"):
        folder.rename("")
    equal(_folders(dss), {REPORTS: "Berichte"})


def files_stay_when_a_folder_is_deleted(dss):
    project = dss.project()
    folder = project.get_managed_folder(REPORTS)
    folder.delete()
    equal(_folders(dss), {})
    body = {"name": "again", "projectKey": "SALES", "type": None, "params": {"connection": "filesystem_folders", "path": f"SALES/{REPORTS}"}}
    again = project.get_managed_folder(dss.client._perform_json("POST", "/projects/SALES/managedfolders/", body=body)["id"])
    equal(_paths(again), ["/2025/march/report.csv", "/readme.txt"])
    equal(_paths(project.create_managed_folder("reports")), [])


@since("15.2")
def files_go_with_a_folder_on_demand(dss):
    project = dss.project()
    said = project.get_managed_folder(REPORTS).delete(drop_data=True)
    equal(said, {"msg": f"Deleted managed folder SALES.{REPORTS}"})
    body = {"name": "again", "projectKey": "SALES", "type": None, "params": {"connection": "filesystem_folders", "path": f"SALES/{REPORTS}"}}
    again = dss.client._perform_json("POST", "/projects/SALES/managedfolders/", body=body)
    equal(project.get_managed_folder(again["id"]).list_contents(), {"items": []})


def folders_are_copied(dss):
    source = dss.project().get_managed_folder(REPORTS)
    target = dss.project("CHURN").create_managed_folder("copy")
    target.put_file("mine.txt", b"mine")
    target.put_file("readme.txt", b"another one")
    future = source.copy_to(target, write_mode="APPEND")
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    equal(_paths(target), ["/mine.txt", "/readme.txt"])
    equal(future.wait_for_result(), {})
    equal(_paths(target), ["/2025/march/report.csv", "/mine.txt", "/readme.txt"])
    equal(target.get_file("readme.txt").content, b"Made by hand")
    end = dss.now + 3000
    source.copy_to(target).wait_for_result()
    equal(target.list_contents()["items"], [{**item, "lastModified": end} for item in source.list_contents()["items"]])
    dss.script(f"managed-folders/SALES.{REPORTS}", "fail", message="Disk full", times=1)
    with refused("IOException", "Disk full"):
        source.copy_to(target).wait_for_result()
    dss.script(f"managed-folders/SALES.{REPORTS}", "fail", times=1)
    with refused(f"SALES.{REPORTS} failed"):
        source.copy_to(target).wait_for_result()
    with refused("IllegalArgumentException", "ADD"):
        source.copy_to(target, write_mode="ADD")
    with refused("IllegalArgumentException", "itself"):
        source.copy_to(source)
    with refused("NotFoundException", "CHURN.nothing"):
        source.copy_to(dss.project("CHURN").get_managed_folder("nothing"))
    with refused("NO does not exist"):
        source.copy_to(dss.project("NO").get_managed_folder(REPORTS))


def uses_of_folders_are_told(dss):
    notes = dss.project("CHURN").get_managed_folder("Pn4tLq7W")
    equal(notes.get_usages(), [{"type": "RECIPE_INPUT", "objectId": "compute_features", "objectProjectKey": "CHURN"}])
    equal(dss.project().get_managed_folder(REPORTS).get_usages(), [])


def discussions_of_folders_are_had(dss):
    discussions = dss.project().get_managed_folder(REPORTS).get_object_discussions()
    equal(discussions.list_discussions(), [])
    discussions.create_discussion("Old", "Shall we remove these?")
    [discussion] = discussions.list_discussions()
    equal(discussion.get_metadata()["topic"], "Old")


@since("14.3")
def what_is_not_there_is_not_found(dss):
    nothing = dss.project().get_managed_folder("nothing")
    reports = dss.project().get_managed_folder(REPORTS)
    for call in (
        nothing.get_definition,
        lambda: nothing.set_definition(reports.get_definition()),
        nothing.delete,
        lambda: nothing.rename("x"),
        nothing.get_usages,
        lambda: nothing.copy_to(reports),
    ):
        with refused("NotFoundException", "SALES.nothing"):
            call()
    equal(_folders(dss), {REPORTS: "reports"})
