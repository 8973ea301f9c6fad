/** What the session strategy puts on `request.user`: the ids alone, since all else may change during a session. */
export interface SessionPrincipal {
  accountId: string;
  tenantId: string;
}
