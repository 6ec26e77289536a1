import { Effect } from "effect";
import { NotebookSession, RunningNotebook } from "../../../mod.ts";
import { always, document, oneOf, optional } from "../document.ts";
import { itIsReturned } from "../returned.ts";

const first = ({ activeSessions }: RunningNotebook): NotebookSession => activeSessions?.[0] ?? {};

itIsReturned("a notebook that runs", {
  document: document({
    projectKey: always("SALES"),
    name: always("explore orders"),
    language: optional("python"),
    activeSessions: optional([
      document({
        sessionId: optional("s1"),
        kernelId: optional("k1"),
        kernelPid: optional(17),
        kernelExecutionState: optional(oneOf("idle")),
        kernelLastActivityTime: optional(1759312596668),
        kernelConnections: optional(1),
        sessionCreator: optional("maria"),
        sessionCreatorDisplayName: optional("Maria Lopez"),
        sessionUnixOwner: optional("dataiku"),
        sessionStartTime: optional(1759310000000),
      }),
    ]),
  }),
  schema: RunningNotebook,
  through: {
    "RunningNotebooks.get": { call: ({ runningNotebooks }) => runningNotebooks.get("SALES", "explore orders") },
    "RunningNotebooks.list": {
      answers: (notebook) => [[notebook]],
      call: ({ runningNotebooks }) => Effect.map(runningNotebooks.list("SALES"), ([notebook]) => notebook!),
    },
    "RunningNotebooks.listAll": {
      answers: (notebook) => [[notebook]],
      call: ({ runningNotebooks }) => Effect.map(runningNotebooks.listAll(), ([notebook]) => notebook!),
    },
  },
  accessors: [
    (notebook) => NotebookSession.startedAt(first(notebook)),
    (notebook) => NotebookSession.activeAt(first(notebook)),
  ],
});
