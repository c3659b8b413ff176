-- KEYS: base. ARGV: -, consumer, turns... Says that the consumer lives; returns the turns that are not its own any more.
local lost = {}
for i = 3, #ARGV do
  if holds(ARGV[2], ARGV[i]) then
    redis.call('XCLAIM', work, 'g', ARGV[2], 0, ARGV[i], 'IDLE', 0, 'JUSTID')
  else
    lost[#lost + 1] = ARGV[i]
  end
end
return lost
