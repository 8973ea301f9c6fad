import { verifyRedirect } from '../../package/apps.js';
import { PackageFault } from '../../package/processes.js';
import { expectStatus, Visitor } from '../visitor.js';

export const title = "Nest's own JWT guide, a bearer token, Nest 12, Express";

const APP = 'https://app.foo.com';

export async function check({ start, key }) {
  await start(async (origin) => {
    const visitor = new Visitor(origin);
    const login = await visitor.send('/auth/login', { json: { username: 'ada', password: 'changeme' } });
    const { access_token: token } = await login.json();
    const ask = (headers) =>
      visitor.send('/docs-login', { json: { redirect: '/quickstart', anchor: 'step-one' }, headers });

    const response = await ask({ origin: APP, authorization: `Bearer ${token}` });
    await expectStatus(response, 200, "The app's page");
    const { url } = await response.json();
    await verifyRedirect(url, key);

    const anonymous = await ask({ origin: APP });
    await expectStatus(anonymous, 401, "The app's page, of a visitor who is not logged in,");
    for (const one of [response, anonymous]) {
      if (one.headers.get('access-control-allow-origin') !== APP)
        throw new PackageFault("The app's page cannot read the answer.");
    }
    await expectStatus(
      await ask({ origin: 'https://other.foo.com', authorization: `Bearer ${token}` }),
      403,
      'A page of another origin',
    );
    // A browser that opens the address has no token: it goes to the app's page.
    const opened = await visitor.send('/docs-login?redirect=/quickstart');
    if (!opened.headers.get('location')?.startsWith(`${APP}/docs-login?`))
      throw new PackageFault(`A browser was sent to ${opened.headers.get('location')}.`);
  });
}
