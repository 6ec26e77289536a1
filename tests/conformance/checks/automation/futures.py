"""Futures: long tasks of DSS."""

from dss import equal, refused

RESULT = {"rows": [1, 2, 3], "ok": True}


def _flags(state):
    return {flag: state[flag] for flag in ("alive", "aborted", "unknown", "hasResult")}


RUNNING = {"alive": True, "aborted": False, "unknown": False, "hasResult": False}
DONE = {"alive": False, "aborted": False, "unknown": False, "hasResult": True}
ABORTED = {"alive": False, "aborted": True, "unknown": False, "hasResult": False}
UNKNOWN = {"alive": False, "aborted": False, "unknown": True, "hasResult": False}


def a_task_runs_and_ends(dss):
    started = dss.now
    future = dss.future(30, result=RESULT)
    dss.advance(12)
    state = future.peek_state()
    equal(state["jobId"], future.job_id)
    equal(_flags(state), RUNNING)
    equal((state["startTime"], state["runningTime"]), (started, 12_000))
    assert "result" not in state
    dss.advance(18)
    for state in (future.peek_state(), future.peek_state()):
        equal(_flags(state), DONE)
        equal((state["jobId"], state["startTime"], state["runningTime"]), (future.job_id, started, 30_000))
        assert "result" not in state, "a peek gives no result"
    equal(future.get_result(), RESULT)


def a_result_is_given_once(dss):
    future = dss.future(5, result=RESULT)
    dss.advance(5)
    state = future.get_state()
    equal(_flags(state), DONE)
    equal(state["result"], RESULT)
    state = dss.client.get_future(future.job_id).peek_state()
    equal(_flags(state), UNKNOWN)
    equal((state["startTime"], state["runningTime"]), (0, 0))


def a_look_before_the_end_consumes_nothing(dss):
    future = dss.future(5, result=RESULT)
    equal(_flags(future.get_state()), RUNNING)
    dss.advance(5)
    equal(future.get_result(), RESULT)


def waiting_gives_the_result(dss):
    started = dss.now
    equal(dss.future(90, result=RESULT).wait_for_result(), RESULT)
    assert 90_000 <= dss.now - started < 105_000, "the wait is as long as the task"


def waiting_by_id_gives_the_result(dss):
    equal(dss.client.get_future(dss.start_task(3, result=[1, None])["jobId"]).wait_for_result(), [1, None])


def waiting_if_needed_gives_the_result(dss):
    # The client takes the result twice, the second time out of what it holds: nothing is asked for again.
    future_class = type(dss.future(1))
    equal(future_class.get_result_wait_if_needed(dss.client, dss.start_task(3, result=RESULT)), RESULT)
    equal(future_class.get_result_wait_if_needed(dss.client, dss.start_task(0, result=RESULT)), RESULT)


def work_done_at_once_needs_no_further_request(dss):
    future = dss.future(0, result=RESULT)
    before = dss.requests_received
    equal(future.job_id, None)
    equal(_flags(future.state), DONE)
    equal(future.has_result(), True)
    equal(future.wait_for_result(), RESULT)
    equal(dss.requests_received, before)


def results_are_any_json(dss):
    for result in (None, 0, False, "text", [], {}, {"deep": [{"a": None}]}):
        equal(dss.future(1, result=result).wait_for_result(), result)


def a_result_is_wrapped(dss):
    future = type(dss.future(1)).from_resp(dss.client, dss.start_task(1, result=2), result_wrapper=lambda found: found * 21)
    equal(future.wait_for_result(), 42)


def has_result_says_whether_it_is_there(dss):
    future = dss.future(10, result=RESULT)
    equal(future.has_result(), False)
    dss.advance(10)
    equal(future.has_result(), True)
    equal(future.get_result(), RESULT)


def there_is_no_result_before_the_end(dss):
    future = dss.future(10)
    try:
        future.get_result()
    except Exception as error:
        equal(str(error), "Result not ready")
    else:
        raise AssertionError("A task that runs gave a result")


def an_abort_ends_a_task(dss):
    future = dss.future(None)
    dss.advance(24 * 3600)
    equal(_flags(future.peek_state()), RUNNING)
    equal(future.abort(), None)
    dss.advance(2)
    state = future.peek_state()
    equal(_flags(state), ABORTED)
    equal(state["runningTime"], 24 * 3600 * 1000)
    equal(future.has_result(), False)


