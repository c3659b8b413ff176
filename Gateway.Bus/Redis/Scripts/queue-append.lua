-- KEYS: base, set of queues. ARGV: -, name, writer, number of the batch, most entries, most bytes, then for each entry
-- key, time to live or '', trace, payload. Returns the ids, '-' for an entry for which there was no room.
-- A writer has one batch on its way at a time and repeats it when the answer is lost, so the last one is all there is
-- to remember of it.
local writer = base .. 'w:' .. ARGV[3]
local last = redis.call('HMGET', writer, 'n', 'ids')
if last[1] == ARGV[4] then return last[2] end
local count = redis.call('ZCARD', live) + redis.call('ZCARD', dead)
local bytes = tonumber(redis.call('HGET', stats, 'bytes') or 0)
local ids = {}
for i = 7, #ARGV, 4 do
  local key, timeToLive, size = ARGV[i], ARGV[i + 1], #ARGV[i] + #ARGV[i + 3] + 200
  if count >= tonumber(ARGV[5]) or bytes + size > tonumber(ARGV[6]) then
    ids[#ids + 1] = '-'
  else
    local id = text(rising(base .. 'last'))
    local deadline = timeToLive == '' and '0' or text(now + timeToLive)
    redis.call('HSET', message(id), 'k', key, 'p', ARGV[i + 3], 't', ARGV[i + 2], 'x', deadline, 'e', text(now), 'a', 0, 's', size)
    redis.call('ZADD', live, id, id)
    redis.call('HINCRBY', stats, 'bytes', size)
    enqueue(id, key)
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
