/** A promise that was not kept, and where. */
export interface Violation {
  readonly kind:
    | 'lost'
    | 'twice'
    | 'written and errant'
    | 'wrong value'
    | 'written against the rules'
    | 'errant without a reason'
    | 'stray row'
    | 'stuck'
    | 'too many jobs'
    | 'overran its time'
    | 'unexpected error'
    | 'told a value';
  readonly what: string;
}
