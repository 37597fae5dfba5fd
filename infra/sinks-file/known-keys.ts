import { settings } from '../../src/config/settings.ts';
import { didYouMean } from '../nearest.ts';
import type { Path } from './document.ts';
import { kafka } from './kafka.ts';
import { polling } from './polling.ts';
import { shared, sink, top } from './schema.ts';

const keysOfSink = Object.keys(sink.shape);
const keysOfFile = [...Object.keys(top.shape), 'shared', 'sinks'];

/** The keys of the blocks of a sink. */
const keysOfBlocks: Readonly<Record<string, readonly string[]>> = {
  kafka: kafka.options.flatMap(({ shape }) => Object.keys(shape)),
  pollers: Object.keys(polling.pollers.unwrap().shape),
  schemaRegistry: Object.keys(polling.schemaRegistry.unwrap().shape),
};

function keysAt([area, name, block]: Path): readonly string[] {
  if (area === undefined) return keysOfFile;
  if (area === 'shared') return name === undefined ? Object.keys(shared.shape) : blockKeys(name);
  if (area === 'sinks') return block === undefined ? keysOfSink : blockKeys(block);
  return Object.keys(top.shape.vpc.unwrap().shape);
}

const blockKeys = (name: string | number) => keysOfBlocks[name] ?? [];

/** Says what an unknown key most probably means: a close name, or a key that belongs elsewhere. */
export function aboutUnknownKey(key: string, at: Path): string {
  const is = 'is an unknown key';
  if (key === '<<') return `${is}: merge keys are not read; put common keys under shared`;
  if (Object.hasOwn(settings, key)) return `${is}: it is a setting; put it under settings`;
  const known = keysAt(at);
  const meant = didYouMean(key, known);
  if (meant !== '') return is + meant;
  if (at.length === 0 && keysOfSink.includes(key)) {
    return `${is} here: it is a key of a sink; put it under shared or under a sink`;
  }
  if (at.length > 0 && keysOfFile.includes(key)) {
    return `${is} here: it is a key of the file; put it beside sinks`;
  }
  return `${is}; docs/CONFIGURATION.md lists the known ones`;
}
