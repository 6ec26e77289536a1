"""The API Deployer: infrastructures, services with versions, deployments."""

import io
import json
import tempfile
import zipfile

from dss import equal, refused, since

PROD = "churn-on-api-prod"


def _zip(files):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        for path, value in files.items():
            made.writestr(path, json.dumps(value))
    archive.seek(0)
    return archive


def _versions(deployer, service="churn"):
    return [each["id"] for each in deployer.get_service(service).get_status().get_raw()["packages"]]


def infrastructures_are_kept(dss):
    deployer = dss.client.get_apideployer()
    equal([(each["id"], each["desc"]) for each in deployer.list_stages()], [("Development", "Development stage"), ("Test", ""), ("Production", "")])
    first, second = deployer.list_infras(as_objects=False)
    equal(first["infraBasicInfo"], {"id": "api-prod", "type": "STATIC", "stage": "Production"})
    equal((first["deployments"], first["canDeploy"]), ([{"id": PROD, "infraId": "api-prod"}], True))
    assert "id" not in first
    equal((second["infraBasicInfo"]["type"], second["deployments"]), ("K8S", []))
    equal([each.id for each in deployer.list_infras()], ["api-prod", "api-k8s"])
    made = deployer.create_infra("api-test", "Test", "STATIC", govern_check_policy="WARN")
    equal(made.get_status().get_raw(), {"infraBasicInfo": {"id": "api-test", "type": "STATIC", "stage": "Test"}, "deployments": [], "canDeploy": True})
    equal(made.get_status().get_deployments(), [])
    equal(deployer.get_infra("api-prod").get_status().get_raw(), first)
    equal([each.id for each in deployer.get_infra("api-prod").get_status().get_deployments()], [PROD])
    settings = made.get_settings()
    equal((settings.get_type(), settings.get_raw()["governCheckPolicy"], settings.get_raw()["apiNodes"]), ("STATIC", "WARN", []))
    settings.add_apinode("https://a:1", "k", graphite_prefix="p")
    settings.add_apinode("https://b:1", "k2")
    settings.get_raw()["whatIsToCome"] = [1]
    settings.get_raw()["stage"] = "Production"
    settings.save()
    raw = made.get_settings().get_raw()
    equal(raw["apiNodes"], [{"url": "https://a:1", "adminAPIKey": "k", "graphitePrefix": "p"}, {"url": "https://b:1", "adminAPIKey": "k2", "graphitePrefix": None}])
    equal((raw["whatIsToCome"], raw["stage"], raw["id"]), ([1], "Production", "api-test"))
    settings.remove_apinode("https://a:1")
    settings.get_raw() .update({"id": "other", "type": "K8S"})
    settings.save()
    raw = made.get_settings().get_raw()
    equal(([each["url"] for each in raw["apiNodes"]], raw["id"], raw["type"]), (["https://b:1"], "api-test", "STATIC"))
    prod = deployer.get_infra("api-prod").get_settings().get_raw()
    equal(prod["apiNodes"][0]["adminAPIKey"], "key-of-apinode1")
    made.delete()
    equal([each.id for each in deployer.list_infras()], ["api-prod", "api-k8s"])
    azure = deployer.create_infra("azure", "Development", "AZURE_ML")
    equal(azure.get_settings().get_raw(), {"id": "azure", "stage": "Development", "type": "AZURE_ML", "governCheckPolicy": "NO_CHECK"})


