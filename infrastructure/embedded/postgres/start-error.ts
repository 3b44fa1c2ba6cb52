/** What keeps Mercato from starting, or ends it; the message is one sentence for the person at the terminal. */
export type StartErrorCode =
  | 'START.CONFIGURATION'
  | 'START.INTERRUPTED'
  | 'START.PORT_IN_USE'
  | 'START.DATA_IN_USE'
  | 'START.DATA_UNREADABLE'
  | 'START.DATA_VERSION'
  | 'START.DATA_MISSING'
  | 'START.DATA_DAMAGED'
  | 'START.DISK_FULL'
  | 'START.DATABASE_UNSUPPORTED'
  | 'START.DATABASE_FAILED'

export type StartError = Error & { readonly code: StartErrorCode }

export function startError(code: StartErrorCode, sentence: string, cause?: unknown): StartError {
  return Object.assign(new Error(sentence, cause === undefined ? undefined : { cause }), { code })
}

export function isStartError(error: unknown): error is StartError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('START.')
}

/** Turns what the file system or PostgreSQL said about `folder` into a sentence that says what to do; other errors pass unchanged. */
export function explain(error: unknown, folder: string): unknown {
  if (isStartError(error) || !(error instanceof Error) || !('code' in error)) return error
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100':
      return diskFull(folder, error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return startError(
        'START.DATA_UNREADABLE',
        `The data folder ${folder} cannot be read and written by this user: give it to this user, start as the user who created it, or set MERCATO_DATA_DIR to another folder.`,
        error,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return startError(
        'START.DATA_UNREADABLE',
        `${folder} is not a folder: remove what is there or set MERCATO_DATA_DIR to another folder.`,
        error,
      )
    case '28P01':
      return startError(
        'START.DATA_DAMAGED',
        `The password kept with the data in ${folder} is not that of its database: restore the folder from a backup, or start over with --reset (deletes the local data).`,
        error,
      )
    default:
      return error
  }
}

export function diskFull(folder: string, cause?: unknown): StartError {
  return startError(
    'START.DISK_FULL',
    `The disk that holds ${folder} is full: free at least 200 MB there or set MERCATO_DATA_DIR to another disk, then start again.`,
    cause,
  )
}
