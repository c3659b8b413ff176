-- KEYS: base. ARGV: -, consumer, turn, id, verdict, and for
--   done: nothing    later: delay, 1 if the attempt counts    dead: reason, most dead letters
-- Returns 0 if the turn is not the consumer's any more; nothing was done then.
local consumer, entry, id, verdict = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if not holds(consumer, entry) then return {0} end
conclude(entry)
local key = redis.call('HGET', message(id), 'k')
if not key then return {1} end
if verdict == 'done' then
  redis.call('ZREM', live, id)
  forget(id)
  redis.call('HINCRBY', stats, 'settled', 1)
  advance(key)
elseif verdict == 'later' then
  if ARGV[7] == '0' then redis.call('HINCRBY', message(id), 'a', -1) end
  if ARGV[6] == '0' then turn(id) else redis.call('ZADD', late, text(now + ARGV[6]), id) end
else
  return {1, set_aside(id, key, ARGV[6], ARGV[7])}
end
return {1}
