/** Who logs in to this app. */
export interface Account {
  id: string;
  email: string;
  firstName: string;
  roles: string[];
}

/** In the place of a database and of hashed passwords. */
export const ACCOUNTS: readonly (Account & { password: string })[] = [
  { id: 'ada', email: 'ada@foo.com', password: 'correct horse', firstName: 'Ada', roles: ['admin'] },
];
