"""Templates of code studios."""

import tempfile
import zipfile
from pathlib import Path

from dss import equal, refused, since


def _listed(dss, template_id):
    return next(item for item in dss.client.list_code_studio_templates() if item.id == template_id)


def _template(dss, template_id="streamlit"):
    return dss.client.get_code_studio_template(template_id)


def _report(result, severity, code, title, message):
    (only,) = result["messages"]["messages"]
    equal((only["severity"], only["code"], only["title"], only["message"]), (severity, code, title, message))
    equal(result["messages"]["error"], severity == "ERROR")


def the_list_and_the_settings(dss):
    item = _listed(dss, "vscode-py311")
    equal((item.label, item.build_for_configs), ("VS Code (Python 3.11)", ["eks-default"]))
    equal(int(item.last_built.timestamp() * 1000), dss.now - 600 * 3_600_000)
    equal(item._data["desc"], {"label": "VS Code (Python 3.11)", "shortDesc": "VS Code with project libraries"})
    never = _listed(dss, "streamlit")
    equal((never.label, never.build_for_configs, never.last_built), ("Streamlit", [], None))
    equal(len(dss.client.list_code_studio_templates(as_type="objects")), 2)
    settings = item.to_code_studio_template().get_settings()
    equal((settings.get_built_for_all_container_confs(), settings.get_built_container_confs()), (False, ["eks-default"]))
    equal(settings.get_raw(), {
        "id": "vscode-py311", "label": "VS Code (Python 3.11)", "type": "block_based", "allContainerConfs": False,
        "containerConfs": ["eks-default"], "defaultContainerConf": "eks-default", "allowContainerConfOverride": True,
        "params": {"blocks": [{"type": "add_codeenv", "params": {"envLang": "PYTHON", "envName": "py311_ds"}}]},
    })


def settings_are_saved(dss):
    settings = _template(dss).get_settings()
    settings.set_built_container_confs("eks-gpu")
    settings.get_raw().update(label="Apps", defaultContainerConf="eks-gpu", allowContainerConfOverride=False, params={})
    settings.save()
    read = _template(dss).get_settings().get_raw()
    equal(read, {**settings.get_raw(), "containerConfs": ["eks-gpu"]})
    equal(_listed(dss, "streamlit").label, "Apps")
    settings.set_built_container_confs(all=True)
    settings.get_raw().update(id="other", type="other")
    settings.save()
    after = _template(dss).get_settings()
    equal((after.get_built_for_all_container_confs(), after.get_raw()["id"], after.get_raw()["type"]),
          (True, "streamlit", "block_based"))


def settings_that_are_none_are_refused(dss):
    before = _template(dss).get_settings().get_raw()
    for key, value in {
        "label": 1, "defaultContainerConf": [], "allContainerConfs": "yes", "allowContainerConfOverride": 1,
        "containerConfs": "a", "params": [],
    }.items():
        settings = _template(dss).get_settings()
        settings.get_raw()[key] = value
        with refused("IllegalArgumentException", key):
            settings.save()
    equal(_template(dss).get_settings().get_raw(), before)


def one_is_built(dss):
    future = _template(dss).build()
    equal((future.state["alive"], future.state["hasResult"]), (True, False))
    state = future.peek_state()
    equal((state["payload"]["type"], state["jobDisplayName"], state["progress"]["states"][0]["target"]),
          ("CODE_STUDIO_TEMPLATE_BUILD", "Building image of template streamlit", 60))
    equal(_listed(dss, "streamlit").last_built, None)
    dss.advance(60)
    built = dss.now
    _report(future.get_result(), "SUCCESS", "INFO_CODE_STUDIO_BUILD", "Image built", "streamlit is ready")
    item = _listed(dss, "streamlit")
    equal((int(item.last_built.timestamp() * 1000), item.build_for_configs), (built, ["eks-default"]))
    settings = _template(dss).get_settings()
    settings.set_built_container_confs(all=True)
    settings.save()
    future = _template(dss).build(disable_docker_cache=True)
    equal(future.peek_state()["progress"]["states"][0]["target"], 600)
    future.wait_for_result()
    equal(_listed(dss, "streamlit").build_for_configs, ["eks-default", "eks-gpu"])


def a_build_that_fails_says_so(dss):
    dss.script("code-studio-templates/streamlit", "fail", message="No space left")
    result = _template(dss).build().wait_for_result()
    _report(result, "ERROR", "ERR_CODE_STUDIO_BUILD", "Build failed", "No space left")
    equal(_listed(dss, "streamlit").last_built, None)
    dss.script("code-studio-templates/streamlit", "warn", message="It is large")
    result = _template(dss).build().wait_for_result()
    _report(result, "WARNING", "WARN_CODE_STUDIO_BUILD", "Image built", "It is large")
    assert _listed(dss, "streamlit").last_built is not None


