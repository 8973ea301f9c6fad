import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { and, asc, count, eq } from 'drizzle-orm';
import type { Database } from '../database/database-connection.js';
import { DATABASE } from '../database/database.module.js';
import { services } from '../database/database-schema.js';
import type { Region, Service } from './service.js';

const SERVICE_COLUMNS = {
  id: services.id,
  name: services.name,
  region: services.region,
  status: services.status,
};

/** The services of the tenants. Each method sees those of one tenant. */
@Injectable()
export class ServicesRepository {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  /** The services of a tenant by name; with a region, those that run there. */
  async list(tenantId: string, region: Region | undefined): Promise<Service[]> {
    const ofTenant = eq(services.tenantId, tenantId);
    return this.database
      .select(SERVICE_COLUMNS)
      .from(services)
      .where(region === undefined ? ofTenant : and(ofTenant, eq(services.region, region)))
      .orderBy(asc(services.name), asc(services.id));
  }

  /** A service of a tenant; `undefined` also for one of another tenant. */
  async find(tenantId: string, id: string): Promise<Service | undefined> {
    const [service] = await this.database
      .select(SERVICE_COLUMNS)
      .from(services)
      .where(and(eq(services.tenantId, tenantId), eq(services.id, id)));
    return service;
  }

  /** How many services a tenant has. */
  async count(tenantId: string): Promise<number> {
    const [row] = await this.database
      .select({ value: count() })
      .from(services)
      .where(eq(services.tenantId, tenantId));
    return row?.value ?? 0;
  }

  /** Adds a running service. */
  async create(tenantId: string, { name, region }: Pick<Service, 'name' | 'region'>): Promise<Service> {
    const service: Service = {
      id: `svc_${tenantId}_${randomBytes(6).toString('hex')}`,
      name,
      region,
      status: 'running',
    };
    await this.database.insert(services).values({ ...service, tenantId });
    return service;
  }
}
