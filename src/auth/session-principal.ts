/** What the session strategy puts on `request.user`: who the visitor is, and nothing that may change soon. */
export interface SessionPrincipal {
  accountId: string;
  tenantId: string;
}
