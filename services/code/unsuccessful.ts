/**
 * Results of work that say themselves that it failed, whatever their messages say.
 *
 * @module
 * @internal
 */

/** What a result says of its failure; `undefined` when it says of none. */
export const unsuccessful = (result: unknown): string | undefined => {
  const { success, installationError, error } = (result ?? {}) as Readonly<Record<string, unknown>>;
  if (success !== false) return undefined;
  const said = [installationError, error].map((each) =>
    typeof each === "string" ? each : (each as { readonly message?: unknown } | null | undefined)?.message
  );
  return said.find((each) => typeof each === "string") ?? "the result says success: false";
};
