/**
 * Each example runs as a program: on the embedded DSS, on one behind a port, and on what is no DSS.
 *
 * @module
 */
import assert from "node:assert/strict";
import { Effect } from "effect";
import type { Simulator } from "@effect-dataiku/dss/simulator";
import { makeDss, serving, start } from "./program.ts";

/** One run of an example. */
interface Run {
  /** What is shown by it. */
  readonly name: string;
  /** Its file, and its arguments. */
  readonly program: readonly [file: string, ...args: ReadonlyArray<string>];
  /** How the DSS behind a port is prepared; without it, or an address or a server, the example runs on an embedded one. */
  readonly dss?: (dss: Simulator) => Effect.Effect<void>;
  /** What is behind the port instead of a DSS. */
  readonly server?: () => Response;
  /** An address instead of a port. */
  readonly url?: string;
  /** The API key; `null` for none. */
  readonly key?: string | null;
  readonly code: number;
  /** Each matches what is said on stdout. */
  readonly says?: ReadonlyArray<RegExp>;
  /** Matches the whole of what is said on stderr, which is one line; by default nothing is. */
  readonly complains?: RegExp;
}

const asItIs = () => Effect.void;

/** What is run on a DSS that cannot be asked. */
const demoElsewhere = ["demo.ts", "--project", "SALES", "--scenario", "NIGHTLY_BUILD"] as const;

const failingPreparation = (dss: Simulator) =>
  dss.script("recipes/SALES.compute_orders_prepared", { end: "fail", message: "Disk full", after: 0 });

