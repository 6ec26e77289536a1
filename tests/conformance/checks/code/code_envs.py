"""Code environments: settings, builds, logs and usages."""

from contextlib import contextmanager

from dss import equal, refused, since

ENV = "code-envs/PYTHON.py311_ds"


def _listed(dss, name):
    found = [env for env in dss.client.list_code_envs() if env["envName"] == name]
    return found[0] if found else None


def _env(dss, name="py311_ds", lang="PYTHON"):
    return dss.client.get_code_env(lang, name)


def _last_log(env):
    return env.get_log(env.list_logs()[-1]["name"])


@contextmanager
def _fails(*words):
    """The client raises a plain exception for messages with an error."""
    try:
        yield
    except Exception as error:
        for word in words:
            assert word in str(error), f"{word!r} is not in {error}"
    else:
        raise AssertionError(f"It has not failed: {words}")


def _report(messages, severity, code, title, message):
    (only,) = messages["messages"]
    equal((only["severity"], only["code"], only["title"], only["message"], only["isFatal"]),
          (severity, code, title, message, False))
    equal((messages["anyMessage"], messages["maxSeverity"], messages["fatal"]), (True, severity, False))
    equal((messages["success"], messages["warning"], messages["error"]),
          tuple(severity == each for each in ("SUCCESS", "WARNING", "ERROR")))


def _done(messages, task, name):
    _report(messages, "SUCCESS", "INFO_CODEENV_DONE", "Done", f"{task} of {name} is done")


def _begun(future, seconds, task, kind, name="py311_ds", lang="PYTHON"):
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    state = future.peek_state()
    equal((state["alive"], state["hasResult"], state["owner"]), (True, False, "admin"))
    equal(state["jobDisplayName"], f"{task} of {lang} code environment {name}")
    equal(state["payload"]["type"], kind)
    equal(state["progress"]["states"][0]["target"], seconds)


def the_list_and_the_settings(dss):
    equal(_listed(dss, "py311_ds"), {
        "envName": "py311_ds",
        "envLang": "PYTHON",
        "deploymentMode": "DESIGN_MANAGED",
        "owner": "maria",
        "pythonInterpreter": "PYTHON311",
        "isUptodate": True,
    })
    equal(_listed(dss, "r_stats"), {
        "envName": "r_stats", "envLang": "R", "deploymentMode": "DESIGN_MANAGED", "owner": "admin", "isUptodate": True,
    })
    equal(len(dss.client.list_code_envs(as_objects=True)), 3)
    settings = _env(dss).get_settings()
    equal((settings.env_lang, settings.env_name), ("PYTHON", "py311_ds"))
    equal(settings.get_required_packages(as_list=True), ["tabulate", "nameparser"])
    equal(settings.get_required_conda_spec(), "")
    raw = settings.get_raw()
    equal(raw["actualPackageList"], "pandas==2.3.3\nnumpy==2.3.3\ntabulate\nnameparser")
    equal((raw["envName"], raw["envLang"], raw["deploymentMode"], raw["owner"]),
          ("py311_ds", "PYTHON", "DESIGN_MANAGED", "maria"))
    equal((raw["usableByAll"], raw["permissions"]), (True, []))
    equal(raw["desc"], {
        "pythonInterpreter": "PYTHON311", "corePackagesSet": "PANDAS23", "conda": False,
        "installCorePackages": True, "installJupyterSupport": True, "deploymentMode": "DESIGN_MANAGED",
        "usableByAll": True, "allContainerConfs": False, "containerConfs": [],
    })
    equal((settings.get_built_for_all_container_confs(), settings.get_built_container_confs()), (False, []))
    equal((settings.built_for_all_spark_kubernetes_confs(), settings.get_built_spark_kubernetes_confs()), (False, []))
    equal(_env(dss).get_definition(), raw)


