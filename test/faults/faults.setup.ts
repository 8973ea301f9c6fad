import { afterAll, beforeAll, jest } from '@jest/globals';
import { ledger } from '../support/fault-ledger.support.js';
import { takeUnhandled, watchProcess } from '../support/process-watch.support.js';

// Each spec sends hundreds of requests, possibly on a busy machine.
jest.setTimeout(60_000);

let stopWatching: () => void;

beforeAll(() => {
  stopWatching = watchProcess();
});

afterAll(async () => {
  // Errors after the last check of a spec.
  ledger.addUnhandled((await takeUnhandled()).length);
  stopWatching();
  ledger.write();
});
