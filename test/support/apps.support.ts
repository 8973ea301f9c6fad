import { afterEach, describe, jest } from '@jest/globals';
import {
  Module,
  type DynamicModule,
  type INestApplication,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  MintlifyPersonalizationModule,
  type ClaimMapper,
  type MintlifyPersonalizationOptions,
} from 'nestjs-mintlify-personalization';
import request from 'supertest';
import { DOCS_PRIVATE_KEY } from './docs-arrival.support.js';
import { LogCollector } from './log-collector.support.js';
import { SessionStrategy, type Visitor } from './sessions.support.js';

export type Platform = 'Express' | 'Fastify';
export type Style = 'forRoot' | 'forRootAsync';

const COMBINATIONS = (['Express', 'Fastify'] as const).flatMap((platform) =>
  (['forRoot', 'forRootAsync'] as const).map((style) => ({ platform, style })),
);

/** What a spec changes about the host app. */
export interface HostSetup {
  /** The library's options beside {@link DEFAULTS}. */
  readonly options?: Partial<MintlifyPersonalizationOptions>;
  /** The host's own module, beside its passport strategy and the library. */
  readonly host?: Pick<ModuleMetadata, 'imports' | 'controllers' | 'providers'>;
  /** Anything done to the app before it listens: prefix, versioning, pipes. */
  readonly configure?: (app: INestApplication) => void;
  /** The platform's own way to trust a proxy in front. */
  readonly isProxyTrusted?: boolean;
  /** Whether Nest installs its body parsers. Default `true`. */
  readonly isBodyParsed?: boolean;
  /** Whether Nest keeps the bytes of bodies: `rawBody`. Default `false`. */
  readonly isRawBodyKept?: boolean;
}

/** A host app that listens. */
export interface Host {
  readonly app: INestApplication;
  readonly port: number;
  readonly logs: LogCollector;
  /** The default claim mapper's `map`, when the spec gives no mapper of its own. */
  readonly map: typeof mapVisitor;
  readonly get: (path: string, headers?: Record<string, string>) => request.Test;
}

/** The library's options in every host app here, unless a spec sets others. */
export const DEFAULTS = {
  docsUrl: 'https://docs.acme.example',
  signingKey: DOCS_PRIVATE_KEY,
} satisfies Partial<MintlifyPersonalizationOptions>;

/** Boots a host app on one platform, configured in one style. */
export interface HostFactory {
  readonly platform: Platform;
  readonly style: Style;
  readonly boot: (setup?: HostSetup) => Promise<Host>;
}

/**
 * Runs the specs of a behaviour on Express and on Fastify, through `forRoot` and through `forRootAsync`. Apps
 * that they boot are closed after each.
 */
export function describeOnEveryHost(behaviour: string, specs: (hosts: HostFactory) => void): void {
  describe.each(COMBINATIONS)(`${behaviour} ($platform, $style)`, (combination) => {
    bootFor(combination, specs);
  });
}

/**
 * Runs the specs of what comes in with a request on Express and on Fastify: how the library was configured makes no
 * difference there. Apps that they boot are closed after each.
 */
export function describeOnEveryPlatform(behaviour: string, specs: (hosts: HostFactory) => void): void {
  describe.each(COMBINATIONS.filter(({ style }) => style === 'forRoot'))(
    `${behaviour} ($platform)`,
    (combination) => {
      bootFor(combination, specs);
    },
  );
}

/** The library as a host imports it, in one style or the other. */
export function importLibrary(style: Style, options: MintlifyPersonalizationOptions): DynamicModule {
  if (style === 'forRoot') return MintlifyPersonalizationModule.forRoot(options);
  const {
    handshakes,
    claimMapper,
    tenantResolver,
    tenantSource,
    viewAs,
    auditSink,
    imports,
    isGlobal,
    ...rest
  } = options;
  return MintlifyPersonalizationModule.forRootAsync({
    handshakes,
    claimMapper,
    tenantResolver,
    tenantSource,
    viewAs,
    auditSink,
    imports,
    isGlobal,
    useFactory: () => Promise.resolve(rest),
  });
}

/** The host's whole module, with the library and the passport strategy that its default guard asks for. */
export function composeHost(
  style: Style,
  { options = {}, host = {} }: HostSetup,
  map = mapVisitor,
): DynamicModule {
  return {
    module: HostModule,
    imports: [
      importLibrary(style, { ...DEFAULTS, claimMapper: mapperOf(map), ...options }),
      ...(host.imports ?? []),
    ],
    controllers: host.controllers ?? [],
    providers: [SessionStrategy, ...(host.providers ?? [])],
  };
}

/** A claim mapper class around one function. */
export function mapperOf(map: (...parameters: Parameters<typeof mapVisitor>) => unknown): Type<ClaimMapper> {
  return class CallbackClaimMapper implements ClaimMapper {
    map = map as ClaimMapper['map'];
  };
}

export function createAdapter(platform: Platform, isProxyTrusted = false): AbstractHttpAdapter {
  if (platform === 'Fastify')
    return new FastifyAdapter({ trustProxy: isProxyTrusted, forceCloseConnections: true });
  const adapter = new ExpressAdapter();
  if (isProxyTrusted) adapter.set('trust proxy', true);
  return adapter;
}

function bootFor(
  { platform, style }: (typeof COMBINATIONS)[number],
  specs: (hosts: HostFactory) => void,
): void {
  const opened: INestApplication[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((app) => app.close()));
  });

  specs({ platform, style, boot: (setup = {}) => bootHost(platform, style, setup, opened) });
}

@Module({})
class HostModule {}

const mapVisitor: ClaimMapper<Visitor>['map'] = ({ firstName, roles }) => ({
  groups: roles,
  content: { firstName },
});

async function bootHost(
  platform: Platform,
  style: Style,
  setup: HostSetup,
  opened: INestApplication[],
): Promise<Host> {
  const logs = new LogCollector();
  const map = jest.fn(mapVisitor);
  const app = await NestFactory.create(
    composeHost(style, setup, map),
    createAdapter(platform, setup.isProxyTrusted),
    {
      abortOnError: false,
      forceCloseConnections: true,
      logger: logs,
      bodyParser: setup.isBodyParsed ?? true,
      rawBody: setup.isRawBodyKept ?? false,
    },
  );
  opened.push(app);
  setup.configure?.(app);
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  return {
    app,
    port,
    logs,
    map,
    get: (path, headers = {}) => request(`http://127.0.0.1:${port}`).get(path).set(headers),
  };
}
