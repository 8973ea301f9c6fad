import { EventEmitter } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';

/** What became of a request. */
export interface Outcome {
  /** Who asked. */
  readonly name: string;
  /** None where the connection was refused, or closed before a byte of an answer came. */
  readonly status?: number;
  readonly location?: string | undefined;
  /** An answer that began and did not end. */
  readonly isHalf: boolean;
}

/** Sends requests at a steady rate, whether or not the ones before are answered, over connections that are kept. */
export class SteadyLoad {
  readonly #pending = new Set<Promise<void>>();
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 128 });
  readonly #ended = new EventEmitter();
  readonly outcomes: Outcome[] = [];
  #sent = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly url: string,
    private readonly ratePerSecond: number,
    private readonly headersFor: (name: string) => Record<string, string>,
  ) {}

  /** How many were sent. */
  get sent(): number {
    return this.#sent;
  }

  start(): void {
    const start = performance.now();
    this.#timer = setInterval(() => {
      const due = ((performance.now() - start) * this.ratePerSecond) / 1_000;
      while (this.#sent < due) this.#send();
    }, 2);
  }

  /** Resolves when so many requests have their outcome. */
  async reaches(count: number): Promise<void> {
    while (this.outcomes.length < count) await new Promise((resolve) => this.#ended.once('outcome', resolve));
  }

  /** Ends, when the last request has its outcome. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#pending);
    this.#agent.destroy();
  }

  #send(): void {
    this.#sent += 1;
    const pending = this.#ask(`visitor-${this.#sent}`);
    this.#pending.add(pending);
    void pending.then(() => this.#pending.delete(pending));
  }

  #ask(name: string): Promise<void> {
    return new Promise((resolve) => {
      const end = (outcome: Omit<Outcome, 'name'>): void => {
        this.outcomes.push({ ...outcome, name });
        this.#ended.emit('outcome');
        resolve();
      };
      const request = httpRequest(
        this.url,
        { agent: this.#agent, headers: this.headersFor(name) },
        (response) => {
          const { statusCode: status, headers } = response;
          response.resume();
          response.on('error', () => undefined);
          response.on('close', () => end({ status, location: headers.location, isHalf: !response.complete }));
        },
      );
      request.on('error', () => end({ isHalf: false }));
      request.end();
    });
  }
}