@since("14.3")
def settings_are_saved(dss):
    settings = _env(dss).get_settings()
    settings.set_required_packages("polars==1.34.0", "tabulate")
    settings.set_required_conda_spec("numpy")
    settings.set_built_container_confs("eks-default")
    equal(settings.get_built_container_confs(), ("eks-default",))
    settings.get_raw()["containerConfs"] = ["eks-default"]  # what JSON makes of a tuple
    settings.set_built_spark_kubernetes_confs(all=True)
    settings.set_cache_busting_location("END")
    settings.set_dockerfile_fragment("RUN x", "dockerfileAtEnd")
    settings.add_container_runtime_addition("BASIC_GPU_ENABLING")
    settings.save()
    read = _env(dss).get_settings()
    sent = settings.get_raw()
    # What the description repeats follows the document.
    equal(read.get_raw(), {**sent, "desc": {**sent["desc"], "containerConfs": ["eks-default"]}})
    equal((read.get_cache_busting_location(), read.get_dockerfile_fragment("dockerfileAtEnd")), ("END", "RUN x"))
    equal(read.get_container_runtime_additions(), [{"type": "BASIC_GPU_ENABLING"}])
    equal(_listed(dss, "py311_ds")["isUptodate"], False)
    assert "polars" not in read.get_raw()["actualPackageList"]
    raw = {**read.get_raw(), "owner": "tom", "envName": "other", "envLang": "R", "deploymentMode": "AUTOMATION_SINGLE"}
    answer = _env(dss).set_definition(raw)
    equal(answer, {**read.get_raw(), "owner": "tom"})
    equal(_env(dss).get_definition(), answer)
    equal(_listed(dss, "py311_ds")["owner"], "tom")


def settings_that_are_none_are_refused(dss):
    before = _env(dss).get_definition()
    for key, value in {
        "specPackageList": ["a"], "specCondaEnvironment": 1, "owner": 3, "usableByAll": "yes", "allContainerConfs": 1,
        "allSparkKubernetesConfs": "no", "permissions": {}, "containerConfs": "a", "sparkKubernetesConfs": 7, "versions": "v",
    }.items():
        with refused("IllegalArgumentException", key):
            _env(dss).set_definition({**before, key: value})
    equal(_env(dss).get_definition(), before)


@since("14.3")
def packages_are_updated(dss):
    env = _env(dss)
    settings = env.get_settings()
    settings.set_required_packages("polars==1.34.0")
    settings.save()
    _done(env.update_packages()["messages"], "updatePackages", "py311_ds")
    equal(env.get_definition()["actualPackageList"], "pandas==2.3.3\nnumpy==2.3.3\npolars==1.34.0")
    equal(_listed(dss, "py311_ds")["isUptodate"], True)
    assert "in place" in _last_log(env) and "is done" in _last_log(env)
    future = env.update_packages(force_rebuild_env=True, wait=False)
    _begun(future, 40, "updatePackages", "CODE_ENV_UPDATE")
    assert "from scratch" in _last_log(env) and "is done" not in _last_log(env)
    _done(future.wait_for_result()["messages"], "updatePackages", "py311_ds")
    assert "is done" in _last_log(env)
    _begun(env.update_packages(wait=False), 20, "updatePackages", "CODE_ENV_UPDATE")


@since("14.3")
def a_build_fails_with_its_messages(dss):
    env, message = _env(dss), "python3.9: command not found"
    dss.script(ENV, "fail", message=message)
    for work in (env.update_packages, env.update_images, lambda: env.set_jupyter_support(False), env.delete):
        with _fails("failed", message):
            answer = work()
            # Only of some work the client looks at the messages itself.
            raise Exception(f"failed: {answer['messages']}" if answer["messages"]["error"] else "done")
        assert f"ERROR: {message}" in _last_log(env)
    result = env.update_packages(wait=False).wait_for_result()
    _report(result["messages"], "ERROR", "ERR_CODEENV_BUILD_FAILED", "updatePackages failed", message)
    equal(env.get_definition()["desc"]["installJupyterSupport"], True)
    assert _listed(dss, "py311_ds") is not None
    dss.script("code-envs/PYTHON.broken", "fail", message=message)
    with _fails("Env creation failed", message):
        dss.client.create_code_env("PYTHON", "broken", "DESIGN_MANAGED")
    equal(_listed(dss, "broken")["isUptodate"], False)
    assert message in _last_log(_env(dss, "broken"))


@since("14.3")
def a_build_warns_or_is_aborted(dss):
    env = _env(dss)
    dss.script(ENV, "warn", message="tabulate was yanked", times=1)
    _report(env.update_packages()["messages"], "WARNING", "WARN_CODEENV_PACKAGE", "Done with warnings", "tabulate was yanked")
    assert "WARNING: tabulate was yanked" in _last_log(env)
    dss.script(ENV, "abort", times=2)
    future = env.update_packages(wait=False)
    dss.advance(12)
    equal(future.peek_state()["aborted"], True)
    assert "was aborted" in _last_log(env)
    with refused("FutureAbortedException"):
        env.update_packages()
    dss.script(ENV, "stall")
    future = env.update_images(wait=False)
    dss.advance(3000)
    equal(future.peek_state()["alive"], True)
    future.abort()
    assert "was aborted" in _last_log(env)


