/** Variables of the instance: our calls for those of the official client. */
import type { ServiceRecord } from "../../../services/all_services.ts";
import type { Noun } from "../harness/noun.ts";

const get = ({ instanceVariables }: ServiceRecord) => instanceVariables.get();

const instanceVariables: Noun = {
  areas: [],
  methods: {
    "DSSClient.get_variables": { ours: "InstanceVariables.get", calls: [get] },
    "DSSClient.get_global_variables": { ours: "InstanceVariables.get", calls: [get] },
    "DSSClient.set_variables": {
      ours: "InstanceVariables.save",
      calls: [({ instanceVariables }) => instanceVariables.save({ a: 2 })],
    },
    "DSSInstanceVariables.save": {
      ours: "InstanceVariables.update",
      calls: [({ instanceVariables }) => instanceVariables.update((all) => ({ ...all, b: 2 }))],
    },
    "DSSClient.get_resolved_variables": {
      ours: "InstanceVariables.resolved",
      calls: [
        ({ instanceVariables }) => instanceVariables.resolved("WIRE_PROJ"),
        ({ instanceVariables }) => instanceVariables.resolved("WIRE_PROJ", { typed: true }),
      ],
    },
  },
};

export default instanceVariables;