@since("14.3")
def services_have_versions(dss):
    deployer = dss.client.get_apideployer()
    [light] = deployer.list_services(as_objects=False)
    equal(light, {"serviceBasicInfo": {"id": "churn", "name": "churn"}, "packages": [{"id": "v1"}, {"id": "v2"}], "deployments": [{"id": PROD, "infraId": "api-prod"}]})
    equal([each.id for each in deployer.list_services()], ["churn"])
    copy = deployer.create_service("copy")
    equal((copy.get_status().get_raw()["packages"], copy.get_status().get_deployments()), ([], []))
    churn = deployer.get_service("churn")
    copy.import_version(io.BytesIO(churn.get_version_stream("v1").content))
    copy.import_version(_zip({"package-manifest.json": {"packageId": "v9"}}))
    equal(_versions(deployer, "copy"), ["v1", "v9"])
    equal([each["id"] for each in copy.get_status().get_versions()], ["v1", "v9"])
    with zipfile.ZipFile(io.BytesIO(copy.get_version_stream("v9").content)) as archive:
        equal(json.loads(archive.read("package-manifest.json")), {"packageId": "v9"})
    with tempfile.NamedTemporaryFile() as file:
        churn.download_version_to_file("v1", file.name)
        assert zipfile.is_zipfile(file.name)
    status = churn.get_status()
    equal(status.get_raw(), light)
    equal([each.id for each in status.get_deployments()], [PROD])
    equal([each.id for each in status.get_deployments(infra_id="api-k8s")], [])
    settings = copy.get_settings()
    equal(settings.get_raw(), {"id": "copy", "permissions": []})
    settings.get_raw().update({"permissions": [{"group": "g", "admin": True}], "whatIsToCome": 1, "id": "other"})
    settings.save()
    equal(copy.get_settings().get_raw(), {"id": "copy", "permissions": [{"group": "g", "admin": True}], "whatIsToCome": 1})
    copy.delete_version("v1")
    equal(_versions(deployer, "copy"), ["v9"])
    copy.delete()
    equal([each.id for each in deployer.list_services()], ["churn"])


@since("14.3")
def deployments_are_made_and_updated(dss):
    deployer = dss.client.get_apideployer()
    [light] = deployer.list_deployments(as_objects=False)
    equal(light["deploymentBasicInfo"], {"id": PROD, "publishedServiceId": "churn", "deployedServiceId": "churn", "infraId": "api-prod", "enabled": True})
    equal((light["infraBasicInfo"], light["serviceBasicInfo"], light["packages"]), ({"id": "api-prod", "type": "STATIC", "stage": "Production"}, {"id": "churn", "name": "churn"}, [{"id": "v1"}]))
    equal(deployer.get_deployment(PROD).get_status().get_light(), light)
    made = deployer.create_deployment("dev", "churn", "api-k8s", "v2", endpoint_id="predict", authorizations_to_query_through_deployer=[{"group": "g", "queryThroughDeployer": True}])
    equal([each.id for each in deployer.list_deployments()], [PROD, "dev"])
    raw = made.get_settings().get_raw()
    equal((raw["id"], raw["publishedServiceId"], raw["infraId"], raw["enabled"]), ("dev", "churn", "api-k8s", True))
    equal((raw["generationsMapping"], raw["endpointId"]), ({"mode": "SINGLE_GENERATION", "generation": "v2"}, "predict"))
    equal(raw["authorizationsToQueryThroughDeployer"], [{"group": "g", "queryThroughDeployer": True}])
    status = made.get_status()
    equal((status.get_health(), status.get_health_messages()["messages"]), ("UNKNOWN", []))
    assert "publicURL" not in status.get_heavy()
    started = dss.now
    future = made.start_update()
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    equal([(each.status, each.type) for each in made.list_updates()], [("RUNNING", "UPDATE")])
    with refused("IllegalArgumentException", "is being updated"):
        made.start_update()
    result = future.wait_for_result()
    equal((result["success"], result["error"], result["messages"][0]["message"]), (True, False, "Activated v2"))
    status = made.get_status()
    equal((status.get_health(), status.get_service_urls()), ("HEALTHY", ["https://api-k8s.example.com/churn/public/api/v1/churn"]))
    [item] = made.list_updates()
    equal((item.type, item.status, item.get_raw()["startTimestamp"]), ("UPDATE", "SUCCESS", started))
    update = made.get_update()
    equal(update.get_raw(), made.get_update(timestamp=started).get_raw())
    equal(update.get_raw(), item.get_full_update().get_raw())
    equal((update.requester, update.status, update.logs), ("admin", "SUCCESS", ["Preparing v2", "Activated v2"]))
    equal((update.get_raw()["endTimestamp"], update.get_raw()["type"]), (started + 4000, "UPDATE"))
    prod = deployer.get_deployment(PROD)
    equal(prod.get_status().get_service_urls(), ["https://apinode1.example.com:12000/public/api/v1/churn"])
    equal((prod.get_update().requester, prod.get_update().logs), ("maria", ["Preparing v1", "Activated v1"]))
    settings = made.get_settings()
    settings.get_raw().update({"authorizationsToQueryThroughDeployer": [], "endpointId": "other"})
    settings.save()
    equal(made.get_settings().get_raw(), settings.get_raw())
    bare = deployer.create_deployment("bare", "churn", "api-prod", "v1").get_settings().get_raw()
    assert "endpointId" not in bare
    equal(bare["authorizationsToQueryThroughDeployer"], [])
    with refused("NotFoundException", "An update of bare"):
        deployer.get_deployment("bare").get_update()


