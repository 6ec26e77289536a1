/**
 * The templates of code studios in the simulated DSS.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import {
  codeStudios,
  type CodeStudioTemplateRecord,
  codeStudioTemplates,
  setCodeStudioState,
} from "./code_studios_state.ts";
import { infoMessage } from "../kernel/info_messages.ts";
import {
  type Call,
  emptyAnswer,
  flag,
  invalid,
  jsonAnswer,
  missing,
  type Route,
  type SimulatedRefusal,
  zipAnswer,
} from "../kernel/route.ts";
import { archiveSent, jsonIn } from "../kernel/uploaded_file.ts";
import { writeZip } from "../kernel/zip.ts";
import { startScripted } from "../kernel/scripted_future.ts";
import { documentSent, isJsonObject, type JsonObject } from "../kernel/stored_document.ts";
import type { World } from "../kernel/world.ts";

const find = (world: World, { params }: Call): Effect.Effect<CodeStudioTemplateRecord, SimulatedRefusal> => {
  const record = world.of(codeStudioTemplates).get(params.templateId!);
  return record === undefined
    ? Effect.fail(missing(`Code studio template ${params.templateId}`))
    : Effect.succeed(record);
};

/** Why settings cannot be stored. */
const faultIn = (sent: JsonObject): SimulatedRefusal | undefined => {
  const isAbsentOr = (key: string, fits: (value: unknown) => boolean): boolean =>
    sent[key] === undefined || sent[key] === null || fits(sent[key]);
  const wrong = ["label", "defaultContainerConf"].find((key) => !isAbsentOr(key, (it) => typeof it === "string")) ??
    ["allContainerConfs", "allowContainerConfOverride"].find((key) =>
      !isAbsentOr(key, (it) => typeof it === "boolean")
    ) ??
    ["containerConfs"].find((key) => !isAbsentOr(key, Array.isArray)) ??
    ["params"].find((key) => !isAbsentOr(key, isJsonObject));
  return wrong === undefined ? undefined : invalid(`${wrong} of a template is not of the right type`);
};

/** What a new template is made of. */
const newSettings: JsonObject = {
  allContainerConfs: false,
  containerConfs: [],
  defaultContainerConf: "eks-default",
  allowContainerConfOverride: false,
  params: { blocks: [] },
};

const notMade = (message: string): JsonObject => ({
  messages: infoMessage("ERROR", "ERR_CODE_STUDIO_TEMPLATE", "Not created", message),
});

const infoMessages = (message: string): JsonObject => ({
  messages: infoMessage("SUCCESS", "INFO_CODE_STUDIO_TEMPLATE", "Imported", message),
});

/** Where an archive has the template. */
const inArchive = "code-studio-template.json";

/** Adds a template under a new id. */
const addTemplate = (world: World, settings: JsonObject, shortDesc: string): string => {
  const id = world.chance.id();
  world.of(codeStudioTemplates).set(id, { settings: { id, ...settings }, shortDesc, buildFor: [], lastBuilt: 0 });
  return id;
};

