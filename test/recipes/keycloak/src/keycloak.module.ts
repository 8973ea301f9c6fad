import { Module } from '@nestjs/common';
import { KeycloakConnectModule, TokenValidation } from 'nest-keycloak-connect';

@Module({
  imports: [
    KeycloakConnectModule.register({
      authServerUrl: process.env.KEYCLOAK_URL,
      realm: 'acme',
      clientId: 'acme-api',
      secret: process.env.KEYCLOAK_SECRET ?? '',
      tokenValidation: TokenValidation.OFFLINE,
      verifyTokenAudience: true,
    }),
  ],
  exports: [KeycloakConnectModule],
})
export class KeycloakModule {}
