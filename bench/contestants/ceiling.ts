import { Controller, Get, Module, Redirect } from '@nestjs/common';

@Controller('docs-login')
class CeilingController {
  @Get()
  @Redirect('https://docs.foo.com/quickstart', 302)
  login(): void {}
}

/** The upper bound for a login: a redirect and nothing else. */
@Module({ controllers: [CeilingController] })
export class CeilingModule {}
