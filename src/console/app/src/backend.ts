/** The logged-in account, as the console shows it. */
export interface Account {
  firstName: string;
  lastName: string;
  email: string;
  company: string;
  plan: string;
}

/** The backend refused a request; the message is for the user. */
export class BackendError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Calls the console's API. The access token stays in this object: nothing is written to the browser's storage. A new one
 * comes by the refresh cookie, which scripts cannot read.
 */
export class Backend {
  readonly #url: string;
  #accessToken: string | undefined;

  /** @param url the origin of the backend */
  constructor(url: string) {
    this.#url = url;
  }

  /** The route that hands a user over to the docs. */
  get docsLoginUrl(): string {
    return `${this.#url}/console/docs-login`;
  }

  /** The access token, a new one if there is none yet; `undefined` without a session. */
  async findAccessToken(): Promise<string | undefined> {
    this.#accessToken ??= await this.#refresh();
    return this.#accessToken;
  }

  /** Forgets the access token, since the backend did not accept it: it has expired. */
  forgetAccessToken(): void {
    this.#accessToken = undefined;
  }

  /**
   * Logs in.
   *
   * @throws BackendError if the email or the password is wrong
   */
  async logIn(email: string, password: string): Promise<void> {
    const response = await this.#send('POST', '/console/session', { email, password });
    this.#accessToken = await readToken(response);
  }

  /** Logs out. */
  async logOut(): Promise<void> {
    await this.#send('DELETE', '/console/session');
    this.#accessToken = undefined;
  }

  /** The logged-in account; `undefined` without a session. An expired access token is replaced once. */
  async findAccount(): Promise<Account | undefined> {
    const account = await this.#readAccount();
    if (account !== undefined || this.#accessToken === undefined) return account;
    this.forgetAccessToken();
    return this.#readAccount();
  }

  async #readAccount(): Promise<Account | undefined> {
    const accessToken = await this.findAccessToken();
    if (accessToken === undefined) return undefined;
    const response = await fetch(`${this.#url}/console/account`, {
      headers: { Authorization: `Bearer ${accessToken}` },
    });
    return response.ok ? ((await response.json()) as Account) : undefined;
  }

  async #refresh(): Promise<string | undefined> {
    try {
      return await readToken(await this.#send('POST', '/console/session/refresh'));
    } catch (error) {
      if (error instanceof BackendError && error.status === 401) return undefined;
      throw error;
    }
  }

  async #send(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Response> {
    const response = await fetch(this.#url + path, {
      method,
      credentials: 'include',
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (response.ok) return response;
    throw new BackendError(response.status, await readMessage(response));
  }
}

async function readToken(response: Response): Promise<string> {
  const { accessToken } = (await response.json()) as { accessToken: string };
  return accessToken;
}

async function readMessage(response: Response): Promise<string> {
  if (response.status === 429) return 'Too many login attempts. Try again in a minute.';
  const { message } = (await response.json().catch(() => ({}))) as { message?: string | string[] };
  return [message].flat().join('. ') || `The backend answered with status ${response.status}.`;
}