def settings_are_saved_whole(dss):
    deployment = dss.client.get_apideployer().get_deployment(PROD)
    settings = deployment.get_settings()
    settings.set_single_version("v2")
    settings.get_raw().update({"whatIsToCome": [1], "deployedServiceId": "churn2"})
    settings.save()
    again = deployment.get_settings().get_raw()
    equal(again, settings.get_raw())
    equal(again["generationsMapping"], {"mode": "SINGLE_GENERATION", "generation": "v2"})
    status = deployment.get_status()
    equal((status.get_health(), status.get_health_messages()["warning"]), ("OUT_OF_SYNC", True))
    equal(status.get_service_urls(), ["https://apinode1.example.com:12000/public/api/v1/churn2"])
    equal(status.get_light()["packages"], [{"id": "v2"}])
    deployment.start_update().wait_for_result()
    equal(deployment.get_status().get_health(), "HEALTHY")
    settings.get_raw().update({"id": "other", "infraId": "api-k8s", "publishedServiceId": "x"})
    settings.save(ignore_warnings=True)
    equal((deployment.get_settings().get_raw()["id"], deployment.get_settings().get_raw()["infraId"], deployment.get_settings().get_raw()["publishedServiceId"]), (PROD, "api-prod", "churn"))
    entries = [{"generation": "v1", "proba": 0.4}, {"generation": "v2", "proba": 0.6}]
    settings.get_raw()["generationsMapping"] = {"mode": "MULTI_GENERATION_RANDOM", "entries": entries}
    settings.save()
    equal(deployment.get_status().get_light()["packages"], [{"id": "v1"}, {"id": "v2"}])
    settings.set_enabled(False)
    settings.save()
    equal(deployment.get_status().get_health(), "UNKNOWN")
    equal(deployment.get_status().get_light()["deploymentBasicInfo"]["enabled"], False)


@since("14.3")
def updates_can_go_wrong(dss):
    deployment = dss.client.get_apideployer().get_deployment(PROD)
    dss.script(f"api-deployments/{PROD}", "fail", message="Node is down", times=1)
    result = deployment.start_update().wait_for_result()
    equal((result["error"], result["messages"][0]["message"]), (True, "Node is down"))
    update = deployment.get_update()
    equal((update.status, update.logs[-1]), ("ERROR", "Node is down"))
    equal(deployment.get_status().get_health(), "HEALTHY")
    dss.script(f"api-deployments/{PROD}", "fail", times=1)
    equal(deployment.start_update().wait_for_result()["messages"][0]["message"], "A node cannot be reached")
    dss.script(f"api-deployments/{PROD}", "warn", message="Slowly", times=1)
    result = deployment.start_update().wait_for_result()
    equal((result["warning"], result["messages"][0]["message"], deployment.get_update().status), (True, "Slowly", "WARNING"))
    future = deployment.start_update()
    future.abort()
    equal((deployment.get_update().status, deployment.get_update().logs[-1]), ("ABORTED", "The update was aborted"))
    dss.script("api-versions/churn.v1", "fail", message="No model", times=1)
    deployment.start_update().wait_for_result()
    status = deployment.get_status()
    equal((status.get_health(), status.get_health_messages()["error"], status.get_health_messages()["messages"][0]["message"]), ("ERROR", True, "No model"))
    dss.script("api-versions/churn.v1", "warn", times=1)
    deployment.start_update().wait_for_result()
    status = deployment.get_status()
    equal((status.get_health(), status.get_health_messages()["warning"]), ("WARNING", True))