const runs: ReadonlyArray<Run> = [
  {
    name: "the demo runs a scenario with its jobs and a task",
    program: ["demo.ts"],
    code: 0,
    says: [
      /^Running SALES\.NIGHTLY_BUILD on an embedded DSS$/m,
      /^ +\d\.\d s {8}compute_orders_joined_NP RUNNING$/m,
      /^ +\d+\.\d s {4}Build revenue SUCCESS$/m,
      /^ +\d+\.\d s {2}Nightly build SUCCESS$/m,
      /^├─ Check the raw data +check_dataset +SUCCESS +2\.0 s$/m,
      /^│ {2}└─ Build_revenue_by_country_NP +job +DONE +8\.3 s$/m,
      /^│ {5}├─ compute_orders_prepared_NP +shaker +DONE +3\.0 s$/m,
      /^│ {5}└─ compute_revenue_by_country_NP +grouping +DONE +2\.0 s$/m,
      /^└─ Tell the team +custom_python +SKIPPED +–$/m,
      /^Update of a code environment +task +DONE +9\.0 s$/m,
      /^Run [\d-]+ ended as SUCCESS after 1\d\.\d s$/m,
    ],
  },
  {
    name: "the demo shows a failing activity",
    program: ["demo.ts", "--fail"],
    code: 1,
    says: [
      /^├─ Build revenue +build_flowitem +FAILED +\d\.\d s$/m,
      /^│ {5}├─ compute_orders_joined_NP +join +FAILED +1\.5 s$/m,
      /^│ {5}└─ compute_revenue_by_country_NP +grouping +SKIPPED +–$/m,
      /^├─ Compute metrics +compute_metrics +SKIPPED +–$/m,
      /^The end of the log of compute_orders_joined_NP of job Build_\S+:\n.*\n.*\n.*failed: Connection to the database refused$/m,
    ],
    complains:
      /^Scenario NIGHTLY_BUILD of SALES ended as FAILED \(step Build revenue: Job failed: Connection to the database refused\): see the log of its run [\d-]+$/,
  },
  {
    name: "the demo runs on the DSS that the environment names",
    program: ["demo.ts", "--project", "SALES", "--scenario", "MONTHLY_REPORT"],
    dss: (dss) => dss.script("scenarios/SALES.MONTHLY_REPORT", { end: "done", seconds: 1 }),
    code: 0,
    says: [
      /^Running SALES\.MONTHLY_REPORT on http:\/\/127\.0\.0\.1:\d+$/m,
      /^Monthly report +scenario +SUCCESS +\d\.\d s$/m,
    ],
  },
  {
    name: "the demo shows the log of a script that fails",
    program: ["demo.ts", "--project", "SALES", "--scenario", "MONTHLY_REPORT"],
    dss: (dss) => dss.script("scenarios/SALES.MONTHLY_REPORT", { end: "fail", seconds: 1, message: "No dashboard" }),
    code: 1,
    says: [/^The end of the log of run [\d-]+:\n(.*\n)*.*No dashboard$/m],
    complains: /^Scenario MONTHLY_REPORT of SALES ended as FAILED \(.*No dashboard\): see the log of its run [\d-]+$/,
  },
  {
    name: "the demo shows the log of a step that fails",
    program: ["demo.ts", "--project", "SALES", "--scenario", "TEST_REVENUE"],
    dss: (dss) =>
      dss.script("scenarios/SALES.TEST_REVENUE", { end: "fail", step: "prepare", seconds: 1, message: "No sample" }),
    code: 1,
    says: [/^The end of the log of step prepare of run [\d-]+:\n(.*\n)*.*No sample$/m],
    complains: /^Scenario TEST_REVENUE of SALES ended as FAILED \(step Prepare the sample: .*No sample\)/,
  },
  {
    name: "the demo has a request that DSS cancels",
    program: ["demo.ts", "--project", "SALES", "--scenario", "TEST_SMOKE"],
    dss: (dss) => dss.script("scenarios/SALES.TEST_SMOKE", { end: "cancel" }),
    code: 1,
    says: [/^Smoke test +scenario +CANCELLED +–$/m],
    complains: /^Scenario TEST_SMOKE of SALES did not run: DSS cancelled the request/,
  },
  {
    name: "the demo does not know an option",
    program: ["demo.ts", "--fial"],
    code: 1,
    complains: /^Unknown option '--fial'\. Options: --project KEY, --scenario ID, --fail$/,
  },
  {
    name: "the demo lets nothing fail on a DSS that is not its own",
    program: ["demo.ts", "--fail"],
    dss: asItIs,
    code: 1,
    complains: /^--fail works on the embedded DSS only, but DKU_DSS_URL is set/,
  },
  {
    name: "the demo must be told what to run on a DSS that is not its own",
    program: ["demo.ts", "--project", "SALES"],
    dss: asItIs,
    code: 1,
    complains: /^DKU_DSS_URL is set: say with --project and --scenario what shall run there\. Options: /,
  },
  {
    name: "the demo has a URL and no key",
    program: demoElsewhere,
    dss: asItIs,
    key: null,
    code: 1,
    complains:
      /^No DSS to connect to: DKU_API_TICKET is not set; DKU_DSS_URL is set, but neither DKU_API_KEY nor DKU_JWT_BEARER_TOKEN is. Set DKU_DSS_URL and DKU_API_KEY/,
  },
  {
    name: "the demo has a wrong key",
    program: demoElsewhere,
    dss: asItIs,
    key: "canary",
    code: 1,
    complains:
      /^Scenarios\.settings: DSS answered 401 \(.*Unknown API Key\): check the API key, and that it belongs to/,
  },
  {
    name: "the demo asks for a project that is not there",
    program: ["demo.ts", "--project", "NOPE", "--scenario", "NIGHTLY_BUILD"],
    dss: asItIs,
    code: 1,
    complains:
      /^Scenarios\.settings: DSS answered 403 \(.*project NOPE does not exist\): check the URL, the project key and/,
  },
  {
    name: "the demo asks for a scenario that is not there",
    program: ["demo.ts", "--project", "SALES", "--scenario", "NOPE"],
    dss: asItIs,
    code: 1,
    complains: /^Scenarios\.settings: DSS answered \d+ \(.*NOPE.*\): /,
  },
  {
    name: "the demo has a URL that is none",
    program: demoElsewhere,
    url: "dss.example.com",
    code: 1,
    complains: /the URL "dss\.example\.com" is not one, expected the address of DSS as https:\/\/dss\.example\.com/,
  },
  {
    name: "the demo has the URL of a host that is not there",
    program: demoElsewhere,
    url: "https://dss.invalid",
    code: 1,
    complains:
      /^Scenarios\.settings: DSS cannot be reached at https:\/\/dss\.invalid \(.*\): check the URL, the port and the proxy$/,
  },
  {
    name: "the demo has the URL of a web page",
    program: demoElsewhere,
    server: () => new Response("<html><title>Welcome</title></html>", { headers: { "content-type": "text/html" } }),
    code: 1,
    complains:
      /^Scenarios\.settings: Answered 200 with an HTML page \(Welcome\): the URL is not that of DSS, or a proxy/,
  },
  {
    name: "the demo has the URL of something that does not answer JSON",
    program: demoElsewhere,
    server: () => new Response("It works"),
    code: 1,
    complains:
      /^Scenarios\.settings: Answered 200 with something that is not JSON \(It works\): check that the URL is that of DSS$/,
  },
  {
    name: "the gate builds a dataset",
    program: ["build_gate.ts"],
    code: 0,
    says: [/^Build_orders_prepared_NP_\S+ is done: compute_orders_prepared_NP$/m],
  },
  {
    name: "the gate closes when a recipe fails",
    program: ["build_gate.ts", "SALES", "orders_prepared"],
    dss: failingPreparation,
    code: 1,
    complains:
      /^The end of the log of compute_orders_prepared_NP:\n(.*\n)*\nJob Build_\S+ of SALES ended as FAILED .*Disk full/,
  },
  {
    name: "the gate closes when nothing was built",
    program: ["build_gate.ts", "SALES", "orders_raw"],
    code: 1,
    complains: /^No recipe of SALES makes orders_raw: nothing was built$/,
  },
  {
    name: "running jobs are aborted",
    program: ["abort_running_jobs.ts"],
    code: 0,
    says: [/^Aborted Build_orders_prepared_NP_/m, /^Jobs of SALES that were running: 2$/m],
  },
  {
    name: "code studios without conflicts are stopped",
    program: ["stop_code_studios.ts"],
    dss: (dss) => dss.script("code-studios/SALES.Kd83mPq2", { end: "done", seconds: 1 }),
    code: 0,
    says: [
      /^maria-vscode of maria runs on, in conflict: notes\.md, src\/app\.py$/m,
      /^maria-trial of maria is STOPPED$/m,
      /^admin-vscode of admin is stopped$/m,
    ],
  },
  {
    name: "a code studio that cannot be stopped is told",
    program: ["stop_code_studios.ts", "SALES"],
    dss: (dss) => dss.script("code-studios/SALES.Kd83mPq2", { end: "fail", seconds: 1, message: "Pod is stuck" }),
    code: 1,
    complains: /^The task failed \(Pod is stuck\)$/,
  },
  {
    name: "failed jobs are listed",
    program: ["failed_jobs.ts"],
    code: 0,
    says: [
      /started by maria \(compute_orders_joined_NP: Connection refused\)$/m,
      /^1 of \d+ jobs of SALES failed since/m,
    ],
  },
  {
    name: "failed jobs are listed since a date",
    program: ["failed_jobs.ts", "SALES", "2099-01-01"],
    code: 0,
    says: [/^0 of \d+ jobs of SALES failed since 2099-01-01T00:00:00\.000Z$/m],
  },
  {
    name: "failed jobs cannot be listed since what is no date",
    program: ["failed_jobs.ts", "SALES", "yesterday"],
    code: 1,
    complains: /^"yesterday" is not a date, expected one as 2025-09-24$/,
  },
  {
    name: "a job is started and resumed in one program",
    program: ["resume_job.ts"],
    code: 0,
    says: [/^Started \{"kind":"job",/m, /^Build_orders_prepared_NP_\S+ ended as DONE$/m],
  },
  {
    name: "scenarios are frozen while a command runs",
    program: ["freeze_scenarios.ts", "SALES", "echo", "migrated"],
    code: 0,
    says: [/^Inactive: NIGHTLY_BUILD, MONTHLY_REPORT\nmigrated\nActive again: NIGHTLY_BUILD, MONTHLY_REPORT$/m],
  },
  {
    name: "scenarios are as they were when the command fails",
    program: ["freeze_scenarios.ts", "CHURN", "false"],
    code: 1,
    says: [/^Active again: RETRAIN, SCORE_AFTER_SALES, HOURLY_CHECK$/m],
    complains: /^false ended with exit code 1$/,
  },
  {
    name: "scenarios are as they were when there is no such command",
    program: ["freeze_scenarios.ts", "LOGISTICS", "no-such-command"],
    code: 1,
    says: [/^Inactive: none, nothing was active\nActive again: none$/m],
    complains: /^spawn no-such-command ENOENT$/,
  },
  {
    name: "the scenarios of a user who leaves are shown",
    program: ["offboard_user.ts", "maria", "ahmed", "SALES"],
    code: 0,
    says: [
      /^SALES\.NIGHTLY_BUILD runs as maria \(who changed it last\)$/m,
      /^Would run as ahmed: 5; say --apply to change them$/m,
    ],
  },
  {
    name: "the scenarios of a user who leaves run as another one",
    program: ["offboard_user.ts", "etl", "ahmed", "--apply"],
    code: 0,
    says: [/^SALES\.LOAD_COUNTRY ran as etl \(as its settings say\)$/m, /^Run as ahmed now: 1$/m],
  },
  {
    name: "a code environment is rolled out",
    program: ["roll_out_code_env.ts", "py312", "polars==1.34.0"],
    dss: (dss) => dss.script("code-envs/PYTHON.py312", { end: "done", seconds: 1 }),
    code: 0,
    says: [
      /^Created py312$/m,
      /^RUNNING: 0 of 1$/m,
      /^SUCCESS: updatePackages of py312 is done$/m,
      /^py312 has polars==1\.34\.0$/m,
    ],
  },
  {
    name: "the log of a code environment is shown when its build fails",
    program: ["roll_out_code_env.ts", "py311_ds", "tabulate"],
    dss: (dss) =>
      dss.script("code-envs/PYTHON.py311_ds", { end: "fail", message: "python3.9: command not found", seconds: 1 }),
    code: 1,
    complains:
      /^updatePackages-\S+\.log:\n(.*\n)*.*ERROR: python3\.9: command not found\n(.*\n)*The task failed \(python3\.9: command not found\)$/,
  },
  {
    name: "a code environment is not rolled out without packages",
    program: ["roll_out_code_env.ts", "py311_ds"],
    code: 1,
    complains: /^Name a code environment of Python, and its packages$/,
  },
  {
    name: "a query is not extracted to nowhere",
    program: ["extract_sql.ts"],
    code: 1,
    complains: /^Name the file to write$/,
  },
  {
    name: "what is no table is not extracted",
    program: ["extract_sql.ts", "refused.csv", "SELECT * FROM nothing"],
    code: 1,
    complains: /^Sql\.start: DSS answered 500 \(PSQLException: ERROR: relation "nothing" does not exist\)/,
  },
  {
    name: "rows are written as lines of JSON, those that a filter leaves",
    program: [
      "export_rows.ts",
      "/dev/stdout",
      "SALES.countries",
      "--filter",
      "population > 80000000",
      "--columns",
      "code,population",
    ],
    code: 0,
    says: [
      /^\{"code":"DE","population":83456045\}\n\{"code":"JP","population":124516650\}\n2 rows of SALES\.countries are in \/dev\/stdout \(73 bytes\)$/m,
    ],
  },
  {
    name: "rows that break off are in no file",
    program: ["export_rows.ts", "/dev/null", "SALES.orders_raw"],
    dss: (dss) => dss.script("rows/SALES.orders_raw", { end: "fail", message: "Disk gone" }),
    code: 1,
    complains: /^DatasetRows\.export: DSS answered 500 \(IOException: Disk gone\)/,
  },
  {
    name: "rows are not written to nowhere",
    program: ["export_rows.ts"],
    code: 1,
    complains: /^Name a file to write, and a dataset as SALES\.orders_raw$/,
  },
  {
    name: "a scenario is run, and its report is kept",
    program: ["run_scenario_junit.ts", "SALES", "TEST_SMOKE", "/dev/stdout"],
    dss: (dss) => dss.script("scenarios/SALES.TEST_SMOKE", { end: "done", seconds: 1 }),
    code: 0,
    says: [
      /^RUNNING: run [\d-]+\nSUCCESS: run [\d-]+$/m,
      /<testsuite name="SALES\.TEST_SMOKE" tests="2" failures="0"/,
      /^TEST_SMOKE succeeded after /m,
    ],
  },
  {
    name: "a scenario fails, and its report is kept",
    program: ["run_scenario_junit.ts", "SALES", "TEST_REVENUE", "/dev/stdout"],
    dss: (dss) =>
      dss.script("scenarios/SALES.TEST_REVENUE", {
        end: "fail",
        step: "prepare",
        seconds: 1,
        message: "No sample",
      }),
    code: 1,
    says: [/^FAILED: run [\d-]+$/m, /<testsuite name="SALES\.TEST_REVENUE" tests="\d" failures="1"/],
    complains:
      /^Scenario TEST_REVENUE of SALES ended as FAILED \(step Prepare the sample: .*No sample\): see the log of its run/,
  },
  {
    name: "a scenario is cancelled before it runs",
    program: ["run_scenario_junit.ts", "SALES", "TEST_SMOKE", "/dev/stdout"],
    dss: (dss) => dss.script("scenarios/SALES.TEST_SMOKE", { end: "cancel" }),
    code: 1,
    complains: /^Scenario TEST_SMOKE of SALES did not run: DSS cancelled the request [\d-]+, because .*; ask again/,
  },
  {
    name: "a scenario that is no test has no report",
    program: ["run_scenario_junit.ts", "SALES", "LOAD_COUNTRY", "/dev/stdout", "country=FR"],
    dss: (dss) => dss.script("scenarios/SALES.LOAD_COUNTRY", { end: "done", seconds: 1 }),
    code: 0,
    says: [/^LOAD_COUNTRY is not marked as a test scenario, so DSS makes no report of it$/m],
  },
  {
    name: "scenarios run beside each other",
    program: ["fan_out.ts", "SALES", "TEST_SMOKE", "LOAD_COUNTRY"],
    code: 0,
    says: [/^TEST_SMOKE +SUCCESS after \S.*\nLOAD_COUNTRY +SUCCESS after \S.*$/m],
  },
  {
    name: "scenarios are aborted when another one fails",
    program: ["fan_out.ts", "SALES", "LOAD_COUNTRY", "NIGHTLY_BUILD", "TEST_REVENUE"],
    dss: (dss) =>
      Effect.andThen(
        dss.script("scenarios/SALES.TEST_REVENUE", { end: "fail", seconds: 1, after: 1, message: "No sample" }),
        dss.script("scenarios/SALES.NIGHTLY_BUILD", { end: "stall" }),
      ),
    code: 1,
    says: [/^LOAD_COUNTRY +(ABORTED|SUCCESS after .*)\nNIGHTLY_BUILD +ABORTED\nTEST_REVENUE +FAILED$/m],
    complains: /^Scenario TEST_REVENUE of SALES ended as FAILED \(step .*No sample\)/,
  },
  {
    name: "a sweep shows first what it would end",
    program: ["ops_sweep.ts"],
    code: 0,
    says: [
      /^Would end job SALES\.Build_orders_prepared_NP_\S+ of API \(admin\)$/m,
      /^Would end future \S+ of admin \(Building image of template vscode-py311\)$/m,
      /^Would end notebook CHURN\.features of maria$/m,
      /^Would end: 6; say --apply to end them$/m,
    ],
  },
  {
    name: "a sweep ends what has run for long, in the projects that it is told",
    program: ["ops_sweep.ts", "CHURN", "--minutes", "600", "--apply"],
    code: 0,
    says: [/^Ended notebook CHURN\.features of maria\nEnded: 1 of 1$/m],
  },
  {
    name: "a sweep of an age that is none ends nothing",
    program: ["ops_sweep.ts", "--minutes", "soon", "--apply"],
    code: 1,
    complains: /^--minutes is "soon", expected a number as 240$/,
  },
  {
    name: "a folder that is not there is not kept in step",
    program: ["sync_folder.ts", "down", "SALES", "letters", "nowhere"],
    code: 1,
    complains: /^SALES has no managed folder letters, it has: reports \(aB3kQ9xZ\)$/,
  },
  {
    name: "a folder is kept in step with another one",
    program: ["sync_folder.ts", "down", "SALES"],
    code: 1,
    complains: /^Say up or down, a project, a managed folder, and a local folder$/,
  },
  {
    name: "the failed runs of a week are reported",
    program: ["weekly_report.ts"],
    code: 1,
    says: [
      /^\S+ {2}SALES\.NIGHTLY_BUILD {2}Check the raw data: Rule 'record count' of orders_raw failed: 0 rows$/m,
      /^\S+ {2}CHURN\.HOURLY_CHECK {2}the scenario: NameError: name 'threshold' is not defined$/m,
    ],
    complains: /^3 failed runs in 3 projects in the last 7 days$/,
  },
  {
    name: "a report of no days is refused",
    program: ["weekly_report.ts", "--days", "0"],
    code: 1,
    complains: /^--days is "0", expected a number of days as 7$/,
  },
  {
    name: "a version of an API service goes from one instance to another, and answers",
    program: ["deploy_api.ts"],
    code: 0,
    says: [/^Package v3 of CHURN\.churn is there$/m, /^churn-on-api-prod {2}TEST\nchurn-on-api-prod {2}RELEASED$/m],
  },
  {
    name: "a version whose test queries fail is put back",
    program: ["deploy_api.ts"],
    dss: (dss) => dss.script("api-queries/churn.v3", { end: "fail", message: "No model" }),
    code: 2,
    says: [/^churn-on-api-prod {2}TEST\nchurn-on-api-prod {2}RESTORE\nchurn-on-api-prod {2}FAILED$/m],
    complains: /TEST failed \(a test query failed: No model\): the deployment is as it was before$/,
  },
  {
    name: "a deployment that cannot be put back says so",
    program: ["deploy_api.ts"],
    dss: (dss) => dss.script("api-deployments/churn-on-api-prod", { end: "fail", message: "Node is down" }),
    code: 3,
    complains: /UPDATE failed .*Node is down.*could not be put back/,
  },
  {
    name: "a deployment that is not there is not changed",
    program: ["deploy_api.ts", "CHURN", "churn", "v2", "none"],
    code: 1,
    complains: /Deployment none does not exist/,
  },
  {
    name: "a bundle goes from a design node to an automation node, and is tested there",
    program: ["activate_bundle.ts"],
    code: 0,
    says: [/^Bundle v2 of SALES is exported\nBundle v2 is active, TEST_SMOKE .*\nTEST_SMOKE is well$/m],
  },
  {
    name: "a bundle whose test fails is not kept",
    program: ["activate_bundle.ts"],
    dss: (dss) => dss.script("scenarios/SALES.TEST_SMOKE", { end: "fail", message: "No rows" }),
    code: 2,
    complains: /No rows.*: there was no bundle before$/,
  },
  {
    name: "what runs is shown, again and again",
    program: ["monitor.ts", "--every", "1", "--looks", "2"],
    code: 0,
    says: [/^KIND +WHAT +STATE +FOR\n(?:task +.* +RUNNING +\S+\n?)+KIND/m],
  },
  {
    name: "a monitor that is to look every now and then is refused",
    program: ["monitor.ts", "--every", "soon"],
    code: 1,
    complains: /^--every is "soon", expected a number as 5$/,
  },
  {
    name: "a file that is no archive is not restored",
    program: ["backup.ts", "restore", "README.md", "X"],
    code: 1,
    complains: /not a ZIP archive/,
  },
  {
    name: "a backup that is not told what to do",
    program: ["backup.ts", "keep"],
    code: 1,
    complains: /^"keep" is nothing to do, expected: save FOLDER \[KEY\.\.\.\], or restore FILE NEWKEY$/,
  },
];

/** Runs with what is behind the port, if anything shall be. */
const placed = async <A>({ dss, server, url }: Run, use: (url: string | undefined) => Promise<A>): Promise<A> => {
  if (dss !== undefined) return await serving((await makeDss(dss)).fetch, use);
  return await (server === undefined ? use(url) : serving(server, use));
};

const check = (run: Run): Promise<void> =>
  placed(run, async (url) => {
    const { program: [file, ...args], key = "key", code, says = [], complains = /^$/ } = run;
    const env = { ...(url === undefined ? {} : { DKU_DSS_URL: url }), ...(url && key ? { DKU_API_KEY: key } : {}) };
    const ended = await start(file, args, env).ended;
    assert.match(ended.stderr.trimEnd(), complains);
    assert.doesNotMatch(ended.stderr, /^ +at /m, "a stack trace");
    assert.doesNotMatch(ended.stdout + ended.stderr, /canary/);
    for (const said of says) assert.match(ended.stdout, said);
    assert.equal(ended.code, code);
  });

// What each leaves behind is for the whole test to account for: they run beside each other.
const beside = { sanitizeOps: false, sanitizeResources: false, sanitizeExit: false };

Deno.test("examples", async (test) => {
  const steps = [
    ...runs.map((run) => ({ name: run.name, fn: () => check(run), ...beside })),
    { name: "Ctrl-C in the demo aborts its run", fn: interruptDemo, ...beside },
    { name: "a job is resumed by another program", fn: resumeElsewhere, ...beside },
    { name: "what a program asks is recorded and replayed", fn: recordAndReplay, ...beside },
    { name: "a query is extracted into a file, or leaves none", fn: extractSql, ...beside },
    { name: "projects are backed up, and one is restored under a free key", fn: backUp, ...beside },
    { name: "a managed folder and a local one are kept in step", fn: keepInStep, ...beside },
    { name: "a run is seen in a collector of traces, without a key", fn: traceRun, ...beside },
    { name: "Ctrl-C while scenarios are frozen makes them active again", fn: interruptFreeze, ...beside },
  ];
  // They mostly sleep.
  const all = Effect.forEach(steps, (step) => Effect.promise(() => test.step(step)), { concurrency: 16 });
  await Effect.runPromise(all);
});

interface OtlpSpan {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: { readonly stringValue?: string } }>;
}

