import { resolve } from 'node:path';
import { nextSteps } from './after-deploy.ts';
import { build } from './build.ts';
import { failureText } from './build-failure.ts';
import { checkTarget } from './command-line.ts';
import { CommandLineError } from './npm-options.ts';
import { requireStage } from './osls-options.ts';
import { runSecretCommand } from './secret/command.ts';
import { readStage, root, SinksFileError, sinksFileOf } from './serverless-file.ts';
import { quoted } from './shell.ts';
import type { Stage } from './sinks-file/sink.ts';

/** The part of osls that this plugin uses. */
interface Osls {
  service: { custom: { sinks: string } };
  processedInput: {
    commands: readonly string[];
    options: Readonly<Record<string, unknown>>;
  };
  getProvider(name: 'aws'): { getRegion(): string; getStage(): string };
  classes: { Error: new (message: string, code: string) => Error };
}

/** The first words of the commands that reach no stage in AWS; without a word osls lists them. */
const harmless = ['', 'config', 'create', 'doctor', 'generate-event', 'help', 'install', 'print'];

/**
 * The osls plugin of serverless.yml: it checks what a command would act on, since `npx osls` comes here
 * without `infra/osls.ts`; builds the functions before they are packaged; and adds the command
 * `osls secret`.
 */
class SinkPlugin {
  readonly commands = {
    secret: {
      usage: 'Store the client id and client secret of the Salesforce app for this stage',
      lifecycleEvents: ['store'],
      options: {
        sink: {
          usage: 'The sink whose secret to store, if sinks have different ones',
          type: 'string',
        },
      },
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void> | void>>;
  readonly #osls: Osls;

  constructor(osls: Osls) {
    this.#osls = osls;
    this.hooks = {
      initialize: () => this.#check(),
      'before:package:initialize': () => this.#build(),
      'secret:store': () => this.#storeSecret(),
      'after:deploy:finalize': () => this.#sayNext(),
    };
  }

  /** What is for the user is thrown as an error of osls, which prints its message alone. */
  #check(): void {
    const { commands, options } = this.#osls.processedInput;
    const command = commands.join(' ');
    if (harmless.includes(commands[0] ?? '')) return;
    try {
      if (command !== 'package') requireStage(options['stage'], `. Run:\n  ${rightLine()}`);
      const aws = this.#osls.getProvider('aws');
      checkTarget(
        command,
        {
          stage: aws.getStage(),
          region: aws.getRegion(),
          file: this.#osls.service.custom.sinks,
          package: this.#option('package'),
          profile: this.#option('aws-profile'),
        },
        process.env,
      );
    } catch (error) {
      const isForUser = error instanceof CommandLineError || error instanceof SinksFileError;
      throw isForUser ? new this.#osls.classes.Error(error.message, 'SINK') : error;
    }
  }

  async #build(): Promise<void> {
    try {
      await build();
    } catch (error) {
      const message = failureText(error) ?? 'Not built: esbuild has said why above.';
      throw new this.#osls.classes.Error(message, 'SINK');
    }
  }

  #stage(): Stage {
    return readStage(this.#osls.service.custom.sinks, this.#osls.getProvider('aws').getStage());
  }

  #sayNext(): void {
    const file = this.#osls.service.custom.sinks;
    const stage = this.#stage();
    const lines = nextSteps(stage, {
      file: resolve(root, file) === resolve(root, sinksFileOf(stage.stage)) ? null : file,
      profile: this.#option('aws-profile'),
    });
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }

  async #storeSecret(): Promise<void> {
    const aws = this.#osls.getProvider('aws');
    const profile = this.#option('aws-profile');
    const place = { stage: aws.getStage(), region: aws.getRegion(), profile };
    try {
      await runSecretCommand(this.#stage(), this.#option('sink'), place);
    } catch (error) {
      const message = `The secret was not stored:\n  - ${errorText(error)}`;
      throw new this.#osls.classes.Error(message, 'SINK');
    }
  }

  /** The value of an option; null: not given. */
  #option(name: string): string | null {
    const value = this.#osls.processedInput.options[name];
    return typeof value === 'string' ? value : null;
  }
}

/** The command line as it was given, with the stage. */
const rightLine = (): string =>
  ['npx osls', ...process.argv.slice(2).map(quoted), '--stage STAGE'].join(' ');

function errorText(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

// osls loads a plugin with require(), which returns this export.
export { SinkPlugin as 'module.exports' };
