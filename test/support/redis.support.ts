import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Redis server of a test's own. */
export interface RedisServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts Debian's `redis-server` at a free port, in memory alone.
 *
 * @throws where it is not installed, and says how to install it
 */
export async function startRedis(port: number): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', [...settings, '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.on('error', () => undefined);
  const ended = once(child, 'close');
  let isReady = false;
  for await (const line of createInterface({ input: child.stdout })) {
    isReady = line.includes('Ready to accept connections');
    if (isReady) break;
  }
  if (!isReady) {
    throw new Error('redis-server could not be started. Install it with "apt-get install redis-server".');
  }
  child.stdout.resume();
  return {
    url: `redis://127.0.0.1:${port}`,
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true });
    },
  };
}
