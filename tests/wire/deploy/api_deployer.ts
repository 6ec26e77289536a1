/** The API Deployer: our calls for those of the official client. */
import { Effect, flow, Redacted, Stream } from "effect";
import {
  addApiNode,
  ApiDeployerService,
  removeApiNode,
  setApiDeploymentEnabled,
  setSingleVersion,
} from "../../../mod.ts";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const [infra, service, deployment] = ["infra1", "svc1", "dep1"];

/** The two ways of the official client to list, which send the same. */
const twice = <A>(call: A): readonly [A, A] => [call, call];

const status = ({ apiDeployments }: ServiceRecord) => apiDeployments.status(deployment);

const apiDeployer: Noun = {
  areas: ["apideployer"],
  methods: {
    "DSSAPIDeployer.list_stages": { ours: "ApiInfras.stages", calls: [({ apiInfras }) => apiInfras.stages()] },
    "DSSAPIDeployer.list_infras": { ours: "ApiInfras.list", calls: twice(({ apiInfras }) => apiInfras.list()) },
    "DSSAPIDeployer.create_infra": {
      ours: "ApiInfras.create",
      calls: [
        ({ apiInfras }) => apiInfras.create(infra, "Prod", "STATIC"),
        ({ apiInfras }) => apiInfras.create(infra, "Prod", "K8S", { governCheckPolicy: "PREVENT" }),
      ],
    },
    "DSSAPIDeployerInfra.get_status": { ours: "ApiInfras.get", calls: [({ apiInfras }) => apiInfras.get(infra)] },
    "DSSAPIDeployerInfra.get_settings": {
      ours: "ApiInfras.settings",
      calls: [({ apiInfras }) => apiInfras.settings(infra)],
    },
    "DSSAPIDeployerInfra.delete": { ours: "ApiInfras.delete", calls: [({ apiInfras }) => apiInfras.delete(infra)] },
    "DSSAPIDeployerInfraSettings.save": {
      ours: "ApiInfras.updateSettings",
      calls: [
        ({ apiInfras }) =>
          apiInfras.updateSettings(
            infra,
            flow(addApiNode("http://n2", Redacted.make("key2"), { graphitePrefix: "p" }), removeApiNode("u")),
          ),
      ],
    },
    "DSSAPIDeployer.list_services": {
      ours: "ApiDeployerServices.list",
      calls: twice(({ apiDeployerServices }) => apiDeployerServices.list()),
    },
    "DSSAPIDeployer.create_service": {
      ours: "ApiDeployerServices.create",
      calls: [({ apiDeployerServices }) => apiDeployerServices.create(service)],
    },
    "DSSAPIDeployerService.get_status": {
      ours: "ApiDeployerServices.get",
      calls: [({ apiDeployerServices }) =>
        Effect.map(
          apiDeployerServices.get(service),
          (found) => [ApiDeployerService.deployments(found, infra), ApiDeployerService.versions(found)],
        )],
    },
    "DSSAPIDeployerService.import_version": {
      ours: "ApiDeployerServices.importVersion",
      calls: [({ apiDeployerServices }) => apiDeployerServices.importVersion(service, new Blob(["PK-fake-zip"]))],
    },
    "DSSAPIDeployerService.get_settings": {
      ours: "ApiDeployerServices.settings",
      calls: [({ apiDeployerServices }) => apiDeployerServices.settings(service)],
    },
    "DSSAPIDeployerServiceSettings.save": {
      ours: "ApiDeployerServices.updateSettings",
      calls: [({ apiDeployerServices }) => apiDeployerServices.updateSettings(service, (found) => found)],
    },
    "DSSAPIDeployerService.delete_version": {
      ours: "ApiDeployerServices.deleteVersion",
      calls: [({ apiDeployerServices }) => apiDeployerServices.deleteVersion(service, "v1")],
    },
    "DSSAPIDeployerService.get_version_stream": {
      ours: "ApiDeployerServices.download",
      calls: [({ apiDeployerServices }) => Stream.runDrain(apiDeployerServices.download(service, "v1"))],
    },
    "DSSAPIDeployerService.download_version_to_file": {
      ours: "ApiDeployerServices.download",
      calls: [({ apiDeployerServices }) => Stream.runDrain(apiDeployerServices.download(service, "v1"))],
    },
    "DSSAPIDeployerService.delete": {
      ours: "ApiDeployerServices.delete",
      calls: [({ apiDeployerServices }) => apiDeployerServices.delete(service)],
    },
    "DSSAPIDeployer.list_deployments": {
      ours: "ApiDeployments.list",
      calls: twice(({ apiDeployments }) => apiDeployments.list()),
    },
    "DSSAPIDeployer.create_deployment": {
      ours: "ApiDeployments.create",
      calls: [
        ({ apiDeployments }) => apiDeployments.create(deployment, service, infra, "v1"),
        ({ apiDeployments }) =>
          apiDeployments.create(deployment, service, infra, "v1", {
            endpointId: "ep1",
            ignoreWarnings: true,
            // The recording has another key than the documentation.
            queryAuthorizations: [{ group: "g", queryable: true } as never],
          }),
      ],
    },
    "DSSAPIDeployerDeployment.get_status": { ours: "ApiDeployments.status", calls: [status, status] },
    "DSSAPIDeployerDeployment.get_governance_status": {
      ours: "ApiDeployments.governanceStatus",
      calls: [
        ({ apiDeployments }) => apiDeployments.governanceStatus(deployment),
        ({ apiDeployments }) => apiDeployments.governanceStatus(deployment, "v1"),
      ],
    },
    "DSSAPIDeployerDeployment.get_settings": {
      ours: "ApiDeployments.settings",
      calls: [({ apiDeployments }) => apiDeployments.settings(deployment)],
    },
    "DSSAPIDeployerDeploymentSettings.save": {
      ours: "ApiDeployments.updateSettings",
      calls: [
        ({ apiDeployments }) =>
          apiDeployments.updateSettings(deployment, flow(setApiDeploymentEnabled(false), setSingleVersion("v2"))),
        ({ apiDeployments }) => apiDeployments.updateSettings(deployment, (found) => found, { ignoreWarnings: true }),
      ],
    },
    "DSSAPIDeployerDeployment.start_update": {
      ours: "ApiDeployments.startUpdate",
      calls: [
        ({ apiDeployments }) => apiDeployments.startUpdate(deployment),
        ({ apiDeployments }) => apiDeployments.update(deployment),
      ],
    },
    "DSSAPIDeployerDeployment.delete": {
      ours: "ApiDeployments.delete",
      calls: [
        ({ apiDeployments }) => apiDeployments.delete(deployment),
        ({ apiDeployments }) => apiDeployments.delete(deployment),
        ({ apiDeployments }) => apiDeployments.delete(deployment, { disableFirst: true, ignorePreDeleteErrors: true }),
      ],
    },
    "DSSAPIDeployerDeployment.get_open_api": {
      ours: "ApiDeployments.openApi",
      calls: [({ apiDeployments }) => apiDeployments.openApi(deployment)],
    },
    "DSSAPIDeployerDeployment.run_test_queries": {
      ours: "ApiDeployments.runTestQueries",
      calls: [
        ({ apiDeployments }) => apiDeployments.runTestQueries(deployment),
        ({ apiDeployments }) =>
          apiDeployments.runTestQueries(deployment, { endpointId: "ep1", queries: [{ q: { features: {} } }] }),
      ],
    },
    "DSSAPIDeployerDeployment.run_queries": {
      ours: "ApiDeployments.runQueries",
      calls: [
        ({ apiDeployments }) => apiDeployments.runQueries(deployment, [{ features: { a: 1 } }]),
        ({ apiDeployments }) =>
          apiDeployments.runQueries(deployment, [{ features: { a: 1 } }], {
            endpointId: "ep1",
            adaptQueryForInfraType: false,
          }),
      ],
    },
    "DSSAPIDeployerDeployment.list_updates": {
      ours: "ApiDeployments.updates",
      calls: [({ apiDeployments }) => apiDeployments.updates(deployment)],
    },
    "DSSAPIDeployerDeployment.get_update": {
      ours: "ApiDeployments.getUpdate",
      calls: [
        ({ apiDeployments }) => apiDeployments.getUpdate(deployment),
        ({ apiDeployments }) => apiDeployments.getUpdate(deployment, 1767225600000),
      ],
    },
    "DSSAPIDeployerDeploymentUpdateListItem.get_full_update": {
      ours: "ApiDeployments.getUpdate",
      calls: [
        ({ apiDeployments }) =>
          Effect.flatMap(
            apiDeployments.updates(deployment),
            ([first]) => apiDeployments.getUpdate(deployment, first!.startTimestamp),
          ),
      ],
    },
  },
  withoutRequest: {
    "DSSClient.get_apideployer": "ApiDeployments.list",
    "DSSAPIDeployer.get_deployment": "ApiDeployments.get",
    "DSSAPIDeployer.get_infra": "ApiInfras.get",
    "DSSAPIDeployer.get_service": "ApiDeployerServices.get",
    "DSSAPIDeployerInfra.id": "ApiInfra",
    "DSSAPIDeployerInfraSettings.get_type": "ApiInfraSettings",
    "DSSAPIDeployerInfraSettings.add_apinode": "addApiNode",
    "DSSAPIDeployerInfraSettings.remove_apinode": "removeApiNode",
    "DSSAPIDeployerInfraSettings.get_raw": "ApiInfras.settings",
    "DSSAPIDeployerInfraStatus.get_deployments": "ApiInfra",
    "DSSAPIDeployerInfraStatus.get_raw": "ApiInfras.get",
    "DSSAPIDeployerService.id": "ApiDeployerService",
    "DSSAPIDeployerServiceSettings.get_raw": "ApiDeployerServices.settings",
    "DSSAPIDeployerServiceStatus.get_deployments": "ApiDeployerService.deployments",
    "DSSAPIDeployerServiceStatus.get_versions": "ApiDeployerService.versions",
    "DSSAPIDeployerServiceStatus.get_raw": "ApiDeployerServices.get",
    "DSSAPIDeployerDeployment.id": "ApiDeployment",
    "DSSAPIDeployerDeploymentSettings.get_raw": "ApiDeployments.settings",
    "DSSAPIDeployerDeploymentSettings.set_enabled": "setApiDeploymentEnabled",
    "DSSAPIDeployerDeploymentSettings.set_single_version": "setSingleVersion",
    "DSSAPIDeployerDeploymentStatus.get_light": "ApiDeployments.get",
    "DSSAPIDeployerDeploymentStatus.get_heavy": "ApiDeployments.status",
    "DSSAPIDeployerDeploymentStatus.get_service_urls": "ApiDeploymentStatus.serviceUrls",
    "DSSAPIDeployerDeploymentStatus.get_health": "ApiDeploymentHealth",
    "DSSAPIDeployerDeploymentStatus.get_health_messages": "ApiDeploymentHealth",
    "DSSAPIDeployerDeploymentOpenApi.get": "ApiDeployments.openApi",
    "DSSAPIDeployerDeploymentOpenApi.get_raw": "ApiDeployments.openApi",
    "DSSAPIDeployerDeploymentUpdate.start_time": "ApiDeploymentUpdate.startedAt",
    "DSSAPIDeployerDeploymentUpdate.end_time": "ApiDeploymentUpdate.endedAt",
    "DSSAPIDeployerDeploymentUpdate.requester": "ApiDeploymentUpdate",
    "DSSAPIDeployerDeploymentUpdate.status": "ApiDeploymentUpdate",
    "DSSAPIDeployerDeploymentUpdate.logs": "ApiDeploymentUpdate.lines",
    "DSSAPIDeployerDeploymentUpdate.get_raw": "ApiDeployments.getUpdate",
    "DSSAPIDeployerDeploymentUpdateListItem.start_time": "ApiDeploymentUpdate.startedAt",
    "DSSAPIDeployerDeploymentUpdateListItem.type": "ApiDeploymentUpdate",
    "DSSAPIDeployerDeploymentUpdateListItem.status": "ApiDeploymentUpdate",
    "DSSAPIDeployerDeploymentUpdateListItem.get_raw": "ApiDeployments.updates",
  },
  samples: {
    "GET /api-deployer/services/{}": { serviceBasicInfo: { id: service } },
    "GET /api-deployer/deployments/{}": {
      deploymentBasicInfo: { id: deployment, publishedServiceId: service, infraId: infra },
    },
    "GET /api-deployer/deployments/{}/status": {
      health: "HEALTHY",
      healthMessages: { anyMessage: false, success: false, warning: false, error: false, fatal: false, messages: [] },
    },
  },
};

export default apiDeployer;