def what_does_not_exist_is_refused(dss):
    nobody = _template(dss, "nobody")
    settings = _template(dss).get_settings()
    settings.template_id = "nobody"
    for look in (nobody.get_settings, nobody.build, settings.save):
        with refused("NotFoundException"):
            look()


def all_of_it_is_for_administrators(dss):
    template = dss.connect_as("maria").get_code_studio_template("streamlit")
    settings = _template(dss).get_settings()
    settings.client = template.client
    for look in (template.client.list_code_studio_templates, template.get_settings, template.build, settings.save):
        with refused("UnauthorizedException"):
            look()


@since("15.2")
def one_is_created(dss):
    template = dss.client.create_code_studio_template("Notebooks", "block_based")
    equal(template.get_settings().get_raw(), {
        "id": template.template_id, "label": "Notebooks", "type": "block_based", "allContainerConfs": False, "containerConfs": [],
        "defaultContainerConf": "eks-default", "allowContainerConfOverride": False, "params": {"blocks": []},
    })
    item = _listed(dss, template.template_id)
    equal((item.label, item.build_for_configs, item.last_built), ("Notebooks", [], None))
    assert dss.client.create_code_studio_template("Notebooks", "manual").template_id != template.template_id
    try:
        dss.client.create_code_studio_template("", "manual")
    except Exception as error:
        assert "needs a label" in str(error), str(error)
    else:
        raise AssertionError("A template without a label was made")
    with refused("IllegalArgumentException", "type"):
        dss.client.create_code_studio_template("Notebooks", None)


def _written(template):
    path = Path(tempfile.mkdtemp()) / "template.zip"
    template.export_to_file(str(path))
    return path


@since("15.2")
def one_goes_out_and_comes_in(dss):
    template = _template(dss, "vscode-py311")
    path = _written(template)
    equal(path.read_bytes(), template.get_export_stream().read())
    whole = template.get_settings().get_raw()
    for label, options in (("VS Code (Python 3.11)", {}), ("Copy", {"label": "Copy", "import_spec": {"a": 1}})):
        result = dss.client.import_code_studio_template(str(path), **options)
        equal((result["messages"]["success"], result["messages"]["error"]), (True, False))
        equal(_template(dss, result["id"]).get_settings().get_raw(), {**whole, "id": result["id"], "label": label})
        item = _listed(dss, result["id"])
        equal((item.build_for_configs, item.last_built, item._data["desc"]["shortDesc"]), ([], None, "VS Code with project libraries"))
    template.delete()
    assert len(dss.client.list_code_studio_templates()) == 3
    with refused("NotFoundException"):
        template.get_settings()
    path.write_bytes(b"PK-fake-zip")
    with refused("IllegalArgumentException"):
        dss.client.import_code_studio_template(str(path))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("code-studio-template.json", "{}")
    with refused("IllegalArgumentException", "template of code studios"):
        dss.client.import_code_studio_template(str(path))
    path.unlink()


@since("15.2")
def one_is_deleted(dss):
    running = lambda: sorted(each["state"] for each in dss.state["codeStudios"].values() if each["settings"]["templateId"] == "vscode-py311")
    before = running()
    assert "RUNNING" in before
    path = _written(_template(dss, "vscode-py311"))
    _template(dss, "vscode-py311").delete()
    equal(running(), before)
    equal([item.id for item in dss.client.list_code_studio_templates()], ["streamlit"])
    with refused("NotFoundException"):
        _template(dss, "vscode-py311").delete()
    path.unlink()


@since("15.2")
def what_runs_goes_with_it(dss):
    states = lambda: [each["state"] for each in dss.state["codeStudios"].values() if each["settings"]["templateId"] == "vscode-py311"]
    assert "RUNNING" in states()
    _template(dss, "vscode-py311").delete(delete_runtime=True, delete_images=True)
    equal(set(states()), {"STOPPED"})


@since("15.2")
def making_and_deleting_is_for_administrators(dss):
    path = _written(_template(dss))
    maria = dss.connect_as("maria")
    template = maria.get_code_studio_template("streamlit")
    before = dss.state["codeStudioTemplates"]
    for call in (
        lambda: maria.create_code_studio_template("a", "manual"),
        lambda: maria.import_code_studio_template(str(path)),
        template.get_export_stream,
        template.delete,
    ):
        with refused("UnauthorizedException"):
            call()
    equal(dss.state["codeStudioTemplates"], before)
    with refused("NotFoundException"):
        _template(dss, "nobody").get_export_stream()
    path.unlink()
