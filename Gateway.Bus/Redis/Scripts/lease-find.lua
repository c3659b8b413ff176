-- KEYS: lease.
local held = redis.call('HMGET', KEYS[1], 'token', 'owner', 'until')
if not held[1] or tonumber(held[3]) <= now then
  return false
end
return {held[1], held[2], tonumber(held[3]) - now}
