/**
 * Sends the variants of a document through the functions that return it.
 *
 * @module
 */
import { describe, expect, it } from "@effect/vitest";
import { Effect, Schema } from "effect";
import { makeServices, type ServiceRecord } from "../../services/all_services.ts";
import { dssServer, json } from "../fixtures/dss_server.ts";
import { during } from "../fixtures/virtual_time.ts";
import { type Document, variants } from "./document.ts";

type Json = Readonly<Record<string, unknown>>;

/** A function that returns a document, by itself or inside of something. */
export interface Returning<A> {
  /** What DSS answers, request by request; the last answer is repeated. By default the document. */
  readonly answers?: (document: Json) => ReadonlyArray<unknown>;
  /** The call, and where in its value, or in its error, the document is. */
  readonly call: (services: ServiceRecord, document: Json) => Effect.Effect<A, unknown>;
  /** What of the document is returned. By default all of it. */
  readonly gives?: (document: Json) => unknown;
}

/** A document with its schema, and all that returns it. */
export interface ReturnedDocument<A> {
  readonly document: Document;
  readonly schema: Schema.Codec<A, unknown>;
  /** By name, as `Jobs.list`. */
  readonly through: Readonly<Record<string, Returning<A>>>;
  readonly accessors?: ReadonlyArray<(value: A) => unknown>;
}

/** Declares the tests of a document: it decodes, loses nothing, and its accessors work, in every variant and through every function. */
export const itIsReturned = <A>(
  name: string,
  { document, schema, through, accessors = [] }: ReturnedDocument<A>,
): void => {
  describe(name, () => {
    const cases = Object.entries(through).flatMap(([method, returning]) =>
      variants.map((variant) => ({ method, variant, ...returning }))
    );
    it.effect.each(cases)(
      "$variant, through $method",
      ({ variant, call, answers = (document) => [document], gives = (document) => document }) => {
        const given = document.in(variant);
        const replies = answers(given);
        return Effect.gen(function* () {
          const value = yield* during("1 hour", call(yield* makeServices, given));
          expect(yield* Schema.encodeUnknownEffect(schema)(value)).toStrictEqual(gives(given));
          for (const accessor of accessors) expect(() => accessor(value)).not.toThrow();
        }).pipe(Effect.provide(dssServer((_, nth) => json(replies[nth - 1] ?? replies.at(-1)))));
      },
    );
  });
};
