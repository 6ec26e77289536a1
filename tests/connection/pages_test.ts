import { describe, expect, it } from "@effect/vitest";
import { pagesOf } from "../../mod.ts";

describe("a page", () => {
  const pages = pagesOf("https://dss.test/prefix/");
  it.each([
    [pages.project("SALES"), "/projects/SALES/"],
    [pages.flow("SALES"), "/projects/SALES/flow/"],
    [pages.managedFolder("SALES", "Ih9S2Mq5"), "/projects/SALES/managedfolder/Ih9S2Mq5/view/"],
    [pages.scenario("SALES", "NIGHTLY"), "/projects/SALES/scenarios/NIGHTLY/settings"],
    [
      pages.scenarioRun("SALES", "NIGHTLY", "2025-10-01-09-00-00-000"),
      "/projects/SALES/scenarios/NIGHTLY/runs/list/2025-10-01-09-00-00-000",
    ],
    [
      pages.job("SALES", "Build_a_NP_2025-10-01T09-17-37.455"),
      "/projects/SALES/jobs/Build_a_NP_2025-10-01T09-17-37.455/",
    ],
    [pages.dataset("SALES", "orders"), "/projects/SALES/datasets/orders/explore/"],
  ])("is %s", (address, expected) => {
    expect(address).toBe(`https://dss.test/prefix${expected}`);
  });

  it("of an id with any characters stays within its place", () => {
    expect(pages.dataset("SALES", "a/b?c#d é")).toBe(
      "https://dss.test/prefix/projects/SALES/datasets/a%2Fb%3Fc%23d%20%C3%A9/explore/",
    );
  });

  it.each(["", ".", ".."])("of the id '%s' is refused", (id) => {
    expect(() => pages.scenarioRun("SALES", id, "1")).toThrow(/^Not sent \(/);
  });
});
