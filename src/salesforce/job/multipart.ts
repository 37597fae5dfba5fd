/** The body of a request with two parts and the content type that names its boundary. */
export interface MultipartBody {
  readonly contentType: string;
  readonly body: string;
}

/**
 * Most job data that fits into one call, here in UTF-8 bytes. Salesforce counts characters, and
 * there are never more of those than bytes.
 * Source: Bulk API 2.0 developer guide, "Create a Job", multipart.
 */
export const multipartLimit = 100_000;

/**
 * Builds the body that creates a job with its data: the job as JSON, then the CSV. Lines between
 * parts end in CRLF, as MIME has it; the one before the closing boundary is not part of the CSV.
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
