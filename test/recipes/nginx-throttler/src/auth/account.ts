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
  // One whose token is long: it is in many groups.
  {
    id: 'grace',
    email: 'grace@foo.com',
    password: 'correct horse',
    firstName: 'Grace',
    roles: Array.from({ length: 90 }, (_, index) => `reader-of-the-pages-about-service-${index}`),
  },
];
