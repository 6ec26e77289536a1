"""API services of projects, and their packages."""

import io
import json
import tempfile
import zipfile

from dss import equal, refused, since


def services_are_listed(dss):
    [item] = dss.project("CHURN").list_api_services()
    equal((item.id, item.name, item.auth_method), ("churn", "churn", "PUBLIC"))
    equal([(each["id"], each["type"]) for each in item.endpoints], [("predict", "STD_PREDICTION")])
    equal(item["projectKey"], "CHURN")
    equal(item.to_api_service().id, "churn")
    settings = item.to_api_service().get_settings()
    equal((settings.auth_method, settings.endpoints), ("PUBLIC", item.endpoints))
    equal(dss.project("SALES").list_api_services(), [])


def services_are_designed(dss):
    service = dss.project("SALES").create_api_service("revenue")
    settings = service.get_settings()
    raw = settings.get_raw()
    equal((raw["projectKey"], raw["id"], raw["name"], raw["endpoints"], raw["authMethod"]), ("SALES", "revenue", "revenue", [], "PUBLIC"))
    equal((raw["authRealm"], raw["deploymentMonitoring"], raw["tags"], raw["customFields"]), ({"queryKeys": []}, [], [], {}))
    settings.add_prediction_endpoint("p", "m1")
    settings.add_clustering_endpoint("c", "m2")
    settings.add_forecasting_endpoint("f", "m3")
    settings.add_causal_prediction_endpoint("x", "m4", compute_propensity=True)
    raw |= {"tags": ["a"], "customFields": {"b": 1}, "authMethod": "API_KEYS", "authRealm": {"queryKeys": [{"key": "k"}]}, "description": "d"}
    settings.save()
    equal(service.get_settings().get_raw(), raw)
    raw["whatIsToCome"] = 1
    settings.save()
    assert "whatIsToCome" not in service.get_settings().get_raw()
    raw.pop("whatIsToCome")
    dss.client._perform_empty("PUT", "/projects/SALES/apiservices/revenue/settings", body={**raw, "id": "other", "projectKey": "CHURN"})
    equal(service.get_settings().get_raw(), raw)
    equal([(each.id, each.auth_method) for each in dss.project("SALES").list_api_services()], [("revenue", "API_KEYS")])


@since("14.3")
def packages_are_made(dss):
    service = dss.project("CHURN").get_api_service("churn")
    equal([each["id"] for each in service.list_packages()], ["v1", "v2"])
    service.create_package("v3", release_notes="Third")
    [_, _, made] = service.list_packages()
    equal((made["id"], made["createdOn"]), ("v3", dss.now))
    summary = service.get_package_summary("v3")
    equal((summary["packageId"], summary["serviceId"], summary["releaseNotes"], summary["createdOn"]), ("v3", "churn", "Third", dss.now))
    equal((summary["projectKey"], [each["id"] for each in summary["endpoints"]]), ("CHURN", ["predict"]))
    assert "releaseNotes" not in service.get_package_summary("v1")
    with zipfile.ZipFile(io.BytesIO(service.download_package_stream("v3").read())) as archive:
        equal(json.loads(archive.read("package-manifest.json"))["packageId"], "v3")
        equal(json.loads(archive.read("service.json")), service.get_settings().get_raw())
    with tempfile.NamedTemporaryFile() as file:
        service.download_package_to_file("v3", file.name)
        assert zipfile.is_zipfile(file.name)
    deployer = dss.client.get_apideployer()
    service.publish_package("v3")
    service.publish_package("v3", published_service_id="other")
    equal([each["id"] for each in deployer.get_service("churn").get_status().get_raw()["packages"]], ["v1", "v2", "v3"])
    equal([each["id"] for each in deployer.get_service("other").get_status().get_raw()["packages"]], ["v3"])
    service.delete_package("v3")
    equal([each["id"] for each in service.list_packages()], ["v1", "v2"])
    equal([each["id"] for each in deployer.get_service("other").get_status().get_raw()["packages"]], ["v3"])


@since("14.3")
def what_cannot_be_is_refused(dss):
    project = dss.project("CHURN")
    service = project.get_api_service("churn")
    before = (dss.state["projects"], dss.state["apiDeployer"])
    for call in (
        lambda: project.create_api_service("churn"),
        lambda: service.create_package("v1"),
        lambda: service.publish_package("v1"),
    ):
        with refused("AlreadyExistsException"):
            call()
    raw = service.get_settings().get_raw()
    endpoint = raw["endpoints"][0]
    for wrong in (
        {"endpoints": None},
        {"endpoints": {}},
        {"endpoints": [1]},
        {"endpoints": [{**endpoint, "id": ""}]},
        {"endpoints": [{**endpoint, "id": 7}]},
        {"endpoints": [{**endpoint, "type": None}]},
        {"endpoints": [{**endpoint, "testQueries": {}}]},
        {"endpoints": [{**endpoint, "testQueries": [1]}]},
        {"endpoints": [endpoint, endpoint]},
        {"authMethod": 7},
        {"authRealm": []},
        {"tags": "a"},
        {"tags": [1]},
    ):
        with refused("IllegalArgumentException"):
            dss.client._perform_empty("PUT", "/projects/CHURN/apiservices/churn/settings", body={**raw, **wrong})

    def reads(service, package):
        return (
            lambda: service.get_package_summary(package),
            lambda: service.download_package_stream(package),
        )

    def writes(service, package):
        return (lambda: service.delete_package(package), lambda: service.publish_package(package))

    for call in (*reads(service, "v9"), *writes(service, "v9")):
        with refused("NotFoundException", "Package v9"):
            call()
    none = project.get_api_service("none")
    whole = lambda service: (lambda: service.create_package("v3"), lambda: dss.client._perform_empty("PUT", f"/projects/{service.project_key}/apiservices/{service.service_id}/settings", body=raw))
    for call in (*reads(none, "v1"), *writes(none, "v1"), *whole(none), none.get_settings, none.list_packages):
        with refused("NotFoundException", "API service none"):
            call()
    nowhere = dss.project("NOWHERE")
    lost = nowhere.get_api_service("churn")
    for call in (*reads(lost, "v1"), *writes(lost, "v1"), *whole(lost), lost.get_settings, lost.list_packages, nowhere.list_api_services, lambda: nowhere.create_api_service("a")):
        with refused("NotFoundException", "NOWHERE"):
            call()
    nobody = dss.connect_as("nobody").get_project("CHURN")
    theirs = nobody.get_api_service("churn")
    for call in (
        *writes(theirs, "v1"),
        lambda: theirs.create_package("v3"),
        lambda: nobody.create_api_service("a"),
        lambda: nobody.client._perform_empty("PUT", "/projects/CHURN/apiservices/churn/settings", body=raw),
    ):
        with refused("UnauthorizedException", "not an administrator of project CHURN"):
            call()
    equal((dss.state["projects"], dss.state["apiDeployer"]), before)


@since("15.2")
def several_targets_are_predicted_at_once(dss):
    service = dss.project("CHURN").get_api_service("churn")
    settings = service.get_settings()
    settings.add_multitarget_prediction_endpoint("targets", "m5")
    settings.save()
    equal(service.get_settings().get_raw()["endpoints"][-1], {"id": "targets", "type": "STD_MULTITARGET_PREDICTION", "modelRef": "m5"})
