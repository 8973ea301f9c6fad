/**
 * What the manual's samples take for granted: the app of its reader. A sample that imports nothing of its own name for
 * these is short, and still compiled.
 */
import type { CanActivate, INestApplication, Type } from '@nestjs/common';
import type { ClaimMapper, TenantResolver, ViewAsPolicy } from 'nestjs-mintlify-personalization';

declare global {
  interface Account {
    readonly id: string;
    readonly firstName: string;
    readonly roles: string[];
    readonly plan: string;
    readonly region: string;
    readonly tenantId?: string;
  }
  class AccountService {
    findMember(tenantId: string | undefined, id: string): Promise<Account | undefined>;
    findByEmail(email: string, signal: AbortSignal): Promise<Account | undefined>;
  }
  class PlanService {
    of(accountId: string, signal: AbortSignal): Promise<{ name: string }>;
  }
  class DocsSettings {
    find(tenantId: string, signal: AbortSignal): Promise<{ docsUrl: string; privateKey: string } | undefined>;
    existsAt(origin: string): Promise<boolean>;
  }
  class ApiKeys {
    create(
      accountId: string,
      options: { lifetimeSeconds: number },
    ): Promise<{ value: string; expiresAt: number }>;
    delete(value: string): Promise<void>;
  }
  class Previews {
    upsert(row: { origin: string; tenantId: string | undefined; expiresAt: number }): Promise<void>;
    findByOrigin(origin: string): Promise<{ origin: string; expiresAt: number } | undefined>;
  }
  const REDIS: symbol;
  interface Redis {
    get(key: string): Promise<string | null>;
    setex(key: string, seconds: number, value: string): Promise<unknown>;
  }
  class EventQueue {
    add(event: object): void;
  }
  class ConfigService {
    getOrThrow(name: string): string;
  }
  /** Of browsers. */
  const location: { readonly href: string; assign(url: string): void };
  const sessionStorage: { setItem(name: string, value: string): void };
  const ConfigModule: Type;
  const AuthModule: Type;
  const AppModule: Type;
  const AcmeClaimMapper: Type<ClaimMapper<Account>>;
  const AdministratorsViewAs: Type<ViewAsPolicy<Account>>;
  const SessionGuard: Type<CanActivate>;
  const EmailVerifiedGuard: Type<CanActivate>;
  const DocsThrottlerGuard: Type<CanActivate>;
  const AccountGuard: Type<CanActivate>;
  function Public(): ClassDecorator & MethodDecorator;
  const AccountTenantResolver: Type<TenantResolver<Account | undefined>>;
  const app: INestApplication;
  const keyService: { sign(request: { message: Uint8Array; signal: AbortSignal }): Promise<Uint8Array> };
  const secrets: { get(name: string): Promise<string> };
}