const traceRun = async (): Promise<void> => {
  const bodies: Array<string> = [];
  const collect = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname === "/v1/traces") bodies.push(await request.text());
    return Response.json({});
  };
  await serving(collect, async (collector) => {
    const dss = await makeDss();
    await serving(dss.fetch, async (url) => {
      const env = { DKU_DSS_URL: url, DKU_API_KEY: "key", OTEL_EXPORTER_OTLP_ENDPOINT: collector };
      const { code, stdout, stderr } = await start("trace_run.ts", ["SALES", "NIGHTLY_BUILD"], env).ended;
      assert.equal(code, 0, stderr);
      assert.match(stdout, /^SALES\.NIGHTLY_BUILD ended as SUCCESS; its spans went to /);
    });
  });
  const spans: ReadonlyArray<OtlpSpan> = bodies.flatMap((body) => JSON.parse(body).resourceSpans)
    .flatMap(({ scopeSpans }) => scopeSpans).flatMap(({ spans }) => spans);
  const parent = ({ parentSpanId }: OtlpSpan) => spans.find(({ spanId }) => spanId === parentSpanId)?.name;
  const scenario = spans.find(({ name }) => name === "scenario SALES.NIGHTLY_BUILD")!;
  assert.equal(parent(scenario), "pipeline");
  assert.ok(spans.some((span) => span.name.startsWith("step ") && parent(span) === scenario.name));
  assert.ok(spans.some((span) => span.name.startsWith("activity ") && parent(span)?.startsWith("job ")));
  const routes = spans.flatMap(({ attributes }) => attributes.filter(({ key }) => key === "http.route"));
  assert.ok(routes.some(({ value }) => value.stringValue === "/projects/{}/jobs/{}/"));
  assert.ok(!bodies.join().includes(btoa("key:")));
};

