export * from "./src/mod.ts";
export * from "./src/dataiku.ts";
export * from "./services/futures.ts";
export * from "./services/jobs.ts";
export * from "./src/simulator/mod.ts";
