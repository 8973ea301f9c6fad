import { Module } from '@nestjs/common';
import { AuthModule } from './auth/auth.module.js';
import { DocsModule } from './docs.module.js';

@Module({ imports: [AuthModule, DocsModule] })
export class AppModule {}
