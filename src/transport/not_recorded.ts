/**
 * What a cassette does not have.
 *
 * @module
 * @internal
 */

/** A request, or the answer to one, that is not on the cassette that is replayed. */
export class NotRecorded extends Error {
  override readonly name = "NotRecorded" as const;
}
