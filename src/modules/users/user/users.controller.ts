import { Body, Controller, Get, HttpCode, HttpStatus, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../../../kernel/access/actor.js';
import type { Page } from '../../../platform/database/page.js';
import { TransientFields } from '../../../platform/http/entity-tag/entity-tag.interceptor.js';
import { WithETag, ENTITY_TAG } from '../../../platform/http/entity-tag/with-etag.decorator.js';
import { CurrentActor } from '../../../platform/http/access/current-actor.decorator.js';
import type { IfMatch as Expected } from '../../../platform/http/entity-tag/entity-tag.js';
import { IfMatch } from '../../../platform/http/entity-tag/if-match.decorator.js';
import { ApiErrorResponses } from '../../../platform/http/openapi/api-error-responses.decorator.js';
import { RequiresPermission } from '../../../platform/http/access/requires-permission.decorator.js';
import { IdempotencyKey } from '../../../platform/idempotency/idempotency-key.decorator.js';
import type { IdempotentRequest } from '../../../platform/idempotency/idempotent-request.js';
import { USER_TRANSIENT_FIELDS } from './user.view.js';
import type { UserName, UserView } from './user.view.js';
import { UserQuery } from './user.query.js';
import { UserAccessService } from '../access/user-access.service.js';
import { UserAdministrationService } from './user-administration.service.js';
import { UserUpdateService } from './user-update.service.js';
import { AccessChangeReasonDto } from '../access/access-change-reason.dto.js';
import { CreateUserDto } from './create-user.dto.js';
import { UpdateUserDto } from './update-user.dto.js';
import { UserListDto } from '../search/user-list.dto.js';
import { UserNamesQueryDto } from '../search/user-names-query.dto.js';
import { UserParamsDto } from './user-params.dto.js';
import { UserPasswordDto } from '../password/user-password.dto.js';
import { LocalSignInOnly } from '../access/local-sign-in.guard.js';
import { UserNamesResponse } from '../search/user-names.response.js';
import { UserPage } from '../search/user-page.response.js';
import { UserResponse } from './user.response.js';

/**
 * Requests with a password accept no Idempotency-Key, because the stored hash of the request could be guessed (ADR 15).
 */
@ApiTags('Users')
@Controller('users')
@TransientFields(USER_TRANSIENT_FIELDS)
export class UsersController {
  constructor(
    private readonly query: UserQuery,
    private readonly administration: UserAdministrationService,
    private readonly updates: UserUpdateService,
    private readonly access: UserAccessService,
  ) {}

  @Get()
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Find users by name or e-mail' })
  @ApiOkResponse({ type: UserPage })
  @ApiErrorResponses('VALIDATION_FAILED')
  list(@Query() filters: UserListDto): Promise<Page<UserView>> {
    return this.query.list(filters);
  }

  /** Users who can read the ledger can also read who recorded its entries: only id and name. */
  @Get('names')
  @RequiresPermission('ledger:view')
  @ApiOperation({ summary: 'Get the names of users by id' })
  @ApiOkResponse({ type: UserNamesResponse })
  @ApiErrorResponses('VALIDATION_FAILED')
  names(@Query() { ids }: UserNamesQueryDto): Promise<{ items: UserName[] }> {
    return this.query.names(ids);
  }

  @Get(':user_id')
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Get a user' })
  @WithETag()
  @ApiOkResponse({ type: UserResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'USER_NOT_FOUND')
  get(@Param() { user_id }: UserParamsDto): Promise<UserView> {
    return this.query.get(user_id);
  }

  @Post()
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Create a user, who changes the password at the first sign-in' })
  @ApiCreatedResponse({ type: UserResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'EMAIL_TAKEN')
  create(@CurrentActor() actor: Actor, @Body() newUser: CreateUserDto): Promise<UserView> {
    return this.administration.create(actor, newUser);
  }

  @Patch(':user_id')
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Change the name, roles or access of a user' })
  @ApiOkResponse({ type: UserResponse, headers: ENTITY_TAG })
  @ApiErrorResponses('VALIDATION_FAILED', 'USER_NOT_FOUND', 'CANNOT_CHANGE_OWN_ACCESS', 'LAST_ADMIN')
  update(
    @CurrentActor() actor: Actor,
    @Param() { user_id }: UserParamsDto,
    @Body() changes: UpdateUserDto,
    @IfMatch() ifMatch?: Expected,
  ): Promise<UserView> {
    return this.updates.update(actor, user_id, changes, ifMatch);
  }

  @Post(':user_id/password')
  @HttpCode(HttpStatus.OK)
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Reset the password of a user and end all sessions' })
  @ApiOkResponse({ type: UserResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'USER_NOT_FOUND', 'CANNOT_RESET_OWN_PASSWORD')
  @LocalSignInOnly()
  resetPassword(
    @CurrentActor() actor: Actor,
    @Param() { user_id }: UserParamsDto,
    @Body() { password }: UserPasswordDto,
  ): Promise<UserView> {
    return this.administration.resetPassword(actor, user_id, password);
  }

  @Post(':user_id/unlock')
  @HttpCode(HttpStatus.OK)
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Unlock a user who is locked out after wrong passwords' })
  @ApiOkResponse({ type: UserResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'USER_NOT_FOUND')
  unlock(
    @CurrentActor() actor: Actor,
    @Param() { user_id }: UserParamsDto,
    @Body() { reason }: AccessChangeReasonDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<UserView> {
    return this.access.unlock(actor, user_id, { reason, request });
  }

  @Post(':user_id/logout')
  @HttpCode(HttpStatus.OK)
  @RequiresPermission('users:manage')
  @ApiOperation({ summary: 'Sign a user out everywhere' })
  @ApiOkResponse({ type: UserResponse })
  @ApiErrorResponses('VALIDATION_FAILED', 'USER_NOT_FOUND')
  signOut(
    @CurrentActor() actor: Actor,
    @Param() { user_id }: UserParamsDto,
    @Body() { reason }: AccessChangeReasonDto,
    @IdempotencyKey() request?: IdempotentRequest,
  ): Promise<UserView> {
    return this.access.signOut(actor, user_id, { reason, request });
  }
}
