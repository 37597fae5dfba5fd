/** The variable in which the stack tells a function its release, for the doctor to compare. */
export const releaseVariable = 'SINK_RELEASE';

/** Replaced by the bundler. */
declare const builtRelease: string | undefined;

/** The version of this project that runs; `source` where it is not bundled. */
export const release: string = typeof builtRelease === 'string' ? builtRelease : 'source';
