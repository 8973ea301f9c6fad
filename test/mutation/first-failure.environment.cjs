const { TestEnvironment } = require('jest-environment-node');

/** Leaves out the tests of a spec that come after one that failed: some mutants make each of them wait for its timeout. */
module.exports = class FirstFailureEnvironment extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.#hasFailed = true;
    if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
  }
};
