/** The instance: our calls for those of the official client. */
import { Redacted, Stream } from "effect";
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const node = ({ instance }: ServiceRecord) => instance.governNode();

const instance: Noun = {
  areas: [],
  methods: {
    "DSSClient.get_instance_info": { ours: "Instance.info", calls: [({ instance }) => instance.info()] },
    "DSSClient.get_licensing_status": {
      ours: "Instance.licensingStatus",
      calls: [({ instance }) => instance.licensingStatus()],
    },
    "DSSClient.set_license": {
      ours: "Instance.setLicense",
      calls: [({ instance }) => instance.setLicense(Redacted.make({ license: "x" }))],
    },
    "DSSClient.get_global_usage_summary": {
      ours: "Instance.usage",
      calls: [({ instance }) => instance.usage(), ({ instance }) => instance.usage({ perProject: true })],
    },
    "DSSClient.perform_instance_sanity_check": {
      ours: "Instance.runSanityCheck",
      calls: [
        ({ instance }) => instance.runSanityCheck(),
        ({ instance }) => instance.startSanityCheck({ exclude: ["WARN_X"] }),
      ],
    },
    "DSSClient.get_sanity_check_codes": {
      ours: "Instance.sanityCheckCodes",
      calls: [({ instance }) => instance.sanityCheckCodes()],
    },
    "DSSClient.get_scoring_libs_stream": {
      ours: "Instance.scoringLibraries",
      calls: [({ instance }) => Stream.runDrain(instance.scoringLibraries())],
    },
    "DSSClient.log_custom_audit": {
      ours: "Instance.logCustomAudit",
      calls: [
        ({ instance }) => instance.logCustomAudit("my-event"),
        ({ instance }) => instance.logCustomAudit("my-event", { a: "1" }),
      ],
    },
    "DSSClient.get_govern_client": { ours: "Instance.governNode", calls: [node, node] },
    "DSSClient.govern_dss_sync": {
      ours: "Instance.startGovernSync",
      calls: [
        ({ instance }) => instance.startGovernSync(),
        ({ instance }) => instance.startGovernSync({ projectKey: "WIRE_PROJ" }),
      ],
    },
    "DSSClient.govern_deployer_sync": {
      ours: "Instance.startGovernDeployerSync",
      calls: [({ instance }) => instance.startGovernDeployerSync()],
    },
    "DSSClient.get_data_quality_status": {
      ours: "Instance.dataQualityStatus",
      calls: [({ instance }) => instance.dataQualityStatus()],
    },
    "DSSClient.get_llm_cost_limiting_counters": {
      ours: "Instance.llmCostCounters",
      calls: [({ instance }) => instance.llmCostCounters()],
    },
    "DSSLLMCostLimitingCounters.get_counter_details": {
      ours: "Instance.llmCostCounter",
      calls: [({ instance }) => instance.llmCostCounter("x1")],
    },
  },
  withoutRequest: {
    "DSSInstanceInfo.raw": "Instance.info",
    "DSSInstanceInfo.node_id": "InstanceInfo.nodeId",
    "DSSInstanceInfo.node_name": "InstanceInfo.nodeName",
    "DSSInstanceInfo.node_type": "InstanceInfo.nodeType",
    "DSSGlobalUsageSummary.raw": "Instance.usage",
    "DSSGlobalUsageSummary.projects_count": "UsageSummary.projects",
    "DSSGlobalUsageSummary.total_datasets_count": "UsageSummary.datasets",
    "DSSGlobalUsageSummary.total_recipes_count": "UsageSummary.recipes",
    "DSSGlobalUsageSummary.total_jupyter_notebooks_count": "UsageSummary.notebooks",
    "DSSGlobalUsageSummary.total_sql_notebooks_count": "UsageSummary.notebooks",
    "DSSGlobalUsageSummary.total_scenarios_count": "UsageSummary.scenarios",
    "DSSGlobalUsageSummary.total_active_with_trigger_scenarios_count": "UsageSummary.scenarios",
    "DSSLLMCostLimitingCounters.get_raw": "Instance.llmCostCounters",
    "DSSLLMCostLimitingCounters.counters": "Instance.llmCostCounters",
    "DSSLLMCostLimitingCounters.get_counter": "Instance.llmCostCounters",
  },
  samples: {
    "GET /admin/llm-cost-limiting/counters/{}": { id: "x1" },
    "GET /admin/licensing/status": { base: { hasLicense: true, valid: true } },
    "POST /admin/sanity-check/run": { result: { fatal: false } },
    "GET /futures/{}": { result: { fatal: false } },
  },
};

export default instance;