/** @internal */
export const codeStudioTemplatesRoutes: ReadonlyArray<Route> = [
  {
    method: "GET",
    path: "/admin/code-studios/",
    known: "public evidence",
    note: "id, label, buildFor, lastBuilt and desc.",
    admin: true,
    handle: (_, world) =>
      Effect.succeed(jsonAnswer(
        [...world.of(codeStudioTemplates).values()].map((
          { settings: { id, label }, shortDesc, buildFor, lastBuilt },
        ) => ({
          id,
          label,
          desc: { label, shortDesc },
          buildFor,
          lastBuilt,
        })),
      )),
  },
  {
    method: "GET",
    path: "/admin/code-studios/:templateId",
    known: "public evidence",
    note: "The whole document; its kind is assumed.",
    admin: true,
    handle: (call, world) => Effect.map(find(world, call), ({ settings }) => jsonAnswer(settings)),
  },
  {
    method: "PUT",
    path: "/admin/code-studios/:templateId",
    known: "official client",
    note: "Takes the place of the whole document, with an empty answer. That id and type stay is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const record = yield* find(world, call);
        const sent = yield* documentSent(world, call);
        const fault = faultIn(sent);
        if (fault !== undefined) return yield* Effect.fail(fault);
        const { id, type } = record.settings;
        record.settings = { ...sent, id, type };
        return emptyAnswer;
      }),
  },
  {
    method: "POST",
    path: "/admin/code-studios/:templateId/build",
    known: "public evidence",
    note: "A future, which never fails itself: its result has messages. How long it takes is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.map(find(world, call), (record) => {
        const { id, containerConfs, allContainerConfs } = record.settings;
        const outcome = world.outcomes.take(`code-studio-templates/${id}`);
        return startScripted(world, call.now, outcome, {
          owner: call.user.login,
          displayName: `Building image of template ${id}`,
          kind: "CODE_STUDIO_TEMPLATE_BUILD",
          seconds: flag(call.query, "withNoCache") ? 600 : 60,
          end: (at) => {
            if (outcome.end === "fail") {
              const said = outcome.message ?? "docker build ended with exit code 1";
              return { result: { messages: infoMessage("ERROR", "ERR_CODE_STUDIO_BUILD", "Build failed", said) } };
            }
            record.lastBuilt = at;
            record.buildFor = allContainerConfs === true ? ["eks-default", "eks-gpu"] : containerConfs as [];
            const messages = outcome.end === "warn"
              ? infoMessage("WARNING", "WARN_CODE_STUDIO_BUILD", "Image built", outcome.message ?? "It is large")
              : infoMessage("SUCCESS", "INFO_CODE_STUDIO_BUILD", "Image built", `${id} is ready`);
            return { result: { messages } };
          },
        });
      }),
  },
  {
    method: "POST",
    path: "/admin/code-studios/",
    known: "official client",
    note:
      "label and type; answers the id, or messages of an error with 200. What is an error, and the form of the id, are assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const { label, type } = yield* documentSent(world, call);
        if (typeof type !== "string") return yield* Effect.fail(invalid("A template needs a type"));
        if (typeof label !== "string" || label === "") return jsonAnswer(notMade("A template needs a label"));
        return jsonAnswer({ id: addTemplate(world, { label, type, ...newSettings }, "") });
      }),
  },
  {
    method: "GET",
    path: "/admin/code-studios/:templateId/export",
    known: "official client",
    note: "A ZIP file; what is in it is of this simulated DSS alone.",
    admin: true,
    handle: (call, world) =>
      Effect.map(
        find(world, call),
        ({ settings, shortDesc }) =>
          zipAnswer(writeZip([[inArchive, new TextEncoder().encode(JSON.stringify({ settings, shortDesc }))]])),
      ),
  },
  {
    method: "POST",
    path: "/admin/code-studios/import",
    known: "official client",
    note:
      "A multipart file, and a label; answers id and messages. What is refused, and that importSpec changes nothing, is assumed.",
    admin: true,
    handle: (call, world) =>
      Effect.gen(function* () {
        const archived = jsonIn(yield* archiveSent(call), inArchive);
        if (!isJsonObject(archived?.settings)) {
          return yield* Effect.fail(invalid("The archive is not that of a template of code studios"));
        }
        const { id: _, ...settings } = archived.settings;
        const label = call.query.get("label") ?? settings.label;
        const id = addTemplate(world, { ...settings, label }, String(archived.shortDesc ?? ""));
        return jsonAnswer({ id, ...infoMessages(`Template ${id} is there`) });
      }),
  },
  {
    method: "DELETE",
    path: "/admin/code-studios/:templateId",
    known: "official client",
    note:
      "deleteRuntime and deleteImages. That code studios of the template are stopped with deleteRuntime, and stay otherwise, is assumed, as is the empty object that it answers.",
    admin: true,
    handle: (call, world) =>
      Effect.map(find(world, call), ({ settings: { id } }) => {
        world.of(codeStudioTemplates).delete(String(id));
        if (flag(call.query, "deleteRuntime")) {
          for (const studio of world.of(codeStudios).values()) {
            if (studio.settings.templateId === id) setCodeStudioState(studio, "STOPPED", call.now);
          }
        }
        return jsonAnswer({});
      }),
  },
];
