import { type Column, column, instant } from './column.ts';

const timeOfDay = (time: string) => `to_char(date '2000-01-01' + ${time}, 'HH24:MI:SS.MS"Z"')`;

/** Text and what Salesforce has a type of its own for. */
const plainColumns: readonly Column[] = [
  column('name', 'varchar(80) not null', [`'Okoye'`, `'O''Brien "Zoë", 李 #'`], {
    LastName: 'name',
  }),
  column('nick', 'citext', [`'Ada'`, `'"'`], { FirstName: 'nick' }),
  column('code', 'char(5)', [`'ab'`, `'é'`], { MailingState: 'rpad(code, 5)' }),
  column('kind', 'grade', [`'Gold'`, `'Bronze'`], { Level__c: 'kind' }),
  column('active', 'boolean', ['true', 'false'], { Active__c: 'coalesce(active, false)' }),
  column('quiet', 'bit(1)', [`b'1'`, `b'0'`], { DoNotCall: `coalesce(quiet = b'1', false)` }),
  column('visits', 'smallint', ['7', '-32768'], { Visits__c: 'visits' }),
  column('places', 'integer', ['12', '-2147483648'], { AssistantPhone: 'places::text' }),
  column('serial', 'bigint', ['9007199254740993', '-9223372036854775808'], {
    MailingPostalCode: 'serial::text',
  }),
  column('score', 'numeric(18,4)', ['12.5', '-12345678901.0001'], { Score__c: 'score' }),
  column('exact', 'numeric', ['12.50', '-12345678901234567890.0123456789'], {
    Title: 'trim_scale(exact)::text',
  }),
  column('discount', 'numeric(5,2)', ['0', '-999.99'], { Discount__c: 'discount' }),
  column('balance', 'money', ['1234.56', '-0.01'], { Balance__c: 'balance::numeric' }),
  column('low', 'real', ['0.1', '-1.5e-7'], { OtherState: 'low::numeric::text' }),
  column('high', 'double precision', ['0.1', '-123.000000000001'], { MailingLatitude: 'high' }),
];

const timeColumns: readonly Column[] = [
  column('born', 'date', [`'1980-02-29'`, `'1700-01-01'`], { Birthdate: 'born::text' }),
  column('at', 'time', [`'13:45'`, `'23:59:59.999999'`], { PreferredTime__c: timeOfDay('at') }),
  column('at_zone', 'timetz', [`'13:45+02'`, `'00:30:00.25-11'`], {
    OtherCity: timeOfDay(`(at_zone at time zone 'UTC')::time`),
  }),
  column('bounced', 'timestamp', [`'2026-02-28 13:45'`, `'1700-01-01 00:00:00.000999'`], {
    EmailBouncedDate: instant(`bounced at time zone 'UTC'`),
  }),
  column('seen', 'timestamptz', [`'2026-02-28 13:45+02'`, `'3999-12-31 23:59:59.999999Z'`], {
    LastSeen__c: instant('seen'),
  }),
  column('lasts', 'interval', [`'1 day'`, `'-1 month 1 us'`]),
];

