"""Projects: listed, created, duplicated, deleted, and what happened in them."""

from dss import equal, refused, since


def _keys(dss):
    return dss.client.list_project_keys()


@since("14.3")
def projects_are_listed(dss):
    equal(_keys(dss), ["SALES", "CHURN", "LOGISTICS"])
    sales = dss.client.list_projects()[0]
    equal((sales["projectKey"], sales["name"], sales["shortDesc"]), ("SALES", "Sales reporting", "Sales by country"))
    equal((sales["ownerLogin"], sales["ownerDisplayName"], sales["tags"]), ("maria", "Maria Lopez", ["prod"]))
    equal((sales["projectType"], sales["projectAppType"]), ("REGULAR", "REGULAR"))
    equal((sales["permissionsVersion"], sales["tutorialProject"], sales["description"]), ("V2", False, ""))
    assert "projectLocation" not in sales
    for tag in (sales["versionTag"], sales["creationTag"]):
        equal((tag["versionNumber"], tag["lastModifiedBy"]["login"]), (0, "maria"))
        equal(tag["lastModifiedOn"], dss.now - 90 * 86_400_000)
    equal(dss.project("SALES").get_summary(), sales)
    equal(dss.client.list_projects(include_location=True)[0]["projectLocation"], [{"id": "ROOT", "name": "Root"}])


@since("14.3")
def a_project_is_created(dss):
    permissions = [{"user": "lena", "readProjectContent": True}]
    project = dss.client.create_project(
        "NEW_1", "New", "lena", description="All new", settings={"a": {"b": 1}}, permissions=permissions, tags=["b", "a", "b"]
    )
    equal(_keys(dss), ["SALES", "CHURN", "LOGISTICS", "NEW_1"])
    summary = project.get_summary()
    equal((summary["name"], summary["ownerLogin"], summary["ownerDisplayName"]), ("New", "lena", "Lena Fischer"))
    equal((summary["description"], summary["tags"]), ("All new", ["a", "b"]))
    equal(summary["creationTag"]["lastModifiedBy"]["login"], "admin")
    equal(summary["creationTag"]["lastModifiedOn"], dss.now)
    equal(project.get_permissions()["permissions"], permissions)
    equal(project.get_settings().get_raw()["settings"]["a"], {"b": 1})
    equal(project.list_scenarios(), [])
    equal(project.list_jobs(), [])
    equal(project.list_code_studios(), [])
    bare = dss.client.create_project("BARE", "Bare", "admin")
    equal((bare.get_summary()["description"], bare.get_metadata()["shortDesc"]), ("", ""))


def who_may_create_projects(dss):
    dss.connect_as("maria").create_project("OF_MARIA", "Of Maria", "maria")
    equal(dss.project("OF_MARIA").get_summary()["ownerLogin"], "maria")
    before = dss.state["projects"]
    lena = dss.connect_as("lena")
    with refused("UnauthorizedException", "lena may not create projects"):
        lena.create_project("OF_LENA", "Of Lena", "lena")
    with refused("UnauthorizedException", "lena may not create projects"):
        lena.get_project("SALES").duplicate("OF_LENA", "Of Lena")
    equal(dss.state["projects"], before)


@since("14.3")
def what_cannot_be_created_is_refused(dss):
    before = dss.state["projects"]
    create = dss.client.create_project
    with refused("AlreadyExistsException", "SALES"):
        create("SALES", "Sales again", "admin")
    for key in ("", "A B", "../x", None):
        with refused("IllegalArgumentException", "cannot be the key"):
            create(key, "Name", "admin")
    with refused("IllegalArgumentException", "needs a name"):
        create("X", "", "admin")
    with refused("IllegalArgumentException", "no user nobody"):
        create("X", "X", "nobody")
    with refused("IllegalArgumentException", "arrays"):
        create("X", "X", "admin", permissions={})
    with refused("IllegalArgumentException", "arrays"):
        create("X", "X", "admin", tags="t")
    equal(dss.state["projects"], before)


def a_project_is_duplicated(dss):
    sales = dss.project("SALES")
    answer = sales.duplicate("COPY", "A copy")
    equal(answer, {"originalProjectKey": "SALES", "targetProjectKey": "COPY"})
    copy = dss.project("COPY")
    summary = copy.get_summary()
    equal((summary["name"], summary["ownerLogin"], summary["shortDesc"]), ("A copy", "admin", "Sales by country"))
    equal([each["id"] for each in copy.list_scenarios()], [each["id"] for each in sales.list_scenarios()])
    equal([each["active"] for each in copy.list_scenarios()], [False] * len(copy.list_scenarios()))
    equal(copy.list_jobs(), [])
    state = dss.state["projects"]
    equal(state["COPY"]["recipes"], state["SALES"]["recipes"])
    equal(list(state["COPY"]["datasets"]), list(state["SALES"]["datasets"]))
    job = copy.start_job({"type": "NON_RECURSIVE_FORCED_BUILD", "outputs": [{"id": "orders_prepared"}]})
    equal(job.get_status()["baseStatus"]["def"]["projectKey"], "COPY")


