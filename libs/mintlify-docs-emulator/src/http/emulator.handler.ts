import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoginUrlError } from '../login-url.error.js';
import { OAUTH_CALLBACK_PATH } from '../shared/handshake.types.js';
import { SiteError } from '../site/site.error.js';
import { OWN_FOLDER } from './emulator.context.js';
import type { EmulatorContext } from './emulator.context.js';
import { answerModule } from './module.endpoint.js';
import { answerOAuthCallback } from './oauth-callback.endpoint.js';
import { ANYBODY, answerPage } from './page.endpoint.js';
import { PrivateDocs } from './private-docs.handler.js';
import type { RequestPlace } from './private-docs.handler.js';
import { sendReply, textReply } from './reply.js';
import type { Reply } from './reply.js';
import { securityHeaders } from './security.headers.js';
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
  const answer = context.mode === 'authentication' ? answerPrivate(context) : answerPublic(context);
  const headers = securityHeaders(context.handshake);
  return async (request, response) => {
    try {
      sendReply(request, response, await answer(request), headers);
    } catch (error) {
      if (response.headersSent || request.destroyed) return;
      sendReply(request, response, failureReply(error), headers);
    }
  };
}

type Answer = (request: IncomingMessage) => Promise<Reply>;

function answerPublic(context: EmulatorContext): Answer {
  return async (request) => {
    const path = placeInside(context.basePath, request.url)?.path;
    const { type } = context.handshake;
    if (type === 'jwt' && path === `${OWN_FOLDER}/session`) return answerSession(request, context.keyring);
    if (!isRead(request)) {
      return textReply(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' });
    }
    if (path === undefined) {
      return textReply(404, `There is nothing here: the docs are at ${context.basePath}.`);
    }
    if (type === 'oauth' && path === OAUTH_CALLBACK_PATH) return answerOAuthCallback(context);
    const modules = `${OWN_FOLDER}/modules`;
    if (path.startsWith(`${modules}/`)) return answerModule(context, path.slice(modules.length));
    if (path.startsWith(`${OWN_FOLDER}/`)) return answerClientFile(context, path);
    return (await answerStaticFile(context.directory, path)) ?? answerPage(context, path, ANYBODY);
  };
}

function answerPrivate(context: EmulatorContext): Answer {
  const docs = new PrivateDocs(context);
  return async (request) => {
    const place = placeInside('', request.url);
    if (!place) return textReply(404, 'There is nothing here.');
    const isClientFile = place.path.startsWith(`${OWN_FOLDER}/client/`) && isRead(request);
    return isClientFile ? answerClientFile(context, place.path) : docs.answer(request, place);
  };
}

function answerClientFile({ client }: EmulatorContext, path: string): Reply {
  return client.get(path.replace(`${OWN_FOLDER}/client/`, '')) ?? textReply(404, 'There is no such file.');
}

/** Path and query below the base path, or `undefined` for a target that lies elsewhere. */
function placeInside(basePath: string, target = '/'): RequestPlace | undefined {
  const path = target.replace(/[?#].*$/s, '');
  const query = target.slice(path.length).replace(/#.*$/s, '');
  if (path === basePath) return { path: '/', query };
  return path.startsWith(`${basePath}/`) ? { path: path.slice(basePath.length), query } : undefined;
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function failureReply(error: unknown): Reply {
  return error instanceof SiteError || error instanceof LoginUrlError
    ? textReply(500, error.message)
    : textReply(500, 'The docs emulator failed to answer.');
}
