import { TestEnvironment } from 'jest-environment-node';

/** Specs run in a context of their own, whose `process` is a copy that hears of nothing: here they get the real one. */
export default class FaultsEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.realProcess = process;
  }
}
