import { AuthModule } from '@acme/auth';
import { DocsModule } from '@acme/docs';
import { Module } from '@nestjs/common';

@Module({ imports: [AuthModule, DocsModule] })
export class AppModule {}
