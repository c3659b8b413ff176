-- KEYS: servers of the service. ARGV: -, prefix of their channels, message, turn, servers that declined...
-- Publishing says how many listen, so a server whose process died is found out here, at once. Writes nothing while all
-- are well: calls go on when memory is full.
local servers = redis.call('LRANGE', KEYS[1], 0, -1)
local declined = {}
for i = 5, #ARGV do declined[ARGV[i]] = true end
for i = 0, #servers - 1 do
  local server = servers[(ARGV[4] + i) % #servers + 1]
  if not declined[server] then
    if redis.call('PUBLISH', ARGV[2] .. server, ARGV[3]) > 0 then
      return server
    end
    redis.call('LREM', KEYS[1], 0, server)
  end
end
return false
