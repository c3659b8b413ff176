-- KEYS: base. ARGV: -, id.
if redis.call('ZREM', dead, ARGV[2]) == 0 then return 0 end
redis.call('HSET', message(ARGV[2]), 'a', 0)
redis.call('HDEL', message(ARGV[2]), 'd', 'r')
redis.call('ZADD', live, ARGV[2], ARGV[2])
join_series(ARGV[2], redis.call('HGET', message(ARGV[2]), 'g') or '', text(rising(base .. 'last')))
enqueue(ARGV[2], redis.call('HGET', message(ARGV[2]), 'k'))
return 1
