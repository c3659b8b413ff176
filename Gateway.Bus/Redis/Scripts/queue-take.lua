-- KEYS: base. ARGV: -, consumer, most messages, bytes to stop at, most attempts, most dead letters,
-- milliseconds of silence after which a consumer is dead, or 0 not to look for those, 1 to give out messages whose time is over, and, when an answer to this
-- script was lost, 1 and the turns that the consumer knows of: the other ones that it has were in that answer.
-- Returns the milliseconds until the next late message or -1, what else happened, and the messages.
local consumer, most, enough, attempts = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local notes, taken, bytes = {}, {}, 0

for _, id in ipairs(redis.call('ZRANGEBYSCORE', late, '-inf', text(now), 'LIMIT', 0, 100)) do
  redis.call('ZREM', late, id)
  turn(id)
end

local function begin(entry, id)
  local m = redis.call('HMGET', message(id), 'k', 'p', 't', 'x', 'e', 'a', 'g')
  if not m[1] then
    -- Only if keys were removed by hand, or evicted.
    conclude(entry)
    redis.call('HINCRBY', stats, 'damaged', 1)
    redis.call('ZREM', live, id)
    notes[#notes + 1] = {'lost', id, 0}
  elseif m[4] ~= '0' and tonumber(m[4]) <= now and ARGV[8] == '0' then
    conclude(entry)
    redis.call('ZREM', live, id)
    forget(id)
    redis.call('HINCRBY', stats, 'expired', 1)
    advance(m[1])
    notes[#notes + 1] = {'expired', id, m[6]}
  elseif tonumber(m[6]) >= attempts then
    conclude(entry)
    for _, evicted in ipairs(set_aside(id, m[1], 'The process ended during the last attempt.', ARGV[6])) do
      notes[#notes + 1] = {'evicted', evicted, 0}
    end
    notes[#notes + 1] = {'dead', id, m[6]}
  else
    local attempt = redis.call('HINCRBY', message(id), 'a', 1)
    bytes = bytes + #m[2]
    taken[#taken + 1] = {entry, id, m[1], attempt, m[5], m[3], m[2], before(id, m[7]), m[4] ~= '0' and tonumber(m[4]) <= now and 1 or 0}
  end
end

if ARGV[9] then
  local known = {}
  for i = 10, #ARGV do known[ARGV[i]] = true end
  local pending = redis.pcall('XPENDING', work, 'g', '-', '+', 2000, consumer)
  for _, turn_taken in ipairs(pending.err and {} or pending) do
    local entry = turn_taken[1]
    local found = not known[entry] and redis.call('XRANGE', work, entry, entry)[1]
    if found and #taken < most then
      local id = found[2][2]
      -- It was not handled, so that was no attempt.
      if redis.call('EXISTS', message(id)) == 1 then redis.call('HINCRBY', message(id), 'a', -1) end
      begin(entry, id)
    end
  end
end

if ARGV[7] ~= '0' then
  local claimed = redis.pcall('XAUTOCLAIM', work, 'g', consumer, ARGV[7], '0-0', 'COUNT', most, 'JUSTID')
  for _, entry in ipairs(claimed.err and {} or claimed[2]) do
    local found = entry and redis.call('XRANGE', work, entry, entry)[1]
    if found then begin(entry, found[2][2]) end
  end
end

while #taken < most and bytes < enough do
  local read = redis.pcall('XREADGROUP', 'GROUP', 'g', consumer, 'COUNT', 1, 'STREAMS', work, '>')
  if read and read.err then
    -- The group is gone with the data. What is in the stream since then is not.
    redis.call('XGROUP', 'CREATE', work, 'g', '0', 'MKSTREAM')
    read = redis.call('XREADGROUP', 'GROUP', 'g', consumer, 'COUNT', 1, 'STREAMS', work, '>')
  end
  if not read then break end
  begin(read[1][2][1][1], read[1][2][1][2][2])
end

local next = redis.call('ZRANGE', late, 0, 0, 'WITHSCORES')
return {next[1] and math.max(1, next[2] - now) or -1, notes, taken}
