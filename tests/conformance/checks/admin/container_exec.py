"""The execution in containers: base images, policies of namespaces, the image of plugins."""

from dss import equal, refused


def _newer_actions(client):
    """What came with client 15.2."""
    return (
        ("install-jupyter-support", client.install_jupyter_support, "Installing the support of Jupyter", 90),
        ("remove-jupyter-support", client.remove_jupyter_support, "Removing the support of Jupyter", 10),
    ) if hasattr(client, "install_jupyter_support") else ()


def _actions(client):
    return (
        ("push-base-images", client.push_base_images, "Pushing the base images", 120),
        ("apply-kubernetes-policies", client.apply_kubernetes_namespaces_policies, "Applying the policies of namespaces", 5),
        ("build-cde-plugins-image", client.build_cde_plugins_image, "Building the image of plugins", 180),
    ) + _newer_actions(client)


def each_is_a_future(dss):
    for _, start, name, seconds in _actions(dss.client):
        future = start()
        equal((future.state["alive"], future.state["hasResult"]), (True, False))
        state = future.peek_state()
        equal((state["jobDisplayName"], state["owner"]), (name, "admin"))
        equal(state["progress"]["states"][0]["target"], seconds)
        dss.advance(seconds)
        messages = future.get_result()["messages"]
        equal((messages["success"], messages["error"]), (True, False))
        equal(messages["messages"][0]["message"], f"{name} is done")


def each_may_fail_or_warn(dss):
    for action, start, _, seconds in _actions(dss.client):
        dss.script(f"container-exec/{action}", "fail", message="No registry", times=1)
        future = start()
        dss.advance(seconds / 2)
        messages = future.get_result()["messages"]
        equal((messages["error"], messages["messages"][0]["message"]), (True, "No registry"))
        dss.script(f"container-exec/{action}", "warn", message="A large layer", times=1)
        future = start()
        dss.advance(seconds)
        messages = future.get_result()["messages"]
        equal((messages["error"], messages["warning"]), (False, True))


def each_may_be_aborted(dss):
    for action, start, _, _ in _actions(dss.client):
        dss.script(f"container-exec/{action}", "stall", times=1)
        future = start()
        dss.advance(3000)
        equal(future.peek_state()["alive"], True)
        future.abort()
        equal(future.peek_state()["aborted"], True)


def all_of_it_is_for_administrators(dss):
    for _, start, _, _ in _actions(dss.connect_as("maria")):
        with refused("UnauthorizedException"):
            start()
