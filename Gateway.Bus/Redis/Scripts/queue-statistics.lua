-- KEYS: base. Returns live, in flight, dead, bytes, appended of the oldest or '', expired, damaged.
local pending = redis.pcall('XPENDING', work, 'g')
local oldest = redis.call('ZRANGE', live, 0, 0)[1]
local facts = redis.call('HMGET', stats, 'bytes', 'expired', 'damaged')
return {
  redis.call('ZCARD', live), pending.err and 0 or pending[1], redis.call('ZCARD', dead), facts[1] or '0',
  oldest and redis.call('HGET', message(oldest), 'e') or '', facts[2] or '0', facts[3] or '0'}
