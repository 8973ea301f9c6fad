import { readFileSync } from 'node:fs';
import { createContext, Script } from 'node:vm';
import type { Context } from 'node:vm';
import { isRecord } from '../shared/type-guards.js';
import type { RenderedView, RenderRequest, RenderResponse, UserPlaceText } from './render-protocol.js';

/**
 * The process that runs the code of pages. Node's permission model lets it read its own package alone, it has no
 * environment, and pages run in a context without anything of Node.
 */
const MAX_RENDER_MS = 5_000;
/** On a busy machine, a page gets as much CPU in a longer time. */
const MAX_WAIT_MS = 15_000;
/** A page that had this part of its time on the CPU does not end. */
const ENOUGH = 0.8;
const renderer = new Script(readFileSync(new URL('renderer-script.js', import.meta.url), 'utf8'));
let context: Context | undefined;

process.on('message', (request: RenderRequest) => {
  process.send?.(render(request));
});
process.on('disconnect', () => process.exit());

function render(request: RenderRequest): RenderResponse {
  const before = process.cpuUsage();
  const response = renderWithin(request, MAX_RENDER_MS);
  const { user, system } = process.cpuUsage(before);
  if (response !== 'timeout') return response;
  const again = (user + system) / 1000 < MAX_RENDER_MS * ENOUGH && renderWithin(request, MAX_WAIT_MS);
  if (again && again !== 'timeout') return again;
  const reason = `it does not end within ${MAX_RENDER_MS / 1000} seconds.`;
  return { views: request.contents.map(() => ({ reason })) };
}

function renderWithin(
  { code, contents, wantsText = false }: RenderRequest,
  timeout: number,
): RenderResponse | 'timeout' {
  try {
    context ??= makeContext();
    const call = `renderPage(function (require, module) {\nconst exports = module.exports;\n${code}\n}, ${JSON.stringify(contents)}, ${wantsText})`;
    const text: unknown = new Script(call, { filename: 'page.js' }).runInContext(context, {
      timeout,
    });
    const views: unknown = JSON.parse(String(text));
    return { views: Array.isArray(views) ? views.map(readView) : [] };
  } catch (error) {
    context = undefined;
    if (isRecord(error) && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return 'timeout';
    return { failure: error instanceof Error ? error.message : 'unknown error' };
  }
}

/** The code of pages runs beside what made this. */
function readView(view: unknown): RenderedView {
  const { reason, text, places } = isRecord(view) ? view : {};
  return {
    reason: typeof reason === 'string' ? reason : null,
    ...(typeof text === 'string' && { text }),
    ...(Array.isArray(places) && { places: places.filter(isPlace) }),
  };
}

function isPlace(value: unknown): value is UserPlaceText {
  return isRecord(value) && typeof value.source === 'string' && typeof value.text === 'string';
}

function makeContext(): Context {
  const made = createContext(Object.create(null) as Context, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  renderer.runInContext(made, { timeout: MAX_WAIT_MS });
  return made;
}
