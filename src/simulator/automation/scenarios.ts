/**
 * The definitions of scenarios in the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  type Call,
  conflict,
  forbidden,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
} from "../kernel/route.ts";
import { completeDocument, faultIn, scenarioTypes } from "./scenario_document.ts";
import { addScenario, lightStatus, planScenario, removeScenario, saveScenario, scenarios } from "./scenarios_state.ts";
import type { ScenarioRecord } from "./scenario_record.ts";
import { idFromName } from "../kernel/id_from_name.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";
import { findProject, type SimulatedProject } from "../projects/projects_state.ts";

/** @internal The scenario that a request names. */
export const findScenario = (world: World, { params }: Call): Effect.Effect<ScenarioRecord, SimulatedRefusal> =>
  Effect.flatMap(findProject(world, params.projectKey), (project) => {
    const scenario = project.of(scenarios).get(params.scenarioId!);
    return scenario === undefined ? Effect.fail(missing(`Scenario ${params.scenarioId}`)) : Effect.succeed(scenario);
  });

/** The definition that a request sends, if DSS takes it. */
const definitionSent = (
  world: World,
  call: Call,
  before: JsonObject | undefined,
): Effect.Effect<JsonObject, SimulatedRefusal> =>
  Effect.flatMap(documentSent(world, call), (sent) => {
    const fault = faultIn(sent);
    if (fault !== undefined) return Effect.fail(fault);
    const reassigned = typeof sent.runAsUser === "string" && sent.runAsUser !== before?.runAsUser;
    return reassigned && !call.user.admin
      ? Effect.fail(forbidden("Only administrators may choose the user that a scenario runs as"))
      : Effect.succeed(sent);
  });

/** An id that no scenario of the project has, made from a name. */
const idFrom = (project: SimulatedProject, name: string): string => {
  const id = idFromName(name) || "scenario";
  for (let number = 1;; number++) {
    const unused = number === 1 ? id : `${id}_${number}`;
    if (!project.of(scenarios).has(unused)) return unused;
  }
};

const saved = ({ projectKey, id }: ScenarioRecord) => jsonAnswer({ msg: `Updated scenario ${projectKey}.${id}` });

/** @internal */
export const scenariosRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/",
    known: "public evidence",
    note:
      "The fields of a recorded answer, and those that the official client documents for the status. start, futureId and trigger only while running; nextRun is 0 when none is planned. Contents of digests are assumed.",
    handle: ({ params, now }, world) =>
      Effect.map(
        findProject(world, params.projectKey),
        (project) => jsonAnswer([...project.of(scenarios).values()].map((scenario) => lightStatus(scenario, now))),
      ),
  },
  {
    method: "POST",
    path: "/projects/:projectKey/scenarios/",
    known: "official client",
    note:
      "Answers the id. That an id in the body is honoured, and 409 for one that exists, is public evidence. That an id keeps the letters of its name, without what is no letter or digit, is assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const sent = yield* definitionSent(world, call, undefined);
        const { name, type } = sent;
        if (typeof name !== "string" || name === "") return yield* Effect.fail(invalid("A scenario needs a name"));
        if (typeof type !== "string" || !scenarioTypes.includes(type)) {
          return yield* Effect.fail(invalid(`A scenario must be one of ${scenarioTypes.join(", ")}`));
        }
        const id = typeof sent.id === "string" && sent.id !== "" ? sent.id : idFrom(project, name);
        if (project.of(scenarios).has(id)) {
          return yield* Effect.fail(conflict(`Scenario ${project.projectKey}.${id} exists already`));
        }
        const { now, user: { login } } = call;
        const { projectKey } = project;
        const document = completeDocument(sent, { projectKey, id, type, login, now, chance: world.chance });
        planScenario(world, addScenario(world, project, document), now);
        return jsonAnswer({ id });
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId",
    known: "public evidence",
    note: "The whole document, as DSS stores it in projects that were published.",
    handle: (call, world) => Effect.map(findScenario(world, call), ({ document }) => jsonAnswer(document)),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/scenarios/:scenarioId",
    known: "public evidence",
    note:
      "Takes the place of the whole document. That unknown names of handleWarningsAs and jobType are replaced silently, that an unknown runConditionType fails, and the message are public evidence; that all unknown keys are kept, missing ids filled in, versionTag counted up without looking at the one that is sent, and a changed type ignored, is assumed. Temporal triggers fire on the clock of the simulated DSS, whose server is in UTC: what startingFrom counts from, and which day FIRST_WEEK to LAST_WEEK mean, is assumed. Of the times that a clock jumps over, each trigger fires at the last thousand. follow_scenariorun compares outcomes; triggers of other types never fire; delays of triggers are left out.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const scenario = yield* findScenario(world, call);
        const sent = yield* definitionSent(world, call, scenario.document);
        saveScenario(world, scenario, sent, { login: call.user.login, now: call.now });
        return saved(scenario);
      }),
  },
  {
    method: "DELETE",
    path: "/projects/:projectKey/scenarios/:scenarioId",
    known: "public evidence",
    note:
      "A running scenario cannot be deleted, seen on DSS 15; the status of that refusal, and the empty object, are assumed.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const project = yield* findProject(world, call.params.projectKey);
        const scenario = yield* findScenario(world, call);
        if (scenario.current !== undefined) {
          return yield* Effect.fail(
            invalid(`Scenario ${scenario.projectKey}.${scenario.id} is running, abort it first`),
          );
        }
        removeScenario(project, scenario);
        return jsonAnswer({});
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/light",
    known: "official client",
    note:
      "An item of the list. After an abort it says that the scenario does not run before the run has its result, seen on DSS 15; that this takes a second is assumed.",
    handle: (call, world) =>
      Effect.map(findScenario(world, call), (scenario) => jsonAnswer(lightStatus(scenario, call.now))),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/scenarios/:scenarioId/light",
    known: "documented",
    note: "Saves active, checklists, description, shortDesc and tags, and nothing else of what is sent.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const scenario = yield* findScenario(world, call);
        const sent = yield* documentSent(world, call);
        const light = ["active", "checklists", "description", "shortDesc", "tags"].filter((key) =>
          Object.hasOwn(sent, key)
        );
        const next = { ...scenario.document, ...Object.fromEntries(light.map((key) => [key, sent[key]])) };
        saveScenario(world, scenario, next, { login: call.user.login, now: call.now });
        return saved(scenario);
      }),
  },
  {
    method: "GET",
    path: "/projects/:projectKey/scenarios/:scenarioId/payload",
    known: "public evidence",
    note:
      "script and extension, seen on DSS 15; that a step-based scenario has an empty script is assumed. The body that the official client sends is not looked at.",
    handle: (call, world) =>
      Effect.map(findScenario(world, call), ({ script, extension }) => jsonAnswer({ script, extension })),
  },
  {
    method: "PUT",
    path: "/projects/:projectKey/scenarios/:scenarioId/payload",
    known: "public evidence",
    note:
      "script and extension, seen on DSS 15; that the version of the definition stays is assumed, and so is the message.",
    handle: (call, world) =>
      Effect.gen(function* () {
        const scenario = yield* findScenario(world, call);
        const { script, extension } = isJsonObject(call.json) ? call.json : {};
        if (typeof script !== "string") return yield* Effect.fail(invalid("The payload of a scenario needs a script"));
        scenario.script = script;
        if (typeof extension === "string") scenario.extension = extension;
        return saved(scenario);
      }),
  },
];
