/** Values of the placeholders of a message. */
export interface MessageParts {
  /** Label of a field. */
  readonly label?: string;
  /** API name of a field, or several. */
  readonly field?: string;
  /** The text of a cell. */
  readonly value?: string;
  /** Id of a record, or several. */
  readonly id?: string;
  /** API name of an object, or of a relationship. */
  readonly name?: string;
  /** Any other value. */
  readonly detail?: string | number;
}

/** The code and texts of a row error. */
interface RowMessage {
  readonly code: string;
  readonly english: string;
  /** Absent: English in every language. */
  readonly german?: string;
}

/**
 * The messages of row errors. English: recorded, documented or seen by clients, as the code that
 * uses them says. German: translated, because no recording of a German user is public.
 * choice: row-error-language.
 */
const MESSAGES = {
  deserialization: {
    code: 'INVALID_FIELD',
    english:
      "Failed to deserialize field at col {detail}. Due to, '{value}' is not a valid value for the type xsd:{name}",
  },
  rowLength: { code: 'INVALID_FIELD', english: 'Row and header differ in length' },
  wrongType: {
    code: 'INVALID_TYPE_ON_FIELD_IN_RECORD',
    english: '{label}: value not of required type: {value}',
    german: '{label}: Wert hat nicht den erforderlichen Typ: {value}',
  },
  tooLong: {
    code: 'STRING_TOO_LONG',
    english: '{label}: data value too large: {value} (max length={detail})',
    german: '{label}: Datenwert zu groß: {value} (maximale Länge={detail})',
  },
  email: {
    code: 'INVALID_EMAIL_ADDRESS',
    english: '{label}: invalid email address: {value}',
    german: '{label}: Ungültige E-Mail-Adresse: {value}',
  },
  malformedId: {
    code: 'MALFORMED_ID',
    english: '{label}: id value of incorrect type: {value}',
    german: '{label}: ID-Wert vom falschen Typ: {value}',
  },
  picklist: {
    code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    english: '{label}: bad value for restricted picklist field: {value}',
    german: '{label}: Ungültiger Wert für eingeschränktes Auswahllistenfeld: {value}',
  },
  numberRange: {
    code: 'NUMBER_OUTSIDE_VALID_RANGE',
    english: '{label}: value outside of valid range on numeric field: {value}',
    german: '{label}: Wert außerhalb des gültigen Bereichs für numerisches Feld: {value}',
  },
  missing: {
    code: 'REQUIRED_FIELD_MISSING',
    english: 'Required fields are missing: [{field}]',
    german: 'Erforderliche Felder fehlen: [{field}]',
  },
  crossReference: {
    code: 'INVALID_CROSS_REFERENCE_KEY',
    english: 'invalid cross reference id',
    german: 'Ungültige Querverweis-ID',
  },
  deleted: {
    code: 'ENTITY_IS_DELETED',
    english: 'entity is deleted',
    german: 'Entität wurde gelöscht',
  },
  duplicate: {
    code: 'DUPLICATE_VALUE',
    english: 'duplicate value found: {field} duplicates value on record with id: {id}',
    german:
      'Doppelter Wert gefunden: {field} dupliziert den Wert in einem Datensatz mit der ID: {id}',
  },
  repeatedId: {
    code: 'DUPLICATE_VALUE',
    english: 'Duplicate id specified: {value}',
    german: 'Doppelte ID angegeben: {value}',
  },
  repeatedKey: {
    code: 'DUPLICATE_VALUE',
    english: 'Duplicate external id specified: {value}',
    german: 'Doppelte externe ID angegeben: {value}',
  },
  severalFound: {
    code: 'DUPLICATE_EXTERNAL_ID',
    english: '{label}: more than one record found for external id field: [{id}]',
    german: '{label}: Mehr als ein Datensatz für externes ID-Feld gefunden: [{id}]',
  },
  parentNotFound: {
    code: 'INVALID_FIELD',
    english: 'Foreign key external ID: {value} not found for field {field} in entity {name}',
    german: 'Externe Fremdschlüssel-ID: {value} nicht gefunden für Feld {field} in Entität {name}',
  },
  idAndKey: {
    code: 'INVALID_FIELD',
    english: 'Cannot specify both an external ID reference {name} and a salesforce id, {field}',
    german: 'Externe ID-Referenz {name} und Salesforce-ID, {field}, nicht zugleich möglich',
  },
  twoKeys: {
    code: 'INVALID_FIELD',
    english: 'More than one external ID reference {name}',
    german: 'Mehr als eine externe ID-Referenz {name}',
  },
  noKey: {
    code: 'MISSING_ARGUMENT',
    english: '{field} not specified',
    german: '{field} nicht angegeben',
  },
  noId: {
    code: 'MISSING_ARGUMENT',
    english: 'Id not specified in {detail} call',
    german: 'Id im Aufruf nicht angegeben',
  },
  idInInsert: {
    code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    english: 'cannot specify Id in an insert call',
    german: 'Id kann beim Einfügen nicht angegeben werden',
  },
  notWritable: {
    code: 'INVALID_FIELD_FOR_INSERT_UPDATE',
    english:
      'Unable to create/update fields: {field}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
    german:
      'Felder können nicht erstellt/aktualisiert werden: {field}. Überprüfen Sie die Sicherheitseinstellungen dieses Felds und stellen Sie sicher, dass es für Ihr Profil oder Ihren Berechtigungssatz lesbar und schreibbar ist.',
  },
} as const satisfies Record<string, RowMessage>;

/** Name of a message. */
export type MessageName = keyof typeof MESSAGES;

/** The messages by name. */
export const rowMessages: Readonly<Record<MessageName, RowMessage>> = MESSAGES;
