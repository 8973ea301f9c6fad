import { Controller, Get, Module } from '@nestjs/common';

@Controller('pages')
class PagesController {
  @Get()
  list(): readonly string[] {
    return ['/quickstart'];
  }
}

/** An app with one route and only Nest. */
@Module({ controllers: [PagesController] })
export class BareModule {}
