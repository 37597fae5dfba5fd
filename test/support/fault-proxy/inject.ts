import type { ServerResponse } from 'node:http';
import type { FaultAction } from './fault.ts';

const page = '<!doctype html><title>Sorry</title><p>Please try again later.</p>';

/** Lets a fault happen to a call that has no answer yet. */
export async function inject(response: ServerResponse, action: FaultAction): Promise<void> {
  switch (action.kind) {
    case 'status':
      response.writeHead(action.status, action.headers).end(action.body);
      return;
    case 'malformed':
      response.writeHead(200, { 'content-type': 'text/html' }).end(action.body ?? page);
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
    case 'call':
      await action.run();
      response.destroy();
      return;
    case 'rewrite':
      throw new Error("rewrite changes a real reply, so it needs when: 'after'");
  }
}
