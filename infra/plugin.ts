import { resolve } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { nextSteps } from './after-deploy.ts';
import { explained } from './aws-errors.ts';
import { build } from './build.ts';
import { checkRegion } from './command-line.ts';
import { secretName } from './secret/name.ts';
import { readCredentials } from './secret/prompt.ts';
import { storeSecret } from './secret/store.ts';
import { readStage, root, sinksFileOf } from './serverless-file.ts';
import type { Stage } from './sinks-file/sink.ts';
import { refuseStageCredentials } from './stage-credentials.ts';

/** The part of osls that this plugin uses. */
interface Osls {
  service: { custom: { sinks: string } };
  processedInput: { options: Readonly<Record<string, unknown>> };
  getProvider(name: 'aws'): { getRegion(): string; getStage(): string };
  classes: { Error: new (message: string, code: string) => Error };
}

/**
 * The osls plugin of serverless.yml: it builds the functions before they are packaged, and adds the
 * command `osls secret`.
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
      'before:package:initialize': () => this.#build(),
      'secret:store': () => this.#storeSecret(),
      'before:remove:remove': () => this.#checkRemoval(),
      'after:deploy:finalize': () => this.#sayNext(),
    };
  }

  async #build(): Promise<void> {
    this.#checkedStage();
    await build();
  }

  /** The stage. Throws CommandLineError for another region, which osls itself would take. */
  #checkedStage(): Stage {
    const file = this.#osls.service.custom.sinks;
    const aws = this.#osls.getProvider('aws');
    const stage = readStage(file, aws.getStage());
    checkRegion(aws.getRegion(), stage, file);
    return stage;
  }

  /** `npx osls remove` reaches AWS without `infra/osls.ts`, so its checks are made here. */
  #checkRemoval(): void {
    if (typeof this.#osls.processedInput.options['stage'] !== 'string') {
      throw new this.#osls.classes.Error(
        'Nothing was removed: name the stage, --stage dev',
        'SINK',
      );
    }
    refuseStageCredentials(this.#osls.getProvider('aws').getStage(), process.env);
    this.#checkedStage();
  }

  #sayNext(): void {
    const file = this.#osls.service.custom.sinks;
    const stage = readStage(file, this.#osls.getProvider('aws').getStage());
    const { 'aws-profile': profile } = this.#osls.processedInput.options;
    const lines = nextSteps(stage, {
      file: resolve(root, file) === resolve(root, sinksFileOf(stage.stage)) ? null : file,
      profile: typeof profile === 'string' ? profile : null,
    });
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }

  async #storeSecret(): Promise<void> {
    const aws = this.#osls.getProvider('aws');
    const region = aws.getRegion();
    const { 'aws-profile': given, sink } = this.#osls.processedInput.options;
    const profile = typeof given === 'string' ? given : null;
    const client = new SecretsManagerClient({ region, ...(profile === null ? {} : { profile }) });
    const place = { stage: aws.getStage(), region, profile };
    try {
      const name = secretName(this.#checkedStage(), typeof sink === 'string' ? sink : null);
      process.stderr.write(`Secret ${name} in ${region}\n`);
      const credentials = await readCredentials(process.stdin, process.stderr);
      const of = { service: 'Secrets Manager', resource: `secret ${name}` };
      const done = await storeSecret(client, { name, credentials }, (error, action) =>
        explained(error, { ...of, action }, place),
      );
      process.stderr.write(`The secret is ${done}. The function reads it at its next login.\n`);
    } catch (error) {
      const message = `The secret was not stored:\n  - ${errorText(error)}`;
      throw new this.#osls.classes.Error(message, 'SINK');
    } finally {
      client.destroy();
    }
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

// osls loads a plugin with require(), which returns this export.
export { SinkPlugin as 'module.exports' };
