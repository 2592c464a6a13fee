import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CurrentActor } from '../../../platform/http/current-actor.decorator.js';
import { RateLimited } from '../../../platform/http/rate-limit.guard.js';
import { Refuses } from '../../../platform/http/refusals.decorator.js';
import { PublicRoute, RequiresSignIn } from '../../../platform/http/requires-permission.decorator.js';
import { LoginService } from '../login.service.js';
import { ProfileService } from '../profile.service.js';
import { LoginDto } from './dto/login.dto.js';
import { LoginResponse } from './login.response.js';
import { ProfileResponse } from './profile.response.js';

@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly login: LoginService,
    private readonly profile: ProfileService,
  ) {}

  @Post('login')
  @HttpCode(HttpStatus.OK)
  @PublicRoute()
  @RateLimited('login')
  @ApiOperation({ summary: 'Sign in with e-mail and password' })
  @ApiOkResponse({ type: LoginResponse })
  @Refuses('VALIDATION_FAILED', 'WRONG_CREDENTIALS')
  signIn(@Body() body: LoginDto): Promise<LoginResponse> {
    return this.login.signIn(body);
  }

  @Get('me')
  @RequiresSignIn()
  @ApiOperation({ summary: 'Who is signed in, with which roles and permissions' })
  @ApiOkResponse({ type: ProfileResponse })
  me(@CurrentActor() actor: Actor): Promise<ProfileResponse> {
    return this.profile.get(actor);
  }
}
