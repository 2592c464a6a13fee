import { Body, Controller, Get, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
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

/** These routes accept no Idempotency-Key, because a stored response would be a stored secret (ADR 15). */
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
  @ApiOperation({ summary: 'Sign in with e-mail and password' })
  @ApiOkResponse({ type: TokensResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'INVALID_CREDENTIALS', 'SIGN_IN_LOCKED')
  @LocalSignInOnly()
  signIn(@Body() body: LoginDto, @CurrentRequest() context: RequestContext): Promise<TokensResponse> {
    return this.login.signIn(body, context);
  }

  @Post('refresh')
  @HttpCode(HttpStatus.OK)
  @PublicRoute()
  @ApiOperation({ summary: 'Exchange a refresh token for a new refresh token and an access token' })
  @ApiOkResponse({ type: TokensResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'SESSION_ENDED')
  @LocalSignInOnly()
  refresh(@Body() body: RefreshDto, @CurrentRequest() context: RequestContext): Promise<TokensResponse> {
    return this.renewal.renew(body, context);
  }

  @Post('logout')
  @HttpCode(HttpStatus.OK)
  @PublicRoute()
  @ApiOperation({ summary: 'Sign out: end the session of the refresh token' })
  @ApiOkResponse({ type: SessionsEndedResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  @LocalSignInOnly()
  signOut(
    @Body() body: RefreshDto,
    @CurrentRequest() context: RequestContext,
  ): Promise<SessionsEndedResponse> {
    return this.logout.signOut(body, context);
  }

  @Post('logout-everywhere')
  @HttpCode(HttpStatus.OK)
  @RequiresSignIn()
  @ApiOperation({ summary: 'Sign out everywhere: end all of your sessions' })
  @ApiOkResponse({ type: SessionsEndedResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'UNAUTHENTICATED')
  @LocalSignInOnly()
  signOutEverywhere(
    @CurrentActor() actor: Actor,
    @Body() body: LogoutEverywhereDto,
    @CurrentRequest() context: RequestContext,
  ): Promise<SessionsEndedResponse> {
    return this.logout.signOutEverywhere(actor, body, context);
  }

  @Post('password')
  @HttpCode(HttpStatus.OK)
  @RequiresSignIn()
  @ApiOperation({ summary: 'Change your password and end all your other sessions' })
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
  @ApiOperation({ summary: 'Get the signed-in user with roles and permissions' })
  @ApiOkResponse({ type: ProfileResponse })
  me(@CurrentActor() actor: Actor): Promise<ProfileResponse> {
    return this.profile.get(actor);
  }
}
