import { Body, Controller, Get, Injectable, Module, Post, UseGuards, ValidationPipe } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { Type } from 'class-transformer';
import { IsInt } from 'class-validator';
import { ExtractJwt, Strategy } from 'passport-jwt';

class PageDto {
  @IsInt()
  @Type(() => Number)
  position?: number;
}

@Injectable()
class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor() {
    super({ jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(), secretOrKey: 'no request is sent' });
  }

  validate(account: { sub: string }): { id: string } {
    return { id: account.sub };
  }
}

@Controller('pages')
@UseGuards(AuthGuard('jwt'))
class PagesController {
  @Get()
  list(): readonly string[] {
    return ['/quickstart'];
  }

  @Post()
  add(@Body(new ValidationPipe()) page: PageDto): PageDto {
    return page;
  }
}

/** A typical app: its routes have a passport guard and validate input with class-validator. */
@Module({ controllers: [PagesController], providers: [JwtStrategy] })
export class PeersModule {}
