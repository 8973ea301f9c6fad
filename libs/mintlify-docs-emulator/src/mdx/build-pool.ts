import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { isRecord } from '../shared/type-guards.js';
import type { LocatedFile } from '../site/file-locator.js';
import { BuildError } from './build-error.js';
import type { BuildMessage, BuildRequest, BuiltPage } from './build-protocol.js';
import { CpuDeadline } from './cpu-deadline.js';

/** Bounds of a {@link BuildPool}. */
export interface PoolOptions {
  /** How many pages are built at once. Default: the number of cores, at most 4. */
  size?: number;
  /** How much CPU one page may take, in milliseconds. Default: 30 seconds. */
  deadlineMs?: number;
  /** How much memory one worker may take, in megabytes. Default: 512. */
  memoryMb?: number;
  /** How long a worker without work is kept, in milliseconds. Default: 30 seconds. */
  idleMs?: number;
}

interface Job {
  request: BuildRequest;
  resolve: (built: BuiltPage) => void;
  reject: (error: Error) => void;
}

// The same path works from src/mdx and from dist/mdx.
const SCRIPT = fileURLToPath(new URL('../../dist/mdx/build-worker.js', import.meta.url));
const DEADLINE_MS = 30_000;
const IDLE_MS = 30_000;
const MAX_WORKERS = 4;
const MEMORY_MB = 512;
/** A small one is collected often, so that the process stays small. */
const YOUNG_GENERATION_MB = 16;

/**
 * Builds pages in worker threads. A page that takes too long or too much memory costs its worker, and nothing else:
 * code that runs in this thread could not be stopped. Workers start when they are needed, and end when they are not.
 *
 * @example
 * const pool = new BuildPool();
 * const { page } = await pool.build({ options: { directory: '/srv/docs', client: '/_emulator/client' }, page: file });
 * await pool.close();
 */
export class BuildPool {
  private readonly workers = new Set<BuildThread>();
  private readonly waiting: Job[] = [];
  private readonly size: number;

  constructor(private readonly options: PoolOptions = {}) {
    this.size = options.size ?? Math.min(availableParallelism(), MAX_WORKERS);
  }

  /**
   * Builds a page.
   *
   * @throws BuildError if the page does not compile, or takes too long or too much memory.
   */
  readonly build = (request: BuildRequest): Promise<BuiltPage> =>
    new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject });
      this.next();
    });

  /** Ends all workers. Pages that are not built yet fail. */
  async close(): Promise<void> {
    const closed = new Error('The builder of pages is closed.');
    for (const { reject } of this.waiting.splice(0)) reject(closed);
    await Promise.all(Array.from(this.workers, (worker) => worker.end(closed)));
  }

  private next(): void {
    while (this.waiting.length > 0) {
      const idle = [...this.workers].find((worker) => worker.isIdle) ?? this.start();
      const job = idle && this.waiting.shift();
      if (!job) return;
      idle.take(job);
    }
  }

  private start(): BuildThread | undefined {
    if (this.workers.size >= this.size) return undefined;
    const { deadlineMs = DEADLINE_MS, idleMs = IDLE_MS, memoryMb = MEMORY_MB } = this.options;
    const worker = new BuildThread({ deadlineMs, idleMs, memoryMb }, (event) => {
      if (event === 'ended') this.workers.delete(worker);
      this.next();
    });
    this.workers.add(worker);
    return worker;
  }
}

/** One worker, and the page that it builds. */
class BuildThread {
  private readonly worker: Worker;
  private isReady = false;
  private job?: Job;
  /** What went into the page so far; the last one is what it is at. */
  private files: LocatedFile[] = [];
  private timer?: NodeJS.Timeout;
  private deadline?: CpuDeadline;

  constructor(
    private readonly limits: Omit<Required<PoolOptions>, 'size'>,
    private readonly onEvent: (event: 'idle' | 'ended') => void,
  ) {
    if (!existsSync(SCRIPT)) {
      throw new Error('The page builder is not built. Run "npm run build -w mintlify-docs-emulator".');
    }
    this.worker = new Worker(SCRIPT, {
      env: {},
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: limits.memoryMb,
        maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
      },
    });
    this.worker.on('message', (message: BuildMessage) => this.receive(message));
    this.worker.on('error', (error) => {
      const isMemory = isRecord(error) && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      const reason = isMemory ? 'takes too much memory to compile. Split it.' : undefined;
      void this.end(reason === undefined ? new Error(String(error)) : this.refusal(reason));
    });
    this.worker.on('exit', () => void this.end(new Error('The builder of pages has ended.')));
    this.worker.unref();
  }

  get isIdle(): boolean {
    return this.job === undefined;
  }

  take(job: Job): void {
    this.job = job;
    this.files = [];
    clearTimeout(this.timer);
    this.deadline?.clear();
    // The process must not end while it waits for a page.
    this.worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window.
    this.worker.postMessage(job.request);
    if (this.isReady) this.startTimer();
  }

  /** @param error why its page fails. */
  async end(error: Error): Promise<void> {
    clearTimeout(this.timer);
    this.deadline?.clear();
    const { job } = this;
    this.job = undefined;
    this.worker.removeAllListeners();
    job?.reject(error);
    this.onEvent('ended');
    await this.worker.terminate();
  }

  private receive(message: BuildMessage): void {
    switch (message.kind) {
      case 'ready':
        this.isReady = true;
        if (this.job) this.startTimer();
        break;
      case 'file':
        this.files.push(message.file);
        break;
      case 'built':
        this.finish()?.resolve({ page: message.page, files: message.files });
        this.onEvent('idle');
        break;
      case 'failed':
        this.finish()?.reject(new BuildError(message));
        this.onEvent('idle');
    }
  }

  private finish(): Job | undefined {
    const { job } = this;
    this.job = undefined;
    clearTimeout(this.timer);
    this.deadline?.clear();
    this.worker.unref();
    this.timer = setTimeout(() => void this.end(new Error('It is idle.')), this.limits.idleMs).unref();
    return job;
  }

  private startTimer(): void {
    const { deadlineMs } = this.limits;
    const reason = `takes more than ${deadlineMs / 1000} seconds to compile. Split it, or simplify what is nested in it.`;
    this.deadline = new CpuDeadline(deadlineMs, () => void this.end(this.refusal(reason)));
  }

  private refusal(reason: string): BuildError {
    const file = this.files.at(-1)?.relativePath ?? this.job?.request.page.relativePath ?? '';
    return new BuildError({
      location: { file },
      reason,
      files: this.files.map(({ absolutePath }) => absolutePath),
    });
  }
}
