import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The functions that a child process offers: at most one argument each, and only plain data. */
export type Calls<Answers> = { [Name in keyof Answers]: (argument: never) => unknown };

interface Call {
  readonly id: number;
  readonly name: string;
  readonly argument: unknown;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A child process whose functions can be called: the counterpart of {@link answerParent}. */
export class Child<Answers extends Calls<Answers>> {
  readonly #process: ChildProcess;
  readonly #pending = new Map<number, (reply: Reply) => void>();
  #calls = 0;

  /**
   * @param entry the file to run
   * @param nodeOptions such as `--expose-gc`
   */
  constructor(entry: URL, nodeOptions: readonly string[] = []) {
    const file = fileURLToPath(entry);
    this.#process = fork(file, {
      execArgv: [...nodeOptions],
      serialization: 'advanced',
    });
    this.#process.on('message', (reply: Reply) => {
      this.#pending.get(reply.id)?.(reply);
      this.#pending.delete(reply.id);
    });
    this.#process.once('exit', (code, signal) => {
      for (const [id, settle] of this.#pending) settle({ id, error: `${file} ended: ${signal ?? code}` });
      this.#pending.clear();
    });
  }

  /** @throws Error if the process throws, or ends before it answers */
  async call<Name extends keyof Answers & string>(
    name: Name,
    ...[argument]: Parameters<Answers[Name]>
  ): Promise<Awaited<ReturnType<Answers[Name]>>> {
    this.#calls += 1;
    const id = this.#calls;
    const { result, error } = await new Promise<Reply>((resolve) => {
      this.#pending.set(id, resolve);
      this.#process.send({ id, name, argument }, (failure) => {
        if (failure) this.#pending.get(id)?.({ id, error: failure.message });
      });
    });
    if (error !== undefined) throw new Error(`${name}: ${error}`);
    return result as Awaited<ReturnType<Answers[Name]>>;
  }

  stop(): void {
    this.#process.kill();
  }
}

/** Answers the calls of the parent process, and ends with it. */
export function answerParent<Answers extends Calls<Answers>>(answers: Answers): void {
  process.on('message', ({ id, name, argument }: Call) => {
    void (async () => answers[name as keyof Answers](argument as never))().then(
      (result: unknown) => process.send?.({ id, result }),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.stack : String(error) }),
    );
  });
  process.once('disconnect', () => process.exit());
}
