import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RenderRequest, RenderResponse } from './render-protocol.js';

// The same path works from src/render and from dist/render.
const PROCESS = fileURLToPath(new URL('../../dist/render/render-process.js', import.meta.url));
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));
const MAX_RESPONSE_MS = 30_000;
const MAX_MEMORY_MB = 512;
/** The name of the flag before Node 23.5. */
const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission';

/**
 * Renders pages without a browser, to find out whether they throw for a visitor. Pages are code from the docs folder,
 * so they run in a process of their own, which may read nothing but this package and has no environment variables.
 *
 * @example
 * const renderer = new PageRenderer();
 * await renderer.render({ code, contents: [{}] }); // ["Cannot read properties of undefined (reading 'plan')"]
 * renderer.close();
 */
export class PageRenderer {
  private child?: ChildProcess;

  /**
   * Renders a page for each visitor, one page at a time.
   *
   * @returns why it throws, for each visitor; `null` if it does not.
   * @throws Error if pages cannot be rendered at all.
   */
  async render(request: RenderRequest): Promise<(string | null)[]> {
    const child = (this.child ??= startProcess());
    const response = await ask(child, request);
    if ('reasons' in response) return response.reasons;
    this.close();
    if (response.failure === 'ended') return request.contents.map(() => 'it takes too much time or memory.');
    throw new Error(`Pages cannot be rendered: ${response.failure}`);
  }

  /** Ends the process. */
  close(): void {
    this.child?.kill('SIGKILL');
    this.child = undefined;
  }
}

function startProcess(): ChildProcess {
  if (!existsSync(PROCESS)) {
    throw new Error('The page renderer is not built. Run "npm run build -w mintlify-docs-emulator".');
  }
  const folder = realpathSync(PACKAGE);
  const child = fork(realpathSync(PROCESS), [], {
    env: {},
    execArgv: [
      PERMISSION,
      `--allow-fs-read=${folder}*`,
      `--max-old-space-size=${MAX_MEMORY_MB}`,
      '--no-warnings',
    ],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  return child;
}

function ask(child: ChildProcess, request: RenderRequest): Promise<RenderResponse> {
  return new Promise((resolve) => {
    const finish = (response: RenderResponse): void => {
      clearTimeout(timer);
      child.removeAllListeners();
      resolve(response);
    };
    const timer = setTimeout(() => finish({ failure: 'ended' }), MAX_RESPONSE_MS);
    child.once('message', (response) => finish(response as RenderResponse));
    child.once('exit', () => finish({ failure: 'ended' }));
    child.once('error', (error) => finish({ failure: error.message }));
    child.send(request, (error) => {
      if (error) finish({ failure: 'ended' });
    });
  });
}