@since("14.3")
def work_of_no_duration_is_done_at_once(dss):
    dss.script(ENV, "done", seconds=0)
    future = _env(dss).update_packages(wait=False)
    equal((future.job_id, future.has_result()), (None, True))
    _done(future.state["result"]["messages"], "updatePackages", "py311_ds")


@since("14.3")
def images_are_built(dss):
    env = _env(dss)
    _done(env.update_images()["messages"], "updateImages", "py311_ds")
    assert "images of the environment" in _last_log(env)
    _begun(env.update_images(wait=False), 90, "updateImages", "CODE_ENV_IMAGES")
    scoring = _env(dss, "churn_scoring")
    scoring.update_images(env_version="v1")
    assert "images of v1" in _last_log(scoring)
    with refused("NotFoundException", "v9"):
        scoring.update_images(env_version="v9")
    with refused("IllegalArgumentException", "no versions"):
        env.update_images(env_version="v1")


@since("14.3")
def jupyter_support_is_set(dss):
    env = _env(dss)
    _done(env.set_jupyter_support(False)["messages"], "setJupyterSupport", "py311_ds")
    equal(env.get_definition()["desc"]["installJupyterSupport"], False)
    assert "Removing" in _last_log(env)
    future = env.set_jupyter_support(True, wait=False)
    _begun(future, 10, "setJupyterSupport", "CODE_ENV_UPDATE")
    equal(env.get_definition()["desc"]["installJupyterSupport"], False)
    _done(future.wait_for_result()["messages"], "setJupyterSupport", "py311_ds")
    equal(env.get_definition()["desc"]["installJupyterSupport"], True)


@since("14.3")
def versions_of_an_automation_node(dss):
    env = _env(dss, "churn_scoring")
    settings = env.get_settings()
    equal([each["versionId"] for each in settings.get_raw()["versions"]], ["v1", "v2"])
    version = settings.get_version("v1")
    equal(version.get_required_packages(), "xgboost==2.0.3")
    version.set_required_packages("xgboost==3.0.0")
    settings.get_version("v2").set_required_packages("xgboost==3.1.0")
    equal(env.set_definition(settings.get_raw()), settings.get_raw())
    equal(env.get_definition(), settings.get_raw())
    env.update_packages(version="v1")
    first, second = env.get_definition()["versions"]
    equal((first["specPackageList"], first["specCondaEnvironment"]), ("xgboost==3.0.0", ""))
    equal(first["actualPackageList"], "pandas==2.3.3\nnumpy==2.3.3\nxgboost==3.0.0")
    equal(second["actualPackageList"], "pandas==2.3.3\nnumpy==2.3.3\nxgboost==2.1.4")
    env.update_packages()
    assert "xgboost==3.1.0" in env.get_definition()["versions"][1]["actualPackageList"]
    with refused("NotFoundException", "v9"):
        env.update_packages(version="v9")
    equal(env.get_version_for_project("CHURN"), {"version": "v2", "bundleId": "bundle_v2"})
    equal(env.get_version_for_project("SALES"), {})
    equal(_env(dss).get_version_for_project("SALES"), {})
    with refused("UnauthorizedException", "NOWHERE"):
        env.get_version_for_project("NOWHERE")
    with refused("NotFoundException"):
        _env(dss, "nobody").get_version_for_project("SALES")


def a_single_version_of_an_automation_node(dss):
    for mode, name in (("AUTOMATION_SINGLE", "single"), ("AUTOMATION_NON_MANAGED_PATH", "unmanaged")):
        dss.client.create_code_env("PYTHON", name, mode)
        settings = _env(dss, name).get_settings()
        equal(settings.get_version().get_required_packages(), "")
        settings.get_version().set_required_packages("a==1")
        equal(_env(dss, name).set_definition(settings.get_raw()), settings.get_raw())
        _env(dss, name).update_packages()
        version = _env(dss, name).get_settings().get_version()
        equal(version.get_raw()["actualPackageList"], "pandas==2.3.3\nnumpy==2.3.3\na==1")


