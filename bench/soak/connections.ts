import { Client, type Dispatcher } from 'undici';

/** A response, or why there is none. */
export type Outcome =
  | { readonly status: number; readonly headers: Headers; readonly body: string }
  | { readonly failure: string };

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Longer than everything else in the run: a response that takes this long is an error. */
const TIMEOUT_MS = 15_000;

/** Longer than the pause between two requests on a connection. */
const KEEP_ALIVE_MS = 60_000;

/** Keep-alive connections to one origin, each with one request at a time. */
export class Connections {
  readonly #clients: Client[];
  // Used in turn, so that none becomes idle while others are busy.
  readonly #free: Client[];

  constructor(origin: string, count: number) {
    this.#clients = Array.from(
      { length: count },
      () =>
        new Client(origin, {
          headersTimeout: TIMEOUT_MS,
          bodyTimeout: TIMEOUT_MS,
          connect: { timeout: TIMEOUT_MS },
          keepAliveTimeout: KEEP_ALIVE_MS,
          keepAliveMaxTimeout: KEEP_ALIVE_MS,
        }),
    );
    this.#free = [...this.#clients];
  }

  get isBusy(): boolean {
    return this.#free.length === 0;
  }

  get inFlight(): number {
    return this.#clients.length - this.#free.length;
  }

  /** Sends one `GET`. The connection is free again when `onOutcome` is called. */
  send(
    request: { path: string; headers: Record<string, string> },
    onOutcome: (outcome: Outcome) => void,
  ): void {
    const client = this.#free.shift();
    if (client === undefined) throw new Error('All connections are busy.');
    client.dispatch(
      { method: 'GET', ...request },
      new Exchange((outcome) => {
        this.#free.push(client);
        onOutcome(outcome);
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
  }
}

class Exchange implements Dispatcher.DispatchHandler {
  #status = 0;
  #headers: Headers = {};
  #body = '';

  constructor(private readonly onOutcome: (outcome: Outcome) => void) {}

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Headers): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body += chunk.toString();
  }

  onResponseEnd(): void {
    this.onOutcome({ status: this.#status, headers: this.#headers, body: this.#body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { code?: string }): void {
    this.onOutcome({ failure: error.code ?? error.message });
  }
}
