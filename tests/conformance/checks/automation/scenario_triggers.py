"""Triggers that fire on the clock."""

from dss import equal

OCTOBER_1 = 1_759_276_800_000  # 2025-10-01T00:00Z; a check begins at nine
HOUR = 3_600_000
DAY = 24 * HOUR


def _create(dss, kind="step_based"):
    return dss.project().create_scenario("Full", kind, definition={"params": {}})


def _millis(time):
    return round(time.timestamp() * 1000)


def the_next_run_is_foretold(dss):
    project = dss.project()
    status = project.get_scenario("NIGHTLY_BUILD").get_status()
    equal(_millis(status.next_run), OCTOBER_1 + DAY + 2 * HOUR)
    equal(project.get_scenario("LOAD_COUNTRY").get_status().next_run, None)


def triggers_of_the_client_fire_when_they_say(dss):
    def next_run(add):
        settings = _create(dss).get_settings()
        add(settings)
        settings.active = True
        settings.save()
        assert settings.scenario.get_settings().active
        return _millis(settings.scenario.get_status().next_run) - OCTOBER_1

    equal(next_run(lambda settings: settings.add_periodic_trigger(every_minutes=10)), 9 * HOUR + 10 * 60_000)
    start = {"year": 2025, "month": 10, "day": 1}
    every_five = {"minute_of_hour": 20, "starting_hour": 6, "repeat_every": 5}
    equal(next_run(lambda settings: settings.add_hourly_trigger(**every_five, **start)), 11 * HOUR + 20 * 60_000)
    equal(next_run(lambda settings: settings.add_daily_trigger(hour=4, minute=5, repeat_every=3, **start)), 3 * DAY + 4 * HOUR + 300_000)
    paris = {"hour": 4, "timezone": "Europe/Paris"}
    equal(next_run(lambda settings: settings.add_daily_trigger(days=["Friday"], **paris, **start)), 2 * DAY + 2 * HOUR)
    equal(next_run(lambda settings: settings.add_monthly_trigger(day=9, year=2025, month=10)), 8 * DAY + 2 * HOUR)
    last = {"run_on": "LAST_DAY_OF_THE_MONTH", "year": 2025, "month": 1}
    equal(next_run(lambda settings: settings.add_monthly_trigger(hour=1, **last)), 30 * DAY + HOUR)


def a_trigger_fires_only_while_its_scenario_is_active(dss):
    scenario = _create(dss, "custom_python")
    settings = scenario.get_settings()
    settings.add_hourly_trigger(minute_of_hour=30, year=2025, month=1, day=1)
    settings.save()
    dss.advance(3 * 3600)
    equal(scenario.get_last_runs(), [])
    settings = scenario.get_settings()
    settings.active = True
    settings.save()
    dss.advance(3 * 3600)
    runs = scenario.get_last_runs()
    equal([_millis(run.start_time) - OCTOBER_1 for run in runs], [hour * HOUR + 30 * 60_000 + 1_000 for hour in (14, 13, 12)])
    equal({run.trigger["id"] for run in runs}, {scenario.get_settings().raw_triggers[0]["id"]})
