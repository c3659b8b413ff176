-- KEYS: base. ARGV: -, id. The last message before this one in its series that is to be handled, or ''.
return before(ARGV[2], redis.call('HGET', message(ARGV[2]), 'g'))
