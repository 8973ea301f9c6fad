import type { KeyObject } from 'node:crypto';
import type { DocsMode } from 'nestjs-mintlify-personalization';

/** Every eleventh request is a user-info request; the others are logins. */
const REQUESTS_PER_USER_INFO = 11;

/** The number of requests per login, to convert a rate of logins. */
export const REQUESTS_PER_LOGIN = REQUESTS_PER_USER_INFO / (REQUESTS_PER_USER_INFO - 1);

const PAGES = 50;

/** The docs of a visitor and their public key, as PEM. */
export interface VisitorDocs {
  readonly origin: string;
  readonly mode: DocsMode;
  readonly publicKey: string;
}

/** A visitor who is logged in to the host app. */
export interface SoakVisitor {
  readonly name: string;
  /** `undefined` for the default docs site. */
  readonly tenantId?: string;
  readonly cookie: string;
  readonly docs: VisitorDocs;
}

/** A request and its visitor, from which the expected response follows. */
export interface SoakRequest {
  readonly kind: 'login' | 'user-info';
  readonly visitor: SoakVisitor;
  /** The docs page that a login starts from. */
  readonly page: string;
  readonly anchor?: string;
}

/** The request with a number. It is the same in every process, so that processes only exchange numbers. */
export function requestOf(number: number, visitors: readonly SoakVisitor[]): SoakRequest {
  const visitor = visitors[number % visitors.length];
  if (visitor === undefined) throw new Error('There are no visitors.');
  return {
    kind: number % REQUESTS_PER_USER_INFO === 0 ? 'user-info' : 'login',
    visitor,
    page: `/guides/${number % PAGES}`,
    ...(number % 2 === 0 && { anchor: `step-${number % PAGES}` }),
  };
}

/** The path and the headers of a request, as the visitor's browser sends it. */
export function httpRequestOf({ kind, visitor, page, anchor }: SoakRequest): {
  path: string;
  headers: Record<string, string>;
} {
  const { cookie } = visitor;
  if (kind === 'user-info') {
    return { path: '/docs/user-info', headers: { cookie, origin: visitor.docs.origin } };
  }
  const query = new URLSearchParams({ redirect: page, ...(anchor !== undefined && { anchor }) });
  return { path: `/docs-login?${query.toString()}`, headers: { cookie } };
}

/** Exports a key as PEM, for {@link VisitorDocs}. */
export function toPem(publicKey: KeyObject): string {
  return publicKey.export({ format: 'pem', type: 'spki' }).toString();
}