@since("14.3")
def queries_are_answered(dss):
    deployment = dss.client.get_apideployer().get_deployment(PROD)
    [response] = deployment.run_test_queries()["responses"]
    equal((response["result"]["prediction"], response["result"]["ignored"]), ("1", False))
    equal(len(deployment.run_test_queries(endpoint_id="predict", test_queries=[{"q": {}}, {"q": {}}])["responses"]), 2)
    equal(len(deployment.run_queries([{"features": {"a": 1}}] * 3)["responses"]), 3)
    equal(len(deployment.run_queries([{"features": {"a": 1}}], endpoint_id="predict", adapt_query_for_infra_type=False)["responses"]), 1)
    dss.script("api-queries/churn.v1", "fail", message="No model", times=1)
    equal(deployment.run_test_queries()["responses"], [{"error": True, "message": "No model"}])
    equal(deployment.get_open_api().get()["info"]["title"], "churn")
    for call in (lambda: deployment.run_test_queries(endpoint_id="none"), lambda: deployment.run_queries([], endpoint_id="none")):
        with refused("NotFoundException", "Endpoint none"):
            call()
    for path, name in (("run-test-queries", "testQueriesParam"), ("run-queries", "queries")):
        for wrong in ("{}", "?"):
            with refused("IllegalArgumentException", name):
                dss.client._perform_json("POST", f"/api-deployer/deployments/{PROD}/actions/{path}", params={name: wrong})
    with refused("IllegalArgumentException", "queries"):
        dss.client._perform_json("POST", f"/api-deployer/deployments/{PROD}/actions/run-queries")
    service = dss.project("CHURN").get_api_service("churn")
    settings = service.get_settings()
    settings.endpoints[0]["openAPI"]["enabled"] = False
    settings.save()
    service.create_package("v3")
    service.publish_package("v3")
    changed = deployment.get_settings()
    changed.set_single_version("v3")
    changed.save()
    with refused("NotFoundException", "OpenAPI"):
        deployment.get_open_api()
    changed.set_enabled(False)
    changed.save()
    for call in (deployment.run_test_queries, lambda: deployment.run_queries([])):
        with refused("IllegalArgumentException", "does not answer"):
            call()


def govern_is_asked(dss):
    deployer = dss.client.get_apideployer()
    deployment = deployer.get_deployment(PROD)
    equal((deployment.get_governance_status()["messages"], deployment.get_governance_status()["anyMessage"]), ([], False))
    infra = deployer.get_infra("api-prod").get_settings()
    infra.get_raw()["governCheckPolicy"] = "WARN"
    infra.save()
    dss.script("api-governance/churn.v2", "warn")
    status = deployment.get_governance_status(version="v2")
    equal((status["warning"], status["error"], status["messages"][0]["message"]), (True, False, "Version v2 is not approved"))
    settings = deployment.get_settings()
    settings.set_single_version("v2")
    with refused("WARNING : version v2"):
        settings.save()
    with refused("WARNING : version v2"):
        deployer.create_deployment("new", "churn", "api-prod", "v2")
    settings.save(ignore_warnings=True)
    equal(deployment.get_governance_status()["warning"], True)
    deployer.create_deployment("new", "churn", "api-prod", "v2", ignore_warnings=True)
    infra.get_raw()["governCheckPolicy"] = "PREVENT"
    infra.save()
    dss.script("api-governance/churn.v2", "fail")
    equal(deployment.get_governance_status(version="v2")["error"], True)
    with refused("IllegalArgumentException", "not approved in Govern"):
        settings.save(ignore_warnings=True)
    with refused("NotFoundException", "Version v9"):
        deployment.get_governance_status(version="v9")


