import { parentPort } from 'node:worker_threads';
import { BuildError } from './build-error.js';
import { builderHere } from './build-here.js';
import type { BuildMessage, BuildRequest } from './build-protocol.js';

/** The thread that builds pages, one after the other. */
const build = builderHere((file) => send({ kind: 'file', file }));

function send(message: BuildMessage): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window.
  parentPort?.postMessage(message);
}

async function answer(request: BuildRequest): Promise<void> {
  try {
    send({ kind: 'built', ...(await build(request)) });
  } catch (error) {
    const {
      message,
      siteError,
      files = [],
    } = error instanceof BuildError ? error : { message: String(error) };
    send({
      kind: 'failed',
      reason: siteError?.reason ?? message,
      files: [...files],
      ...(siteError && { location: siteError.location }),
    });
  }
}

parentPort?.on('message', (request: BuildRequest) => void answer(request));
// Loading takes longer than most pages, and is no part of their time.
void import('./page-compiler.js').then(() => send({ kind: 'ready' }));
