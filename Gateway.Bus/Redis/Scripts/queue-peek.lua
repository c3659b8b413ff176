-- KEYS: base. ARGV: -, after this id, most, bytes to stop at.
local found, bytes = {}, 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', live, '(' .. ARGV[2], '+inf', 'LIMIT', 0, ARGV[3])) do
  local m = redis.call('HMGET', message(id), 'k', 'a', 'e', 'x', 'p')
  if m[1] then
    found[#found + 1] = {id, m[1], m[2], m[3], m[4], m[5]}
    bytes = bytes + #m[5]
    if bytes >= tonumber(ARGV[4]) then break end
  end
end
return found
