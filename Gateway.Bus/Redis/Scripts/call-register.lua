-- KEYS: servers of the service. ARGV: -, server.
if not redis.call('LPOS', KEYS[1], ARGV[2]) then
  redis.call('RPUSH', KEYS[1], ARGV[2])
end
return 1
