import { DynamicModule, Module } from '@nestjs/common';
import { LoansModule } from './modules/loans/index.js';
import { UsersModule } from './modules/users/index.js';
import { PlatformModule, AppContext } from './platform/platform.module.js';

/** The business modules without the HTTP server and without the cron, with the context of the process. */
@Module({})
export class CoreModule {
  static forRoot(appContext: AppContext): DynamicModule {
    return {
      module: CoreModule,
      imports: [PlatformModule.forRoot(appContext), UsersModule, LoansModule],
    };
  }
}
