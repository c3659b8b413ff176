-- KEYS: base. ARGV: -, id.
if redis.call('ZREM', dead, ARGV[2]) == 0 then return 0 end
forget(ARGV[2])
return 1
