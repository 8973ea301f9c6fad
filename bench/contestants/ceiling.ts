import { Controller, Get, Module, Redirect } from '@nestjs/common';

@Controller('docs-login')
class CeilingController {
  @Get()
  @Redirect('https://docs.foo.com/quickstart', 302)
  login(): void {}
}

/** What no login can be faster than: a redirect, and nothing else. */
@Module({ controllers: [CeilingController] })
export class CeilingModule {}
