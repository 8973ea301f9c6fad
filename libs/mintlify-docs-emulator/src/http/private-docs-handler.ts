import type { IncomingMessage } from 'node:http';
import { extname } from 'node:path';
import { SessionCookie } from '../session/session-cookie.js';
import { VisitorSessions } from '../session/visitor-sessions.js';
import type { Visitor } from '../shared/visitor-types.js';
import { canRead } from '../site/page-access.js';
import { filesOf } from '../site/looks-reader.js';
import { accessOf } from '../site/site-reader.js';
import { JtiReplayStore } from '../token/jti-replay-store.js';
import { INTERNAL_PATH, NAVIGATION_PATH, SEARCH_PATH, VISITOR_PATH } from './emulator-context.js';
import type { EmulatorContext } from './emulator-context.js';
import { answerLoginPage, redirectToLogin } from './login-endpoint.js';
import { answerOperationPart, OPERATIONS_PATH } from './operation-endpoint.js';
import { answerModule } from './module-endpoint.js';
import { answerNavigation } from './navigation-endpoint.js';
import { answerPage } from './page-endpoint.js';
import type { PageReader } from './page-reader.js';
import { PlaygroundEndpoints } from './playground-endpoints.js';
import { answerPrivateSession } from './private-session-endpoint.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';
import { answerSearch } from './search-endpoint.js';
import { answerSkill } from './skill-endpoint.js';
import { answerSource } from './source-endpoint.js';
import { answerStaticFile, STATIC_TYPES } from './static-endpoint.js';

/** Path and query of a request, below the base path. */
export interface RequestTarget {
  path: string;
  /** With its `?`, or `''`. */
  query: string;
}

// Responses depend on the visitor, so they must not be cached. Only a navigation is, whose path belongs to one session.
const PRIVATE_HEADERS = { 'cache-control': 'private, no-store', vary: 'Cookie' };

/**
 * Answers requests for private docs (handshakes.md, section 3). Anonymous visitors get the public pages, the
 * emulator's own scripts and the site's icon. Any other path redirects them to the login, whether it exists or
 * not. Visitors who are logged in get what {@link canRead} allows; other pages look missing.
 *
 * @example
 * const docs = new PrivateDocs(context);
 * const reply = await docs.answer(request, { path: '/quickstart', query: '' });
 */
export class PrivateDocs {
  private readonly sessions = new VisitorSessions(Date.now);
  private readonly replayStore = new JtiReplayStore();
  private readonly cookie: SessionCookie;
  private readonly playground: PlaygroundEndpoints;

  constructor(private readonly context: EmulatorContext) {
    this.cookie = new SessionCookie(context.address);
    this.playground = new PlaygroundEndpoints(context);
  }

  /** Answers a request. */
  async answer(request: IncomingMessage, target: RequestTarget): Promise<Reply> {
    const reply = await this.find(request, target);
    const cacheControl = reply.headers?.['cache-control'] ?? PRIVATE_HEADERS['cache-control'];
    const vary = [PRIVATE_HEADERS.vary, reply.headers?.vary].filter(Boolean).join(', ');
    return { ...reply, headers: { ...reply.headers, 'cache-control': cacheControl, vary } };
  }

  private async find(request: IncomingMessage, { path, query }: RequestTarget): Promise<Reply> {
    const { context, sessions, cookie, replayStore } = this;
    const { visitorSwitch } = context;
    if (visitorSwitch && path === VISITOR_PATH) return visitorSwitch.answer(request);
    if (!visitorSwitch && path === `${INTERNAL_PATH}/session`) {
      return answerPrivateSession(request, { ...context, sessions, cookie, replayStore });
    }
    const playgroundReply = await this.playground.answer(request, path, this.readerOf(request).visitor);
    if (playgroundReply) return playgroundReply;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return textReply(405, 'Only GET and HEAD are allowed.', { allow: 'GET, HEAD' });
    }
    const loginPage = visitorSwitch ? undefined : await answerLoginPage(context, path, query);
    if (loginPage) return loginPage;
    const reader = this.readerOf(request);
    const { visitor } = reader;
    if (path.startsWith(`${NAVIGATION_PATH}/`)) {
      return answerNavigation(context, path.slice(NAVIGATION_PATH.length + 1), reader);
    }
    if (path === SEARCH_PATH) return answerSearch(context, request, { query, visitor });
    const modules = `${INTERNAL_PATH}/modules`;
    if (path.startsWith(`${modules}/`))
      return this.answerFile(answerModule, path.slice(modules.length), visitor);
    const sources = `${INTERNAL_PATH}/sources`;
    if (path.startsWith(`${sources}/`))
      return this.answerFile(answerSource, path.slice(sources.length), visitor);
    if (path.startsWith(`${OPERATIONS_PATH}/`)) {
      return answerOperationPart(context, { path: path.slice(OPERATIONS_PATH.length), query }, visitor);
    }
    if (visitor || (await this.isLook(path))) {
      const file =
        (await answerStaticFile(context, path)) ?? (visitor && (await answerSkill(context, path, visitor)));
      if (file) return file;
    } else if (extname(path).toLowerCase() in STATIC_TYPES) {
      return loginRequired();
    }
    const page = await answerPage(context, path, reader);
    return page.status === 404 && !visitor && !visitorSwitch
      ? redirectToLogin(context, path + query, request.headers.accept)
      : page;
  }

  private readerOf(request: IncomingMessage): PageReader {
    const switched = this.context.visitorSwitch?.current(request);
    if (switched) return { ...switched, session: switched.name };
    const session = this.cookie.read(request.headers.cookie);
    const visitor = this.sessions.find(session);
    return visitor ? { visitor, session } : {};
  }

  /** The icon, the logo and the like are part of public pages, too. */
  private async isLook(path: string): Promise<boolean> {
    const { favicon, looks } = await this.context.sites.read();
    return path === favicon || filesOf(looks).includes(path);
  }

  /** A page's module or text, for those who may read the page. */
  private async answerFile(
    answer: typeof answerModule,
    path: string,
    visitor: Visitor | undefined,
  ): Promise<Reply> {
    const { sites } = this.context;
    const site = await sites.read();
    let isOpen = false;
    const reply = await answer(this.context, path, async (file) => {
      const page = await sites.readPage(file);
      isOpen = page !== undefined && canRead(accessOf(site, page), visitor);
      return isOpen;
    });
    return isOpen || visitor ? reply : loginRequired();
  }
}

// The same response whether the file exists or not.
function loginRequired(): Reply {
  return textReply(403, 'These docs are private. Log in first.');
}
