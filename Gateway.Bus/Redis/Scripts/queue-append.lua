-- KEYS: base, set of queues. ARGV: -, name, writer, number of the batch, most entries, most bytes, how long
-- deduplication ids are remembered, then for each entry key, series or '', time to live or '', trace, lease that must be held or '', its
-- token, deduplication ids or '', payload. Returns the ids, '-' for an entry for which there was no room, '!' for one whose lease is not
-- held, '=' for one that was appended before, with the places of those of its deduplication ids that are known. Deduplication ids stand
-- one behind the other, each behind its length and a colon.
-- A writer has one batch on its way at a time and repeats it when the answer is lost, so the last one is all there is
-- to remember of it.
local writer = base .. 'w:' .. ARGV[3]
local last = redis.call('HMGET', writer, 'n', 'ids')
if last[1] == ARGV[4] then return last[2] end
local count = redis.call('ZCARD', live) + redis.call('ZCARD', dead)
local bytes = tonumber(redis.call('HGET', stats, 'bytes') or 0)
local ids = {}

local function is_held(lease, token)
  local held = redis.call('HMGET', lease, 'token', 'until')
  return held[1] == token and tonumber(held[2]) > now
end

local function names_in(packed)
  local names, at = {}, 1
  while at <= #packed do
    local colon = string.find(packed, ':', at, true)
    local last = colon + tonumber(string.sub(packed, at, colon - 1))
    names[#names + 1] = string.sub(packed, colon + 1, last)
    at = last + 1
  end
  return names
end

local function known_of(names)
  local known = {}
  for place, name in ipairs(names) do
    local until_ = redis.call('GET', base .. 'seen:' .. name)
    if until_ and tonumber(until_) > now then known[#known + 1] = text(place) end
  end
  return table.concat(known, '.')
end

for i = 8, #ARGV, 8 do
  local key, series, timeToLive, names, payload = ARGV[i], ARGV[i + 1], ARGV[i + 2], names_in(ARGV[i + 6]), ARGV[i + 7]
  local known = known_of(names)
  local size = #key + #payload + 200
  if ARGV[i + 4] ~= '' and not is_held(ARGV[i + 4], ARGV[i + 5]) then
    ids[#ids + 1] = '!'
  elseif known ~= '' then
    ids[#ids + 1] = '=' .. known
  elseif count >= tonumber(ARGV[5]) or bytes + size > tonumber(ARGV[6]) then
    ids[#ids + 1] = '-'
  else
    local id = text(rising(base .. 'last'))
    local deadline = timeToLive == '' and '0' or text(now + timeToLive)
    redis.call('HSET', message(id), 'k', key, 'g', series, 'p', payload, 't', ARGV[i + 3], 'x', deadline, 'e', text(now), 'a', 0, 's', size)
    redis.call('ZADD', live, id, id)
    join_series(id, series, id)
    redis.call('HINCRBY', stats, 'bytes', size)
    enqueue(id, key)
    for _, name in ipairs(names) do redis.call('SET', base .. 'seen:' .. name, text(now + ARGV[7]), 'PX', ARGV[7]) end
    count = count + 1
    bytes = bytes + size
    ids[#ids + 1] = id
  end
end
redis.call('SADD', KEYS[2], ARGV[2])
local answer = table.concat(ids, ',')
redis.call('HSET', writer, 'n', ARGV[4], 'ids', answer)
redis.call('PEXPIRE', writer, 3600000)
return answer
