import { createPublicKey } from 'node:crypto';
import { exportPublicJwk } from '../../../mintlify-personalization/src/keys/public-jwk.js';
import { parseUrl } from '../../../mintlify-personalization/src/options/parse-url.js';
import type { DocsMode } from '../../../mintlify-personalization/src/ports/docs-site.js';
import { CALLBACK_PATH } from '../../../mintlify-personalization/src/mintlify/callback-path.js';
import { inspectToken } from '../token-inspector.js';
import type { DoctorContext } from './doctor-context.js';
import { pass, fail, skip, type Finding } from './finding.js';
import { codeOf, describePlace, locationOf, type Probe } from './probe.js';

interface Place {
  readonly page: string;
  readonly anchor: string;
}

/** Where a visitor who is logged in arrives, and with what. */
export async function* checkArrival(
  context: DoctorContext,
  url: URL,
  answer: Probe,
  asked: Place,
): AsyncIterable<Finding> {
  const location = locationOf(answer, url);
  if (location === undefined) {
    yield fail(
      'arrival',
      `A visitor with this session gets ${answer.status}${codeOf(answer)}, and no redirect.`,
      'Is the session still good? Else the log of the backend tells more; the manual explains each code.',
    );
    return;
  }
  yield checkQuery(location);
  const { token, page, anchor } = readArrival(location);
  if (token === '') {
    yield fail(
      'arrival',
      `The visitor is sent to ${describePlace(location)} without a token behind the #.`,
      'Is the session still good? A login page means that the guards did not know the visitor.',
    );
    return;
  }
  yield checkSite(context, location);
  yield checkPlace(context, { page, anchor }, asked);
  yield* checkToken(context, token);
}

function checkSite({ docs }: DoctorContext, location: URL): Finding {
  if (docs === undefined) {
    return skip('docs-site', 'Whether that is the right site is not known without --docs-url.');
  }
  const { origin } = docs;
  return location.origin === origin
    ? pass('docs-site', `The visitor arrives at ${origin}.`)
    : fail(
        'docs-site',
        `The visitor arrives at ${location.origin}, and the docs are at ${origin}.`,
        'Set the option docsUrl to the docs, for this tenant too.',
      );
}

/** What stands in a query stands in the logs of every proxy, and in the next page's referrer. */
function checkQuery({ search }: URL): Finding {
  return /[\w-]{8,}\.[\w-]{8,}\.[\w-]{20,}/.test(search)
    ? fail(
        'token-in-query',
        'The token is in the query of the address.',
        'Put it behind the #: proxies and servers log queries. MintlifySigningService.createRedirectUrl does.',
      )
    : pass('token-in-query', 'The token is not in the query.');
}

function readArrival(location: URL): Place & { token: string } {
  const redirect = location.pathname === CALLBACK_PATH ? location.searchParams.get('redirect') : null;
  const fragment = location.hash.slice(1);
  if (redirect !== null) {
    const page = parseUrl(redirect, location.origin);
    return { token: fragment, page: page?.pathname ?? '', anchor: page?.hash.slice(1) ?? '' };
  }
  const parameters = new URLSearchParams(fragment);
  const token = parameters.get('jwt') ?? (fragment.includes('.') ? fragment : '');
  return { token, page: location.pathname, anchor: parameters.get('anchor') ?? '' };
}

function checkPlace({ docs }: DoctorContext, { page, anchor }: Place, asked: Place): Finding {
  if (page !== asked.page) {
    // Where the docs have a base path, this page is none of theirs: the front page is right.
    if (docs === undefined) {
      return skip('place', 'Whether that is the page that was asked for is not known without --docs-url.');
    }
    return fail(
      'place',
      'The visitor does not arrive at the page that they came from.',
      'Keep the parameter redirect through the login, and put it into the path of the address.',
    );
  }
  return anchor === asked.anchor
    ? pass('place', 'The visitor arrives at the page and the place that they came from.')
    : fail(
        'place',
        'The place on the page is lost.',
        'Keep the parameter anchor through the login, and send it on: #jwt=…&anchor=…',
      );
}

async function* checkToken(
  { mode, docs, key, publicKey, terminal }: DoctorContext,
  token: string,
): AsyncIterable<Finding> {
  const inspection = await inspectToken(token, {
    mode,
    docsUrl: docs?.href,
    publicKey: publicKey ?? (await publicHalfOf(key, mode)),
    nowMs: terminal.now(),
  });
  if (inspection === undefined) {
    yield fail('token', 'What stands behind the # is no signed token.', 'Sign with MintlifySigningService.');
    return;
  }
  if (inspection.signature === 'unchecked') {
    yield skip('signature', 'Whether the docs know the key is not known without --public-key.');
  }
  for (const { what, fix } of inspection.faults) yield fail('token', what, fix);
  if (inspection.faults.length === 0) yield pass('token', 'The docs will take the token.');
}

async function publicHalfOf(key: string | undefined, mode: DocsMode): Promise<string | undefined> {
  if (key === undefined) return undefined;
  try {
    const jwk = await exportPublicJwk(key, mode);
    return createPublicKey({ key: { ...jwk }, format: 'jwk' })
      .export({ format: 'pem', type: 'spki' })
      .toString();
  } catch {
    return undefined; // A key that is none is a finding of its own.
  }
}
