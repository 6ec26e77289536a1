/**
 * The least that a program imports which decodes answers of HTTP with Effect, this library aside.
 *
 * @module
 */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";

globalThis.name = String(Object.keys(Effect).length + Object.keys(Schema).length);