def deletions_go_by_the_rules(dss):
    deployer = dss.client.get_apideployer()
    before = dss.state["apiDeployer"]
    for call in (deployer.get_service("churn").delete, deployer.get_infra("api-prod").delete):
        with refused("IllegalArgumentException", f"has deployments: {PROD}"):
            call()
    with refused("IllegalArgumentException", f"Version v1 is deployed by {PROD}"):
        deployer.get_service("churn").delete_version("v1")
    with refused("IllegalArgumentException", "disable it first"):
        dss.client._perform_empty("DELETE", f"/api-deployer/deployments/{PROD}")
    equal(dss.state["apiDeployer"], before)
    deployment = deployer.get_deployment(PROD)
    future = deployment.start_update()
    settings = deployment.get_settings()
    settings.set_enabled(False)
    settings.save()
    with refused("IllegalArgumentException", "is being updated"):
        deployment.delete()
    future.wait_for_result()
    deployment.delete()
    equal(deployer.list_deployments(), [])
    deployer.create_deployment("dev", "churn", "api-k8s", "v2").delete(disable_first=True, ignore_pre_delete_errors=True)
    equal(deployer.list_deployments(), [])
    deployer.get_service("churn").delete_version("v1")
    equal(_versions(deployer), ["v2"])
    deployer.get_service("churn").delete()
    deployer.get_infra("api-prod").delete()
    equal((deployer.list_services(), [each.id for each in deployer.list_infras()]), ([], ["api-k8s"]))


def what_cannot_be_is_refused(dss):
    client = dss.client
    deployer = client.get_apideployer()
    before = dss.state["apiDeployer"]
    for call in (
        lambda: deployer.create_infra("api-prod", "Test", "STATIC"),
        lambda: deployer.create_service("churn"),
        lambda: deployer.create_deployment(PROD, "churn", "api-prod", "v1"),
        lambda: deployer.get_service("churn").import_version(_zip({"package-manifest.json": {"packageId": "v1"}})),
    ):
        with refused("AlreadyExistsException"):
            call()
    for arguments in (("", "Test", "STATIC"), (7, "Test", "STATIC"), ("a", "Moon", "STATIC"), ("a", "Test", "MOON"), ("a", "Test", "STATIC", "PERHAPS")):
        with refused("IllegalArgumentException"):
            deployer.create_infra(*arguments)
    raw = deployer.get_infra("api-prod").get_settings().get_raw()
    for wrong in ({"stage": "Moon"}, {"governCheckPolicy": "PERHAPS"}, {"apiNodes": None}, {"apiNodes": [1]}, {"apiNodes": [{}]}, {"apiNodes": [{"url": "u", "adminAPIKey": 1}]}, {"apiNodes": [{"url": "u", "graphitePrefix": 1}]}):
        with refused("IllegalArgumentException"):
            client._perform_empty("PUT", "/api-deployer/infras/api-prod/settings", body={**raw, **wrong})
    k8s = deployer.get_infra("api-k8s").get_settings().get_raw()
    with refused("IllegalArgumentException", "Only STATIC"):
        client._perform_empty("PUT", "/api-deployer/infras/api-k8s/settings", body={**k8s, "apiNodes": []})
    for body in ({}, {"publishedServiceId": ""}, {"publishedServiceId": 7}, {"publishedServiceId": "a", "description": "b"}):
        with refused("IllegalArgumentException", "publishedServiceId"):
            client._perform_json("POST", "/api-deployer/services", body=body)
    for file in (io.BytesIO(b"PK-fake-zip"), _zip({"a": 1}), _zip({"package-manifest.json": {"packageId": 7}})):
        with refused("IllegalArgumentException"):
            deployer.get_service("churn").import_version(file)
    service = deployer.get_service("churn").get_settings().get_raw()
    for permissions in ({}, [1]):
        with refused("IllegalArgumentException", "permissions"):
            client._perform_empty("PUT", "/api-deployer/services/churn/settings", body={**service, "permissions": permissions})
    create = {"deploymentId": "a", "publishedServiceId": "churn", "infraId": "api-prod", "version": "v1", "endpointId": None, "authorizationsToQueryThroughDeployer": None}
    for wrong in ({"deploymentId": ""}, {"deploymentId": 7}, {"endpointId": 7}, {"authorizationsToQueryThroughDeployer": {}}, {"authorizationsToQueryThroughDeployer": [{}]}):
        with refused("IllegalArgumentException"):
            client._perform_json("POST", "/api-deployer/deployments", body={**create, **wrong})
    for wrong in ({"publishedServiceId": "x"}, {"infraId": "x"}, {"version": "v9"}, {"version": None}):
        with refused("NotFoundException"):
            client._perform_json("POST", "/api-deployer/deployments", body={**create, **wrong})
    settings = deployer.get_deployment(PROD).get_settings().get_raw()
    for wrong in ({"enabled": "yes"}, {"generationsMapping": None}, {"generationsMapping": {}}, {"generationsMapping": {"mode": "M", "entries": []}}):
        with refused("IllegalArgumentException"):
            client._perform_empty("PUT", f"/api-deployer/deployments/{PROD}/settings", body={**settings, **wrong})
    for mapping in ({"mode": "SINGLE_GENERATION", "generation": "v9"}, {"mode": "M", "entries": [{"generation": "v1"}, {"generation": "v9"}]}):
        with refused("NotFoundException", "Version v9"):
            client._perform_empty("PUT", f"/api-deployer/deployments/{PROD}/settings", body={**settings, "generationsMapping": mapping})
    equal(dss.state["apiDeployer"], before)


