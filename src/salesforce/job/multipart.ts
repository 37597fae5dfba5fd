/** A multipart body and the content type with its boundary. */
export interface MultipartBody {
  readonly contentType: string;
  readonly body: string;
}

/**
 * Maximum size of job data in one call, in UTF-8 bytes. Salesforce counts characters, which are never more than
 * bytes.
 * Source: Bulk API 2.0 developer guide, "Create a Job", multipart.
 */
export const multipartLimit = 100_000;

/**
 * Builds the body that creates a job with its data: the job as JSON, then the CSV. Lines between parts
 * end in CRLF, as MIME requires; the CRLF before the closing boundary is not part of the CSV.
 */
export function multipartBody(job: string, csv: string, boundary: string): MultipartBody {
  const lines = [
    `--${boundary}`,
    'Content-Type: application/json',
    'Content-Disposition: form-data; name="job"',
    '',
    job,
    `--${boundary}`,
    'Content-Type: text/csv',
    'Content-Disposition: form-data; name="content"; filename="content"',
    '',
    csv,
    `--${boundary}--`,
    '',
  ];
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: lines.join('\r\n') };
}
