import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';

const RATE_PER_SECOND = 150;
const WINDOW_MS = 2_000;
const ROUNDS = 5;
const FAULTS = ['throws', 'rejects', 'hangs', 'huge'] as const;

/** The latency of the healthy tenant, in milliseconds. */
interface Latency {
  readonly p50: number;
  readonly p99: number;
}

/**
 * How much the faults of one tenant slow down another: the p99 of the healthy tenant while the other one fails, divided by
 * its p99 while the other one is healthy too. The windows alternate, so that noise of the machine affects both equally.
 */
async function run(): Promise<void> {
  for (const adapter of ['express', 'fastify']) {
    const child = fork(fileURLToPath(new URL('faults-server.js', import.meta.url)), [adapter]);
    try {
      const [port] = (await once(child, 'message')) as [number];
      console.log(
        `\nLogins of a tenant on ${adapter}, at ${RATE_PER_SECOND} per second, with as many logins of another tenant`,
      );
      for (const fault of [undefined, ...FAULTS]) await openWindow(port, fault); // warm-up
      for (const fault of FAULTS) print(fault, await compare(port, fault));
    } finally {
      child.kill();
    }
  }
}

async function compare(port: number, fault: string): Promise<{ undisturbed: Latency; disturbed: Latency }> {
  const undisturbed: number[] = [];
  const disturbed: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    undisturbed.push(...(await openWindow(port, undefined)));
    disturbed.push(...(await openWindow(port, fault)));
  }
  return { undisturbed: latencyOf(undisturbed), disturbed: latencyOf(disturbed) };
}

/** Sends visitors of both tenants at a steady rate, whether or not earlier requests are answered. */
async function openWindow(port: number, fault: string | undefined): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const latencies: number[] = [];
  const pending: Promise<unknown>[] = [];
  const start = performance.now();
  await new Promise<void>((resolve) => {
    let sent = 0;
    const timer = setInterval(() => {
      const elapsed = performance.now() - start;
      for (; sent < (elapsed * RATE_PER_SECOND) / 1_000; sent += 1) {
        const dueAt = start + (sent * 1_000) / RATE_PER_SECOND;
        const healthy = askHealthy(agent, port, dueAt, latencies);
        pending.push(healthy, ask(agent, port, { 'x-tenant': 'faulty', ...(fault && { 'x-fault': fault }) }));
      }
      if (elapsed < WINDOW_MS) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(pending);
  agent.destroy();
  return latencies;
}

async function askHealthy(agent: Agent, port: number, dueAt: number, latencies: number[]): Promise<void> {
  const status = await ask(agent, port, { 'x-tenant': 'sound' });
  if (status !== 302) throw new Error(`A visitor of the healthy tenant got ${status}.`);
  latencies.push(performance.now() - dueAt);
}

async function ask(agent: Agent, port: number, headers: Record<string, string>): Promise<number> {
  const request = get({ port, host: '127.0.0.1', path: '/docs-login', headers, agent });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  await once(response, 'end');
  return response.statusCode ?? 0;
}

function latencyOf(latencies: number[]): Latency {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function print(
  fault: string,
  { undisturbed, disturbed }: { undisturbed: Latency; disturbed: Latency },
): void {
  const ratio = disturbed.p99 / undisturbed.p99;
  const figures = [undisturbed.p50, disturbed.p50, undisturbed.p99, disturbed.p99].map((ms) => ms.toFixed(1));
  console.log(
    `  while the other's mapper ${fault.padEnd(8)} p50 ${figures[0]} → ${figures[1]} ms, p99 ${figures[2]} → ${figures[3]} ms: ${ratio.toFixed(2)} ×`,
  );
}

void run();
