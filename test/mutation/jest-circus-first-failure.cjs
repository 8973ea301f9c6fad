const { createEmptyTestResult } = require('@jest/test-result');
const runSpec = require('jest-circus/runner').default;

/** The runs in which a test has failed. Jest's own `bail` has no effect when Stryker calls Jest. */
const decided = new WeakSet();
/** The names of the tests in each spec that has run before. */
const known = new Map();

/**
 * Runs a spec as Jest does, but skips it if it cannot change the result of the mutant: after a failure, or if none of its
 * tests is requested. Loading a spec takes far longer than running it.
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

/** Jest would report a spec without tests as an error. */
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
