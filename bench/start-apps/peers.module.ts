import { Body, Controller, Get, Module, Post, UseGuards, ValidationPipe } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { Type } from 'class-transformer';
import { IsInt } from 'class-validator';

class PageDto {
  @IsInt()
  @Type(() => Number)
  position?: number;
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
@Module({ controllers: [PagesController] })
export class PeersModule {}
