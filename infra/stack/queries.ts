import type { Stage } from '../sinks-file/sink.ts';
import { type Resources, ref } from './cloudformation.ts';
import { logicalIds } from './names.ts';

/**
 * The saved queries of a stage by the last part of their names. The first two have a value to
 * replace.
 */
export const queries = {
  'one flush': [
    '# Replace the id by the function_request_id of any line of the flush.',
    'fields @timestamp, level, message, offsets.0, job_id, code, reason, record',
    '| filter function_request_id = "00000000-0000-0000-0000-000000000000"',
    '| sort @timestamp asc',
  ],
  'one record': [
    '# Replace contacts-3 (twice) and 1042 (three times) by topic-partition and offset.',
    'fields @timestamp, message, code, reason, record, job_id, function_request_id',
    '| filter message in ["flush received", "flush written", "flush failed", "errant record"]',
    '| parse @message /"contacts-3@(?<first>\\d+)(?:\\.\\.(?<last>\\d+))?"/',
    '| filter ispresent(first) and first <= 1042 and coalesce(last, first) >= 1042',
    '| filter message != "errant record" or record = "contacts-3@1042"',
    '| sort @timestamp asc',
  ],
  'rejected rows by code': [
    'filter message in ["errant record", "unmatched row"]',
    '| stats count(*) as records, latest(record) as latest_record, latest(reason) as latest_reason by code, error_code',
    '| sort records desc',
  ],
} as const;

/** CloudWatch Logs Insights queries, saved in a folder named after the stage. */
export function savedQueries({ service, stage, sinks }: Stage): Resources {
  const LogGroupNames = sinks.map(({ name }) => ref(logicalIds(name).logGroup));
  const entries = Object.entries(queries).map(([name, lines], index) => [
    `Query${index + 1}`,
    {
      Type: 'AWS::Logs::QueryDefinition',
      Properties: {
        Name: `${service}/${stage}/${name}`,
        LogGroupNames,
        QueryString: lines.join('\n'),
      },
    },
  ]);
  return Object.fromEntries(entries);
}
