import { verifyRedirect } from '../../package/apps.js';
import { PackageFault } from '../../package/processes.js';
import { checkCookieSession, Visitor } from '../visitor.js';

export const title = 'GraphQL with one global guard, Nest 12, Express, Apollo';

const LOGIN = 'mutation { logIn(email: "ada@foo.com", password: "correct horse") }';

export async function check({ start, key }) {
  await start(async (origin) => {
    const { errors } = await ask(new Visitor(origin), '{ me }');
    if (errors?.[0].extensions.code !== 'UNAUTHENTICATED') throw new PackageFault('Its guard lets all pass.');
    await checkCookieSession(origin, key, async (visitor) => {
      const response = await visitor.send('/graphql', { json: { query: LOGIN } });
      const { data, errors: other } = await ask(visitor, '{ me }');
      if (data?.me !== 'Ada')
        throw new PackageFault(`In a resolver, Ada is ${JSON.stringify({ data, errors: other })}.`);
      await checkResolver(visitor, key);
      return response;
    });
  });
}

/** The URL that a resolver makes; none for a visitor who is not logged in. */
async function checkResolver(visitor, key) {
  const query = 'mutation { openDocs(redirect: "/quickstart#step-one") }';
  const response = await visitor.send('/graphql', { json: { query } });
  if (response.headers.get('cache-control') !== 'no-store') throw new PackageFault('The URL may be cached.');
  const { data } = await response.json();
  await verifyRedirect(data?.openDocs ?? '', key);
}

async function ask(visitor, query) {
  return (await visitor.send('/graphql', { json: { query } })).json();
}
