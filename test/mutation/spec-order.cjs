const Sequencer = require('@jest/test-sequencer').default;

/** Runs the specs in the order of `groups.js`; by default, Jest starts with the slowest. */
module.exports = class SpecOrder extends Sequencer {
  async sort(tests) {
    const { GROUP } = await import('./groups.js');
    const placeOf = ({ path }) => GROUP.specs.findIndex((spec) => path.endsWith(`/${spec}.spec.ts`));
    return [...tests].sort((one, other) => placeOf(one) - placeOf(other));
  }
};
