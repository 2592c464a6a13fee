import { DynamicModule, Module } from '@nestjs/common';
import { LoansModule } from './modules/loans/index.js';
import { UsersModule } from './modules/users/index.js';
import { PlatformModule, AppContext } from './platform/platform.module.js';

/** The business modules without HTTP server and scheduled jobs, for the command line and the demo. */
@Module({})
export class CoreModule {
  static forRoot(appContext: AppContext): DynamicModule {
    return {
      module: CoreModule,
      imports: [PlatformModule.forRoot(appContext), UsersModule, LoansModule],
    };
  }
}