def an_abort_of_what_has_ended_changes_nothing(dss):
    future = dss.future(5, result=RESULT)
    dss.advance(5)
    future.abort()
    equal(future.get_result(), RESULT)
    future.abort()
    dss.client.get_future("nobody").abort()


def a_failed_task_answers_its_failure(dss):
    future = dss.future(5, failure="Disk is full")
    equal(_flags(future.peek_state()), RUNNING)
    with refused("RuntimeException", "Disk is full"):
        future.wait_for_result()
    with refused("Disk is full"):
        future.peek_state()


def an_unknown_future_says_so(dss):
    for unknown in ("nobody", "a%20b", "%C3%A9"):
        equal(_flags(dss.client.get_future(unknown).peek_state()), UNKNOWN)
    future = dss.future(None)
    dss.forget(future.job_id)
    equal(_flags(future.get_state()), UNKNOWN)


def what_nobody_takes_is_forgotten(dss):
    taken, left, aborted = dss.future(5, result=1), dss.future(5, result=2), dss.future(None)
    aborted.abort()
    dss.advance(8)
    equal(taken.get_result(), 1)
    dss.advance(60)
    equal(_flags(left.peek_state()), UNKNOWN)
    equal(_flags(aborted.peek_state()), UNKNOWN)


def running_tasks_are_listed(dss):
    started = dss.now
    mine, hers = dss.future(60), dss.future(60, owner="maria")
    ended, run = dss.future(1), dss.start_task(60, scenario={"projectKey": "SALES", "scenarioId": "NIGHTLY"})
    dss.advance(2)
    listed = {state["jobId"]: state for state in dss.client.list_futures()}
    assert mine.job_id in listed
    assert not {hers.job_id, ended.job_id, run["jobId"]} & set(listed)
    state = listed[mine.job_id]
    equal(_flags(state), RUNNING)
    equal((state["startTime"], state["runningTime"]), (started, 2_000))
    everybody = {state["jobId"] for state in dss.client.list_futures(all_users=True)}
    assert {mine.job_id, hers.job_id} <= everybody
    assert not {ended.job_id, run["jobId"]} & everybody


def listed_futures_are_handles(dss):
    future = dss.future(60, displayName="To be aborted")
    handle = next(each for each in dss.client.list_futures(as_objects=True) if each.job_id == future.job_id)
    equal(handle.has_result(), False)
    handle.abort()
    equal(_flags(future.peek_state()), ABORTED)
    assert future.job_id not in {each.job_id for each in dss.client.list_futures(as_objects=True)}


def running_scenarios_are_listed_apart(dss):
    scenario = {"projectKey": "SALES", "scenarioId": "NIGHTLY"}
    task = dss.future(60)
    mine, hers = dss.start_task(60, scenario=scenario), dss.start_task(60, scenario=scenario, owner="maria")
    listed = {state["jobId"]: state for state in dss.client.list_running_scenarios()}
    assert mine["jobId"] in listed
    assert not {task.job_id, hers["jobId"]} & set(listed)
    target = {"projectKey": "SALES", "objectType": "SCENARIO", "objectId": "NIGHTLY"}
    equal(listed[mine["jobId"]]["payload"]["targets"], [target])
    everybody = {state["jobId"] for state in dss.client.list_running_scenarios(all_users=True)}
    assert {mine["jobId"], hers["jobId"]} <= everybody
    assert task.job_id not in everybody


def only_administrators_see_all_users(dss):
    maria = dss.connect_as("maria")
    mine, hers = dss.future(60), dss.future(60, owner="maria")
    listed = {state["jobId"] for state in maria.list_futures()}
    assert hers.job_id in listed and mine.job_id not in listed
    with refused("UnauthorizedException"):
        maria.list_futures(all_users=True)
    with refused("UnauthorizedException"):
        maria.list_running_scenarios(all_users=True)


def a_restart_forgets_futures(dss):
    future = dss.future(600)
    dss.restart(30)
    with refused("503"):
        future.peek_state()
    dss.advance(30)
    equal(_flags(future.peek_state()), UNKNOWN)
    equal(dss.client.list_futures(all_users=True), [])
