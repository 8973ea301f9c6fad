/**
 * `npm run test:corpora`: hostile inputs that others collected, then every property of what parses or builds a
 * string, many times more often than in `npm test`. The last lines say what was counted while it ran.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFaults, readTallies, summarise } from './tallies.js';

/** The least that each property is run; PROPERTY_RUNS may ask for more. */
const MIN_RUNS = 100_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));

const runs = Math.max(MIN_RUNS, Number(process.env.PROPERTY_RUNS ?? MIN_RUNS));
process.exitCode = findMissing() ?? run();

/** Says which files are missing, and where they come from. */
function findMissing() {
  const upstreams = Object.entries(
    JSON.parse(readFileSync(new URL('corpora.json', import.meta.url), 'utf8')),
  );
  const folder = process.env.CORPORA_DIR;
  const missing = upstreams.filter(([path]) => !folder || !existsSync(join(folder, path)));
  if (missing.length === 0) return undefined;
  const lines = missing.map(([path, upstream]) => `  ${path}  from https://github.com/${upstream}`);
  const what = folder
    ? `CORPORA_DIR is ${folder}, and these files are not there. Fetch them:`
    : 'CORPORA_DIR is not set. Set it to a folder that holds these files, fetched from their upstreams:';
  process.stderr.write(`${[what, ...lines].join('\n')}\n`);
  return 1;
}

/** The specs of the corpora, and those of a property of strings. */
function findSpecs() {
  const specsIn = (folder) =>
    readdirSync(join(ROOT, folder), { recursive: true })
      .map((path) => join(ROOT, folder, path))
      .filter((path) => path.endsWith('.spec.ts'));
  return [
    ...specsIn('test/corpora'),
    ...specsIn('test').filter(
      (path) =>
        path.includes('/unit/') && readFileSync(path, 'utf8').includes('/support/property-runs.support.js'),
    ),
  ];
}

function run() {
  const folder = mkdtempSync(join(tmpdir(), 'corpora-'));
  const file = join(folder, 'tallies.jsonl');
  const { status } = spawnSync(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      join(ROOT, 'node_modules/jest/bin/jest.js'),
      // One for each core: nothing else runs meanwhile.
      '--maxWorkers=100%',
      '--testTimeout=900000',
      '--runTestsByPath',
      ...findSpecs(),
      '--selectProjects',
      'corpora',
      'unit',
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, CORPORA_TALLY: file, PROPERTY_RUNS: String(runs) },
    },
  );
  const tallies = readTallies(existsSync(file) ? readFileSync(file, 'utf8') : '');
  rmSync(folder, { recursive: true });
  const faults = findFaults(tallies, runs);
  if (status !== 0) faults.push('A test failed: see above.');
  process.stdout.write(`\n${[...summarise(tallies), ...faults].join('\n')}\n`);
  return faults.length === 0 ? 0 : 1;
}
