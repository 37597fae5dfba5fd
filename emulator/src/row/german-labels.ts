/** Labels of standard fields for a German user; other fields keep their label. */
const LABELS: Readonly<Record<string, string>> = {
  AccountId: 'Account-ID',
  Birthdate: 'Geburtsdatum',
  Description: 'Beschreibung',
  Email: 'E-Mail',
  FirstName: 'Vorname',
  LastName: 'Nachname',
  OwnerId: 'Inhaber-ID',
  Phone: 'Telefon',
  Title: 'Position',
};

/** The German label of a standard field, or undefined. */
export function germanLabel(field: string | undefined): string | undefined {
  return field === undefined ? undefined : LABELS[field];
}
