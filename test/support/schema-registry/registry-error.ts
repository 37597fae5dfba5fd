/** An error of the registry's REST API. Source: Confluent API reference, "Errors". */
export class RegistryError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'RegistryError';
    this.code = code;
    this.status = Number(String(code).slice(0, 3));
  }
}
