"""Variables of the instance, and what a project sees of them."""

import sys
import types
import warnings

from dss import equal, refused

SEEDED = {"env": "prod", "retention_days": 30, "mail": {"sender": "dss@example.com"}}

# The client asks this package, which is only inside of DSS, for the project that it runs in.
_inside = types.ModuleType("dataiku")
_inside.default_project_key = lambda: "SALES"
sys.modules.setdefault("dataiku", _inside)


def variables_are_saved_whole(dss):
    variables = dss.client.get_global_variables()
    equal(dict(variables), SEEDED)
    variables["env"] = "test"
    variables["list"] = [1, None, {"a": "b"}]
    variables.save()
    equal(dict(dss.client.get_global_variables()), {**SEEDED, "env": "test", "list": [1, None, {"a": "b"}]})
    del variables["mail"]
    variables.save()
    equal(dict(dss.client.get_global_variables()), {"env": "test", "retention_days": 30, "list": [1, None, {"a": "b"}]})


def the_old_names_do_the_same(dss):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        equal(dict(dss.client.get_variables()), SEEDED)
        dss.client.set_variables({"env": "dev", "n": 1})
        equal(dict(dss.client.get_variables()), {"env": "dev", "n": 1})


def a_project_sees_them(dss):
    client = dss.connect_as("maria")
    texts = {"env": "prod", "retention_days": "30", "mail": '{"sender":"dss@example.com"}'}
    equal(client.get_resolved_variables(), texts)
    equal(client.get_resolved_variables("CHURN", typed=True), SEEDED)
    with refused("NotFoundException", "NONE"):
        client.get_resolved_variables("NONE")


def what_is_no_object_is_refused(dss):
    with refused("IllegalArgumentException"):
        dss.client._perform_empty("PUT", "/admin/variables/", body=[1])
    equal(dict(dss.client.get_global_variables()), SEEDED)


def only_administrators_change_them(dss):
    variables = dss.client.get_global_variables()
    variables.client = dss.connect_as("maria")
    for call in (variables.client.get_global_variables, variables.save):
        with refused("UnauthorizedException", "maria is not an administrator"):
            call()
