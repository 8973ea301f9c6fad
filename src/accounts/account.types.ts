/** A person who may log in, with what their tenant adds. */
export interface Account {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  groups: string[];
  tenantId: string;
  company: string;
  plan: string;
}

/** What a password is checked against. */
export interface Credentials {
  accountId: string;
  passwordHash: string;
}
