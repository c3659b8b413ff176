-- KEYS: servers of the service. ARGV: -, server.
return redis.call('LREM', KEYS[1], 0, ARGV[2])
