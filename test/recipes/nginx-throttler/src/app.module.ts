import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { AuthModule } from './auth/auth.module.js';
import { DocsModule } from './docs.module.js';

@Module({
  imports: [ThrottlerModule.forRoot([{ limit: 20, ttl: 60_000 }]), AuthModule, DocsModule],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
