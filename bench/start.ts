import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { SIGNING_KEY } from './contestants/signing-key.js';
import { interleave } from './rounds.js';

/** Milliseconds of CPU that the library adds to the start of an app: import, `forRoot` and init. */
export interface StartFigures {
  /** Compared with the same app without the library but with its peers `@nestjs/passport` and class-validator. */
  readonly ownMs: number;
  /** Compared with an app without the library and its peers. */
  readonly withPeersMs: number;
}

/**
 * Each start is a separate process. The apps alternate, and their medians are compared.
 */
export async function benchStart(rounds: number): Promise<StartFigures> {
  const contestants = {
    bare: () => startApp('bare'),
    peers: () => startApp('peers'),
    library: () => startApp('library'),
  };
  const { bare, peers, library } = await interleave(contestants, rounds);
  return { ownMs: (library ?? 0) - (peers ?? 0), withPeersMs: (library ?? 0) - (bare ?? 0) };
}

async function startApp(name: string): Promise<number> {
  const child = fork(fileURLToPath(new URL('start-app.js', import.meta.url)), [name], {
    env: { ...process.env, BENCH_SIGNING_KEY: SIGNING_KEY },
  });
  try {
    const message = once(child, 'message');
    const exit = once(child, 'exit').then(() => {
      throw new Error(`The app ${name} did not start.`);
    });
    const [milliseconds] = (await Promise.race([message, exit])) as [number];
    return milliseconds;
  } finally {
    child.kill();
  }
}
