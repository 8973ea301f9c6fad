/** The role of those who may change the docs settings of their own tenant. */
export const ADMIN_ROLE = 'admin';

/** A person who may log in, with what their tenant adds. */
export interface Account {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  /** Such as `admin` or `viewer`. What they open in the docs is for the tenant's claim mapper to say. */
  roles: string[];
  tenantId: string;
  company: string;
  plan: string;
}

/** Whether somebody may change the docs settings of their own tenant. */
export function isAdmin({ roles }: Account): boolean {
  return roles.includes(ADMIN_ROLE);
}

/** What a password is checked against. */
export interface Credentials {
  accountId: string;
  passwordHash: string;
}

/** The one form of an email address under which an account is found, however it was typed. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
