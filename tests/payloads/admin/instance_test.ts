import { Effect } from "effect";
import { GovernNode, InstanceInfo, LicensingStatus, LlmCostCounter, UsageSummary } from "../../../mod.ts";
import { governNode, instanceInfo, licensingStatus, llmCostCounter, usageSummary } from "./instance.ts";
import { itIsReturned } from "../returned.ts";

itIsReturned("which instance it is", {
  document: instanceInfo,
  schema: InstanceInfo,
  through: { "Instance.info": { call: ({ instance }) => instance.info() } },
  accessors: [InstanceInfo.startedAt],
});

itIsReturned("the licence", {
  document: licensingStatus,
  schema: LicensingStatus,
  through: { "Instance.licensingStatus": { call: ({ instance }) => instance.licensingStatus() } },
  accessors: [LicensingStatus.expiresAt],
});

itIsReturned("how much there is on the instance", {
  document: usageSummary,
  schema: UsageSummary,
  through: { "Instance.usage": { call: ({ instance }) => instance.usage({ perProject: true }) } },
});

itIsReturned("the Govern node", {
  document: governNode,
  schema: GovernNode,
  through: { "Instance.governNode": { call: ({ instance }) => instance.governNode() } },
});

itIsReturned("a counter of the cost of LLMs", {
  document: llmCostCounter,
  schema: LlmCostCounter,
  through: {
    "Instance.llmCostCounters": {
      answers: (counter) => [{ counters: [counter] }],
      call: ({ instance }) => Effect.map(instance.llmCostCounters(), ([counter]) => counter!),
    },
    "Instance.llmCostCounter": { call: ({ instance }) => instance.llmCostCounter("all-projects") },
  },
});
