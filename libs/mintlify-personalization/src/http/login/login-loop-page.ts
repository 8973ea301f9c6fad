import { MintlifyPersonalizationError } from '../../errors.js';
import { readHeader, type HandshakeRequest } from '../handshake-request.js';

/**
 * For a visitor who came back from the login page twice and is still not known: a redirect would go on forever. It holds
 * nothing of the request. The link has no query, so that the count starts again.
 *
 * @internal
 */
export const LOGIN_LOOP_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>The docs login does not see your session</title>
</head>
<body>
<h1>The docs login does not see your session</h1>
<p>You came back from the login page twice, and this app still does not know who you are.</p>
<p><a href="?">Log in to the docs again</a>. If you see this page again, tell the people who run this app.</p>
<h2>If you run this app</h2>
<p>No guard found a visitor in this request, or the claim mapper refused the account. The likely causes:</p>
<ul>
<li>Your front end keeps a bearer token. A page that a browser opens sends none. Set <code>handshakes.jwt.singlePageApp</code>.</li>
<li>The session cookie is not sent to this path. Check its <code>Path</code>, <code>Domain</code>, <code>SameSite</code> and <code>Secure</code>.</li>
<li>Your guard puts the account elsewhere than on <code>request.user</code>. Set <code>handshakes.jwt.principal</code>.</li>
<li>The claim mapper, the tenant resolver or the tenant source throws 401 for this account. Throw 403.</li>
</ul>
</body>
</html>
`;

/** @internal It loads nothing, runs nothing and is shown in no frame. */
export const LOGIN_LOOP_HEADERS: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
};

const NOT_FOUND =
  'A visitor came back from loginUrl twice, and no guard found a principal. If your front end keeps a bearer token, ' +
  'set handshakes.jwt.singlePageApp. Otherwise check Path, Domain, SameSite and Secure of the session cookie, or set ' +
  'handshakes.jwt.principal to where your guard puts the account.';

const REFUSED =
  'A visitor came back from loginUrl twice, and the claim mapper, the tenant resolver or the tenant source threw 401 ' +
  'each time. Throw 403 for an account that may not log in, although its session is valid.';

/** @internal @param hasPrincipal whether a guard found the visitor */
export function loginLoopError(
  tenantId: string | undefined,
  hasPrincipal: boolean,
): MintlifyPersonalizationError {
  return new MintlifyPersonalizationError('login_loop', hasPrincipal ? REFUSED : NOT_FOUND, { tenantId });
}

/** @internal Browsers that open a page name this type; other clients get JSON. */
export function acceptsHtml(request: HandshakeRequest): boolean {
  return /\btext\/html\b/i.test(readHeader(request, 'accept'));
}
