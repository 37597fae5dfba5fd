/**
 * The API name of a field, or of a field of a relationship: `LastName`, `Ext__c`,
 * `Account.Ext__c`, `User:Owner.Email`.
 * Source: Salesforce Bulk API 2.0 developer guide, "Relationship Fields in a Header Row".
 */
export const fieldPath = /^(?:(?:[A-Za-z]\w*:)?[A-Za-z]\w*\.)?[A-Za-z]\w*$/;
