const { createEmptyTestResult } = require('@jest/test-result');
const runSpec = require('jest-circus/runner').default;

/** The runs in which a test has failed. Jest's own `bail` does nothing for those who call it as Stryker does. */
const decided = new WeakSet();
/** The names of the tests in each spec that was run before. */
const known = new Map();

/**
 * Runs a spec as jest does, unless that could not change what becomes of the mutant: after a failure, and where none of
 * its tests is asked for. To load a spec takes far longer than to run it.
 */
module.exports = async function runUntilFailure(globalConfig, config, environment, runtime, path, ...others) {
  if (decided.has(globalConfig) || !mayHold(path, globalConfig.testNamePattern)) return leftOut();
  const result = await runSpec(globalConfig, config, environment, runtime, path, ...others);
  if (result.numFailingTests > 0 || result.testExecError) decided.add(globalConfig);
  else
    known.set(
      path,
      result.testResults.map(({ fullName }) => fullName),
    );
  return result;
};

/** A spec without any test would be an error to jest. */
function leftOut() {
  const fullName = 'is left out';
  const test = { fullName, title: fullName, ancestorTitles: [], status: 'pending', failureMessages: [] };
  return { ...createEmptyTestResult(), numPendingTests: 1, skipped: true, testResults: [test] };
}

function mayHold(path, pattern) {
  if (!pattern || !known.has(path)) return true;
  const wanted = new RegExp(pattern, 'i');
  return known.get(path).some((name) => wanted.test(name));
}
