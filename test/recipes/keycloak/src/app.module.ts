import { Module } from '@nestjs/common';
import { DocsModule } from './docs.module';
import { KeycloakModule } from './keycloak.module';

@Module({ imports: [KeycloakModule, DocsModule] })
export class AppModule {}
