import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RenderedView, RenderRequest, RenderResponse } from './render-protocol.js';

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
  async render(request: Omit<RenderRequest, 'wantsText'>): Promise<(string | null)[]> {
    return (await this.ask(request)).map(({ reason }) => reason);
  }

  /**
   * Renders a page for each visitor, and returns what it shows.
   *
   * @throws Error if pages cannot be rendered at all.
   */
  show(request: Omit<RenderRequest, 'wantsText'>): Promise<RenderedView[]> {
    return this.ask({ ...request, wantsText: true });
  }

  private async ask(request: RenderRequest): Promise<RenderedView[]> {
    const child = (this.child ??= startProcess());
    const response = await ask(child, request);
    if ('views' in response) return response.views;
    this.close();
    if (response.failure === 'ended')
      return request.contents.map(() => ({ reason: 'it takes too much time or memory.' }));
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
