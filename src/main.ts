import 'reflect-metadata';
import { readSettings } from './config/read-settings.js';
import type { RunningBackend } from './start/start-backend.js';
import { createStartupBanner } from './start/startup-banner.js';

async function main(): Promise<void> {
  const banner = createStartupBanner(process.env);
  try {
    const settings = readSettings(process.env);
    // Loaded here: a wrong setting is told at once.
    const starting = import('./start/start-backend.js').then(({ startBackend }) => startBackend(settings));
    closeOnSignal(starting);
    banner.begin();
    banner.succeed(await starting);
  } catch (error) {
    banner.fail(error);
    process.exit(1);
  }
}

/** Stops cleanly at the first Ctrl-C or SIGTERM, and at once at the second. */
function closeOnSignal(starting: Promise<RunningBackend>): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) process.exit(1);
    isStopping = true;
    const backend = await starting;
    await backend.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
}

void main();
