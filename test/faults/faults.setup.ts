import { afterAll, beforeAll, jest } from '@jest/globals';
import { ledger } from '../support/fault-ledger.support.js';
import { takeUnhandled, watchProcess } from '../support/process-watch.support.js';

// Hundreds of requests each, on a machine that may do other things meanwhile.
jest.setTimeout(60_000);

let stopWatching: () => void;

beforeAll(() => {
  stopWatching = watchProcess();
});

afterAll(async () => {
  // What came after the last spec had looked.
  ledger.addUnhandled((await takeUnhandled()).length);
  stopWatching();
  ledger.write();
});
