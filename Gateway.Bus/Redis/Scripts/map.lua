-- Put before the scripts of maps. KEYS: entries, due, version. ARGV: -, channel of changes, ...
-- entries is a hash of key -> version:until:value, due a sorted set of the keys that have an until.
local entries, due, channel = KEYS[1], KEYS[2], ARGV[2]

local function tell(kind, key, version, value)
  redis.call('PUBLISH', channel, kind .. version .. ':' .. #key .. ':' .. key .. value)
end

-- The version and value of an entry whose time is not over.
local function current(key)
  local entry = redis.call('HGET', entries, key)
  if not entry then return nil end
  local version, deadline, start = string.match(entry, '^(%d+):(%d+):()')
  if deadline ~= '0' and tonumber(deadline) <= now then return nil end
  return version, string.sub(entry, start)
end

local function sweep()
  repeat
    local over = redis.call('ZRANGEBYSCORE', due, '-inf', text(now), 'LIMIT', 0, 1000)
    for _, key in ipairs(over) do
      redis.call('HDEL', entries, key)
      redis.call('ZREM', due, key)
      tell('E', key, 0, '')
    end
  until #over < 1000
end

-- Until when an entry lives that is written now; '0' is for good.
local function place(key, version, timeToLive, value)
  local deadline = '0'
  if timeToLive == '' then
    redis.call('HSET', entries, key, version .. ':0:' .. value)
    redis.call('ZREM', due, key)
  else
    deadline = text(now + timeToLive)
    redis.call('HSET', entries, key, version .. ':' .. deadline .. ':' .. value)
    redis.call('ZADD', due, deadline, key)
  end
end
