const { TestEnvironment } = require('jest-environment-node');

/** Skips the tests of a spec after the first failure, since some mutants let every test run into its timeout. */
module.exports = class FirstFailureEnvironment extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_done' && test.errors.length > 0) this.#hasFailed = true;
    if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
  }
};
