/**
 * Ids that the simulated DSS makes from names.
 *
 * @module
 * @internal
 */

/** A name with an underscore for each character that ids do not have, as `Nightly_re_build_2`; letters lose their accents. */
export const idFromName = (name: string): string =>
  name.normalize("NFKD").replaceAll(/\p{Mark}/gu, "").replaceAll(/[^A-Za-z0-9_]/gu, "_");
