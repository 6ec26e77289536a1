"""Scenarios: their definitions, and what lists say of them."""

from dss import equal, refused, since

OCTOBER_1 = 1_759_276_800_000  # 2025-10-01T00:00Z; a check begins at nine
HOUR = 3_600_000
DAY = 24 * HOUR

MAIL = {
    "id": "rep1",
    "active": True,
    "phase": "END",
    "runConditionEnabled": True,
    "runCondition": "outcome != 'SUCCESS'",
    "messaging": {"type": "mail-scenario", "configuration": {"channelId": "smtp", "recipient": "ops@example.com", "attachments": []}},
}
BUILD = {
    "id": "build_0",
    "type": "build_flowitem",
    "name": "Build",
    "enabled": True,
    "runConditionType": "RUN_IF_STATUS_MATCH",
    "runConditionStatuses": ["SUCCESS", "WARNING"],
    "params": {"builds": [{"type": "DATASET", "itemId": "orders_joined", "partitionsSpec": ""}], "jobType": "RECURSIVE_BUILD"},
}
NIGHTLY = {
    "id": "trig1",
    "type": "temporal",
    "name": "Nightly",
    "delay": 5,
    "active": True,
    "params": {"frequency": "Daily", "repeatFrequency": 1, "hour": 2, "minute": 30, "timezone": "SERVER"},
}
DEFINITION = {
    "id": "FULL",
    "active": True,
    "runAsUser": "etl",
    "triggers": [NIGHTLY],
    "reporters": [MAIL],
    "params": {"steps": [BUILD], "more": 1},
    "delayedTriggersBehavior": {
        "delayWhileRunning": False,
        "squashDelayedTriggers": False,
        "suppressTriggersWhileRunning": False,
    },
    "automationLocal": True,
    "markedAsTest": True,
    "checklists": {"checklists": [{"id": "c"}]},
    "customFields": {"team": "data"},
    "tags": ["a", "b"],
    "shortDesc": "Short",
    "description": "Long",
    "unheardOf": {"deep": [1, None, {"x": 2.5}]},
}
FRESH = {
    "active": False,
    "triggers": [],
    "reporters": [],
    "delayedTriggersBehavior": {
        "delayWhileRunning": True,
        "squashDelayedTriggers": True,
        "suppressTriggersWhileRunning": True,
    },
    "automationLocal": False,
    "markedAsTest": False,
    "checklists": {"checklists": []},
    "customFields": {},
    "tags": [],
}


def _tag(number, now, login="admin"):
    return {"versionNumber": number, "lastModifiedBy": {"login": login}, "lastModifiedOn": now}


def _create(dss, kind="step_based", **definition):
    return dss.project().create_scenario("Full", kind, definition={"params": {}, **definition})


def _ids(scenarios):
    return [scenario.id for scenario in scenarios]


def a_new_scenario_has_what_was_sent(dss):
    created, now = _create(dss, **DEFINITION), dss.now
    raw = created.get_settings().get_raw()
    tag = _tag(0, now)
    name = {"projectKey": "SALES", "name": "Full", "type": "step_based"}
    equal(raw, {**DEFINITION, **name, "versionTag": tag, "creationTag": tag})


def a_new_scenario_has_defaults(dss):
    project, now = dss.project(), dss.now
    steps = dss.project().create_scenario("By steps", "step_based")
    raw = project.get_scenario(steps.id).get_settings().get_raw()
    tags = {"versionTag": _tag(0, now), "creationTag": _tag(0, now)}
    equal(raw, {
        **FRESH,
        **tags,
        "projectKey": "SALES",
        "id": steps.id,
        "name": "By steps",
        "type": "step_based",
        "params": {"steps": []},
    })
    script = project.create_scenario("By script", "custom_python").get_settings()
    equal((script.code, script.get_raw()["params"]), ("", {"envSelection": {"envMode": "INHERIT"}}))
    assert {steps.id, "FULL"} <= {*_ids(project.list_scenarios("objects")), _create(dss, id="FULL").id}


def an_id_is_made_once(dss):
    first, second = _create(dss), _create(dss)
    equal((first.id, second.id), ("Full", "Full_2"))
    _create(dss, id="MINE")
    with refused("AlreadyExistsException", "SALES.MINE"):
        _create(dss, id="MINE")


def what_is_no_scenario_is_refused(dss):
    project = dss.project()
    before = _ids(project.list_scenarios("objects"))
    with refused("IllegalArgumentException"):
        project.create_scenario("x", "magic")
    with refused("IllegalArgumentException", "name"):
        project.create_scenario("", "step_based")
    for broken in ({"triggers": {}}, {"reporters": [1]}, {"params": {"steps": "none"}}):
        with refused("IllegalArgumentException"):
            _create(dss, **broken)
    with refused("UnauthorizedException"):
        dss.project("NOWHERE").create_scenario("x", "step_based")
    equal(_ids(project.list_scenarios("objects")), before)


