import { afterEach } from '@jest/globals';
import type { ModuleMetadata } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  CLOCK,
  MintlifyPersonalizationModule,
  MintlifySigningService,
  type Clock,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import { NOW_MS, NOW_SECONDS, StoppedClock } from './clock.support.js';
import { docsKeys } from './keys.support.js';
import { LogCollector } from './log-collector.support.js';

export { NOW_MS, NOW_SECONDS, StoppedClock };

/** Options with which the module starts and mounts no route. */
export const SERVICES_ONLY: MintlifyPersonalizationOptions = {
  docsUrl: 'https://docs.foo.com',
  signingKey: docsKeys.privateKey,
  handshakes: { jwt: false },
};

const started: TestingModule[] = [];

/** Starts a Nest app without HTTP; it is closed after the test. */
export async function startModule(
  metadata: ModuleMetadata,
  clock: Clock = new StoppedClock(),
  logger: LogCollector = new LogCollector(),
): Promise<TestingModule> {
  const module = await Test.createTestingModule(metadata)
    .overrideProvider(CLOCK)
    .useValue(clock)
    .setLogger(logger)
    .compile();
  started.push(module);
  return module.init();
}

/** What a spec looks at when it signs. */
export interface Signing {
  readonly service: MintlifySigningService;
  readonly clock: StoppedClock;
  readonly logger: LogCollector;
}

/** Starts the module with {@link SERVICES_ONLY} and the given options. */
export async function startSigning(options: Partial<MintlifyPersonalizationOptions> = {}): Promise<Signing> {
  const clock = new StoppedClock();
  const logger = new LogCollector();
  const imports = [MintlifyPersonalizationModule.forRoot({ ...SERVICES_ONLY, ...options })];
  const module = await startModule({ imports }, clock, logger);
  logger.lines.length = 0; // what Nest said while it started
  return { service: module.get(MintlifySigningService), clock, logger };
}

/** The error in which a call ends, at once or later; that there is none fails the test. */
export async function errorOf(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('There was no error.');
}

afterEach(async () => {
  for (const module of started.splice(0)) await module.close();
});