def data_of_outputs_is_copied_when_asked(dss):
    sales = dss.project("SALES")
    job = sales.start_job({"type": "NON_RECURSIVE_FORCED_BUILD", "outputs": [{"id": "orders_prepared"}]})
    dss.advance(60)
    equal(job.get_status()["baseStatus"]["state"], "DONE")
    for mode, there in (("MINIMAL", False), ("NONE", False), ("SHARING", True), ("FULL", True)):
        sales.duplicate(f"C_{mode}", mode, duplication_mode=mode)
        datasets = dss.state["projects"][f"C_{mode}"]["datasets"]
        equal("builtAt" in datasets["orders_prepared"], there)
        assert "builtAt" in datasets["orders_raw"]
    before = dss.state["projects"]
    with refused("AlreadyExistsException"):
        sales.duplicate("CHURN", "Churn")
    with refused("IllegalArgumentException", "needs a name"):
        sales.duplicate("X", "")
    with refused("IllegalArgumentException", "no way to duplicate"):
        sales.duplicate("X", "X", duplication_mode="SOME")
    with refused("NotFoundException"):
        dss.project("NOWHERE").duplicate("X", "X")
    equal(dss.state["projects"], before)


@since("14.3")
def a_project_is_deleted(dss):
    future = dss.project("SALES").delete(wait=False)
    assert "SALES" in _keys(dss)
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    result = future.wait_for_result()
    equal((result["success"], result["error"], result["messages"][0]["severity"]), (True, False, "SUCCESS"))
    equal(_keys(dss), ["CHURN", "LOGISTICS"])
    with refused("NotFoundException", "SALES does not exist"):
        dss.project("SALES").get_summary()
    with refused("NotFoundException"):
        dss.project("SALES").list_scenarios()
    assert not [key for key in dss.state["codeStudios"] if key.startswith("SALES.")]
    done = dss.project("CHURN").delete()
    equal(done.state["alive"], False)
    equal(done.wait_for_result()["success"], True)
    equal(_keys(dss), ["LOGISTICS"])


@since("14.3")
def a_deletion_can_fail(dss):
    dss.script("projects/SALES", "fail", message="The disk is full")
    result = dss.project("SALES").delete(wait=False).wait_for_result()
    equal((result["success"], result["error"], result["messages"][0]["message"]), (False, True, "The disk is full"))
    assert "SALES" in _keys(dss)


def administrators_of_a_project_may_delete_it(dss):
    before = dss.state["projects"]
    lena = dss.connect_as("lena").get_project("SALES")
    for call in (lena.delete, lena.sync_datasets_acls):
        with refused("UnauthorizedException", "lena is not an administrator of project SALES"):
            call()
    equal(dss.state["projects"], before)
    for permission in ({"group": "readers", "admin": True}, {"user": "lena", "admin": True}):
        permissions = dss.project("SALES").get_permissions()
        dss.project("SALES").set_permissions({**permissions, "permissions": [permission]})
        lena.sync_datasets_acls()
    dss.connect_as("maria").get_project("SALES").delete()
    equal(_keys(dss), ["CHURN", "LOGISTICS"])


def acls_are_applied(dss):
    future = dss.project("SALES").sync_datasets_acls()
    equal(future.state["alive"], True)
    result = future.wait_for_result()
    equal((result["success"], result["messages"][0]["message"]), (True, "The permissions were applied"))


def interest_and_timeline(dss):
    project = dss.project("SALES")
    equal(project.get_interest(), {"starCount": 0, "watchCount": 0})
    timeline = project.get_timeline()
    [created] = timeline["items"]
    equal((created["user"], created["action"], created["projectKey"]), ("maria", "PROJECT_CREATE", "SALES"))
    equal((created["objectType"], created["objectId"]), ("PROJECT", "SALES"))
    equal(created["details"], {"objectDisplayName": "Sales reporting", "userDisplayName": "maria"})
    equal(created["time"], dss.now - 90 * 86_400_000)
    project.set_tags({"tags": {}})
    dss.advance(60)
    project.set_tags({"tags": {}})
    timeline = project.get_timeline()
    equal([item["action"] for item in timeline["items"]], ["PROJECT_EDIT", "PROJECT_EDIT", "PROJECT_CREATE"])
    equal(timeline["items"][0]["time"], dss.now)
    equal(timeline["allContributors"], [{"login": "admin"}, {"login": "maria"}])
    equal((timeline["createdBy"], timeline["createdOn"]), ({"login": "maria"}, created["time"]))
    equal((timeline["lastModifiedBy"], timeline["lastModifiedOn"]), ({"login": "admin"}, dss.now))
    equal(len(project.get_timeline(item_count=2)["items"]), 2)
    with refused("IllegalArgumentException", "itemCount"):
        project.get_timeline(item_count="many")
    with refused("NotFoundException"):
        dss.project("NOWHERE").get_timeline()
    with refused("NotFoundException"):
        dss.project("NOWHERE").get_interest()


@since("14.3")
def a_description_is_generated(dss):
    project = dss.project("SALES")
    text = "Sales reporting has 7 datasets and 4 recipes."
    equal(project.generate_ai_description(), {"msg": text})
    equal(project.get_metadata()["description"], "")
    project.generate_ai_description(language="french", purpose="technical", length="low", save_description=True)
    equal(project.get_metadata()["description"], text)
    for name in ("language", "purpose", "length"):
        with refused("IllegalArgumentException", f"klingon is no {name}"):
            project.client._perform_json("POST", "/projects/SALES/generate-ai-description", params={name: "klingon"})
    with refused("NotFoundException"):
        dss.project("NOWHERE").generate_ai_description()