@since("14.3")
def scenarios_are_listed(dss):
    scenario, now = _create(dss, **DEFINITION), dss.now
    listed = dss.project().list_scenarios()
    item = listed[-1]
    equal(dict(item), {
        "projectKey": "SALES",
        "id": "FULL",
        "name": "Full",
        "type": "step_based",
        "active": True,
        "running": False,
        "unavailable": False,
        "automationLocal": True,
        "markedAsTest": True,
        "nextRun": OCTOBER_1 + DAY + 2.5 * HOUR,
        "triggerDigest": "Every day at 02:30",
        "triggerDigestItems": [
            {"name": "Nightly", "description": "Every day at 02:30", "active": True, "nextRun": OCTOBER_1 + DAY + 2.5 * HOUR},
        ],
        "reporterDigestItems": [{"name": "", "description": "mail-scenario", "active": True}],
        "tags": ["a", "b"],
        "createdOn": now,
        "createdBy": {"login": "admin", "displayName": "admin"},
        "lastModifiedOn": now,
        "lastModifiedBy": {"login": "admin", "displayName": "admin"},
        "runAsUser": "etl",
        "shortDesc": "Short",
        "description": "Long",
    })
    equal(item.id, "Full")  # the client gives the name
    equal((item.tags, item.running, item.to_scenario().id), (["a", "b"], False, "FULL"))
    equal(_ids(dss.project().list_scenarios("objects")), [each["id"] for each in listed])
    equal(_ids(dss.project().list_test_scenarios()), ["TEST_SMOKE", "TEST_REVENUE", "FULL"])
    equal(scenario.get_status().get_raw(), dict(item))


def a_running_scenario_says_so(dss):
    scenario = dss.project().get_scenario("NIGHTLY_BUILD")
    assert scenario.get_status().running is False
    fire = scenario.run()
    dss.advance(3)
    item = next(each for each in dss.project().list_scenarios() if each["id"] == "NIGHTLY_BUILD")
    status = scenario.get_status()
    equal((item.running, status.running), (True, True))
    equal(item.start_time.timestamp() * 1000, dss.now - 2_000)
    equal(dict(item), status.get_raw())
    equal(item["trigger"]["runId"], fire.run_id)
    equal([item["futureId"]], [future["jobId"] for future in dss.client.list_running_scenarios(all_users=True)])
    dss.advance(60)
    raw = scenario.get_status().get_raw()
    assert raw["running"] is False and not {"start", "futureId", "trigger"} & set(raw)


def a_script_is_kept_apart(dss):
    scenario = dss.project("CHURN").get_scenario("HOURLY_CHECK")
    settings = scenario.get_settings()
    assert "get_dataframe" in settings.code
    equal(settings.get_raw()["params"], {"envSelection": {"envMode": "EXPLICIT_ENV", "envName": "py311_reports"}})
    settings.code = "print(1)"
    settings.save()
    equal(scenario.get_settings().code, "print(1)")
    equal(scenario.get_payload(), "print(1)")
    equal(scenario.set_payload("print(2)", extension="sql"), {"msg": "Updated scenario CHURN.HOURLY_CHECK"})
    raw = dss.client._perform_json("GET", "/projects/CHURN/scenarios/HOURLY_CHECK/payload")
    equal(raw, {"script": "print(2)", "extension": "sql"})
    equal(scenario.get_payload(extension="sql"), "print(2)")
    with refused("IllegalArgumentException", "script"):
        scenario.set_payload(None)


def a_scenario_is_deleted_unless_it_runs(dss):
    project = dss.project()
    scenario = project.get_scenario("NIGHTLY_BUILD")
    scenario.run()
    dss.advance(2)
    with refused("NIGHTLY_BUILD is running"):
        scenario.delete()
    dss.advance(60)
    equal(scenario.delete(), {})
    assert "NIGHTLY_BUILD" not in _ids(project.list_scenarios("objects"))
    with refused("NotFoundException"):
        scenario.get_settings()


def what_does_not_exist_is_refused(dss):
    nobody = dss.project().get_scenario("NOBODY")
    looks = (
        nobody.get_status,
        nobody.get_settings,
        nobody.delete,
        nobody.get_payload,
        lambda: nobody.set_payload("x"),
        lambda: nobody.set_definition({}),
        lambda: nobody.set_definition({}, with_status=False),
    )
    for look in looks:
        with refused("NotFoundException", "NOBODY"):
            look()
    with refused("UnauthorizedException"):
        dss.project("NOWHERE").list_scenarios()
    equal(nobody.get_object_discussions().object_id, "NOBODY")
