/** The role that may change the docs settings of its own tenant. */
export const ADMIN_ROLE = 'admin';

/** A person who can log in, with the company and plan of their tenant. */
export interface Account {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  /** Such as `admin` or `viewer`. The tenant's claim mapper decides which pages of the docs they open. */
  roles: string[];
  tenantId: string;
  company: string;
  plan: string;
}

/** Whether this account may change the docs settings of its own tenant. */
export function isAdmin({ roles }: Account): boolean {
  return roles.includes(ADMIN_ROLE);
}

/** The stored hash that a password is checked against. */
export interface Credentials {
  accountId: string;
  passwordHash: string;
}

/** Trims and lowercases an email address, so that an account is found however the address was typed. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}