@since("14.3")
def what_is_not_there_and_who_may_not(dss):
    before = (dss.state["apiDeployer"], dss.state["futures"])

    def infra(client, id):
        deployer = client.get_apideployer()
        it = deployer.get_infra(id)
        return (it.get_status,), (it.get_settings, it.delete, lambda: client._perform_empty("PUT", f"/api-deployer/infras/{id}/settings", body={}))

    def service(client, id):
        it = client.get_apideployer().get_service(id)
        return (it.get_status, it.get_settings), (
            it.delete,
            lambda: it.import_version(_zip({})),
            lambda: it.delete_version("v2"),
            lambda: client._perform_empty("PUT", f"/api-deployer/services/{id}/settings", body={}),
        )

    def deployment(client, id):
        it = client.get_apideployer().get_deployment(id)
        return (
            it.get_status,
            it.get_settings,
            it.get_governance_status,
            it.get_open_api,
            it.run_test_queries,
            lambda: it.run_queries([]),
            it.list_updates,
            it.get_update,
            lambda: it.get_update(timestamp=7),
            lambda: client._perform_json("GET", f"/api-deployer/deployments/{id}"),
            lambda: client._perform_json("GET", f"/api-deployer/deployments/{id}/status"),
        ), (
            it.start_update,
            lambda: client._perform_empty("PUT", f"/api-deployer/deployments/{id}/settings", body={}),
            lambda: client._perform_empty("DELETE", f"/api-deployer/deployments/{id}"),
        )

    for noun, word in ((infra, "Infrastructure none"), (service, "Service none"), (deployment, "Deployment none")):
        for calls in noun(dss.client, "none"):
            for call in calls:
                with refused("NotFoundException", word):
                    call()
    churn = dss.client.get_apideployer().get_service("churn")
    for call in (lambda: churn.get_version_stream("v9"), lambda: churn.delete_version("v9")):
        with refused("NotFoundException", "Version v9"):
            call()
    with refused("NotFoundException", "Update 7"):
        dss.client.get_apideployer().get_deployment(PROD).get_update(timestamp=7)
    lena = dss.connect_as("lena")
    deployer = lena.get_apideployer()
    creations = (
        lambda: deployer.create_infra("a", "Test", "STATIC"),
        lambda: deployer.create_service("a"),
        lambda: deployer.create_deployment("a", "churn", "api-prod", "v1"),
    )
    writes = [call for noun, id in ((infra, "api-prod"), (service, "churn"), (deployment, PROD)) for call in noun(lena, id)[1]]
    for call in (*creations, *writes):
        with refused("UnauthorizedException", "lena is not an administrator"):
            call()
    equal(([each.id for each in deployer.list_infras()], [each.id for each in deployer.list_services()], [each.id for each in deployer.list_deployments()]), (["api-prod", "api-k8s"], ["churn"], [PROD]))
    equal((dss.state["apiDeployer"], dss.state["futures"]), before)


@since("14.3")
def an_archive_comes_back_as_it_was_sent(dss):
    deployer = dss.client.get_apideployer()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("package-manifest.json", json.dumps({"packageId": "v9"}))
        archive.writestr("service.json", "{}")
        archive.writestr("lib/a b.py", "x = 1" * 100)
        archive.comment = b"ours"
    service = deployer.create_service("ours")
    service.import_version(io.BytesIO(buffer.getvalue()))
    equal(service.get_version_stream("v9").content, buffer.getvalue())
