/**
 * A `fetch` whose uploads can be stopped.
 *
 * @module
 * @internal
 */

/**
 * Keeps Node from ending the program when an upload is stopped.
 *
 * What is aborted while its body is read, Node (seen with 22.23) cancels: a body that has failed by then refuses that, and nobody handles
 * the refusal. Behind an abort this body neither fails nor ends, because its end would be taken for that of the upload. Deno closes the
 * connection when the body fails, and only then.
 */
export const fetchUpload = (fetch: typeof globalThis.fetch): typeof globalThis.fetch => {
  if ("Deno" in globalThis) return fetch;
  return (input, init) => {
    const { body, signal } = init ?? {};
    if (!(body instanceof ReadableStream)) return fetch(input, init);
    const reader = body.getReader();
    const shielded = new ReadableStream({
      pull: async (controller) => {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          if (signal?.aborted !== true) controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason).catch(() => {}), // it has failed already: nothing is left to cancel
    });
    return fetch(input, { ...init, body: shielded });
  };
};
