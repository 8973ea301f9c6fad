import { TestEnvironment } from 'jest-environment-node';

/** Gives specs access to the real `process`: the one in their context is a copy that receives no events. */
export default class FaultsEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.realProcess = process;
  }
}
