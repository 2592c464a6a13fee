import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import { RateLimited } from '../../../platform/http/limits/rate-limit.guard.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { PublicRoute, RequiresSignIn } from '../../../platform/http/access/requires-permission.decorator.js';
import { LocalSignInOnly } from '../../users/index.js';
import { LoginService } from './login.service.js';
import { LogoutService } from '../logout/logout.service.js';
import { PasswordChangeService } from '../password/password-change.service.js';
import { ProfileService } from './profile.service.js';
import { SessionRenewalService } from './session-renewal.service.js';
import { ChangePasswordDto } from '../password/change-password.dto.js';
import { LoginDto } from './login.dto.js';
import { LogoutEverywhereDto } from '../logout/logout-everywhere.dto.js';
import { RefreshDto } from './refresh.dto.js';
import { ProfileResponse } from './profile.response.js';
import { SessionsEndedResponse } from '../logout/sessions-ended.response.js';
import { TokensResponse } from './tokens.response.js';
import { CurrentRequest } from './request-context.decorator.js';
import type { RequestContext } from './request-context.decorator.js';

/** These routes take no Idempotency-Key: an answer that is kept would be a secret that is kept (ADR 15). */
@ApiTags('auth')
@Controller('auth')
export class AuthController {
  constructor(
    private readonly login: LoginService,
    private readonly renewal: SessionRenewalService,
    private readonly logout: LogoutService,
    private readonly passwords: PasswordChangeService,
    private readonly profile: ProfileService,
  ) {}

  @Post('login')
  @HttpCode(HttpStatus.OK)
  @PublicRoute()
  @RateLimited('login')
  @ApiOperation({ summary: 'Sign in with e-mail and password' })
  @ApiOkResponse({ type: TokensResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'INVALID_CREDENTIALS', 'SIGN_IN_LOCKED')
  @LocalSignInOnly()
  signIn(@Body() body: LoginDto, @CurrentRequest() visit: RequestContext): Promise<TokensResponse> {
    return this.login.signIn(body, visit);
  }

  @Post('refresh')
  @HttpCode(HttpStatus.OK)
  @PublicRoute()
  @ApiOperation({ summary: 'Exchange a refresh token for the next one and an access token' })
  @ApiOkResponse({ type: TokensResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'SESSION_ENDED')
  @LocalSignInOnly()
  refresh(@Body() body: RefreshDto, @CurrentRequest() visit: RequestContext): Promise<TokensResponse> {
    return this.renewal.renew(body, visit);
  }

  @Post('logout')
  @HttpCode(HttpStatus.OK)
  @PublicRoute()
  @ApiOperation({ summary: 'Sign out: end the session of a refresh token' })
  @ApiOkResponse({ type: SessionsEndedResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  @LocalSignInOnly()
  signOut(@Body() body: RefreshDto, @CurrentRequest() visit: RequestContext): Promise<SessionsEndedResponse> {
    return this.logout.signOut(body, visit);
  }

  @Post('logout-everywhere')
  @HttpCode(HttpStatus.OK)
  @RequiresSignIn()
  @ApiOperation({ summary: 'Sign out everywhere: end every session of who asks' })
  @ApiOkResponse({ type: SessionsEndedResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'UNAUTHENTICATED')
  @LocalSignInOnly()
  signOutEverywhere(
    @CurrentActor() actor: Actor,
    @Body() body: LogoutEverywhereDto,
    @CurrentRequest() visit: RequestContext,
  ): Promise<SessionsEndedResponse> {
    return this.logout.signOutEverywhere(actor, body, visit);
  }

  @Post('password')
  @HttpCode(HttpStatus.OK)
  @RequiresSignIn()
  @ApiOperation({ summary: 'Change the own password, and end all other sessions' })
  @ApiOkResponse({ type: SessionsEndedResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'UNAUTHENTICATED', 'INVALID_CREDENTIALS', 'SIGN_IN_LOCKED')
  @LocalSignInOnly()
  changePassword(
    @CurrentActor() actor: Actor,
    @Body() body: ChangePasswordDto,
  ): Promise<SessionsEndedResponse> {
    return this.passwords.change(actor, body);
  }

  @Get('me')
  @RequiresSignIn()
  @ApiOperation({ summary: 'Who is signed in, with which roles and permissions' })
  @ApiOkResponse({ type: ProfileResponse })
  me(@CurrentActor() actor: Actor): Promise<ProfileResponse> {
    return this.profile.get(actor);
  }
}
