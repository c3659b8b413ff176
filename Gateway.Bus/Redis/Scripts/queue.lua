-- Put before the scripts of queues. KEYS: base name. Keys made from it share its hash tag.
--   work    stream of turns: messages that may be handled now, at most one of each key; consumer group 'g'
--   m:<id>  a message; k key, g series, p payload, t trace, x until, e appended, a attempts, s size, d set aside, r why
--   lane:<key>, lanes   messages that wait for the one before them, and which key has a message ahead
--   series:<name>   ids of the messages of a series that are to be handled, in their order
--   late    ids by the time from which they may be handled again
--   live, dead   ids of messages that are to be handled, and that were set aside
local base = KEYS[1]
local work, lanes, late, live, dead, stats =
  base .. 'work', base .. 'lanes', base .. 'late', base .. 'live', base .. 'dead', base .. 'stats'

local function message(id) return base .. 'm:' .. id end

local function join_series(id, series, order)
  if series ~= '' then redis.call('ZADD', base .. 'series:' .. series, order, id) end
end

local function leave_series(id)
  local series = redis.call('HGET', message(id), 'g')
  if series then redis.call('ZREM', base .. 'series:' .. series, id) end
end

-- The last message before this one in its series that is to be handled; '' for none.
local function before(id, series)
  if not series or series == '' then return '' end
  local members = base .. 'series:' .. series
  local order = redis.call('ZSCORE', members, id)
  while order do
    local found = redis.call('ZREVRANGEBYSCORE', members, '(' .. order, '-inf', 'LIMIT', 0, 1)[1]
    if not found or redis.call('EXISTS', message(found)) == 1 then return found or '' end
    -- Only if keys were removed by hand, or evicted.
    redis.call('ZREM', members, found)
  end
  return ''
end

local function turn(id)
  redis.call('XADD', work, '*', 'm', id)
  redis.call('PUBLISH', base .. 'hint', '')
end

-- Gives a message its turn, or its place behind those of its key.
local function enqueue(id, key)
  if key == '' or redis.call('HSETNX', lanes, key, id) == 1 then
    turn(id)
  else
    redis.call('RPUSH', base .. 'lane:' .. key, id)
  end
end

-- The message ahead of its key is through: the next one has its turn.
local function advance(key)
  if key == '' then return end
  local id = redis.call('LPOP', base .. 'lane:' .. key)
  if id then
    redis.call('HSET', lanes, key, id)
    turn(id)
  else
    redis.call('HDEL', lanes, key)
  end
end

local function forget(id)
  leave_series(id)
  local size = redis.call('HGET', message(id), 's')
  redis.call('DEL', message(id))
  redis.call('HINCRBY', stats, 'bytes', -(size or 0))
end

local function conclude(entry)
  redis.call('XACK', work, 'g', entry)
  redis.call('XDEL', work, entry)
end

-- Makes a message a dead letter; returns the ids of those that had to go for it.
local function set_aside(id, key, reason, most)
  redis.call('HSET', message(id), 'd', text(now), 'r', reason)
  redis.call('ZREM', live, id)
  leave_series(id)
  redis.call('ZADD', dead, id, id)
  local evicted = {}
  while redis.call('ZCARD', dead) > tonumber(most) do
    local oldest = redis.call('ZPOPMIN', dead)[1]
    forget(oldest)
    evicted[#evicted + 1] = oldest
  end
  advance(key)
  return evicted
end

-- Whether this consumer still has this turn. The list of the pending is the fence: whoever was given up for dead, and
-- whose turn another one claimed, is not in it any more.
local function holds(consumer, entry)
  local pending = redis.pcall('XPENDING', work, 'g', entry, entry, 1)
  return not pending.err and #pending == 1 and pending[1][2] == consumer
end
