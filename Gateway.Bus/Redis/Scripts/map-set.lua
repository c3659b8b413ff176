-- ARGV: -, channel, key, expected version or '', time to live or '', most entries, value.
-- Returns the version written, 'full', or what is there instead.
sweep()
local key, expected = ARGV[3], ARGV[4]
local version, value = current(key)
if expected ~= '' and expected ~= (version or '0') then
  return {'conflict', version or '0', value or ''}
end
if not version and redis.call('HLEN', entries) >= tonumber(ARGV[6]) then
  return {'full'}
end
local written = text(rising(KEYS[3]))
-- Long after this the clock alone keeps versions rising.
redis.call('PEXPIRE', KEYS[3], 86400000)
place(key, written, ARGV[5], ARGV[7])
tell('S', key, written, ARGV[7])
return {'written', written}
