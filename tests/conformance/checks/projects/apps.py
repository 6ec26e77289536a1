"""Applications, their manifests and instances."""

from dss import equal, refused, since


def applications_are_listed(dss):
    [app] = dss.client.list_apps()
    equal((app["appId"], app["label"], app["origin"], app["originProjectKey"]), ("PROJECT_LOGISTICS", "Deliveries", "PROJECT", "LOGISTICS"))
    equal((app["useAsRecipe"], app["instanceCount"], app["instanceOwners"], app["tags"]), (False, 0, [], ["prod"]))
    assert "lastInstantiation" not in app and "id" not in app
    equal(dss.project("LOGISTICS").get_summary()["projectAppType"], "APP_TEMPLATE")
    equal(dss.client.get_app("PROJECT_LOGISTICS").list_instance_keys(), [])


@since("14.3")
def an_instance_is_made(dss):
    app = dss.connect_as("maria").get_app("PROJECT_LOGISTICS")
    made = dss.now + 3000
    future = app.create_instance("INST", "Instance", wait=False)
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    equal(app.list_instance_keys(), [])
    result = future.wait_for_result()
    equal(result["messages"]["success"], True)
    equal(app.list_instance_keys(), ["INST"])
    equal([each["projectKey"] for each in app.list_instances()], ["INST"])
    summary = dss.project("INST").get_summary()
    equal((summary["name"], summary["ownerLogin"]), ("Instance", "maria"))
    equal((summary["projectAppType"], summary["generatingAppId"]), ("APP_INSTANCE", "PROJECT_LOGISTICS"))
    assert "isTemporaryAppInstance" not in summary
    [listed] = dss.client.list_apps()
    equal((listed["instanceCount"], listed["lastInstantiation"], listed["instanceOwners"]), (1, made, [{"login": "maria"}]))
    instance = app.get_instance("INST")
    equal(instance.get_manifest().get_raw(), app.get_manifest().get_raw())
    with app.create_temporary_instance() as temporary:
        equal(app.list_instance_keys(), ["INST", temporary.project_key])
        equal(dss.project(temporary.project_key).get_summary()["isTemporaryAppInstance"], True)
    equal(app.list_instance_keys(), ["INST"])
    dss.project("LOGISTICS").delete()
    equal(dss.client.list_apps(), [])


def an_instance_can_fail(dss):
    dss.script("apps/PROJECT_LOGISTICS", "fail", message="No space")
    future = dss.client.get_app("PROJECT_LOGISTICS").create_instance("INST", "Instance", wait=False)
    messages = future.wait_for_result()["messages"]
    equal((messages["success"], messages["error"], messages["messages"][0]["message"]), (False, True, "No space"))
    assert "INST" not in dss.client.list_project_keys()


def a_manifest_is_saved_whole(dss):
    manifest = dss.client.get_app("PROJECT_LOGISTICS").get_manifest()
    raw = manifest.get_raw()
    equal((raw["label"], raw["shortDesc"], raw["tags"], raw["useAppHomepage"]), ("Deliveries", "Routes for parcels", ["prod"], True))
    equal(raw["instantiationPermission"], "EVERYBODY")
    equal((raw["instanceFeatures"], raw["projectExportManifest"]), ({"showFlowNavLink": True}, {"exportSavedModels": True}))
    equal([tile["type"] for tile in manifest.get_all_actions()], ["SCENARIO_RUN", "VARIABLES"])
    equal(raw["homepageSections"][0]["sectionTitle"], "Plan")
    equal([tile["prompt"] for tile in raw["homepageSections"][0]["tiles"]], ["Plan the routes", "Settings"])
    equal(manifest.get_runnable_scenarios(), ["PLAN_ROUTES"])
    raw |= {
        "label": "Other",
        "shortDesc": "",
        "tags": ["a"],
        "useAppHomepage": False,
        "homepageSections": [{"sectionTitle": "x", "tiles": [{"type": "y"}]}, {}],
        "instantiationPermission": "NOBODY",
        "instanceFeatures": {},
        "projectExportManifest": {},
        "whatIsToCome": [1],
    }
    manifest.save()
    equal(dss.client.get_app("PROJECT_LOGISTICS").get_manifest().get_raw(), raw)
    equal(dss.project("LOGISTICS").get_app_manifest().get_raw(), raw)


def what_cannot_be_is_refused(dss):
    before = (dss.state["apps"], dss.state["projects"])
    app = dss.client.get_app("PROJECT_LOGISTICS")
    with refused("AlreadyExistsException", "SALES"):
        app.create_instance("SALES", "x")
    with refused("IllegalArgumentException", "cannot be the key"):
        app.create_instance("A B", "x")
    with refused("IllegalArgumentException", "needs a name"):
        app.create_instance("A", "")
    raw = app.get_manifest().get_raw()
    for wrong in (
        {"homepageSections": {}},
        {"homepageSections": [1]},
        {"homepageSections": [{"tiles": {}}]},
        {"homepageSections": [{"tiles": [1]}]},
        {"tags": "a"},
        {"tags": [1]},
        {"instantiationPermission": 7},
    ):
        with refused("IllegalArgumentException"):
            dss.client._perform_empty("PUT", "/projects/LOGISTICS/app-manifest", body={**raw, **wrong})
    nothing = dss.client.get_app("PROJECT_NONE")
    for call in (nothing.get_manifest, nothing.list_instance_keys, lambda: nothing.create_instance("A", "a")):
        with refused("NotFoundException", "Application PROJECT_NONE"):
            call()
    with refused("NotFoundException", "manifest of project SALES"):
        dss.project("SALES").get_app_manifest()
    with refused("NotFoundException", "manifest of project SALES"):
        dss.client._perform_empty("PUT", "/projects/SALES/app-manifest", body=raw)
    with refused("NotFoundException", "NOWHERE"):
        dss.project("NOWHERE").get_app_manifest()
    with refused("NotFoundException", "NOWHERE"):
        dss.client._perform_empty("PUT", "/projects/NOWHERE/app-manifest", body=raw)
    with refused("UnauthorizedException", "lena is not an administrator of project LOGISTICS"):
        dss.connect_as("lena").get_app("PROJECT_LOGISTICS").get_manifest().save()
    equal((dss.state["apps"], dss.state["projects"]), before)