const keepInStep = async (): Promise<void> => {
  const folder = await Deno.makeTempDir();
  const dss = await makeDss();
  try {
    await serving(dss.fetch, async (url) => {
      const sync = async (...args: ReadonlyArray<string>): Promise<string> => {
        const env = { DKU_DSS_URL: url, DKU_API_KEY: "key" };
        const { code, stdout, stderr } = await start("sync_folder.ts", args, env).ended;
        assert.equal(code, 0, stderr);
        return stdout;
      };
      const down = () => sync("down", "SALES", "reports", `${folder}/reports`, "--delete");
      const up = () => sync("up", "SALES", "aB3kQ9xZ", `${folder}/reports`, "--delete");
      assert.match(await down(), /^2 copied \(43 bytes\), 0 unchanged, 0 deleted$/m);
      assert.match(await up(), /^0 copied \(0 bytes\), 2 unchanged, 0 deleted$/m);
      await Deno.writeTextFile(`${folder}/reports/2025/für #1 100%.txt`, "new");
      await Deno.remove(`${folder}/reports/readme.txt`);
      const said = await up();
      assert.match(said, /^deleted \/readme\.txt /m);
      assert.match(said, /^copied \/2025\/für #1 100%\.txt \(\d of 2\)$/m);
      assert.match(said, /^1 copied \(3 bytes\), 1 unchanged, 1 deleted$/m);
      assert.match(await down(), /^0 copied \(0 bytes\), 2 unchanged, 0 deleted$/m);
      await Deno.remove(`${folder}/reports`, { recursive: true });
      await down();
      assert.equal(await Deno.readTextFile(`${folder}/reports/2025/für #1 100%.txt`), "new");
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
};

const backUp = async (): Promise<void> => {
  const folder = await Deno.makeTempDir();
  try {
    const saved = await start("backup.ts", ["save", `${folder}/all`]).ended;
    assert.equal(saved.code, 0);
    assert.match(saved.stdout, /^SALES {2}.*SALES\.zip {2}\d+ bytes$/m);
    assert.match(saved.stdout, /^3 projects are saved$/m);
    const files = [...Deno.readDirSync(`${folder}/all`)].map(({ name }) => name).sort();
    assert.deepEqual(files, ["CHURN.zip", "LOGISTICS.zip", "SALES.zip"]);
    const restored = await start("backup.ts", ["restore", `${folder}/all/CHURN.zip`, "CHURN_2"]).ended;
    assert.match(restored.stdout, /^CHURN_2 is restored from .*CHURN\.zip, with 3 scenarios$/m);
    assert.equal(restored.code, 0);
    const taken = await start("backup.ts", ["restore", `${folder}/all/CHURN.zip`, "SALES"]).ended;
    assert.match(taken.stderr, /Project SALES exists already/);
    assert.equal(taken.code, 1);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
};

/** The latest run of the nightly build, and the state of its job. */
const latestRun = async (dss: Simulator) => {
  const { projects } = await Effect.runPromise(dss.snapshot) as {
    readonly projects: Record<string, {
      readonly scenarios: Record<string, { readonly runs: ReadonlyArray<{ readonly stopped: boolean }> }>;
      readonly jobs: Record<string, { readonly state: string }>;
    }>;
  };
  const { scenarios, jobs } = projects.SALES!;
  return { run: scenarios.NIGHTLY_BUILD!.runs.at(-1)!, job: Object.values(jobs).at(-1)!.state };
};

const interruptDemo = async (): Promise<void> => {
  const dss = await makeDss();
  await serving(dss.fetch, async (url) => {
    const [file, ...args] = demoElsewhere;
    const { process, ended } = start(file, args, { DKU_DSS_URL: url, DKU_API_KEY: "key" });
    while ((await latestRun(dss)).job !== "RUNNING") await new Promise((done) => setTimeout(done, 50));
    process.kill("SIGINT");
    const { code, stderr } = await ended;
    assert.equal(code, 130);
    assert.equal(stderr.trim(), "Interrupted: DSS is asked to abort the run");
    const { run, job } = await latestRun(dss);
    assert.equal(run.stopped, true);
    assert.equal(job, "ABORTED");
  });
};

const resumeElsewhere = async (): Promise<void> => {
  const file = await Deno.makeTempFile();
  await serving((await makeDss()).fetch, async (url) => {
    const env = { DKU_DSS_URL: url, DKU_API_KEY: "key" };
    const started = await start("resume_job.ts", ["start", file], env).ended;
    assert.equal(started.code, 0, started.stderr);
    assert.match(await Deno.readTextFile(file), /^\{"kind":"job",/);
    const resumed = await start("resume_job.ts", ["resume", file], env).ended;
    assert.equal(resumed.code, 0, resumed.stderr);
    assert.match(resumed.stdout, /^Build_orders_prepared_NP_\S+ ended as DONE$/m);
    await Deno.writeTextFile(file, '{"kind":"future","version":1}');
    const other = await start("resume_job.ts", ["resume", file], env).ended;
    assert.equal(other.code, 1);
    assert.match(other.stderr, /^The token cannot be resumed \(its kind is "future", expected "job"\): .*\n$/);
  });
  await Deno.remove(file);
};

const recordAndReplay = async (): Promise<void> => {
  const file = await Deno.makeTempFile();
  await serving((await makeDss()).fetch, async (url) => {
    const env = { DKU_DSS_URL: url, DKU_API_KEY: "key" };
    const { code, stdout, stderr } = await start("record_replay.ts", ["record", file], env).ended;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^6 scenarios, 2 of them active\nRecorded in \/.*$/m);
  });
  // The server is gone.
  const { code, stdout, stderr } = await start("record_replay.ts", ["replay", file]).ended;
  assert.equal(code, 0, stderr);
  assert.equal(stdout, "6 scenarios, 2 of them active\nReplayed 1 exchange(s) with DSS 14.4.1\n");
  await Deno.writeTextFile(file, "{}");
  const other = await start("record_replay.ts", ["replay", file]).ended;
  assert.equal(other.code, 1);
  assert.match(other.stderr, /^This is not a cassette of version 1: version: .*\n$/);
  await Deno.remove(file);
};

const extractSql = async (): Promise<void> => {
  const folder = await Deno.makeTempDir();
  const file = `${folder}/rows.csv`;
  const env = { DKU_API_KEY: "key" };
  await serving((await makeDss()).fetch, async (url) => {
    const program = start("extract_sql.ts", [file, "SELECT * FROM events LIMIT 150000"], { ...env, DKU_DSS_URL: url });
    const { code, stdout, stderr } = await program.ended;
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^1\d{5} rows so far\n150000 rows of pg_dwh are in \/.*\/rows\.csv$/m);
    const lines = (await Deno.readTextFile(file)).split("\r\n");
    assert.equal(lines.length, 150_002);
    assert.deepEqual(lines.slice(0, 2), ["event_id,at,name,seconds", "1,2025-01-01T08:30:00.000Z,checkout,0"]);
  });
  await Deno.remove(file);
  const failing = await makeDss((dss) => dss.script("queries/pg_dwh", { end: "fail", message: "Disk full" }));
  await serving(failing.fetch, async (url) => {
    const { code, stderr } = await start("extract_sql.ts", [file], { ...env, DKU_DSS_URL: url }).ended;
    assert.equal(code, 1);
    assert.match(stderr, /^Sql\.rows: DSS answered 500 \(PSQLException: Disk full\)\n$/);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  });
  await Deno.remove(folder);
};

const interruptFreeze = async (): Promise<void> => {
  const dss = await makeDss();
  const isActive = async (): Promise<unknown> => {
    const { projects } = await Effect.runPromise(dss.snapshot) as {
      readonly projects: Record<
        string,
        { readonly scenarios: Record<string, { readonly document: { active: unknown } }> }
      >;
    };
    return projects.SALES!.scenarios.NIGHTLY_BUILD!.document.active;
  };
  await serving(dss.fetch, async (url) => {
    const env = { DKU_DSS_URL: url, DKU_API_KEY: "key" };
    const { process, ended } = start("freeze_scenarios.ts", ["SALES", "sleep", "600"], env);
    while (await isActive()) await new Promise((done) => setTimeout(done, 50));
    process.kill("SIGINT");
    const { code, stdout } = await ended;
    assert.equal(code, 130);
    assert.match(stdout, /^Active again: NIGHTLY_BUILD/m);
    assert.equal(await isActive(), true);
  });
};
