-- ARGV: -, channel, key, expected version or ''.
local version = current(ARGV[3])
if not version or (ARGV[4] ~= '' and ARGV[4] ~= version) then return 0 end
redis.call('HDEL', entries, ARGV[3])
redis.call('ZREM', due, ARGV[3])
tell('R', ARGV[3], 0, '')
return 1
