-- KEYS: marker. ARGV: -, membership, time to live.
local there = redis.call('GET', KEYS[1])
if there and there ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return 1
