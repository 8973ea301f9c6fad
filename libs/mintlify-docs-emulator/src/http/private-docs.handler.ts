import type { IncomingMessage } from 'node:http';
import { extname } from 'node:path';
import { SessionCookie } from '../session/session.cookie.js';
import { VisitorSessions } from '../session/visitor.sessions.js';
import type { Visitor } from '../shared/visitor.types.js';
import { readFrontMatterLeniently } from '../site/front-matter.reader.js';
import { buildNavigation, publicFiles } from '../site/navigation.builder.js';
import { mayRead } from '../site/page.access.js';
import { readSite } from '../site/site.reader.js';
import { TokenUses } from '../token/token.uses.js';
import { OWN_FOLDER } from './emulator.context.js';
import type { EmulatorContext } from './emulator.context.js';
import { answerLoginPage, redirectToLogin } from './login.endpoint.js';
import { answerModule } from './module.endpoint.js';
import { answerPage } from './page.endpoint.js';
import { answerPrivateSession } from './private-session.endpoint.js';
import { textReply } from './reply.js';
import type { Reply } from './reply.js';
import { answerStaticFile, STATIC_TYPES } from './static.endpoint.js';

/** The path of a request's target inside the docs, and its query. */
export interface RequestPlace {
  path: string;
  /** With its `?`; `''` for none. */
  query: string;
}

// What is answered depends on who asks, so nothing may keep it.
const PRIVATE_HEADERS = { 'cache-control': 'private, no-store', vary: 'Cookie' };

/**
 * Answers requests for private docs (handshakes.md, section 3). An anonymous visitor gets the public pages, the
 * emulator's own scripts and the site's icon; for every other address, whether there is something or not, the
 * way to the login. A visitor gets what {@link mayRead} lets them read, and for the rest the answer of a page
 * that does not exist.
 *
 * @example
 * const docs = new PrivateDocs(context);
 * const reply = await docs.answer(request, { path: '/quickstart', query: '' });
 */
export class PrivateDocs {
  private readonly sessions = new VisitorSessions(Date.now);
  private readonly uses = new TokenUses();
  private readonly cookie: SessionCookie;

  constructor(private readonly context: EmulatorContext) {
    this.cookie = new SessionCookie(context.address);
  }

  /** Answers a request whose path the emulator serves. */
  async answer(request: IncomingMessage, place: RequestPlace): Promise<Reply> {
    const reply = await this.find(request, place);
    const vary = [PRIVATE_HEADERS.vary, reply.headers?.vary].filter(Boolean).join(', ');
    return { ...reply, headers: { ...reply.headers, ...PRIVATE_HEADERS, vary } };
  }

  private async find(request: IncomingMessage, { path, query }: RequestPlace): Promise<Reply> {
    const { context, sessions, cookie, uses } = this;
    if (path === `${OWN_FOLDER}/session`) {
      return answerPrivateSession(request, { ...context, sessions, cookie, uses });
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return textReply(405, 'Only GET and HEAD are answered here.', { allow: 'GET, HEAD' });
    }
    const loginPage = await answerLoginPage(context, path, query);
    if (loginPage) return loginPage;
    const visitor = sessions.find(cookie.read(request.headers.cookie));
    const modules = `${OWN_FOLDER}/modules`;
    if (path.startsWith(`${modules}/`)) return this.answerModule(path.slice(modules.length), visitor);
    if (visitor || path === (await readSite(context.directory)).favicon) {
      const file = await answerStaticFile(context.directory, path);
      if (file) return file;
    } else if (extname(path).toLowerCase() in STATIC_TYPES) {
      return loginNeeded();
    }
    const page = await answerPage(context, path, { visitor, mayRead: (rule) => mayRead(rule, visitor) });
    return page.status === 404 && !visitor
      ? redirectToLogin(context, path + query, request.headers.accept)
      : page;
  }

  private async answerModule(path: string, visitor: Visitor | undefined): Promise<Reply> {
    const { directory } = this.context;
    const { navigation } = await readSite(directory);
    const open = await publicFiles(directory, await buildNavigation(directory, navigation));
    let isOpen = false;
    const reply = await answerModule(this.context, path, (source, file) => {
      const { groups, isPublic } = readFrontMatterLeniently(source, file);
      isOpen = mayRead({ groups, isPublic: isPublic || open.has(file) }, visitor);
      return isOpen;
    });
    return isOpen || visitor ? reply : loginNeeded();
  }
}

// The same whether there is such a file or not.
function loginNeeded(): Reply {
  return textReply(403, 'These docs are private: log in first.');
}
