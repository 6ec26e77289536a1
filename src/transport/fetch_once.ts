/**
 * A `fetch` that sends a request once.
 *
 * @module
 * @internal
 */

/**
 * Keeps Deno from sending a write twice.
 *
 * Deno (seen with 2.9.6; Node does not) sends a request again by itself when a connection that it kept from an earlier request breaks
 * before the answer, although the server may have carried it out: one start would become two jobs, and a deletion that was carried out
 * would find nothing. It cannot do so with a body that it reads only once, such as a `Blob`, whose length it still tells.
 */
export const fetchOnce = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => {
  if (!("Deno" in globalThis)) return fetch;
  return (input, init) => {
    const { method, body } = init ?? {};
    const isBytes = body === undefined || body === null || typeof body === "string" || body instanceof Uint8Array;
    if (method === "GET" || !isBytes) return fetch(input, init);
    return fetch(input, { ...init, body: new Blob(body === undefined || body === null ? [] : [body as BlobPart]) });
  };
};
