import { AuthModule } from '@app/auth';
import { DocsModule } from '@app/docs';
import { Module } from '@nestjs/common';

@Module({ imports: [AuthModule, DocsModule] })
export class AppModule {}
