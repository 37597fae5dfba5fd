import {
  type FieldDescription,
  findField,
  isRequired,
  type ObjectDescription,
} from '../object/description.ts';
import type { ObjectLibrary } from '../object/library.ts';

/** Permissions of the user of the apps; absent properties are not changed. */
export interface AccessChanges {
  /** Fields that the user cannot see, such as `Contact.Title`: the API does not have them. */
  readonly hidden?: readonly string[] | undefined;
  /** Fields that the user can see but not write, such as `Contact.Title`. */
  readonly readOnly?: readonly string[] | undefined;
  /** Whether the user has the permission "Bulk API Hard Delete". */
  readonly hardDelete?: boolean | undefined;
}

/** The initial permissions. */
interface AccessSettings {
  readonly objects: ObjectLibrary;
  readonly hardDelete: boolean;
}

/**
 * Field-level security and permissions of the user of the apps. A hidden field is absent from
 * describe and an unknown column in a file; a read-only one is described as such.
 */
export class Access {
  readonly #settings: AccessSettings;
  #hidden: ReadonlySet<string> = new Set();
  #readOnly: ReadonlySet<string> = new Set();
  #hardDelete: boolean;

  constructor(settings: AccessSettings) {
    this.#settings = settings;
    this.#hardDelete = settings.hardDelete;
  }

  /**
   * Changes the permissions.
   * @throws Error for an unknown field, or one that every user can write.
   */
  put(changes: AccessChanges): Required<AccessChanges> {
    const hidden = changes.hidden?.map((path) => this.#find(path));
    const readOnly = changes.readOnly?.map((path) => this.#find(path));
    this.#hidden = hidden ? new Set(hidden) : this.#hidden;
    this.#readOnly = readOnly ? new Set(readOnly) : this.#readOnly;
    this.#hardDelete = changes.hardDelete ?? this.#hardDelete;
    return this.view();
  }

  /** The permissions. */
  view(): Required<AccessChanges> {
    return {
      hidden: [...this.#hidden],
      readOnly: [...this.#readOnly],
      hardDelete: this.#hardDelete,
    };
  }

  /** Whether the user may delete permanently. */
  get hardDelete(): boolean {
    return this.#hardDelete;
  }

  /** Whether the user can see the field. */
  sees(object: ObjectDescription, field: FieldDescription): boolean {
    return !this.#hidden.has(pathOf(object, field));
  }

  /** Whether the user may write the field, if any user may. */
  writes(object: ObjectDescription, field: FieldDescription): boolean {
    return !this.#readOnly.has(pathOf(object, field));
  }

  /** Restores the initial permissions. */
  reset(): void {
    this.put({ hidden: [], readOnly: [], hardDelete: this.#settings.hardDelete });
  }

  /** The path, in the case of the describe result. */
  #find(path: string): string {
    const [objectName = '', fieldName = ''] = path.split('.');
    const object = this.#settings.objects.find(objectName);
    const field = object && findField(object, fieldName);
    if (!object || !field) throw new Error(`There is no field ${path}`);
    if (field.type === 'id' || isRequired(field)) {
      throw new Error(`${path} is always visible and writable, because every record needs it`);
    }
    return pathOf(object, field);
  }
}

function pathOf(object: ObjectDescription, field: FieldDescription): string {
  return `${object.name}.${field.name}`;
}
