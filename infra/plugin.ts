import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { nextSteps } from './after-deploy.ts';
import { explained } from './aws-errors.ts';
import { build } from './build.ts';
import { failureText } from './build-failure.ts';
import { checkTarget } from './command-line.ts';
import { CommandLineError } from './npm-options.ts';
import { requireStage } from './osls-options.ts';
import { chosenSecret } from './secret/chosen-secret.ts';
import { keyRemark } from './secret/key-remark.ts';
import { readCredentials } from './secret/prompt.ts';
import { storeSecret } from './secret/store.ts';
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
          package: textOf(options['package']),
          profile: textOf(options['aws-profile']),
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
      profile: textOf(this.#osls.processedInput.options['aws-profile']),
    });
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }

  async #storeSecret(): Promise<void> {
    const aws = this.#osls.getProvider('aws');
    const region = aws.getRegion();
    const { options } = this.#osls.processedInput;
    const profile = textOf(options['aws-profile']);
    const client = new SecretsManagerClient({ region, ...(profile === null ? {} : { profile }) });
    const place = { stage: aws.getStage(), region, profile };
    try {
      const secret = chosenSecret(this.#stage(), textOf(options['sink']));
      const { name } = secret;
      process.stderr.write(`Secret ${name} in ${region}\n`);
      const credentials = await readCredentials(process.stdin, process.stderr);
      const of = { service: 'Secrets Manager', resource: `secret ${name}` };
      const done = await storeSecret(client, { ...secret, credentials }, (error, action) =>
        explained(error, { ...of, action }, place),
      );
      process.stderr.write(`The secret is ${done}. The function reads it at its next login.\n`);
      const remark = done === 'updated' ? await keyRemark(client, secret) : null;
      if (remark !== null) process.stderr.write(`${remark}\n`);
    } catch (error) {
      const message = `The secret was not stored:\n  - ${errorText(error)}`;
      throw new this.#osls.classes.Error(message, 'SINK');
    } finally {
      client.destroy();
    }
  }
}

/** An option's value; null: not given. */
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The command line as it was given, with the stage. */
const rightLine = (): string =>
  ['npx osls', ...process.argv.slice(2).map(quoted), '--stage STAGE'].join(' ');

function errorText(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

// osls loads a plugin with require(), which returns this export.
export { SinkPlugin as 'module.exports' };
