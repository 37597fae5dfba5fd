import type { OpenFrame } from '../frame/frame.ts';
import {
  apicurioHeaderMessage,
  apicurioMessage,
  confluentMessage,
  glueMessage,
  type MessageRef,
  type MessageStart,
  refTag,
} from '../protobuf/message-ref.ts';

/**
 * Tells whether a payload may begin with Apicurio's `Ref`: its length, and in it a name that fills it.
 * Some of Confluent's message indexes look the same, such as those of the second message in the sixth.
 */
function beginsWithRef(payload: Buffer): boolean {
  const [length = 0, tag, nameLength] = payload;
  return length > 2 && length < 128 && tag === refTag && nameLength === length - 2;
}

/**
 * Finds the message in a payload, as each serializer names it. Apicurio's serializers can use
 * Confluent's frame with a `Ref`, and their own headers with or without one; in Confluent's frame only a
 * name that the schema has is one. Throws the record error `PROTOBUF_INVALID`.
 */
export function messageOf(
  { registry, payload, hints }: OpenFrame,
  isInSchema: (message: MessageRef) => boolean,
): MessageStart {
  if (registry === 'glue') return glueMessage(payload, 0);
  const { messageIndexes, messageName } = hints;
  if (messageIndexes !== undefined) {
    return { ...confluentMessage(messageIndexes, 0), start: 0 };
  }
  if (messageName !== undefined) return apicurioHeaderMessage(payload, messageName);
  if (registry === 'apicurio') return apicurioMessage(payload, 0);
  const named = beginsWithRef(payload) ? apicurioMessage(payload, 0) : null;
  return named !== null && isInSchema(named.message) ? named : confluentMessage(payload, 0);
}