/** What Salesforce has only text for, or nothing. */
const otherColumns: readonly Column[] = [
  column('note', 'text', [`repeat('a note, ', 500)`, `E'"\\n\\t=1+1'`], {
    Description: 'note',
  }),
  column('raw', 'bytea', [`'\\x00ff10'`, `decode(repeat('ab', 120), 'hex')`], {
    MailingStreet: `replace(encode(raw, 'base64'), E'\\n', '')`,
  }),
  column('uid', 'uuid', ['gen_random_uuid()', `'00000000-0000-0000-0000-000000000000'`], {
    OtherStreet: 'uid::text',
  }),
  column('doc', 'json', [`'{"a": [1]}'`, `'"text"'`], { EmailBouncedReason: 'doc::text' }),
  column('docs', 'jsonb', [`'{"a": [1]}'`, `'null'`], { OtherCountry: 'docs::text' }),
  column('markup', 'xml', [`'<a>1</a>'`, `'<a b="&lt;"/>'`], { Department: 'markup::text' }),
  column('host', 'inet', [`'192.168.0.1'`, `'::ffff:1.2.3.4/120'`], { Phone: 'abbrev(host)' }),
  column('net', 'cidr', [`'10.1.0.0/16'`, `'2001:db8::/32'`], { Fax: 'net::text' }),
  column('card', 'macaddr', [`'08:00:2b:01:02:03'`, `'ff:ff:ff:ff:ff:ff'`], {
    MobilePhone: 'card::text',
  }),
  column('tags', 'text[]', [`'{News,Events}'`, `'{}'`], {
    Tags__c: `nullif(array_to_string(tags, ';'), '')`,
  }),
  column('years', 'int[]', [`'{2024,-1}'`, `'{0}'`], {
    AssistantName: `array_to_string(years, ';')`,
  }),
  column('span', 'int4range', [`'[1,5)'`, `'(,)'`], { Jigsaw: 'span::text' }),
  column('period', 'tstzrange', [`'[2026-01-01,)'`, `'empty'`]),
  column('spot', 'point', [`'(1.5,-2)'`, `'(-0.000001,180)'`], {
    OtherLatitude: 'spot[0]',
    OtherLongitude: 'spot[1]',
  }),
  column('search', 'tsvector', [`to_tsvector('a quick fox')`, `''`]),
  column('bits', 'bit(10)', [`b'1010101010'`, `b'0000000000'`]),
  column('attributes', 'hstore', [`'a=>1'`, `'"b c"=>NULL'`], {
    MailingCity: `replace(hstore_to_json(attributes)::text, ': ', ':')`,
  }),
];

/** Types that few tables have. Those without a field become a value that no cell holds, or none. */
const rareColumns: readonly Column[] = [
  column('country', 'country', [`'SE'`, `'NO'`], { MailingCountry: 'country::text' }),
  column('card8', 'macaddr8', [`'08:00:2b:01:02:03:04:05'`, `'ff:ff:ff:ff:ff:ff:ff:ff'`], {
    HomePhone: 'card8::text',
  }),
  column('node', 'ltree', [`'a.b'`, `'a'`], { OtherPostalCode: 'node::text' }),
  column('prices', 'numrange', [`'[1.5,2.5)'`, `'empty'`], { OtherPhone: 'prices::text' }),
  column('longs', 'int8range', [`'[1,5)'`, `'(,)'`]),
  column('days', 'daterange', [`'[2026-01-01,2026-02-01)'`, `'empty'`]),
  column('hours', 'tsrange', [`'[2026-01-01 10:00,)'`, `'empty'`]),
  column('spans', 'int4multirange', [`'{[1,5),[7,9)}'`, `'{}'`]),
  column('flags', 'varbit(12)', [`b'101'`, `b''`]),
  column('way', 'path', [`'((0,0),(1,1))'`, `'[(0,0),(1,-1)]'`]),
  column('area', 'polygon', [`'((0,0),(1,1),(1,0))'`, `'((0,0))'`]),
  column('frame', 'box', [`'(1,1),(0,0)'`, `'(0,0),(0,0)'`]),
  column('ring', 'circle', [`'<(0,0),1>'`, `'<(0,0),0>'`]),
  column('edge', 'lseg', [`'[(0,0),(1,1)]'`, `'[(0,0),(0,0)]'`]),
  column('ray', 'line', [`'{1,-1,0}'`, `'{0,1,0}'`]),
  column('object', 'oid', ['16384', '4294967295']),
  column('place', 'pg_lsn', [`'16/B374D848'`, `'0/0'`]),
  column('words', 'tsquery', [`'a & b'`, `'!a'`]),
  column('route', 'jsonpath', [`'$.a[*]'`, `'$'`]),
  column('home', 'address', [`row('Main St', 1)`, `row(null, -1)`]),
  column('grades', 'grade[]', [`'{Gold}'`, `'{}'`]),
  column('times', 'timestamptz[]', [`'{2026-01-01}'`, `'{}'`]),
  column('grid', 'int[][]', [`'{{1,2},{3,4}}'`, `'{}'`]),
];

/** A column of every built-in type that tables have, beside the key, and of types that users make. */
export const typeColumns: readonly Column[] = [
  ...plainColumns,
  ...timeColumns,
  ...otherColumns,
  ...rareColumns,
];
