import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { build } from './build.ts';
import { readCredentials } from './credentials-prompt.ts';
import { parameterProblems, placeholders } from './parameters.ts';
import { storeSecret } from './secret.ts';

/** The part of osls that this plugin touches. */
type Osls = {
  service: {
    custom: { sink: Readonly<Record<string, unknown>> & { secretName: string } };
    provider: { stage?: string };
  };
  processedInput: { commands: readonly string[]; options: Readonly<Record<string, unknown>> };
  getProvider(name: 'aws'): { getRegion(): string; getStage(): string };
  classes: { Error: new (message: string, code: string) => Error };
};

/**
 * What serverless.yml needs beside osls itself: a check of the parameters before anything else, the
 * build of the function before it is packed, and the command `osls secret`.
 */
class SinkPlugin {
  readonly commands = {
    secret: {
      usage: 'Store the client id and client secret of the Salesforce app for this stage',
      lifecycleEvents: ['store'],
    },
  };
  readonly hooks: Readonly<Record<string, () => Promise<void> | void>>;
  readonly #osls: Osls;

  constructor(osls: Osls) {
    this.#osls = osls;
    this.hooks = {
      initialize: () => this.#check(),
      'before:package:initialize': () => build(),
      'secret:store': () => this.#storeSecret(),
    };
  }

  /** Only what makes or changes a stack needs right parameters; taking one down does not. */
  #check(): void {
    const [command] = this.#osls.processedInput.commands;
    if (command !== 'package' && command !== 'deploy') return;
    const { sink } = this.#osls.service.custom;
    const aws = this.#osls.getProvider('aws');
    const stage = `Stage "${aws.getStage()}", infra/stages/${aws.getStage()}.yml`;
    const problems = parameterProblems(sink, aws.getRegion());
    if (problems.length > 0) this.#fail(`${stage}:`, problems);
    const open = placeholders(sink);
    if (command === 'deploy' && open.length > 0) {
      this.#fail(`${stage} still holds placeholders; nothing was deployed. Fill in:`, open);
    }
  }

  async #storeSecret(): Promise<void> {
    const { secretName } = this.#osls.service.custom.sink;
    const aws = this.#osls.getProvider('aws');
    const region = aws.getRegion();
    const profile = this.#osls.processedInput.options['aws-profile'];
    const client = new SecretsManagerClient({
      region,
      ...(typeof profile === 'string' ? { profile } : {}),
    });
    process.stderr.write(`Secret ${secretName} in ${region}\n`);
    try {
      const credentials = await readCredentials(process.stdin, process.stderr);
      const done = await storeSecret(client, secretName, credentials);
      process.stderr.write(`The secret is ${done}. The function reads it at its next login.\n`);
    } catch (error) {
      this.#fail('The secret was not stored:', [errorText(error)]);
    } finally {
      client.destroy();
    }
  }

  #fail(message: string, reasons: readonly string[]): never {
    const lines = reasons.map((reason) => `  - ${reason}`);
    throw new this.#osls.classes.Error([message, ...lines].join('\n'), 'SINK');
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

// osls loads a plugin with require(), which hands out this export in place of the whole module.
export { SinkPlugin as 'module.exports' };
