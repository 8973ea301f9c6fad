import { ConfigurableModuleBuilder, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { invalidOptionError } from '../options/invalid-option-error.js';
import { readOptions } from '../options/option-reader.js';
import { createDiscoveryController } from './discovery.controller.js';
import { DiscoveryEndpoints } from './discovery-endpoints.js';
import {
  DISCOVERY_LIMITS,
  DISCOVERY_ROUTES,
  resolveDiscoveryLimits,
  resolveDiscoveryRoutes,
  type DocsDiscoveryComposition,
  type DocsDiscoveryLimits,
} from './discovery-options.js';
import { DiscoveryRequestGuard } from './discovery-request.guard.js';
import { DocsDiscoveryService } from './docs-discovery.service.js';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<DocsDiscoveryLimits>({
    optionsInjectionToken: Symbol('DOCS_DISCOVERY_OPTIONS'),
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createDocsDiscoveryOptions')
    .setExtras<DocsDiscoveryComposition>(
      { routes: undefined, imports: undefined, isGlobal: false },
      (definition, { routes, imports = [], isGlobal = false }) => ({
        ...definition,
        global: isGlobal,
        imports: [...(definition.imports ?? []), ...imports],
        ...mountRoutes(definition, routes),
      }),
    )
    .build();

const COMPOSITION = ['routes', 'imports', 'isGlobal'] as const;

/**
 * Search and assistant of your docs inside your own app, by Mintlify's discovery API. Exports {@link DocsDiscoveryService},
 * and mounts its routes if `routes` is set. Needs `MintlifyPersonalizationModule` with the option `discovery`.
 *
 * @example
 * ```ts
 * @Module({
 *   imports: [
 *     MintlifyPersonalizationModule.forRoot({
 *       docsUrl: 'https://docs.foo.com',
 *       claimMapper: AcmeClaimMapper,
 *       discovery: { domain: 'foo', apiKey: process.env.MINTLIFY_DISCOVERY_KEY },
 *     }),
 *     DocsDiscoveryModule.forRoot({
 *       routes: { guards: [SessionGuard], origins: ['https://app.foo.com'] },
 *     }),
 *   ],
 * })
 * export class AppModule {}
 * ```
 */
@Module({
  providers: [
    { provide: DISCOVERY_LIMITS, useFactory: resolveDiscoveryLimits, inject: [MODULE_OPTIONS_TOKEN] },
    DocsDiscoveryService,
  ],
  exports: [DocsDiscoveryService],
})
export class DocsDiscoveryModule extends ConfigurableModuleClass {
  /**
   * Configures the module with values that are known when it is imported.
   *
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    const names = Object.keys(resolveDiscoveryLimits());
    const given = readOptions('', options, [...names, ...COMPOSITION]) as typeof OPTIONS_TYPE;
    const { routes: _, imports: __, isGlobal: ___, ...limits } = given;
    // While the app is written, rather than while it starts.
    resolveDiscoveryLimits(limits);
    return super.forRoot(given);
  }

  /**
   * Configures the module with a factory that returns the limits. Pass `routes`, `imports` and `isGlobal` beside the
   * factory, not from it.
   *
   * @throws MintlifyPersonalizationError `invalid_option`
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    const misplaced = Object.keys(resolveDiscoveryLimits()).find((name) => Object.hasOwn(options, name));
    if (misplaced === undefined) return super.forRootAsync(options);
    throw invalidOptionError(
      misplaced,
      'is set beside the factory, where it would be ignored',
      'Return it from the factory.',
    );
  }
}

function mountRoutes(definition: DynamicModule, options: unknown): Partial<DynamicModule> {
  const routes = resolveDiscoveryRoutes(options);
  const providers: Provider[] = [...(definition.providers ?? [])];
  if (routes === undefined) return { providers };
  return {
    controllers: [createDiscoveryController(routes)],
    providers: [
      ...providers,
      { provide: DISCOVERY_ROUTES, useValue: routes },
      DiscoveryEndpoints,
      DiscoveryRequestGuard,
    ],
  };
}
