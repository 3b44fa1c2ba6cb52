import type { Redis, Result } from 'ioredis'

/**
 * How a view build is kept, all under one hash tag so that a cluster keeps it on one node:
 *
 * - `<prefix>:{<view>}`, a hash: `b` the name of this filling (when it began, in µs), `v` the last version given out,
 *   `r<stream>` the applied revision, `d<key>` a document as `version:json`, `p<key>` its version and where it stands in indexes.
 * - `<prefix>:{<view>}:i:<filling>:<index>`, a sorted set of one score per index; members order bytewise (see index-entry.ts).
 * - `<prefix>:{<view>}:names`, a set of the `<filling>:<index>` that exist.
 *
 * Versions start at the time of filling: none comes back, also when everything was lost. Indexes belong to a filling: what a
 * dropped one left behind is never seen.
 */

/** `applied`, `duplicate`, `gap`, `conflict`: the place in this list is the script's answer. */
const APPLY = `
local view, names = KEYS[1], KEYS[2]
local streamCount, count = tonumber(ARGV[1]), tonumber(ARGV[2])
local streams, writes, fields, at = {}, {}, { 'b' }, 3
for n = 1, streamCount do
  streams[n] = { field = ARGV[at], from = tonumber(ARGV[at + 1]), to = tonumber(ARGV[at + 2]) }
  fields[#fields + 1] = ARGV[at]
  at = at + 3
end
for n = 1, count do
  local write = { key = ARGV[at], basedOn = ARGV[at + 1], json = ARGV[at + 2], entries = {} }
  for e = 1, tonumber(ARGV[at + 3]) do
    write.entries[e] = { ARGV[at + 2 * e + 2], ARGV[at + 2 * e + 3] }
  end
  at = at + 4 + 2 * #write.entries
  writes[n] = write
  fields[#fields + 1] = 'p' .. write.key
end

local found = redis.call('HMGET', view, unpack(fields))
local filling = found[1]
local past, partly = 0, false
for n, stream in ipairs(streams) do
  local applied = tonumber(found[n + 1] or -1)
  if stream.from > applied + 1 then return { 2, filling } end
  if stream.to <= applied then past = past + 1 end
  partly = partly or stream.from <= applied
end
if past == streamCount then return { 1, filling } end
if partly then return { 3, filling } end
for n, write in ipairs(writes) do
  local place = found[streamCount + n + 1]
  write.before = place and cmsgpack.unpack(place) or { '0' }
  if write.before[1] ~= write.basedOn then return { 3, filling } end
end

if not filling then
  local now = redis.call('TIME')
  filling = string.format('%.0f', now[1] * 1000000 + now[2])
  redis.call('HSET', view, 'b', filling, 'v', filling)
end
local version = redis.call('HINCRBY', view, 'v', count) - count
local function indexKey(name) return view .. ':i:' .. filling .. ':' .. name end

for n, write in ipairs(writes) do
  local standing, after = {}, { string.format('%.0f', version + n) }
  for _, entry in ipairs(write.entries) do
    local name, member = entry[1], entry[2]
    standing[name] = standing[name] or {}
    if not standing[name][member] then
      standing[name][member] = true
      after[#after + 1] = name
      after[#after + 1] = member
    end
  end
  for e = 2, #write.before, 2 do
    local name, member = write.before[e], write.before[e + 1]
    if standing[name] and standing[name][member] then
      standing[name][member] = nil
    else
      redis.call('ZREM', indexKey(name), member)
      if redis.call('EXISTS', indexKey(name)) == 0 then redis.call('SREM', names, filling .. ':' .. name) end
    end
  end
  for name, members in pairs(standing) do
    for member in pairs(members) do
      redis.call('ZADD', indexKey(name), 0, member)
      redis.call('SADD', names, filling .. ':' .. name)
    end
  end
  if write.json == '' then
    redis.call('HDEL', view, 'd' .. write.key, 'p' .. write.key)
  else
    redis.call('HSET', view, 'd' .. write.key, after[1] .. ':' .. write.json, 'p' .. write.key, cmsgpack.pack(after))
  end
end
local revisions = {}
for n, stream in ipairs(streams) do
  revisions[2 * n - 1], revisions[2 * n] = stream.field, stream.to
end
redis.call('HSET', view, unpack(revisions))
return { 0, filling }
`

/** Members and documents of one page, read at one moment. */
const LIST = `
local view, filling = KEYS[1], redis.call('HGET', KEYS[1], 'b')
if not filling then return { false, {}, {} } end
local index, limit = view .. ':i:' .. filling .. ':' .. ARGV[1], tonumber(ARGV[5])
local members
if ARGV[4] == 'reverse' then
  members = redis.call('ZREVRANGEBYLEX', index, ARGV[3], ARGV[2], 'LIMIT', 0, limit + 1)
else
  members = redis.call('ZRANGEBYLEX', index, ARGV[2], ARGV[3], 'LIMIT', 0, limit + 1)
end
local documents = {}
for first = 1, math.min(#members, limit), 1000 do
  local fields = {}
  for n = first, math.min(first + 999, #members, limit) do
    fields[#fields + 1] = 'd' .. string.sub(members[n], string.find(members[n], '\\0', 1, true) + 1)
  end
  for _, document in ipairs(redis.call('HMGET', view, unpack(fields))) do documents[#documents + 1] = document end
end
return { filling, members, documents }
`

const COUNT = `
local filling = redis.call('HGET', KEYS[1], 'b')
if not filling then return { false, 0 } end
return { filling, redis.call('ZLEXCOUNT', KEYS[1] .. ':i:' .. filling .. ':' .. ARGV[1], ARGV[2], ARGV[3]) }
`

/** Documents with where they stand, as many as one step of the server's own scan gives. */
const SCAN = `
local found = redis.call('HSCAN', KEYS[1], ARGV[1], 'MATCH', 'd*', 'COUNT', ARGV[2])
local documents = {}
for n = 1, #found[2], 2 do
  local key = string.sub(found[2][n], 2)
  local place = cmsgpack.unpack(redis.call('HGET', KEYS[1], 'p' .. key))
  table.remove(place, 1)
  documents[#documents + 1] = { key, found[2][n + 1], place }
end
return { found[1], documents }
`

export type Argument = string | number | Buffer
type Filling = Buffer | null

declare module 'ioredis' {
  interface RedisCommander<Context> {
    mercatoApplyBuffer(view: string, names: string, ...change: Argument[]): Result<[number, Filling], Context>
    mercatoListBuffer(view: string, ...range: Argument[]): Result<[Filling, Buffer[], Buffer[]], Context>
    mercatoScanBuffer(
      view: string,
      cursor: string,
      count: number,
    ): Result<[Buffer, [key: Buffer, stored: Buffer, place: Buffer[]][]], Context>
    mercatoCountBuffer(view: string, ...range: Argument[]): Result<[Filling, number], Context>
  }
}

/** Teaches a client the scripts. A server that has forgotten them is sent them again. */
export const defineScripts = (redis: Redis): void => {
  redis.defineCommand('mercatoApply', { numberOfKeys: 2, lua: APPLY })
  redis.defineCommand('mercatoList', { numberOfKeys: 1, lua: LIST })
  redis.defineCommand('mercatoScan', { numberOfKeys: 1, lua: SCAN })
  redis.defineCommand('mercatoCount', { numberOfKeys: 1, lua: COUNT })
}
