import { ConfigurableModuleBuilder } from '@nestjs/common';
import type {
  MintlifyPersonalizationComposition,
  MintlifyPersonalizationConfiguration,
} from './mintlify-personalization-options.js';

/** Nest's module builder creates `forRoot` and `forRootAsync`; the static options are its "extras". */
export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<MintlifyPersonalizationConfiguration>({
    optionsInjectionToken: Symbol('MINTLIFY_PERSONALIZATION_OPTIONS'),
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createMintlifyPersonalizationOptions')
    .setExtras<MintlifyPersonalizationComposition>(
      {
        handshakes: undefined,
        claimMapper: undefined,
        tenantResolver: undefined,
        tenantSource: undefined,
        viewAs: undefined,
        auditSink: undefined,
        imports: undefined,
        isGlobal: false,
      },
      (definition, { imports = [], isGlobal = false }) => ({
        ...definition,
        global: isGlobal,
        imports: [...(definition.imports ?? []), ...imports],
      }),
    )
    .build();