@since("14.3")
def one_is_created(dss):
    params = {"pythonInterpreter": "PYTHON312", "installCorePackages": False, "installJupyterSupport": False,
              "conda": True, "corePackagesSet": "PANDAS22", "specPackageList": "duckdb"}
    env = dss.client.create_code_env("PYTHON", "py312", "DESIGN_MANAGED", params=dict(params))
    raw = env.get_definition()
    spec = params.pop("specPackageList")
    equal({key: raw["desc"][key] for key in params}, params)
    equal((raw["specPackageList"], raw["actualPackageList"], raw["owner"]), (spec, spec, "admin"))
    equal(_listed(dss, "py312")["pythonInterpreter"], "PYTHON312")
    raw_answer = dss.client._perform_json(
        "POST", "/admin/code-envs/R/r_new", params={"wait": True}, body={"deploymentMode": "DESIGN_NON_MANAGED"})
    equal(raw_answer["envName"], "r_new")
    _done(raw_answer["messages"], "create", "r_new")
    equal(_listed(dss, "r_new")["deploymentMode"], "DESIGN_NON_MANAGED")
    future = dss.client.create_code_env("PYTHON", "later", "DESIGN_MANAGED", wait=False)
    _begun(future, 30, "create", "CODE_ENV_CREATE", "later")
    equal(_listed(dss, "later")["isUptodate"], False)
    equal(future.wait_for_result()["envName"], "later")
    equal(_listed(dss, "later")["isUptodate"], True)
    assert "Creating an environment of PYTHON" in _last_log(_env(dss, "later"))


def what_cannot_be_created_is_refused(dss):
    before = dss.client.list_code_envs()
    with refused("AlreadyExistsException"):
        dss.client.create_code_env("PYTHON", "py311_ds", "DESIGN_MANAGED")
    for lang, mode, params in (
        ("COBOL", "DESIGN_MANAGED", {}),
        ("PYTHON", "NOWHERE", {}),
        ("PYTHON", "DESIGN_MANAGED", {"pythonInterpreter": 3}),
        ("PYTHON", "DESIGN_MANAGED", {"corePackagesSet": 3}),
        ("PYTHON", "DESIGN_MANAGED", {"specPackageList": ["a"]}),
        ("PYTHON", "DESIGN_MANAGED", {"conda": "yes"}),
        ("PYTHON", "DESIGN_MANAGED", {"installCorePackages": "yes"}),
        ("PYTHON", "DESIGN_MANAGED", {"installJupyterSupport": 1}),
    ):
        with refused("IllegalArgumentException"):
            dss.client.create_code_env(lang, "x", mode, params=params)
    equal(dss.client.list_code_envs(), before)


@since("14.3")
def internal_ones_are_created(dss):
    env = dss.client.create_internal_code_env("RAG_CODE_ENV")
    equal(env.env_name, "INTERNAL_rag")
    equal(env.get_definition()["deploymentMode"], "DSS_INTERNAL")
    equal(env.get_definition()["desc"]["pythonInterpreter"], "PYTHON311")
    future = dss.client.create_internal_code_env(
        "PII_DETECTION_CODE_ENV", python_interpreter="PYTHON312", code_env_version="v2", wait=False)
    _begun(future, 60, "create", "CODE_ENV_CREATE", "INTERNAL_pii_detection_v2")
    result = future.wait_for_result()
    equal(result["envName"], "INTERNAL_pii_detection_v2")
    _done(result["messages"], "create", "INTERNAL_pii_detection_v2")
    equal(_listed(dss, "INTERNAL_pii_detection_v2")["pythonInterpreter"], "PYTHON312")
    assert "internal environment for PII" in _last_log(_env(dss, "INTERNAL_pii_detection_v2"))
    with refused("AlreadyExistsException"):
        dss.client.create_internal_code_env("RAG_CODE_ENV")
    # The client drops the messages of a success.
    answer = dss.client._perform_json("POST", "/admin/code-envs/internal-env/create", params={
        "dssInternalCodeEnvType": "PROXY_MODELS_CODE_ENV", "wait": True})
    _done(answer["messages"], "create", "INTERNAL_proxy_models")
    with refused("IllegalArgumentException", "X"):
        dss.client.create_internal_code_env("X")


@since("14.3")
def presets_are_taken(dss):
    result = dss.client.create_code_env_from_python_preset("statistics")
    equal(result["envName"], "statistics")
    _done(result["messages"], "create", "statistics")
    equal(_env(dss, "statistics").get_definition()["specPackageList"], "statsmodels==0.14.5")
    equal(_listed(dss, "statistics")["pythonInterpreter"], "PYTHON311")
    settings = _env(dss, "statistics").get_settings()
    settings.set_required_packages("other")
    settings.save()
    _done(dss.client.create_code_env_from_python_preset("statistics")["messages"], "updatePackages", "statistics")
    equal(_env(dss, "statistics").get_definition()["specPackageList"], "statsmodels==0.14.5")
    with refused("AlreadyExistsException"):
        dss.client.create_code_env_from_python_preset("statistics", allow_update=False)
    future = dss.client.create_code_env_from_python_preset(
        "machine-learning", allow_update=False, interpreter="PYTHON312", prefix="team_", wait=False)
    _begun(future, 45, "create", "CODE_ENV_CREATE", "team_machine-learning")
    equal(future.wait_for_result()["envName"], "team_machine-learning")
    equal(_listed(dss, "team_machine-learning")["pythonInterpreter"], "PYTHON312")
    assert "preset machine-learning" in _last_log(_env(dss, "team_machine-learning"))
    with refused("NotFoundException"):
        dss.client.create_code_env_from_python_preset("nothing")


