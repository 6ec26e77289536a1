/** Logs of the instance: our calls for those of the official client. */
import type { Noun } from "../harness/noun.ts";

const instanceLogs: Noun = {
  areas: [],
  methods: {
    "DSSClient.list_logs": { ours: "InstanceLogs.list", calls: [({ instanceLogs }) => instanceLogs.list()] },
    "DSSClient.get_log": {
      ours: "InstanceLogs.read",
      calls: [({ instanceLogs }) => instanceLogs.read("backend.log")],
    },
  },
};

export default instanceLogs;
