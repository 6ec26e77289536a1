"""The instance: what it is, its licence, its checks, what it reports."""

import json

from dss import equal, refused, since

DAY = 86_400_000
LICENSE = {
    "licenseId": "L-2",
    "licenseKind": "PRODUCTION",
    "instanceId": "inst-2",
    "licensee": {"company": "Example", "name": "Tom Ito"},
    "properties": {"addons.govern": "false"},
    "profiles": {"FULL_DESIGNER": 1, "READER": 2},
}


def it_says_what_it_is(dss):
    info = dss.client.get_instance_info()
    equal((info.node_id, info.node_name, info.node_type), ("design-1", "Design", "DESIGN"))
    equal(info.raw["dssVersion"], dss.client._perform_raw("GET", "/instance-info").headers["DSS-Version"])
    equal((info.raw["rawNodeType"], info.raw["hostname"], info.raw["installId"]), ("DESIGN", "dss1", "inst-1"))
    equal((info.raw["os"], info.raw["javaVersion"], info.raw["dataDirPath"]), ("Linux", "17.0.11", "/data/dss"))
    equal(info.raw["dssStartupTimestamp"], dss.now - 12 * DAY)
    equal(set(dss.connect_as("maria").get_instance_info().raw), {"nodeId", "nodeName", "nodeType", "dssVersion"})


def a_restart_is_its_start(dss):
    dss.restart(60)
    dss.advance(90)
    equal(dss.client.get_instance_info().raw["dssStartupTimestamp"], dss.now - 30_000)


def its_licence_is_told(dss):
    status = dss.client.get_licensing_status()
    expected = {
        "hasLicense": True,
        "valid": True,
        "expired": False,
        "expiresOn": dss.now + 200 * DAY,
        "community": False,
        "userProfiles": ["FULL_DESIGNER", "READER"],
        "trialsExplicitlyEnabled": False,
    }
    content = status["base"].pop("licenseContent")
    equal(status["base"], expected)
    equal(content["licensee"], {"company": "Example", "name": "Maria Lopez"})
    equal((content["licenseId"], content["licenseKind"]), ("L-1", "DEVELOPMENT"))
    equal((content["instanceId"], content["properties"]), ("inst-1", {"addons.govern": "true"}))
    limits = status["limits"]["profileLimits"]
    equal(limits["FULL_DESIGNER"]["licensed"], {"profile": "FULL_DESIGNER", "licensedLimit": -1})
    counts = {profile: (limit["directCount"], limit["countWithDemotedTo"]) for profile, limit in limits.items()}
    equal(counts, {"FULL_DESIGNER": (2, 2), "READER": (1, 1)})
    equal([limit["overQuota"] for limit in limits.values()], [False, False])
    equal([limit["trials"] for limit in limits.values()], [0, 0])


def a_licence_is_set(dss):
    expires = dss.now + 2 * DAY
    dss.client.set_license(json.dumps({**LICENSE, "expiresOn": expires}))
    status = dss.client.get_licensing_status()
    content = status["base"]["licenseContent"]
    equal(content, {key: LICENSE[key] for key in content})
    equal(set(content), {"licenseId", "licenseKind", "instanceId", "licensee", "properties"})
    equal((status["base"]["expiresOn"], status["base"]["valid"]), (expires, True))
    equal(status["limits"]["profileLimits"]["FULL_DESIGNER"]["overQuota"], True)
    equal(status["limits"]["profileLimits"]["READER"]["licensed"]["licensedLimit"], 2)
    dss.advance(3 * 86_400)
    base = dss.client.get_licensing_status()["base"]
    equal((base["valid"], base["expired"]), (False, True))


def what_is_no_licence_is_refused(dss):
    before = dss.client.get_licensing_status()
    whole = {**LICENSE, "expiresOn": dss.now}
    for key in ("licenseId", "licenseKind", "licensee", "expiresOn", "profiles"):
        with refused("IllegalArgumentException", "not a licence"):
            dss.client.set_license(json.dumps({name: value for name, value in whole.items() if name != key}))
    with refused("IllegalArgumentException"):
        dss.client.set_license("[]")
    equal(dss.client.get_licensing_status(), before)


def what_there_is_is_counted(dss):
    usage = dss.client.get_global_usage_summary()
    equal((usage.projects_count, usage.total_datasets_count, usage.total_recipes_count), (3, 14, 8))
    equal((usage.total_jupyter_notebooks_count, usage.total_sql_notebooks_count), (0, 0))
    scenarios = dss.project().list_scenarios()
    others = [dss.project(key).list_scenarios() for key in ("CHURN", "LOGISTICS")]
    equal(usage.total_scenarios_count, len(scenarios) + sum(len(of_project) for of_project in others))
    assert 0 < usage.total_active_with_trigger_scenarios_count < usage.total_scenarios_count
    before = usage.total_active_with_trigger_scenarios_count
    for key in ("SALES", "CHURN", "LOGISTICS"):
        for item in dss.project(key).list_scenarios(as_type="objects"):
            settings = item.get_settings()
            settings.active = False
            settings.save()
    equal(dss.client.get_global_usage_summary().total_active_with_trigger_scenarios_count, 0)
    assert before > 0
    assert "projectSummaries" not in usage.raw
    per_project = dss.client.get_global_usage_summary(with_per_project=True).raw["projectSummaries"]
    equal([summary["projectKey"] for summary in per_project], ["SALES", "CHURN", "LOGISTICS"])
    equal(per_project[0]["scenarios"]["all"], len(scenarios))


