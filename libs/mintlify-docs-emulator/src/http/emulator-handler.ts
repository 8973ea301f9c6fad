import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoginUrlError } from '../login-url-error.js';
import { OAUTH_CALLBACK_PATH } from '../shared/handshake-types.js';
import { SiteError } from '../site/site-error.js';
import {
  CHANGES_PATH,
  INTERNAL_PATH,
  NAVIGATION_PATH,
  SEARCH_PATH,
  VISITOR_PATH,
} from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { renderFault } from './fault-template.js';
import { answerIcon } from './icon-endpoint.js';
import { answerLibraryFile } from './library-endpoint.js';
import { answerOperationPart, OPERATIONS_PATH } from './operation-endpoint.js';
import { answerModule } from './module-endpoint.js';
import { answerOAuthCallback } from './oauth-callback-endpoint.js';
import { answerPage } from './page-endpoint.js';
import type { PageReader } from './page-reader.js';
import { answerNavigation } from './navigation-endpoint.js';
import { PlaygroundEndpoints } from './playground-endpoints.js';
import { PrivateDocs } from './private-docs-handler.js';
import type { RequestTarget } from './private-docs-handler.js';
import { sendReply, textReply } from './reply.js';
import type { Reply } from './reply.js';
import { answerSearch } from './search-endpoint.js';
import { DiscoveryEndpoint, sendDiscoveryReply } from './discovery-endpoint.js';
import { securityHeaders } from './security-headers.js';
import { answerSession } from './session-endpoint.js';
import { answerSkill } from './skill-endpoint.js';
import { answerSource } from './source-endpoint.js';
import { answerStaticFile } from './static-endpoint.js';

/**
 * Creates the request handler of the emulator for `http.createServer`. It writes no log, because a URL or body
 * may contain a token.
 *
 * @example
 * createServer(createHandler(context)).listen(3001);
 */
export function createHandler(
  context: EmulatorContext,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const answer = context.mode === 'authentication' ? answerPrivate(context) : answerPublic(context);
  const headers = securityHeaders(context.handshake, context.allowOrigins);
  const discovery = context.discovery && new DiscoveryEndpoint(context, context.discovery);
  return async (request, response) => {
    try {
      const discoveryReply = await discovery?.answer(request);
      if (discoveryReply) {
        await sendDiscoveryReply(response, discoveryReply, headers);
        return;
      }
      const { feed } = context;
      if (feed && request.method === 'GET' && request.url === context.basePath + CHANGES_PATH) {
        await feed.stream(response, headers);
        return;
      }
      sendReply(request, response, await answer(request), headers);
    } catch (error) {
      if (response.headersSent || request.destroyed) return;
      sendReply(request, response, errorReply(error, request, context), headers);
    }
  };
}

const OWN_FILES = /^\/_emulator\/(?<folder>client|libraries|icons)\/(?<file>.+)$/;

type Answer = (request: IncomingMessage) => Promise<Reply>;

function answerPublic(context: EmulatorContext): Answer {
  const playground = new PlaygroundEndpoints(context);
  return async (request) => {
    const { path, query = '' } = targetBelow(context.basePath, request.url) ?? {};
    const { visitorSwitch } = context;
    const { type } = context.handshake;
    if (visitorSwitch && path === VISITOR_PATH) return visitorSwitch.answer(request);
    if (!visitorSwitch && type === 'jwt' && path === `${INTERNAL_PATH}/session`) {
      return answerSession(request, context.keyring);
    }
    const playgroundReply = await playground.answer(request, path, visitorSwitch?.current(request).visitor);
    if (playgroundReply) return playgroundReply;
    if (!isRead(request)) {
      return textReply(405, 'Only GET and HEAD are allowed.', { allow: 'GET, HEAD' });
    }
    if (path === undefined) {
      return textReply(404, `Not found. The docs are at ${context.basePath}.`);
    }
    if (type === 'oauth' && path === OAUTH_CALLBACK_PATH) return answerOAuthCallback(context);
    const modules = `${INTERNAL_PATH}/modules`;
    if (path.startsWith(`${modules}/`)) return answerModule(context, path.slice(modules.length));
    const sources = `${INTERNAL_PATH}/sources`;
    if (path.startsWith(`${sources}/`)) return answerSource(context, path.slice(sources.length));
    const reader: PageReader = visitorSwitch?.current(request) ?? {};
    if (path.startsWith(`${NAVIGATION_PATH}/`)) {
      return answerNavigation(context, path.slice(NAVIGATION_PATH.length + 1), reader);
    }
    if (path === SEARCH_PATH) {
      return answerSearch(context, request, { query, visitor: visitorSwitch ? reader.visitor : 'unknown' });
    }
    if (path.startsWith(`${OPERATIONS_PATH}/`)) {
      return answerOperationPart(context, { path: path.slice(OPERATIONS_PATH.length), query }, undefined);
    }
    if (path.startsWith(`${INTERNAL_PATH}/`)) return answerOwnFile(context, path);
    return (
      (await answerStaticFile(context, path)) ??
      (await answerSkill(context, path, reader.visitor)) ??
      answerPage(context, path, reader)
    );
  };
}

function answerPrivate(context: EmulatorContext): Answer {
  const docs = new PrivateDocs(context);
  return async (request) => {
    const target = targetBelow('', request.url);
    if (!target) return textReply(404, 'Not found.');
    return OWN_FILES.test(target.path) && isRead(request)
      ? answerOwnFile(context, target.path)
      : docs.answer(request, target);
  };
}

/** The emulator's own files, and those of packages. They say nothing of the docs. */
async function answerOwnFile(context: EmulatorContext, path: string): Promise<Reply> {
  const { folder, file = '' } = OWN_FILES.exec(path)?.groups ?? {};
  if (folder === 'icons') return answerIcon(file, context);
  if (folder === 'libraries') return answerLibraryFile(file);
  return context.client.get(file) ?? textReply(404, 'File not found.');
}

/** Path and query below the base path, or `undefined` for a path outside it. */
function targetBelow(basePath: string, requestTarget = '/'): RequestTarget | undefined {
  const path = requestTarget.replace(/[?#].*$/s, '');
  const query = requestTarget.slice(path.length).replace(/#.*$/s, '');
  if (path === basePath) return { path: '/', query };
  return path.startsWith(`${basePath}/`) ? { path: path.slice(basePath.length), query } : undefined;
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function errorReply(
  error: unknown,
  { headers }: IncomingMessage,
  { feed, basePath }: EmulatorContext,
): Reply {
  if (error instanceof SiteError && feed && headers.accept?.includes('text/html')) {
    const changes = { path: basePath + CHANGES_PATH, version: feed.version };
    const body = renderFault(error.message, changes, `${basePath}${INTERNAL_PATH}/client`);
    return { status: 500, type: 'text/html; charset=utf-8', body };
  }
  return error instanceof SiteError || error instanceof LoginUrlError
    ? textReply(500, error.message)
    : textReply(500, 'Internal error of the docs emulator.');
}
