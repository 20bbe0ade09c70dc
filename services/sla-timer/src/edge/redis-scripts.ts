/**
 * The atomic moves on a lane. Keys of each: the meta record, the due times (a sorted set), the timers (a hash).
 * The meta record holds `writer`, `offset`, `cluster`, `count` and `at`; see TimerStore for what they mean.
 */
const keys = 3

const guard = `
local meta = redis.call('HMGET', KEYS[1], 'writer', 'offset', 'count')
if meta[1] and meta[1] ~= ARGV[1] then return {'FENCED'} end
if not meta[2] then return {'STORE_LOST'} end
local function complete()
  return redis.call('ZCARD', KEYS[2]) == tonumber(meta[3]) and redis.call('HLEN', KEYS[3]) == tonumber(meta[3])
end
local function counted(at)
  local count = redis.call('ZCARD', KEYS[2])
  redis.call('HSET', KEYS[1], 'count', count, 'at', at)
  return count
end
`

/** ARGV: writer. Gives offset, cluster, at, count, and the two sizes; -1 for what is of another type. */
const take = `
local function is(key, type)
  local there = redis.call('TYPE', key)['ok']
  return there == type or there == 'none'
end
if not is(KEYS[1], 'hash') then redis.call('UNLINK', KEYS[1]) end
redis.call('HSET', KEYS[1], 'writer', ARGV[1])
local meta = redis.call('HMGET', KEYS[1], 'offset', 'cluster', 'at', 'count')
local due, timers = -1, -1
if is(KEYS[2], 'zset') then due = redis.call('ZCARD', KEYS[2]) end
if is(KEYS[3], 'hash') then timers = redis.call('HLEN', KEYS[3]) end
return {meta[1] or '', meta[2] or '', meta[3] or '0', meta[4] or '0', due, timers}
`

/** ARGV: writer, cluster, offset, now. */
const reset = `
local writer = redis.call('HGET', KEYS[1], 'writer')
if writer ~= ARGV[1] then return {'FENCED'} end
redis.call('UNLINK', KEYS[2], KEYS[3])
redis.call('HSET', KEYS[1], 'cluster', ARGV[2], 'offset', ARGV[3], 'at', ARGV[4], 'count', 0)
return {'OK'}
`

/** ARGV: writer, from, to, now, n, n times (due, timerId, timer), then the timerIds to cancel. */
const apply = `${guard}
if meta[2] == ARGV[3] then return {'OK'} end
if meta[2] ~= ARGV[2] or not complete() then return {'STORE_LOST'} end
local due, timers = {}, {}
local last = 5 + 3 * tonumber(ARGV[5])
for i = 6, last, 3 do
  due[#due + 1] = ARGV[i]
  due[#due + 1] = ARGV[i + 1]
  timers[#timers + 1] = ARGV[i + 1]
  timers[#timers + 1] = ARGV[i + 2]
end
if #due > 0 then
  redis.call('ZADD', KEYS[2], unpack(due))
  redis.call('HSET', KEYS[3], unpack(timers))
end
if #ARGV > last then
  redis.call('ZREM', KEYS[2], unpack(ARGV, last + 1))
  redis.call('HDEL', KEYS[3], unpack(ARGV, last + 1))
end
redis.call('HSET', KEYS[1], 'offset', ARGV[3])
counted(ARGV[4])
return {'OK'}
`

/**
 * ARGV: writer, offset, now, limit, then the fired: (timerId, timer) each. Gives pending, next, (timerId, due, timer)
 * each.
 */
const claim = `${guard}
if meta[2] ~= ARGV[2] or not complete() then return {'STORE_LOST'} end
local ids = {}
for i = 5, #ARGV, 2 do ids[#ids + 1] = ARGV[i] end
if #ids > 0 then
  local there, gone = redis.call('HMGET', KEYS[3], unpack(ids)), {}
  for i, id in ipairs(ids) do
    if there[i] == ARGV[4 + 2 * i] then gone[#gone + 1] = id end
  end
  if #gone > 0 then
    redis.call('ZREM', KEYS[2], unpack(gone))
    redis.call('HDEL', KEYS[3], unpack(gone))
  end
end
local answer = {'OK', counted(ARGV[3]), ''}
local limit = tonumber(ARGV[4])
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[3], 'WITHSCORES', 'LIMIT', 0, limit)
local next = redis.call('ZRANGE', KEYS[2], #due / 2, #due / 2, 'WITHSCORES')
if next[2] then answer[3] = next[2] end
for i = 1, #due, 2 do
  answer[#answer + 1] = due[i]
  answer[#answer + 1] = due[i + 1]
  answer[#answer + 1] = redis.call('HGET', KEYS[3], due[i]) or ''
end
return answer
`

export const scripts = {
  timerTake: { numberOfKeys: keys, lua: take },
  timerReset: { numberOfKeys: keys, lua: reset },
  timerApply: { numberOfKeys: keys, lua: apply },
  timerClaim: { numberOfKeys: keys, lua: claim },
} as const

export type Script = keyof typeof scripts