def usages_and_logs(dss):
    usages = [
        {"envUsage": "PROJECT", "projectKey": "SALES", "envLang": "PYTHON", "envName": "py311_ds"},
        {"envUsage": "RECIPE", "projectKey": "CHURN", "objectId": "compute_features", "envLang": "PYTHON", "envName": "py311_ds"},
    ]
    scoring = {"envUsage": "PROJECT", "projectKey": "CHURN", "envLang": "PYTHON", "envName": "churn_scoring"}
    equal(_env(dss).list_usages(), usages)
    equal(dss.client.list_code_env_usages(), [*usages, scoring])
    env = _env(dss)
    env.update_packages()
    first, last = [each["name"] for each in env.list_logs()]
    assert first.startswith("create-2025-") and last.startswith("updatePackages-2025-10-01T"), (first, last)
    assert "create of py311_ds begins" in env.get_log(first) and "create of py311_ds is done" in env.get_log(first)
    with refused("NotFoundException", "nothing.log"):
        env.get_log("nothing.log")
    env.update_packages()
    equal(len(env.list_logs()), 3)


@since("14.3")
def one_is_deleted(dss):
    _done(_env(dss, "r_stats", "R").delete()["messages"], "delete", "r_stats")
    equal(_listed(dss, "r_stats"), None)
    future = _env(dss).delete(wait=False)
    _begun(future, 2, "delete", "CODE_ENV_DELETE")
    assert _listed(dss, "py311_ds") is not None
    _done(future.wait_for_result()["messages"], "delete", "py311_ds")
    equal(_listed(dss, "py311_ds"), None)


def what_does_not_exist_is_refused(dss):
    nobody = _env(dss, "nobody")
    for look in (
        nobody.get_settings, nobody.list_usages, nobody.list_logs, lambda: nobody.get_log("x"), nobody.update_packages,
        nobody.update_images, lambda: nobody.set_jupyter_support(True), nobody.delete, lambda: nobody.set_definition({}),
        _env(dss, "py311_ds", "R").get_definition,
    ):
        with refused("NotFoundException"):
            look()


@since("14.3")
def all_of_it_is_for_administrators(dss):
    client = dss.connect_as("maria")
    env = client.get_code_env("PYTHON", "py311_ds")
    for look in (
        client.list_code_envs, client.list_code_env_usages, env.get_definition, env.list_usages, env.list_logs,
        lambda: env.get_log("x"), lambda: env.set_definition({}), env.update_packages, env.update_images,
        lambda: env.set_jupyter_support(True), env.delete, lambda: env.get_version_for_project("SALES"),
        lambda: client.create_code_env("PYTHON", "x", "DESIGN_MANAGED"),
        lambda: client.create_internal_code_env("RAG_CODE_ENV"),
        lambda: client.create_code_env_from_python_preset("statistics"),
    ):
        with refused("UnauthorizedException"):
            look()


@since("14.3")
def one_without_an_interpreter_has_only_its_log(dss):
    future = dss.client.create_code_env("PYTHON", "later", "DESIGN_MANAGED", {"pythonInterpreter": "PYTHON399"}, wait=False)
    equal(future.wait_for_result()["envName"], "later")
    env = dss.client.get_code_env("PYTHON", "later")
    for look in (env.get_settings, env.get_definition):
        with refused("IOException", "Not a file", "later/desc.json"):
            look()
    (log,) = env.list_logs()
    assert "PYTHON399 was not found" in env.get_log(log["name"])
    equal(_listed(dss, "later")["isUptodate"], False)
    with refused("Not a file"):
        env.set_definition({})
    env.delete()
    with refused("NotFoundException"):
        env.list_logs()


def a_new_one_is_built_for_all_configurations(dss):
    dss.client.create_code_env("PYTHON", "all", "DESIGN_MANAGED")
    raw = dss.client.get_code_env("PYTHON", "all").get_settings().get_raw()
    equal((raw["allContainerConfs"], raw["desc"]["allContainerConfs"]), (True, True))
