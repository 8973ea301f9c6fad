import {
  Catch,
  Controller,
  Injectable,
  UseFilters,
  UseGuards,
  type Provider,
  type Type,
} from '@nestjs/common';
import type { HandshakeGuard as HostGuard, ResolvedHandshakes } from '../options/handshakes.js';
import { RESOLVED_OPTIONS, type ResolvedOptions } from '../options/app-options.js';
import { ConcurrencyLimit } from './concurrency-limit.js';
import { CorsPreflightHandler } from './cors/cors-preflight-handler.js';
import { OriginPolicy } from './cors/origin-policy.js';
import { decorateController } from './decorate-controller.js';
import { HandshakeAdmission } from './handshake-admission.js';
import { HandshakeAudit } from './handshake-audit.js';
import type { HandshakeController } from './handshake.controller.js';
import type { HandshakeDefinition } from './handshake.definition.js';
import { HandshakeExceptionFilter, HandshakeFailure } from './handshake-exception.filter.js';
import { HandshakeExchanges } from './handshake-exchanges.js';
import { HandshakeGuard } from './handshake.guard.js';
import { HandshakeMiddleware } from './handshake.middleware.js';
import { HandshakeReplies } from './handshake-replies.js';
import { HandshakeRoutes } from './handshake-routes.js';
import { HandshakeServices } from './handshake-services.js';
import { listMounted } from './handshakes.js';
import { AppOriginPolicy } from './login/app-origin-policy.js';
import { DocsLoginController, SinglePageLoginController } from './login/docs-login.controller.js';
import { LOGIN } from './login/login.handshake.js';
import { SINGLE_PAGE_LOGIN } from './login/single-page-login.handshake.js';
import { LoginPage } from './login/login-page.js';
import { AUTH_GUARD_PROVIDER, JwtPassportGuard, listDefaults } from './passport/jwt-passport.guard.js';
import { PrincipalReader } from './principal-reader.js';
import { PassportStrategyChecker } from './start-checks/passport-strategy-checker.js';
import { DocsOriginPolicy } from './user-info/docs-origin-policy.js';
import { OAuthAccessTokenGuard } from './user-info/oauth-access-token.guard.js';
import { OAuthController, SharedSessionController } from './user-info/user-info.controller.js';
import { OAUTH, SHARED_SESSION } from './user-info/user-info.handshake.js';
import { WebhookController } from './webhooks/webhook.controller.js';
import { WEBHOOK_ANSWERS_PROVIDER } from './webhooks/provide-webhook-answers.js';
import { ViewAsController } from './view-as/view-as.controller.js';
import { ViewAsOriginPolicy } from './view-as/view-as-origin-policy.js';
import { VIEW_AS } from './view-as/view-as.handshake.js';

const CONTROLLERS: ReadonlyMap<HandshakeDefinition, Type<HandshakeController>> = new Map<
  HandshakeDefinition,
  Type<HandshakeController>
>([
  [LOGIN, DocsLoginController],
  [SINGLE_PAGE_LOGIN, SinglePageLoginController],
  [SHARED_SESSION, SharedSessionController],
  [OAUTH, OAuthController],
  [VIEW_AS, ViewAsController],
]);

/** The default guards of each handshake for which the options have none. */
const DEFAULT_GUARDS: Readonly<Partial<Record<keyof ResolvedHandshakes, HostGuard>>> = {
  jwt: JwtPassportGuard,
  sharedSession: JwtPassportGuard,
  oauth: OAuthAccessTokenGuard,
  viewAs: JwtPassportGuard,
};

/** The providers that all handshakes share, also those on routes of the host app. */
const PROVIDERS: Provider[] = [
  {
    provide: ConcurrencyLimit,
    useFactory: ({ maxConcurrentHandshakes, maxConcurrentHandshakesPerTenant }: ResolvedOptions) =>
      new ConcurrencyLimit(maxConcurrentHandshakes, maxConcurrentHandshakesPerTenant),
    inject: [RESOLVED_OPTIONS],
  },
  AppOriginPolicy,
  DocsOriginPolicy,
  ViewAsOriginPolicy,
  OriginPolicy,
  PrincipalReader,
  HandshakeAudit,
  HandshakeExchanges,
  HandshakeAdmission,
  HandshakeReplies,
  HandshakeRoutes,
  HandshakeServices,
  HandshakeMiddleware,
  CorsPreflightHandler,
  LoginPage,
  PassportStrategyChecker,
];

/**
 * Creates the controllers of the mounted handshakes, and their providers.
 *
 * @internal
 */
export function mountHandshakes(handshakes: ResolvedHandshakes): {
  readonly routes: readonly { readonly definition: HandshakeDefinition; readonly controller: Type }[];
  readonly providers: Provider[];
} {
  const mounted = listMounted(handshakes);
  return {
    routes: mounted.map((definition) => ({ definition, controller: mountHandshake(definition, handshakes) })),
    providers: [
      ...PROVIDERS,
      ...(listDefaults(handshakes).length > 0 ? [AUTH_GUARD_PROVIDER] : []),
      ...(mounted.some(({ webhook }) => webhook !== undefined) ? [WEBHOOK_ANSWERS_PROVIDER] : []),
    ],
  };
}

/**
 * Creates controller, guard and filter of one handshake from its definition. Each import needs new classes, since a class
 * can only have one path and one set of guards.
 */
function mountHandshake(definition: HandshakeDefinition, handshakes: ResolvedHandshakes): Type {
  const handshake = handshakes[definition.option] || undefined;
  const defaultGuard = DEFAULT_GUARDS[definition.option];
  const { path, version, decorators = [] } = handshake ?? {};
  const guards = handshake?.guards ?? (defaultGuard === undefined ? [] : [defaultGuard]);

  @Injectable()
  class MountedGuard extends HandshakeGuard {
    protected override readonly definition = definition;
  }

  @Catch(HandshakeFailure)
  class MountedFilter extends HandshakeExceptionFilter {
    protected override readonly definition = definition;
  }

  @UseFilters(MountedFilter)
  @UseGuards(MountedGuard, ...guards)
  class MountedController extends controllerOf(definition) {}

  const option = `handshakes.${definition.option}.decorators`;
  const controller = decorateController(option, decorators, MountedController);
  // Last, so that no decorator changes the path.
  Controller({ path: path ?? [], version })(controller);
  return setControllerName(controller, path ?? '', definition);
}

function controllerOf(definition: HandshakeDefinition): Type<HandshakeController> {
  return definition.webhook === undefined
    ? (CONTROLLERS.get(definition) as Type<HandshakeController>)
    : WebhookController;
}

/**
 * Names a controller after its path: `docs/user-info` is `DocsUserInfoController`. Nest's log and OpenAPI operation ids
 * contain the name, and a handshake may be mounted several times.
 */
function setControllerName<T extends Type>(controller: T, path: string, { method }: HandshakeDefinition): T {
  const parts = path.split(/[^a-z0-9]+/i).map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  const suffix = method === 'GET' ? '' : 'Post';
  return Object.defineProperty(controller, 'name', { value: `${parts.join('')}${suffix}Controller` });
}
