import type { AuditHandshake } from '../ports/audit-sink.js';

/** @internal How the two user-info handshakes differ on the wire (`spec/handshakes.md`, sections 4 and 5). */
export interface UserInfoHandshake {
  /** Its name among the options. */
  readonly name: 'sharedSession' | 'oauth';
  /** Its name in audit events. */
  readonly auditName: AuditHandshake;
  /** Whether a page of another origin may send cookies and read the answer (Fetch, `credentials: 'include'`). */
  readonly isCredentialed: boolean;
  /** The request header that a page of another origin may set. */
  readonly allowedHeader: string | undefined;
  /** The request header that counts for nothing: each handshake knows its visitor by one of the two. */
  readonly ignoredHeader: 'authorization' | 'cookie';
}

/** @internal */
export const SHARED_SESSION: UserInfoHandshake = Object.freeze({
  name: 'sharedSession',
  auditName: 'shared-session',
  isCredentialed: true,
  allowedHeader: undefined,
  ignoredHeader: 'authorization',
});

/** @internal */
export const OAUTH: UserInfoHandshake = Object.freeze({
  name: 'oauth',
  auditName: 'oauth',
  isCredentialed: false,
  allowedHeader: 'Authorization',
  ignoredHeader: 'cookie',
});
