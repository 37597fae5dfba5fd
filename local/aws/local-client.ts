/** What an SDK client needs beside the address of a stand-in: a region, and keys of any kind. */
export const localClient = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
};
