/** A promise that was not kept, and where. */
export interface Violation {
  readonly kind:
    | 'lost'
    | 'twice'
    | 'written and errant'
    | 'wrong value'
    | 'written against the rules'
    | 'errant without a reason'
    | 'unmatched row'
    | 'stuck'
    | 'too many jobs'
    | 'overran its time'
    | 'unexpected error'
    | 'leaked a value';
  readonly what: string;
}
