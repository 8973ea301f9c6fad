import { Module } from '@nestjs/common';
import { AuthModule } from '@thallesp/nestjs-better-auth';
import { auth } from './auth/auth.js';
import { DocsModule } from './docs.module.js';

@Module({ imports: [AuthModule.forRoot({ auth }), DocsModule] })
export class AppModule {}
