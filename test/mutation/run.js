import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { GROUPS } from './groups.js';

/**
 * `npm run test:mutation`, or `npm run test:mutation -- redirect user` for some groups: runs Stryker for each group,
 * prints the scores, and fails if a group or the total is below the minimum.
 */
const MIN_SCORE = 90;
const STRYKER = 'node_modules/@stryker-mutator/core/bin/stryker.js';

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(GROUPS);
const unknown = names.find((name) => !Object.hasOwn(GROUPS, name));
if (unknown !== undefined) {
  throw new Error(`Unknown group "${unknown}". Use one of ${Object.keys(GROUPS).join(', ')}.`);
}

function run(name) {
  const { status } = spawnSync(process.execPath, [STRYKER, 'run', 'test/mutation/stryker.config.js'], {
    stdio: 'inherit',
    // Few runs of each property, since most mutants fail early, with a fixed seed for a reproducible score.
    env: { PROPERTY_RUNS: '20', PROPERTY_SEED: '1', ...process.env, MUTATION_GROUP: name },
  });
  return { name, isGood: status === 0, ...count(name) };
}

function count(name) {
  const { files } = JSON.parse(readFileSync(`reports/mutation/${name}.json`, 'utf8'));
  const states = Object.values(files).flatMap(({ mutants }) => mutants.map(({ status }) => status));
  const of = (...wanted) => states.filter((status) => wanted.includes(status)).length;
  return { found: of('Killed', 'Timeout'), missed: of('Survived', 'NoCoverage') };
}

function score({ found, missed }) {
  return (100 * found) / (found + missed);
}

function say(name, { found, missed }) {
  const line = `${name.padEnd(10)} ${String(found + missed).padStart(5)} mutants, ${String(missed).padStart(3)} survived`;
  process.stdout.write(`${line}, score ${score({ found, missed }).toFixed(2)}\n`);
}

const results = names.map(run);
for (const result of results) say(result.name, result);
const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const total = { found: sum('found'), missed: sum('missed') };
say('in total', total);
if (results.some(({ isGood }) => !isGood) || score(total) < MIN_SCORE) process.exitCode = 1;
