import type { KeyObject } from 'node:crypto';
import type { DocsMode } from 'nestjs-mintlify-personalization';

/** Every eleventh request is a docs page that asks who its visitor is; the others are logins. */
const REQUESTS_PER_USER_INFO = 11;

/** Requests in all for each login: so that a rate of logins stays one of logins. */
export const REQUESTS_PER_LOGIN = REQUESTS_PER_USER_INFO / (REQUESTS_PER_USER_INFO - 1);

const PAGES = 50;

/** Where a visitor's docs are, and the public half of the key that signs for them, as PEM. */
export interface VisitorDocs {
  readonly origin: string;
  readonly mode: DocsMode;
  readonly publicKey: string;
}

/** A visitor who is logged in at the host app. */
export interface SoakVisitor {
  readonly name: string;
  /** `undefined`: of the default docs site. */
  readonly tenantId?: string;
  readonly cookie: string;
  readonly docs: VisitorDocs;
}

/** What is asked, and of whom; the answer to be expected follows from it. */
export interface SoakRequest {
  readonly kind: 'login' | 'user-info';
  readonly visitor: SoakVisitor;
  /** The page of the docs that a login starts from. */
  readonly page: string;
  readonly anchor?: string;
}

/** The request of a number: the same one in every process, so that only numbers need be sent around. */
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

/** PEM, as {@link VisitorDocs} carries it from process to process. */
export function toPem(publicKey: KeyObject): string {
  return publicKey.export({ format: 'pem', type: 'spki' }).toString();
}
