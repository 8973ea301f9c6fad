/** What the template `login.eta` shows. */
export interface LoginPage {
  title: string;
  returnTo: string;
  email: string;
  problem: string | undefined;
}

/** The model of the login page; what is not given stays empty. */
export function loginPage(given: { returnTo?: string; email?: string; problem?: string }): LoginPage {
  return {
    title: 'Log in',
    returnTo: given.returnTo ?? '/',
    email: given.email ?? '',
    problem: given.problem,
  };
}
