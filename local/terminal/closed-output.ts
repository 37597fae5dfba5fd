/**
 * Resolves when what reads an output is gone, such as `head` after its last line; what is written from
 * then on is lost, and is no error. Node.js notices with the next text that is written.
 */
export function outputClosed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    let isClosed = false;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      isClosed ||= error.code === 'EPIPE';
      if (!isClosed) throw error;
      resolve();
    });
  });
}
