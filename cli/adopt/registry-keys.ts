import { type Translate, warns } from './translation.ts';

/**
 * Keys with the login of a Schema Registry, `user:password`. Source: Confluent documentation, "Schema
 * Registry clients": `basic.auth.user.info`, and its older name.
 */
const loginKeys = [
  'value.converter.basic.auth.user.info',
  'value.converter.schema.registry.basic.auth.user.info',
] as const;

/** The key of a connector with the login of its Schema Registry; null: it has none. */
export function registryLoginKey(config: Readonly<Record<string, string>>): string | null {
  return loginKeys.find((key) => (config[key] ?? '') !== '') ?? null;
}

const inTheSecret =
  'schemaRegistryUser and schemaRegistryPassword in the secret, beside clientId and clientSecret';

const login: Translate = () => ({ warning: `becomes ${inTheSecret}` });

/** The address of a registry; its user and password, if it has them, are secrets. */
const address: Translate = (value) => {
  const url = URL.parse(value);
  if (url === null || (url.username === '' && url.password === '')) {
    return { settings: { SCHEMA_REGISTRY_URL: value } };
  }
  url.username = '';
  url.password = '';
  return {
    settings: { SCHEMA_REGISTRY_URL: url.href.replace(/\/$/, '') },
    warning: `has a login, which is left out; its user and password become ${inTheSecret}`,
  };
};

/** `URL`, the default, is a login in the address. */
const loginSource: Translate = (value) =>
  ['URL', 'USER_INFO'].includes(value)
    ? {}
    : { warning: `of ${value} has no equivalent; set ${inTheSecret}` };

/** Schemas of AWS Glue are named by the UUID of their version, in the function's region. */
const glueKey = warns("is not needed: schemas are read from AWS Glue in the function's region");

/** Keys of the converters that concern a registry of schemas. */
export const registryKeys: Readonly<Record<string, Translate>> = {
  'value.converter.schema.registry.url': address,
  'value.converter.apicurio.registry.url': address,
  'schema.registry.url': address,
  ...Object.fromEntries(loginKeys.map((key) => [key, login])),
  'value.converter.basic.auth.credentials.source': loginSource,
  'value.converter.region': glueKey,
  'value.converter.registry.name': glueKey,
  'value.converter.endpoint': glueKey,
};
