import * as oauth from 'oauth4webapi';

/** The settings of the docs, as they would be typed into the dashboard. */
export interface DocsClient {
  /** Where the backend is. */
  origin: string;
  /** What the backend takes itself for, where another address leads there. */
  publicUrl?: string;
  redirectUri: string;
  clientId?: string;
  scope?: string;
}

/** A browser's part of a login, without a browser: it keeps cookies and follows redirects. */
export class LoginVisitor {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly client: Required<DocsClient>) {}

  /** Asks for a page, and gives the answer as it is: no redirect is followed. */
  async ask(url: string, init: RequestInit = {}): Promise<Response> {
    const { origin, publicUrl } = this.client;
    const headers = new Headers(init.headers);
    headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const target = new URL(url, origin).href.replace(publicUrl, origin);
    const response = await fetch(target, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const [name = '', ...value] = pair.split('=');
      if (/expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value.join('='));
    }
    return response;
  }

  /** Logs in on the backend's own page. */
  async logIn(email: string): Promise<void> {
    const body = new URLSearchParams({ email, password: 'docs-demo' });
    await this.ask('/login', { method: 'POST', body });
  }

  async logOut(): Promise<void> {
    await this.ask('/logout', { method: 'POST' });
  }

  /** Follows redirects until one leads out of the backend, or a page is shown. */
  async follow(url: string): Promise<{ left?: URL; page?: Response; way: string[] }> {
    const { origin, publicUrl } = this.client;
    const way: string[] = [];
    let next = url;
    for (let hops = 0; hops < 10; hops += 1) {
      way.push(new URL(next, origin).pathname);
      const response = await this.ask(next);
      const location = response.headers.get('location');
      if (location === null) return { page: response, way };
      const target = new URL(location, next.startsWith('http') ? next : origin);
      if (![origin, publicUrl].includes(target.origin)) return { left: target, way };
      next = target.href;
    }
    throw new Error(`There is no end to the redirects: ${way.join(' ')}`);
  }
}

/** An authorization request that was sent, and what its answer is checked with. */
export interface SentRequest {
  visitor: LoginVisitor;
  address: string;
  codeVerifier: string;
  state: string;
  server: oauth.AuthorizationServer;
}

/** The docs' part of a login (`spec/handshakes.md`, section 5), with `oauth4webapi`. */
export class DocsLogin {
  private readonly client: Required<DocsClient>;

  constructor(client: DocsClient) {
    this.client = { publicUrl: client.origin, clientId: 'acme-docs', scope: 'docs.user-info', ...client };
  }

  /** @param changes parameters of the request to change; `undefined` leaves one out. */
  async begin(changes: Record<string, string | undefined> = {}): Promise<SentRequest> {
    const { publicUrl, redirectUri, clientId, scope } = this.client;
    const codeVerifier = oauth.generateRandomCodeVerifier();
    const state = oauth.generateRandomState();
    const parameters: Record<string, string | undefined> = {
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      ...changes,
    };
    const query = new URLSearchParams(
      Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined),
    );
    const issuer = `${publicUrl}/oidc`;
    return {
      visitor: new LoginVisitor(this.client),
      address: `${issuer}/auth?${query}`,
      codeVerifier,
      state,
      server: {
        issuer,
        token_endpoint: `${issuer}/token`,
        authorization_response_iss_parameter_supported: true,
      },
    };
  }

  /** Redeems the code that a login ended with. @param origin of the process to ask */
  async redeem(
    { server, state, codeVerifier }: SentRequest,
    callback: URL,
    origin = this.client.origin,
  ): Promise<Response> {
    const client = { client_id: this.client.clientId };
    const parameters = oauth.validateAuthResponse(server, client, callback, state);
    const { redirectUri } = this.client;
    return oauth.authorizationCodeGrantRequest(
      { ...server, token_endpoint: `${origin}/oidc/token` },
      client,
      oauth.None(),
      parameters,
      redirectUri,
      codeVerifier,
      { [oauth.allowInsecureRequests]: true },
    );
  }

  /** The whole way: an access token for an account. */
  async accessToken(email: string): Promise<string> {
    const request = await this.begin();
    await request.visitor.logIn(email);
    const { left } = await request.visitor.follow(request.address);
    if (left === undefined) throw new Error('The login did not lead back to the docs.');
    const { access_token: token } = (await (await this.redeem(request, left)).json()) as {
      access_token: string;
    };
    return token;
  }
}
