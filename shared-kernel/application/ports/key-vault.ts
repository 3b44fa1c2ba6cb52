/**
 * One 256-bit key per person. Destroying it makes every sealed field of that person unreadable, in log, topics and backups (a
 * backup of the vault itself aside). After dispose every call rejects with `Closed`.
 */
export interface KeyVault extends AsyncDisposable {
  /** The person's key, made on first use. A person whose key was destroyed gets no new one: rejects with Fault NOT_FOUND. */
  keyFor(subjectId: string): Promise<Uint8Array>
  /** The key if it exists; `undefined` when it never did or was destroyed. */
  find(subjectId: string): Promise<Uint8Array | undefined>
  /** Destroys the key for good, also ahead of its first use. A second call does nothing. */
  destroy(subjectId: string): Promise<void>
}
