import type { IncomingMessage } from 'node:http';
import { jsonReply } from './reply.js';
import type { Reply } from './reply.js';
import { isSameOrigin, readJsonBody, refusalReply } from './token-request.js';
import { isRecord } from '../shared/type-guards.js';
import type { Visitor } from '../shared/visitor-types.js';
import type { SiteAddress } from '../site/site-address.js';

/** A visitor to show the docs as. */
export interface NamedVisitor {
  name: string;
  /** Absent: no one is logged in. */
  visitor?: Visitor;
}

/**
 * Who visits docs without a login: one of a few named visitors, which a cookie of the browser remembers. The first
 * one is the default.
 *
 * @example
 * const visitorSwitch = new VisitorSwitch([{ name: 'anonymous' }, { name: 'admin', visitor }], address);
 * visitorSwitch.current(request).name; // 'anonymous'
 */
export class VisitorSwitch {
  private readonly cookieName: string;

  constructor(
    readonly visitors: readonly NamedVisitor[],
    { port }: Pick<SiteAddress, 'port'>,
  ) {
    // Cookies know no ports: the docs on the next port have another one.
    this.cookieName = `docs-visitor-${port}`;
  }

  /** The visitor of a request. */
  current({ headers }: Pick<IncomingMessage, 'headers'>): NamedVisitor {
    const chosen = readCookie(headers.cookie ?? '', this.cookieName);
    return this.visitors.find(({ name }) => name === chosen) ?? this.visitors[0] ?? { name: 'anonymous' };
  }

  /** Answers `POST {"name":"…"}`: the next pages are shown as this visitor. Only pages of the docs may ask for it. */
  async answer(request: IncomingMessage): Promise<Reply> {
    if (request.method !== 'POST') {
      return { ...refusalReply(405, 'method', 'Only POST is allowed.'), headers: { allow: 'POST' } };
    }
    if (!isSameOrigin(request)) {
      return refusalReply(403, 'origin', 'Only pages of these docs may call this endpoint.');
    }
    const body = await readJsonBody(request);
    if ('reply' in body) return body.reply;
    const name = isRecord(body.value) ? body.value.name : undefined;
    if (!this.visitors.some((visitor) => visitor.name === name)) {
      return refusalReply(422, 'visitor', 'There is no such visitor.');
    }
    const cookie = `${this.cookieName}=${encodeURIComponent(String(name))}; Path=/; HttpOnly; SameSite=Lax`;
    return { ...jsonReply(200, { name }), headers: { 'set-cookie': cookie } };
  }
}

function readCookie(header: string, name: string): string | undefined {
  const prefix = `${name}=`;
  const pair = header.split(/;\s*/).find((each) => each.startsWith(prefix));
  try {
    return pair && decodeURIComponent(pair.slice(prefix.length));
  } catch {
    return undefined;
  }
}
