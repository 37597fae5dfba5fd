import {
  type EventSourceMappingConfiguration,
  GetFunctionConfigurationCommand,
  type LambdaClient,
  ListEventSourceMappingsCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
import { awsErrorName } from '../runtime/aws-client.ts';
import { release, releaseVariable } from '../runtime/release.ts';
import { CheckFailed, type Passed } from './checks.ts';

/**
 * The deployed sinks. Their settings are read from Lambda and never taken from the event, whose sender
 * could otherwise direct a secret to a host of their choice.
 */
export class DeployedSinks {
  readonly #client: Pick<LambdaClient, 'send'>;

  constructor(client: Pick<LambdaClient, 'send'>) {
    this.#client = client;
  }

  /**
   * The environment of a sink's function. A sink of another release than the doctor's is warned of: one of
   * the two was not deployed by the stack. Throws `CheckFailed`.
   */
  async environment(functionName: string): Promise<Passed<Readonly<Record<string, string>>>> {
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
    const found = await this.#client.send(command).catch((error: unknown) => {
      throw refused(error, functionName);
    });
    const { Environment, MemorySize, Timeout } = found;
    // Lambda returns this in place of the variables, and succeeds.
    const { ErrorCode } = Environment?.Error ?? {};
    if (ErrorCode !== undefined) {
      throw new CheckFailed(
        `Lambda did not decrypt the variables of ${functionName} (${ErrorCode}).`,
        "Allow kms:Decrypt on the key of the stage, kmsKeyArn in its sinks file, to the role of the doctor, in the key's policy too.",
      );
    }
    const value = Environment?.Variables ?? {};
    const deployed = value[releaseVariable];
    const built = deployed === undefined ? '' : `, release ${deployed}`;
    const detail = `deployed with ${MemorySize} MB and ${Timeout} s${built}`;
    if (deployed === undefined || deployed === release) return { detail, value };
    return { detail, value, remedy: `Deploy the stage: its doctor is of release ${release}.` };
  }

  /** The event source mappings of a function. Throws `CheckFailed`. */
  async mappings(functionName: string): Promise<readonly EventSourceMappingConfiguration[]> {
    const command = new ListEventSourceMappingsCommand({ FunctionName: functionName });
    const found = await this.#client.send(command).catch((error: unknown) => {
      throw refused(error, functionName);
    });
    return found.EventSourceMappings ?? [];
  }
}

function refused(error: unknown, functionName: string): CheckFailed {
  if (error instanceof ResourceNotFoundException) {
    return new CheckFailed(
      `There is no function ${functionName}.`,
      'Deploy the sink: npm run deploy -- --stage STAGE',
    );
  }
  return new CheckFailed(
    `Lambda did not describe ${functionName} (${awsErrorName(error)}).`,
    'Deploy the stage again, so that the role of the doctor includes the sink; else check the network path to Lambda.',
  );
}
