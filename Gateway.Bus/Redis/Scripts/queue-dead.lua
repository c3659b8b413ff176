-- KEYS: base. ARGV: -, after this id, most.
local found = {}
for _, id in ipairs(redis.call('ZRANGEBYSCORE', dead, '(' .. ARGV[2], '+inf', 'LIMIT', 0, ARGV[3])) do
  local m = redis.call('HMGET', message(id), 'k', 'a', 'e', 'd', 'r', 'p')
  if m[1] then found[#found + 1] = {id, m[1], m[2], m[3], m[4], m[5], m[6]} end
end
return found
