import type { Config } from '../../config/config.ts';
import { isDelete } from '../../config/settings.ts';
import { SinkError } from '../../errors.ts';
import type { Runtime } from '../../runtime/runtime.ts';
import type { ApiRequest } from '../session/api-request.ts';
import type { Client } from '../session/client.ts';
import { type JobInfo, jobInfoOf } from './job-info.ts';
import { multipartBody } from './multipart.ts';
import { type ResultFile, type ResultRequest, readResultFile } from './result-file.ts';

/** What the API calls need of the sink. */
export interface IngestApiParts {
  readonly config: Pick<Config, 'object' | 'externalIdField' | 'apiVersion' | 'assignmentRuleId'>;
  readonly client: Client;
  readonly runtime: Pick<Runtime, 'uuid'>;
}

/** The operation of a job, which may be another than the sink's. */
export type JobOperation = Config['operation'];

const json = 'application/json; charset=UTF-8';

/** The description does not say whether the user may hard-delete; only the job does. */
function withRemedy(error: unknown): unknown {
  if (!(error instanceof SinkError) || error.errorCode !== 'FEATURENOTENABLED') return error;
  return new SinkError(
    'OBJECT_INVALID',
    'hardDelete is not possible: the run-as user lacks the permission "Bulk API Hard Delete".',
    { cause: error, errorCode: error.errorCode, status: error.status },
  );
}

/**
 * The calls of Bulk API 2.0 ingest. Each throws as `Client.call` does, and the creation of a job for
 * `hardDelete` also `OBJECT_INVALID`.
 * Source: Bulk API 2.0 developer guide.
 */
export class IngestApi {
  readonly #parts: IngestApiParts;
  readonly #path: string;

  constructor(parts: IngestApiParts) {
    this.#parts = parts;
    this.#path = `/services/data/${parts.config.apiVersion}/jobs/ingest`;
  }

  /**
   * Creates an empty job in state `Open`. Retried only if it was probably not created; a superfluous
   * empty job would write nothing.
   */
  create(operation: JobOperation): Promise<JobInfo> {
    return this.#create(operation, {
      repeat: 'if-probably-not-processed',
      contentType: json,
      body: this.#job(operation),
    });
  }

  /** Creates a job with its data in one call. Retried only if it cannot have been created. */
  createWithData(operation: JobOperation, csv: string): Promise<JobInfo> {
    const boundary = this.#parts.runtime.uuid();
    return this.#create(operation, {
      repeat: 'if-not-processed',
      ...multipartBody(this.#job(operation), csv, boundary),
    });
  }

  /** Uploads the job's data. A job takes one upload, so this is never retried. */
  upload(jobId: string, csv: string): Promise<void> {
    const path = `${this.#path}/${jobId}/batches`;
    const contentType = 'text/csv; charset=UTF-8';
    const request = { method: 'PUT', path, repeat: 'never', contentType, body: csv } as const;
    return this.#parts.client.call(request, () => undefined);
  }

  /** Marks the data as complete, so that Salesforce starts the job. The caller polls before a retry. */
  close(jobId: string): Promise<JobInfo> {
    return this.#setState(jobId, 'UploadComplete', 'never');
  }

  /** Aborts a job. Rows that it wrote stay written. */
  abort(jobId: string): Promise<JobInfo> {
    return this.#setState(jobId, 'Aborted', 'always');
  }

  /** Polls a job. */
  info(jobId: string): Promise<JobInfo> {
    const path = `${this.#path}/${jobId}`;
    return this.#parts.client.call({ method: 'GET', path, repeat: 'always' }, (reply) =>
      jobInfoOf(reply, jobId),
    );
  }

  /**
   * Reads one of a job's result files as a stream. A file with fewer rows than `least` was truncated,
   * and is read again.
   */
  results(jobId: string, request: ResultRequest): Promise<ResultFile> {
    const path = `${this.#path}/${jobId}/${request.kind}`;
    return this.#parts.client.stream({ method: 'GET', path, repeat: 'always' }, (reply) =>
      readResultFile(reply, request),
    );
  }

  #job(operation: JobOperation): string {
    const { object, externalIdField, assignmentRuleId } = this.#parts.config;
    const hasRule = assignmentRuleId !== null && !isDelete(operation);
    return JSON.stringify({
      object,
      operation,
      ...(operation === 'upsert' ? { externalIdFieldName: externalIdField } : {}),
      contentType: 'CSV',
      columnDelimiter: 'COMMA',
      lineEnding: 'LF',
      ...(hasRule ? { assignmentRuleId } : {}),
    });
  }

  async #create(
    operation: JobOperation,
    content: Pick<ApiRequest, 'repeat' | 'contentType' | 'body'>,
  ): Promise<JobInfo> {
    const unknownOutcome = 'JOB_CREATE_UNKNOWN';
    const request = { method: 'POST', path: this.#path, unknownOutcome, ...content } as const;
    try {
      return await this.#parts.client.call(request, (reply) => jobInfoOf(reply, null));
    } catch (error) {
      throw operation === 'hardDelete' ? withRemedy(error) : error;
    }
  }

  #setState(jobId: string, state: string, repeat: 'always' | 'never'): Promise<JobInfo> {
    const path = `${this.#path}/${jobId}`;
    const body = JSON.stringify({ state });
    const request = { method: 'PATCH', path, repeat, contentType: json, body } as const;
    return this.#parts.client.call(request, (reply) => jobInfoOf(reply, jobId));
  }
}
