/** A lease held by this process. `epoch` grows with every new holder and fences writes of an old one. */
export interface Lease {
  readonly name: string
  readonly holder: string
  readonly epoch: number
}

/**
 * Positions of relays and consumers, guarded by leases. Time is the database's clock. After dispose every call rejects with `Closed`.
 */
export interface Checkpoints extends AsyncDisposable {
  /** Takes or renews the lease for `ttlMs`; `undefined` while another holder's lease is alive. Renewing keeps the epoch. */
  acquire(name: string, holder: string, ttlMs: number): Promise<Lease | undefined>
  /** Gives it up at once; a lease of an older epoch does nothing. */
  release(lease: Lease): Promise<void>
  load(name: string): Promise<string | undefined>
  /**
   * Saves; with a lease only while its epoch is current (returns false otherwise, and nothing is written). An epoch is current until
   * somebody else takes the lease or its holder gives it up, also when its time has run out.
   */
  save(name: string, position: string, lease?: Lease): Promise<boolean>
  /** Every checkpoint whose name starts with the prefix, by name. */
  list(prefix: string): Promise<readonly { readonly name: string; readonly position: string }[]>
}
