"""Settings of scenarios: what is saved, and what is not."""

from checks.automation.scenarios import BUILD, DEFINITION, FRESH, MAIL, NIGHTLY, _create, _tag
from dss import equal, refused


def settings_are_saved_whole(dss):
    scenario = _create(dss, **DEFINITION)
    created = dss.now
    settings = scenario.get_settings()
    raw = settings.get_raw()
    for key in [key for key in DEFINITION if key != "id"]:
        del raw[key]
    other = {
        "name": "Other",
        "active": False,
        "triggers": [{**NIGHTLY, "id": "trig2"}],
        "reporters": [],
        "params": {"steps": [{**BUILD, "mine": [1]}]},
        "delayedTriggersBehavior": FRESH["delayedTriggersBehavior"],
        "automationLocal": False,
        "markedAsTest": False,
        "checklists": {"checklists": []},
        "customFields": {"other": None},
        "tags": ["z", "y"],
        "alsoUnheardOf": True,
    }
    raw.update(other)
    settings.run_as = None
    dss.advance(60)
    settings.save()
    equal(scenario.get_settings().get_raw(), {
        **other,
        "tags": ["y", "z"],
        "projectKey": "SALES",
        "id": "FULL",
        "type": "step_based",
        "runAsUser": None,
        "versionTag": _tag(1, dss.now),
        "creationTag": _tag(0, created),
    })
    full = {**raw, **{key: value for key, value in DEFINITION.items()}, "name": "Again"}
    equal(scenario.set_definition(full, with_status=False), {"msg": "Updated scenario SALES.FULL"})
    saved = scenario.get_definition(with_status=False)
    equal({key: saved[key] for key in DEFINITION}, DEFINITION)
    equal((saved["name"], saved["versionTag"]["versionNumber"]), ("Again", 2))


def what_no_client_names_is_kept(dss):
    scenario = dss.client.get_project("SALES").get_scenario("NIGHTLY_BUILD")
    before = scenario.get_definition(with_status=False)
    equal(before["retention"], {"keepLogsDays": 30, "unit": None})
    scenario.set_definition({**before, "retention": {"keepLogsDays": 7, "unit": "DAYS"}}, with_status=False)
    equal(scenario.get_definition(with_status=False)["retention"], {"keepLogsDays": 7, "unit": "DAYS"})


def what_dss_is_in_charge_of_stays(dss):
    scenario = _create(dss, **DEFINITION)
    before = scenario.get_definition(with_status=False)
    hostile = {"projectKey": "CHURN", "id": "OTHER", "type": "custom_python", "versionTag": _tag(99, 0), "creationTag": None}
    scenario.set_definition({**before, **hostile}, with_status=False)
    after = scenario.get_definition(with_status=False)
    equal(after, {**before, "versionTag": _tag(1, dss.now)})


def ids_are_filled_in(dss):
    settings = _create(dss).get_settings()
    settings.add_periodic_trigger(10)
    settings.raw_steps.append({"type": "exec_sql", "name": "Load", "params": {}})
    settings.raw_reporters.append({key: value for key, value in MAIL.items() if key != "id"})
    settings.save()
    again = settings.scenario.get_settings()
    for (part,) in (again.raw_triggers, again.raw_steps, again.raw_reporters):
        equal(len(part["id"]), 8)
    equal(again.raw_triggers[0]["params"], {"frequency": "Minutely", "repeatFrequency": 10})


def names_that_dss_does_not_know_are_replaced_or_refused(dss):
    settings = _create(dss, **DEFINITION).get_settings()
    settings.raw_steps[0]["params"].update(jobType="RECURSIVE", handleWarningsAs="FAIL")
    settings.save()
    params = settings.scenario.get_settings().raw_steps[0]["params"]
    equal((params["jobType"], params["handleWarningsAs"]), (None, "WARNING"))
    settings.raw_steps[0]["runConditionType"] = "ALWAYS"
    with refused("NullPointerException"):
        settings.save()


def a_scenario_runs_as_somebody(dss):
    scenario = _create(dss, id="MINE")
    equal((scenario.get_settings().run_as, scenario.get_settings().effective_run_as), (None, "admin"))
    settings = scenario.get_settings()
    settings.run_as = "etl"
    settings.save()
    equal((scenario.get_settings().run_as, scenario.get_settings().effective_run_as), ("etl", "etl"))
    scenario.run()
    dss.advance(1)
    equal(scenario.get_current_run().get_info()["runAsUser"]["realUserLogin"], "etl")
    paul = dss.connect_as("paul").get_project("SALES").get_scenario("MINE").get_settings()
    paul.active = True
    paul.save()
    equal(scenario.get_settings().get_raw()["versionTag"]["lastModifiedBy"], {"login": "paul"})
    paul.run_as = "admin"
    with refused("UnauthorizedException", "administrators"):
        paul.save()
    legacy = dss.project("LOGISTICS").get_scenario("LEGACY_IMPORT").get_settings()
    del legacy.get_raw()["runAsUser"]
    equal(legacy.effective_run_as, "maria")


def the_light_door_saves_a_part(dss):
    scenario = _create(dss, **DEFINITION)
    before = scenario.get_definition(with_status=False)
    part = {"active": False, "shortDesc": "s", "description": "d", "tags": ["t"], "checklists": {"checklists": []}}
    answer = scenario.set_definition({**part, "id": "FULL", "name": "Other", "triggers": []})
    equal(answer, {"msg": "Updated scenario SALES.FULL"})
    equal(scenario.get_definition(with_status=False), {**before, **part, "versionTag": _tag(1, dss.now)})
    light = scenario.get_definition()
    equal({key: light[key] for key in ("active", "shortDesc", "description", "tags")}, {
        key: part[key] for key in ("active", "shortDesc", "description", "tags")
    })
