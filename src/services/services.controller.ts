import {
  Body,
  ConflictException,
  Controller,
  Get,
  Header,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import type { SessionPrincipal } from '../auth/session-principal.js';
import { ApiKeyGuard } from './api-key.guard.js';
import { ListServicesDto, NewServiceDto } from './service.dto.js';
import { MAX_SERVICES } from './service.js';
import type { Service } from './service.js';
import { ServicesRepository } from './services-repository.js';

const QUERY_PIPE = new ValidationPipe({ expectedType: ListServicesDto, transform: true, whitelist: true });
const BODY_PIPE = new ValidationPipe({ expectedType: NewServiceDto, transform: true, whitelist: true });

/** A request that the guard admitted. */
interface ApiRequest {
  user: SessionPrincipal;
}

/**
 * Acme's API, which the API pages of the docs describe: `docs/acme-api.json`. A key sees the services of its own tenant.
 */
@Controller('api/services')
@UseGuards(ApiKeyGuard)
export class ServicesController {
  constructor(@Inject(ServicesRepository) private readonly services: ServicesRepository) {}

  /** Lists the tenant's services. */
  @Get()
  @Header('Cache-Control', 'private, no-store')
  async list(
    @Req() { user }: ApiRequest,
    @Query(QUERY_PIPE) { region }: ListServicesDto,
  ): Promise<{ services: Service[] }> {
    return { services: await this.services.list(user.tenantId, region) };
  }

  /** One service of the tenant. */
  @Get(':serviceId')
  @Header('Cache-Control', 'private, no-store')
  async find(@Req() { user }: ApiRequest, @Param('serviceId') serviceId: string): Promise<Service> {
    // Postgres rejects NUL.
    const service = serviceId.includes('\0') ? undefined : await this.services.find(user.tenantId, serviceId);
    if (service === undefined) throw new NotFoundException('You have no service with this id.');
    return service;
  }

  /** Adds a service. */
  @Post()
  @Header('Cache-Control', 'private, no-store')
  async create(@Req() { user }: ApiRequest, @Body(BODY_PIPE) body: NewServiceDto): Promise<Service> {
    if ((await this.services.count(user.tenantId)) >= MAX_SERVICES) {
      throw new ConflictException(`A company has at most ${MAX_SERVICES} services.`);
    }
    return this.services.create(user.tenantId, body);
  }
}
