/**
 * Mutants: each breaks one route in one way, made from what the route was asked and what it answered.
 *
 * @module
 */
import type { Answer } from "../../src/simulator/mod.ts";
import type { ReplyTable } from "./driver.ts";
import type { Mutant, Observation } from "./server.ts";

const absent = Symbol("absent");

/** Changes the values at a path of a document: `[]` is each item, `*` each key. */
const change = (value: unknown, path: ReadonlyArray<string>, f: (value: unknown) => unknown): unknown => {
  const [head, ...rest] = path;
  if (head === undefined) return f(value);
  if (Array.isArray(value)) return head === "[]" ? value.map((item) => change(item, rest, f)) : value;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) =>
    [key, head === "*" || head === key ? change(item, rest, f) : item] as const
  );
  return Object.fromEntries(entries.filter(([, item]) => item !== absent));
};

const pathOf = (field: string): ReadonlyArray<string> => field.match(/\[\]|[^.[\]]+/g) ?? [];

const ofAnotherType = (value: unknown): unknown => {
  if (typeof value === "string") return 7;
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  return Array.isArray(value) ? {} : [];
};

const another = (value: unknown): unknown => {
  if (typeof value === "string") return `${value}x`;
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  return Array.isArray(value) ? [] : {};
};

const isSuccess = (answer: Answer): boolean => answer.status < 300;

const withJson = (answer: Answer, f: (json: unknown) => unknown): Answer =>
  isSuccess(answer) && typeof answer.body === "string"
    ? { ...answer, body: JSON.stringify(f(JSON.parse(answer.body))) }
    : answer;

const broken: Answer = {
  status: 500,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ errorType: "java.lang.NullPointerException", message: "null" }),
};

/** Whether a change of an answer is one. */
const changes = (answer: (answer: Answer) => Answer) => (observation: Observation): boolean =>
  answer(observation.answer).body !== observation.answer.body;

/** The mutants of the answer as a whole. */
const wholeMutants = ({ route, answer: success }: Observation): ReadonlyArray<Omit<Mutant, "route">> => {
  const succeeded = ({ answer }: Observation): boolean => isSuccess(answer);
  const emptied = (answer: Answer): Answer => isSuccess(answer) ? { ...answer, body: undefined } : answer;
  return [
    { name: "fails", concerns: succeeded, answer: (answer) => isSuccess(answer) ? broken : answer },
    { name: "answers nothing", concerns: changes(emptied), answer: emptied },
    {
      name: "accepts what it has to refuse",
      concerns: (observation) => !succeeded(observation),
      answer: (answer) => isSuccess(answer) ? answer : success,
    },
    ...route.method === "GET" ? [] : [{ name: "does nothing", concerns: succeeded, instead: success }],
  ];
};

const textMutant = (): Omit<Mutant, "route"> => {
  const answer = (answer: Answer): Answer =>
    isSuccess(answer) && answer.body !== undefined ? { ...answer, body: "another text\n" } : answer;
  return { name: "answers another text", concerns: changes(answer), answer };
};

/** The mutants of one field. */
const fieldMutants = (field: string): ReadonlyArray<Omit<Mutant, "route">> =>
  ([
    [`leaves out ${field}`, () => absent],
    [`gives ${field} another type`, ofAnotherType],
    [`gives another ${field}`, another],
  ] as const).map(([name, f]) => {
    const answer = (answer: Answer): Answer => withJson(answer, (json) => change(json, pathOf(field), f));
    return { name, answer, concerns: changes(answer) };
  });

/** The mutants of what is asked. */
const blindMutants = (
  observations: ReadonlyArray<Observation>,
  ignored: ReadonlyArray<string>,
): ReadonlyArray<Omit<Mutant, "route">> => [
  ...[...new Set(observations.flatMap(({ query }) => query)).difference(new Set(ignored))].map((query) => ({
    name: `does not see ${query} of the query`,
    concerns: (observation: Observation) => observation.query.includes(query),
    blind: { query },
  })),
  ...[...new Set(observations.flatMap(({ body }) => body)).difference(new Set(ignored))].map((field) => ({
    name: `does not see ${field} of the body`,
    concerns: (observation: Observation) => observation.body.includes(field),
    blind: { field },
  })),
];

/** The mutants of one route, but for those that change nothing of what was observed. */
export const mutantsOf = (
  observations: ReadonlyArray<Observation>,
  table: ReplyTable,
  ignored: ReadonlyArray<string> = [],
): ReadonlyArray<Mutant> => {
  const success = observations.find(({ answer }) => isSuccess(answer));
  if (success === undefined) return [];
  return [
    ...wholeMutants(success),
    ...blindMutants(observations, ignored),
    ...typeof table === "string" ? [textMutant()] : Object.keys(table).flatMap(fieldMutants),
  ].filter(({ concerns }) => observations.some(concerns)).map((mutant) => ({ ...mutant, route: success.route }));
};
