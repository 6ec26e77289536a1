/** API services: our calls for those of the official client. */
import { flow, Stream } from "effect";
import {
  addCausalPredictionEndpoint,
  addClusteringEndpoint,
  addForecastingEndpoint,
  addPredictionEndpoint,
} from "../../../mod.ts";
import type { Noun } from "../harness/noun.ts";

const ids = ["WIRE_PROJ", "svc1"] as const;

const apiServices: Noun = {
  areas: ["apiservice"],
  methods: {
    "DSSProject.list_api_services": {
      ours: "ApiServices.list",
      calls: [({ apiServices }) => apiServices.list(ids[0]), ({ apiServices }) => apiServices.list(ids[0])],
    },
    "DSSProject.create_api_service": {
      ours: "ApiServices.create",
      calls: [({ apiServices }) => apiServices.create(...ids)],
    },
    "DSSAPIServiceListItem.to_api_service": {
      ours: "ApiServices.list",
      calls: [({ apiServices }) => apiServices.list(ids[0])],
    },
    "DSSAPIService.get_settings": {
      ours: "ApiServices.settings",
      calls: [({ apiServices }) => apiServices.settings(...ids)],
    },
    "DSSAPIServiceSettings.save": {
      ours: "ApiServices.updateSettings",
      calls: [
        ({ apiServices }) =>
          apiServices.updateSettings(
            ...ids,
            flow(
              addPredictionEndpoint("e1", "sm1"),
              addClusteringEndpoint("e2", "sm2"),
              addForecastingEndpoint("e3", "sm3"),
              addCausalPredictionEndpoint("e4", "sm4", { computePropensity: true }),
            ),
          ),
      ],
    },
    "DSSAPIService.list_packages": {
      ours: "ApiServices.packages",
      calls: [({ apiServices }) => apiServices.packages(...ids)],
    },
    "DSSAPIService.create_package": {
      ours: "ApiServices.createPackage",
      calls: [
        ({ apiServices }) => apiServices.createPackage(...ids, "v1"),
        ({ apiServices }) => apiServices.createPackage(...ids, "v1", { releaseNotes: "n" }),
      ],
    },
    "DSSAPIService.get_package_summary": {
      ours: "ApiServices.packageSummary",
      calls: [({ apiServices }) => apiServices.packageSummary(...ids, "v1")],
    },
    "DSSAPIService.download_package_stream": {
      ours: "ApiServices.archive",
      calls: [({ apiServices }) => Stream.runDrain(apiServices.archive(...ids, "v1"))],
    },
    "DSSAPIService.download_package_to_file": {
      ours: "ApiServices.archive",
      calls: [({ apiServices }) => Stream.runDrain(apiServices.archive(...ids, "v1"))],
    },
    "DSSAPIService.publish_package": {
      ours: "ApiServices.publishPackage",
      calls: [
        ({ apiServices }) => apiServices.publishPackage(...ids, "v1"),
        ({ apiServices }) => apiServices.publishPackage(...ids, "v1", { publishedServiceId: "pub" }),
      ],
    },
    "DSSAPIService.delete_package": {
      ours: "ApiServices.deletePackage",
      calls: [({ apiServices }) => apiServices.deletePackage(...ids, "v1")],
    },
  },
  withoutRequest: {
    "DSSProject.get_api_service": "ApiServices.settings",
    "DSSAPIService.id": "ApiService",
    "DSSAPIServiceListItem.name": "ApiService",
    "DSSAPIServiceListItem.id": "ApiService",
    "DSSAPIServiceListItem.auth_method": "ApiService",
    "DSSAPIServiceListItem.endpoints": "ApiService",
    "DSSAPIServiceSettings.get_raw": "ApiServices.settings",
    "DSSAPIServiceSettings.auth_method": "ApiServiceSettings",
    "DSSAPIServiceSettings.endpoints": "ApiServiceSettings",
    "DSSAPIServiceSettings.add_prediction_endpoint": "addPredictionEndpoint",
    "DSSAPIServiceSettings.add_multitarget_prediction_endpoint": "addMultiTargetPredictionEndpoint",
    "DSSAPIServiceSettings.add_clustering_endpoint": "addClusteringEndpoint",
    "DSSAPIServiceSettings.add_forecasting_endpoint": "addForecastingEndpoint",
    "DSSAPIServiceSettings.add_causal_prediction_endpoint": "addCausalPredictionEndpoint",
  },
};

export default apiServices;
