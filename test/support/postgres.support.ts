import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

/** Where Debian keeps the versions that are installed. */
const VERSIONS = '/usr/lib/postgresql';

/** Whose process it is. */
interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A Postgres server of a test's own, to be stopped and started again with what it holds. */
export class PostgresServer {
  #child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly binaries: string,
    private readonly folder: string,
    private readonly owner: Owner | undefined,
  ) {}

  /**
   * Starts Debian's `postgresql` at a free port, with a database in a folder of its own.
   *
   * @throws where it is not installed, and says how to install it
   */
  static async start(port: number): Promise<PostgresServer> {
    const binaries = await findBinaries();
    const folder = await mkdtemp(join(tmpdir(), 'postgres-'));
    const owner = findOwner();
    if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
    const server = new PostgresServer(port, binaries, folder, owner);
    const settings = ['--auth=trust', '--username=acme', '--encoding=UTF8', '--locale=C', '--no-sync'];
    const data = ['--pgdata', join(folder, 'data')];
    await promisify(execFile)(join(binaries, 'initdb'), [...data, ...settings], { ...owner, cwd: folder });
    await server.start();
    return server;
  }

  get url(): string {
    return `postgres://acme@127.0.0.1:${this.port}/postgres`;
  }

  async start(): Promise<void> {
    const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=off'];
    const child = spawn(
      join(this.binaries, 'postgres'),
      ['-D', join(this.folder, 'data'), '-p', String(this.port), ...settings.flatMap((each) => ['-c', each])],
      { ...this.owner, cwd: this.folder, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#child = child;
    const said: string[] = [];
    for await (const line of createInterface({ input: child.stderr })) {
      said.push(line);
      if (line.includes('ready to accept connections')) {
        child.stderr.resume();
        return;
      }
    }
    throw new Error(`postgres did not start: ${said.join('\n')}`);
  }

  /** Ends all connections at once. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  }

  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true });
  }
}

/** What the environment of a backend says of a database with the demo in it that several processes share. */
export const sharedDatabase = ({ url }: PostgresServer): Record<string, string> => ({
  DATABASE_URL: url,
  SEED_DEMO: '1',
  TENANT_KEYS_SECRET: 'another secret of these tests, as long as that',
});

async function findBinaries(): Promise<string> {
  const versions = await readdir(VERSIONS).catch(() => []);
  const newest = versions.map(Number).sort((a, b) => b - a)[0];
  if (newest !== undefined) return join(VERSIONS, String(newest), 'bin');
  throw new Error('Postgres could not be started. Install it with "apt-get install postgresql".');
}

/** Postgres does not run as root: there it is the user that the package made. */
function findOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}
