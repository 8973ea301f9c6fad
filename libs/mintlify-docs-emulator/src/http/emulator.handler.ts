import type { IncomingMessage, ServerResponse } from 'node:http';
import { SiteError } from '../site/site.error.js';
import { OWN_FOLDER } from './emulator.context.js';
import type { EmulatorContext } from './emulator.context.js';
import { answerModule } from './module.endpoint.js';
import { answerPage } from './page.endpoint.js';
import { sendReply, textReply } from './reply.js';
import type { Reply } from './reply.js';
import { answerSession } from './session.endpoint.js';
import { answerStaticFile } from './static.endpoint.js';

/**
 * Makes the request handler of the emulator for `http.createServer`. It writes no log: an address or a body
 * might hold a token.
 *
 * @example
 * createServer(createHandler(context)).listen(3001);
 */
export function createHandler(
  context: EmulatorContext,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      sendReply(request, response, await answer(context, request));
    } catch (error) {
      if (response.headersSent || request.destroyed) return;
      sendReply(request, response, failureReply(error));
    }
  };
}

async function answer(context: EmulatorContext, request: IncomingMessage): Promise<Reply> {
  const path = pathInside(context.basePath, request.url ?? '/');
  if (path === `${OWN_FOLDER}/session`) return answerSession(request, context.keyring);
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return textReply(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' });
  }
  if (path === undefined) {
    return textReply(404, `There is nothing here: the docs are at ${context.basePath}.`);
  }
  if (path.startsWith(`${OWN_FOLDER}/`)) return answerOwn(context, path.slice(OWN_FOLDER.length));
  return (await answerStaticFile(context.directory, path)) ?? (await answerPage(context, path));
}

async function answerOwn(context: EmulatorContext, path: string): Promise<Reply> {
  if (path.startsWith('/modules/')) return answerModule(context, path.slice('/modules'.length));
  const file = context.client.get(path.replace('/client/', ''));
  return file ?? textReply(404, 'There is no such file.');
}

/** The path below the base path, or `undefined` for one that lies elsewhere. */
function pathInside(basePath: string, target: string): string | undefined {
  const path = target.replace(/[?#].*$/s, '');
  if (path === basePath) return '/';
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : undefined;
}

function failureReply(error: unknown): Reply {
  return error instanceof SiteError
    ? textReply(500, error.message)
    : textReply(500, 'The docs emulator failed to answer.');
}
