-- KEYS: lease, fence. ARGV: -, owner, time to live.
local held = redis.call('HMGET', KEYS[1], 'token', 'owner', 'until')
if held[1] and tonumber(held[3]) > now then
  return {0, held[1], held[2], tonumber(held[3]) - now}
end
local token = text(rising(KEYS[2]))
redis.call('HSET', KEYS[1], 'token', token, 'owner', ARGV[2], 'until', text(now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[3] + 60000)
return {1, token}
