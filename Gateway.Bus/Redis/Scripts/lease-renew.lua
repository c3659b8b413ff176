-- KEYS: lease. ARGV: -, token, time to live.
local held = redis.call('HMGET', KEYS[1], 'token', 'until')
if held[1] ~= ARGV[2] or tonumber(held[2]) <= now then
  return 0
end
redis.call('HSET', KEYS[1], 'until', text(now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[3] + 60000)
return 1
