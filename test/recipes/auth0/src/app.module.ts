import { Module } from '@nestjs/common';
import { DocsModule } from './docs.module.js';

@Module({ imports: [DocsModule] })
export class AppModule {}
