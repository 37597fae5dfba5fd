import { type OptionName, type OslsCommand, optionsOf } from './osls-commands.ts';

const uses: Readonly<Record<OslsCommand, string>> = {
  package: `Usage: npm run package -- [--stage STAGE] [--package FOLDER]

Checks the sinks file of a stage (dev), builds its functions, and writes their zips and the
CloudFormation template into a folder (.serverless). Nobody is called.`,
  deploy: `Usage: npm run deploy -- --stage STAGE [--package FOLDER]

Checks the sinks file of a stage, builds its functions, and deploys them.`,
  secret: `Usage: npm run secret -- --stage STAGE [--sink NAME]

Stores the client id and the client secret with which the sinks of a stage log in. It prompts for both;
what is piped into it is the whole secret, {"clientId":"…","clientSecret":"…"}.`,
};

/** What each option looks like, and does. */
const says: Readonly<Record<OptionName, readonly [form: string, does: string]>> = {
  stage: ['--stage STAGE', 'the stage'],
  sink: ['--sink NAME', 'the sink whose secret to store, if sinks have different ones'],
  package: ['--package FOLDER', 'the folder of the package'],
  force: ['--force', 'deploy even if nothing has changed'],
  conceal: ['--conceal', 'hide secrets in the output'],
  'minify-template': ['--minify-template', 'deploy a template without blanks'],
  'aws-s3-accelerate': ['--aws-s3-accelerate', 'upload by S3 Transfer Acceleration'],
  'aws-profile': [
    '--aws-profile P',
    "use this AWS profile (AWS_PROFILE, else the SDK's default credentials)",
  ],
  region: ['--region REGION', "refuse any other region than the stage's own"],
  param: ['--param sinks=F', 'use another sinks file than infra/sinks/STAGE.yml'],
  verbose: ['--verbose', 'show each step'],
  debug: ['--debug NAMES', "show the framework's debug log; * shows all of it"],
  help: ['--help', 'show this help'],
};

/** What `--help` of a command prints: the options that are accepted, not all that osls knows. */
export function helpOf(command: OslsCommand): string {
  const own = new Set<string>(Object.keys(optionsOf(command)));
  const shown = Object.entries(says).filter(([name]) => own.has(name));
  const width = Math.max(...shown.map(([, [form]]) => form.length));
  const lines = shown.map(([, [form, does]]) => `  ${form.padEnd(width)}  ${does}`);
  return [uses[command], '', ...lines].join('\n');
}