def the_instance_is_checked(dss):
    codes = dss.client.get_sanity_check_codes()
    equal(codes, ["WARN_MISC_AUDIT_NO_LOG4J_LOCAL_TARGET", "WARN_MISC_DISK_FULL", "WARN_SECURITY_NO_CGROUPS"])
    report = dss.client.perform_instance_sanity_check()
    equal([message.code for message in report.messages], codes[1:])
    equal((report.has_messages, report.has_warning, report.has_error, report.has_success), (True, True, False, False))
    equal((report.max_severity, report.messages[0].severity), ("WARNING", "WARNING"))
    equal((report.messages[0].title, report.messages[0].details), ("Disk", ""))
    assert "93 %" in report.messages[0].message
    future = dss.client.perform_instance_sanity_check(exclusion_list=codes[1:], wait=False)
    equal(future.get_state()["owner"], "admin")
    nothing = future.wait_for_result()
    equal((nothing.has_messages, nothing.messages), (False, []))


def a_check_finds_errors(dss):
    dss.script("instance/sanity-check", "fail", message="The disk is full")
    report = dss.client.perform_instance_sanity_check(["WARN_SECURITY_NO_CGROUPS"])
    equal((report.has_error, report.max_severity, report.messages[0].message), (True, "ERROR", "The disk is full"))
    equal([message.code for message in report.messages], ["ERR_MISC_DISK_FULL", "WARN_MISC_DISK_FULL"])


def what_is_no_list_of_codes_is_refused(dss):
    for wrong in ("WARN_MISC_DISK_FULL", [7], None):
        with refused("IllegalArgumentException", "array of codes"):
            dss.client._perform_json("POST", "/admin/sanity-check/run", body=wrong)


def the_scoring_libraries_are_a_jar(dss):
    with dss.connect_as("maria").get_scoring_libs_stream() as jar:
        equal(jar.content, b"PK\x05\x06" + bytes(18))
        equal(jar.headers["content-type"], "application/java-archive")


def audit_entries_are_kept(dss):
    dss.client.log_custom_audit("nightly export", {"rows": 12, "to": "s3"})
    dss.client.log_custom_audit("bare")
    first, second = dss.state["instance"]["audit"]
    equal((first["customMsgType"], first["customMsgParams"]), ("nightly export", {"rows": 12, "to": "s3"}))
    equal((first["login"], first["at"]), ("admin", dss.now))
    equal((second["customMsgType"], second["customMsgParams"]), ("bare", {}))
    with refused("IllegalArgumentException"):
        dss.client.log_custom_audit("wrong", [1])
    equal(len(dss.state["instance"]["audit"]), 2)


@since("14.3")
def govern_is_known(dss):
    ref = dss.client._perform_json("GET", "/admin/get-govern-node-ref")
    equal((ref["enabled"], ref["nodeUrl"]), (True, "https://govern.example.com"))
    equal(ref["trustAllSSLCertificates"], False)
    client = dss.client.get_govern_client()
    equal((client.host, client.api_key), ("https://govern.example.com", "key-of-the-design-node"))
    equal(client._session.verify, True)


@since("14.3")
def govern_is_told(dss):
    for start, name in (
        (dss.client.govern_dss_sync, "Sending all projects to Govern"),
        (lambda: dss.client.govern_dss_sync("SALES"), "Sending SALES to Govern"),
        (dss.client.govern_deployer_sync, "Sending the deployer to Govern"),
    ):
        future = start()
        equal(future.state["hasResult"], False)
        equal(future.get_state()["jobDisplayName"], name)
        equal(future.wait_for_result()["success"], True)
    futures = dss.state["futures"]
    with refused("NotFoundException", "NONE"):
        dss.client.govern_dss_sync("NONE")
    equal(dss.state["futures"], futures)
    dss.script("instance/govern-deployer-sync", "fail", message="Govern is down")
    equal(dss.client.govern_deployer_sync().wait_for_result()["messages"][0]["message"], "Govern is down")


def data_quality_is_told_by_project(dss):
    equal(list(dss.client.get_data_quality_status()), ["SALES", "CHURN", "LOGISTICS"])


@since("14.3")
def counters_of_cost_are_told(dss):
    counters = dss.client.get_llm_cost_limiting_counters()
    equal(counters.get_counter("all-projects"), counters.counters[0])
    equal(counters.get_counter("none"), None)
    equal(counters.get_raw(), {"counters": counters.counters})


@since("15.2")
def one_counter_of_cost_is_told(dss):
    counters = dss.client.get_llm_cost_limiting_counters()
    equal(counters.get_counter_details("all-projects"), counters.get_counter("all-projects"))
    with refused("NotFoundException", "Quota none"):
        counters.get_counter_details("none")
    counters.client = dss.connect_as("maria")
    with refused("UnauthorizedException"):
        counters.get_counter_details("all-projects")


@since("14.3")
def only_administrators_look_after_it(dss):
    before = dss.state["instance"]
    client = dss.connect_as("maria")
    for call in (
        client.get_licensing_status,
        lambda: client.set_license(json.dumps({**LICENSE, "expiresOn": 0})),
        client.get_global_usage_summary,
        client.get_sanity_check_codes,
        client.perform_instance_sanity_check,
        lambda: client.log_custom_audit("mine"),
        client.get_govern_client,
        client.govern_dss_sync,
        client.govern_deployer_sync,
        client.get_llm_cost_limiting_counters,
    ):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
    equal(dss.state["instance"], before)
