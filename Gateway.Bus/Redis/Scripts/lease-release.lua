-- KEYS: lease. ARGV: -, token.
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[2] then
  return 0
end
return redis.call('DEL', KEYS[1])
